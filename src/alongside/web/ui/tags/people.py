"""People: faces and names."""

import zlib

from django import template
from django.utils.safestring import SafeString

from alongside.web.ui.drawing import draw, draw_sign, one_of

register = template.Library()

SIZES = frozenset({"small", "", "large", "huge"})
TINTS = 8


@register.simple_tag
def avatar(name: str, *, photo: str = "", size: str = "") -> SafeString:
    """A face: the photo, else initials on a tint that stays the same for the same name. Decorative: put the name beside it."""
    props = {"initials": initials(name), "tint": str(tint(name)), "photo": str(photo)}
    return draw_sign("avatar", size=one_of(size, SIZES, "size"), **props)


@register.simple_tag
def person(name: str, *, detail: str = "", photo: str = "", url: str = "", size: str = "") -> SafeString:
    """A face with the name and one line beneath; leads to `url` if there is one."""
    return draw("person", name=name, detail=detail, url=url, face=avatar(name, photo=photo, size=size))


def initials(name: str) -> str:
    """Up to two letters: the first of the first and of the last word."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "·"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tint(name: str) -> int:
    """Which of the eight tints a name has, today and on every machine."""
    return zlib.crc32(name.strip().casefold().encode()) % TINTS
