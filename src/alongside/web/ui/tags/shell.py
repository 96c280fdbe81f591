"""The frame of pages: language and theme, places, sections."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from alongside.web.ui.drawing import draw, draw_sign, one_of
from alongside.web.ui.navigation import (
    ADMINISTRATOR_LINKS,
    OWN_LINKS,
    PLACES,
    SECTIONS,
    STAFF_LINKS,
    SYSTEM,
    Place,
    links,
)

register = template.Library()

NAVIGATIONS: dict[str, tuple[Place, ...]] = {
    "participant": PLACES,
    "coordinator": SECTIONS,
    "administrator": SYSTEM,
}


@register.simple_tag(takes_context=True)
def html_attributes(context: Context) -> SafeString:
    """Language, direction and the person's chosen theme, for <html>."""
    direction = "rtl" if get_language_bidi() else "ltr"
    theme = context.get("theme", "system")
    chosen = format_html(' data-theme="{}"', theme) if theme in {"light", "dark"} else ""
    return format_html('lang="{}" dir="{}"{}', get_language() or "en", direction, chosen)


@register.simple_tag(takes_context=True)
def navigation(context: Context, audience: str) -> SafeString:
    """The places of an audience. `place` in the context names the current one; else the address decides."""
    one_of(audience, NAVIGATIONS, "audience")
    request = context.get("request")
    arguments = {"program_id": getattr(context.get("program"), "public_id", None)}
    entries = links(
        NAVIGATIONS[audience],
        path=request.path if request else "",
        current=context.get("place") or "",
        arguments={name: value for name, value in arguments.items() if value},
    )
    if audience == "participant":
        return draw_sign("places", links=entries)
    title = getattr(context.get("program"), "name", "") if audience == "coordinator" else _("System")
    return draw(
        "sections", links=entries, title=title, eyebrow=_("Program") if audience == "coordinator" else ""
    )


@register.simple_tag(takes_context=True)
def account_menu(context: Context) -> SafeString:
    """The person's own menu: their places, those of their roles, and the way out.

    `coordinates` in the context says whether they are staff of a program; it may be a function, asked only here.
    """
    user = context["user"]
    coordinates = context.get("coordinates", False)
    staff = STAFF_LINKS if (coordinates() if callable(coordinates) else coordinates) else ()
    administrator = ADMINISTRATOR_LINKS if getattr(user, "is_administrator", False) else ()
    return draw(
        "account_menu",
        name=str(user),
        photo=context.get("own_photo_url", ""),
        links=links((*OWN_LINKS, *staff, *administrator), path="", arguments={}),
        sign_out_url=reverse("account_logout"),
        csrf_token=context.get("csrf_token"),
    )


@register.simple_tag
def sign_in_link() -> SafeString:
    """The way in, for whoever is not signed in."""
    return draw("sign_in_link", url=reverse("account_login"))


@register.simple_tag
def htmx() -> SafeString:
    """Loads htmx; stands in the `head` block of pages whose parts are fetched anew."""
    return draw("htmx")


@register.simple_tag(takes_context=True)
def toast(context: Context, sentence: object, *, undo_url: str = "") -> SafeString:
    """One sentence about what was just done, with a way back where there is one."""
    return draw("toast", sentence=sentence, undo_url=undo_url, csrf_token=context.get("csrf_token"))
