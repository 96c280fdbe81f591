from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.incoming import text_in


def part(charset: str | None) -> EmailMessage:
    message = EmailMessage()
    message["Content-Type"] = "text/plain" + (f'; charset="{charset}"' if charset is not None else "")
    return message


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        (None, "grüße".encode(), "grüße"),
        ("iso-8859-1", "grüße".encode("latin-1"), "grüße"),
        ("utf-8", b"gr\xfc\xdfe", "gr��e"),
        ("klingon", "grüße".encode(), "grüße"),
        ("base64", "grüße".encode(), "grüße"),
        ("", "grüße".encode(), "grüße"),
    ],
)
def test_text_is_read_in_the_alphabet_named_or_else_as_utf_8(
    charset: str | None, content: bytes, text: str
) -> None:
    assert text_in(part(charset), content) == text


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters='"\\')),
    st.binary(max_size=50),
)
def test_nothing_a_stranger_sends_stops_it(charset: str, content: bytes) -> None:
    assert isinstance(text_in(part(charset), content), str)
