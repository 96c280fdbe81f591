"""Small signs: icons, drawings, pills, tags, moments, and who can read something."""

from datetime import datetime

from django import template
from django.template import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alongside.foundation import clock
from alongside.web.ui.drawing import asset, draw, draw_sign, icon_names, one_of
from alongside.web.ui.moments import in_full, in_words
from alongside.web.ui.words import STATES, TONES, StateLook

register = template.Library()

TURNING = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "arrow-up-right",
        "chevron-left",
        "chevron-right",
        "log-out",
        "reply",
        "send",
        "undo-2",
    }
)
DRAWINGS = frozenset(
    {
        "bridge",
        "chairs",
        "clock",
        "hands",
        "lamp",
        "letter",
        "path",
        "plant",
        "shelf",
        "tea",
        "window",
        "doorstep",
    }
)


@register.simple_tag
def icon(name: str, *, size: str = "", label: str = "") -> SafeString:
    """A line icon of the sprite. Decorative unless it has a `label`; size is "" or "large" or "lead"."""
    if name not in icon_names():
        raise TemplateSyntaxError(
            f"there is no icon {name!r}: add it to frontend/icons.txt and run bin/vendor"
        )
    one_of(size, {"", "large", "lead"}, "size")
    address = f"{asset('vendor/lucide/icons.svg')}#{name}"
    return draw_sign("icon", address=address, size=size, label=str(label), turns=name in TURNING)


@register.simple_tag
def drawing(name: str, *, size: str = "") -> SafeString:
    """One of our own spot drawings, in the colors of the theme."""
    one_of(name, DRAWINGS, "drawing")
    one_of(size, {"", "large"}, "size")
    return draw_sign("drawing", template=f"ui/drawings/{name}.html", size=size)


@register.simple_tag
def logo(*, words: bool = True) -> SafeString:
    """Our mark, with the name beside it unless `words` is off."""
    return draw_sign("logo", words=words)


@register.simple_tag
def pill(word: str, *, tone: str = "plain", icon: str = "") -> SafeString:
    """A state in a word of your own. Known states come by {% state %}."""
    return draw_sign("pill", word=str(word), tone=one_of(tone, TONES, "tone"), icon=icon)


@register.simple_tag
def state(noun: str, value: str, *, word: str = "") -> SafeString:
    """The pill of a state of product.md §2, such as {% state "goal" goal.state %}; `word` replaces the usual word."""
    look = look_of(noun, value)
    return draw_sign("pill", word=str(word or look.word), tone=look.tone, icon=look.icon)


def look_of(noun: str, value: str) -> StateLook:
    """The look of a known state; anything else is an error in the template."""
    try:
        return STATES[noun][str(value)]
    except KeyError:
        raise TemplateSyntaxError(f"no look for {noun} {value!r}: see web/ui/words.py") from None


@register.simple_tag
def tag(word: str, *, remove_url: str = "") -> SafeString:
    """A word that describes a thing; with `remove_url` it can be taken off."""
    return draw("tag", word=word, remove_url=remove_url)


@register.simple_tag
def readers(words: str, *, icon: str = "lock") -> SafeString:
    """The privacy line: who can read this."""
    return draw_sign("readers", words=str(words), icon=icon)


@register.simple_tag
def behaviour(name: str) -> SafeString:
    """Attributes that attach the ES module static/ui/behaviours/<name>.js to the element they stand on."""
    return format_html('data-behaviour="{}" data-behaviour-src="{}"', name, asset(f"ui/behaviours/{name}.js"))


@register.simple_tag
def moment(at: datetime, *, style: str = "words") -> SafeString:
    """An instant in the reader's zone: "tomorrow, 16:00" (words), "16:00" (time), "Thu 14 May" (day)."""
    one_of(style, {"words", "time", "day"}, "style")
    words = in_words(at, now=clock.now(), style=style)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), in_full(at), words)
