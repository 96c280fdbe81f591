"""A mail: the same words twice, headers, and nothing that a name or a subject could add."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.errors import Invalid
from alongside.foundation.mail import Action, Letter, checked_address, compose, one_line
from alongside.foundation.plain import plain_text

BODY = """
Dear **Ana**,

Ben wrote [here](https://example.org/a), see <https://example.org/b>:

> two lines\\
> of talk

1. first
2. second

   with a paragraph

- `code` & *more*

| day | hour |
|-----|------|
| Mon | 8 |

---

Till *soon*.
"""


PLAIN = """Dear Ana,

Ben wrote here <https://example.org/a>, see https://example.org/b:

> two lines
> of talk

1. first

2. second

   with a paragraph

- code & more

day | hour
Mon | 8

---

Till soon."""


def _letter(**changes: object) -> Letter:
    given_: dict[str, object] = {"to": "ana@example.org", "subject": "Hello", "body": BODY, **changes}
    return Letter(**given_)  # type: ignore[arg-type]


def _parsed(letter: Letter) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(compose(letter).message().as_bytes())
    assert isinstance(message, EmailMessage)
    return message


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"https?://\S+", " ", text))


def test_plain_text_keeps_every_kind_of_block() -> None:
    assert plain_text(BODY) == PLAIN


def test_html_and_plain_text_have_the_same_words() -> None:
    letter = _letter(action=Action("Read it", "https://example.org/r"), foot="You get this in your hours.")
    shown = re.sub(r"<(style|title)>.*?</\1>", "", letter.html, flags=re.DOTALL)
    words = _words(unescape(re.sub(r"<[^>]+>", " ", shown)))
    own = [word for word in _words(letter.text) if word not in {"1", "2"}]  # numbers of a list
    assert words == own


def test_headers_of_a_mail_from_software() -> None:
    message = _parsed(
        _letter(
            message_id="n1@example.org", unsubscribe_url="https://example.org/u", reply_to="a@example.org"
        )
    )

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Message-ID"] == "<n1@example.org>"
    assert message["List-Unsubscribe"] == "<https://example.org/u>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Reply-To"] == "a@example.org"
    assert _parsed(_letter())["List-Unsubscribe"] is None


def test_html_has_no_script_no_remote_content_and_no_marks_of_people() -> None:
    html = _letter(body="<script>x</script> ![a](https://example.org/p.png) [b](javascript:x)").html
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert re.findall(r"(?:src|url)\s*[=(]", html) == []


@given(st.text(max_size=60))
def test_subject_adds_no_header_whatever_it_holds(subject: str) -> None:
    message = _parsed(_letter(subject=f"x{subject}".encode(errors="ignore").decode()))
    assert message.keys() == _parsed(_letter()).keys()


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b.c, d@e.f", "Ana <a@b.c>", "a@b.c\nBcc: d@e.f", "a@b.c\r\n", "a b@c.d", "a@b.c;d@e.f"],
)
def test_address_that_is_not_exactly_one_is_refused(address: str) -> None:
    with pytest.raises(Invalid):
        checked_address(address)


@pytest.mark.parametrize("address", ["ana@example.org", "a.b+c_d@mail.example.co", "jürgen@müller.example"])
def test_plain_address_is_taken(address: str) -> None:
    assert checked_address(address) == address


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line
