"""Long lists: tables, sorting, pages, filters. Their state is in the address."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from alongside.web.ui.drawing import draw

register = template.Library()


@register.simple_block_tag
def table(content: str, caption: str, *, show_caption: bool = False, cards: bool = True) -> SafeString:
    """The frame of a data table; the content is <thead> and <tbody>. Cells carry data-label for phones."""
    return draw("table", content=content, caption=caption, show_caption=show_caption, cards=cards)


PLACE = "-the-place-"  # stands in addresses; no public id has vowels


@register.simple_tag
def place_of_id() -> str:
    """What stands for a row's id inside a {% pattern %}."""
    return PLACE


@register.simple_block_tag
def pattern(content: str) -> SafeString:
    """Markup of many rows that differ in their id alone, drawn once: `{% pattern as actions %}…{% endpattern %}`."""
    return mark_safe(content)  # noqa: S308 - what the template engine drew


@register.filter
def with_id(pattern: SafeString, public_id: str) -> SafeString:
    """The pattern for the row with this id."""
    return mark_safe(pattern.replace(PLACE, escape(public_id)))  # noqa: S308 - a drawn pattern and an escaped id


@register.simple_tag(takes_context=True)
def sort_head(
    context: Context, word: str, key: str, *, parameter: str = "sort", number: bool = False
) -> SafeString:
    """A column head that sorts by `key`; a second press turns the order round (`?sort=-key`)."""
    request: HttpRequest = context["request"]
    chosen = request.GET.get(parameter, "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(chosen, "")
    url = address_with(request, **{parameter: f"-{key}" if chosen == key else key, "page": None})
    return draw("sort_head", word=word, url=url, direction=direction, number=number)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], *, parameter: str = "page") -> SafeString:
    """Earlier and later pages of a list; nothing when there is only one."""
    request: HttpRequest = context["request"]
    earlier = address_with(request, **{parameter: page.number - 1}) if page.has_previous() else ""
    later = address_with(request, **{parameter: page.number + 1}) if page.has_next() else ""
    return draw("pagination", page=page, earlier=earlier, later=later)


@register.simple_block_tag(takes_context=True)
def filters(
    context: Context, content: str, *, label: str, submit: str = "", clear: bool = True
) -> SafeString:
    """A GET form around filter fields; offers to show everything again once something is chosen."""
    request: HttpRequest = context["request"]
    chosen = any(value for key, value in request.GET.items() if key not in {"page", "sort"})
    clear_url = request.path if clear and chosen else ""
    sort = request.GET.get("sort", "")
    return draw("filters", content=content, label=label, submit=submit, clear_url=clear_url, sort=sort)


def address_with(request: HttpRequest, **changes: object) -> str:
    """This page's query with some parameters changed; None takes one out."""
    query = request.GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else request.path
