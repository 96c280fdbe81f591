import gc
import weakref

from alongside.foundation.text import message_html


class Words(str):
    """Text whose last holder can be noticed."""

    __slots__ = ("__weakref__",)


def test_message_is_rendered_and_not_remembered() -> None:
    words = Words("Only for **you**")
    last = weakref.ref(words)

    assert message_html(words) == "<p>Only for <strong>you</strong></p>\n"

    del words
    gc.collect()
    assert last() is None
