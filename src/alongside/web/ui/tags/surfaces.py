"""What content stands on: cards, panels, banners, headers, lists, empty places."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from alongside.web.ui.drawing import draw, one_of

register = template.Library()

BANNERS = {"info": "info", "amber": "triangle-alert", "season": "leaf", "danger": "triangle-alert"}


@register.simple_block_tag
def card(
    content: str, title: str = "", *, url: str = "", note: str = "", level: int = 2, id: str = ""
) -> SafeString:
    """A white card. With `url` the title is a link and the whole card leads there."""
    return draw("card", content=content, title=title, url=url, note=note, level=level, id=id)


@register.simple_block_tag
def panel(content: str, title: str = "", *, level: int = 2) -> SafeString:
    """A quiet tinted area for what helps but does not ask."""
    return draw("panel", content=content, title=title, level=level)


@register.simple_block_tag
def banner(content: str, *, kind: str = "info", title: str = "", icon: str = "") -> SafeString:
    """A note over the page: kind info, amber, season, danger."""
    one_of(kind, BANNERS, "kind")
    return draw("banner", content=content, kind=kind, title=title, icon=icon or BANNERS[kind])


@register.simple_block_tag
def section(content: str, title: str, *, id: str = "", more: str = "", more_url: str = "") -> SafeString:
    """A titled part of a page, with one quiet link at the end of its title if wanted."""
    return draw("section", content=content, title=title, id=id, more=more, more_url=more_url)


@register.simple_block_tag
def page_header(content: str, title: str, *, lead: str = "", eyebrow: str = "") -> SafeString:
    """The page's one h1; the content is its actions, at most one of them primary."""
    return draw("page_header", content=content, title=title, lead=lead, eyebrow=eyebrow)


@register.simple_block_tag
def breadcrumbs(content: str) -> SafeString:
    """The way here: {% crumb %} entries."""
    return draw("breadcrumbs", content=content)


@register.simple_tag
def crumb(word: str, url: str = "") -> SafeString:
    """One step of the way; without `url` it is this page."""
    return draw("crumb", word=word, url=url)


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """Sub-navigation: {% tab %} entries, real links."""
    return draw("tabs", content=content, label=label)


@register.simple_tag(takes_context=True)
def tab(
    context: Context,
    word: str,
    url: str,
    *,
    count: int | None = None,
    icon: str = "",
    current: bool | None = None,
) -> SafeString:
    """One tab. It is current when its address is this page's, unless `current` says otherwise."""
    here = _is_here(context, url) if current is None else current
    return draw("tab", word=word, url=url, count=count, icon=icon, current=here)


@register.simple_block_tag
def empty(content: str, title: str, *, drawing: str = "tea", level: int = 2) -> SafeString:
    """An empty place: say that it is normal, one action, one example."""
    return draw("empty", content=content, title=title, drawing=drawing, level=level)


@register.simple_block_tag
def rows(content: str, label: str = "") -> SafeString:
    """A list of {% row %} entries."""
    return draw("rows", content=content, label=label)


@register.simple_block_tag
def row(
    content: str,
    title: str,
    *,
    url: str = "",
    detail: str = "",
    icon: str = "",
    name: str = "",
    photo: str = "",
) -> SafeString:
    """One row: an icon or a face (`name`), title, detail; the content stands at its end (pill, time, button)."""
    props = {"title": title, "url": url, "detail": detail, "icon": icon, "name": name, "photo": photo}
    return draw("row", content=content, **props)


@register.simple_block_tag
def checklist(content: str) -> SafeString:
    """A list of {% check %} entries."""
    return draw("checklist", content=content)


@register.simple_tag
def check(title: str, *, done: bool = False, url: str = "", detail: str = "") -> SafeString:
    """Something that can be done; done or open, never late."""
    return draw("check", title=title, done=done, url=url, detail=detail)


@register.simple_block_tag
def steps(content: str, label: str) -> SafeString:
    """Where one is in a form of several pages: {% step %} entries."""
    return draw("steps", content=content, label=label)


@register.simple_tag
def step(word: str, *, state: str = "ahead", url: str = "") -> SafeString:
    """One step: done, here or ahead."""
    return draw("step", word=word, state=one_of(state, {"done", "here", "ahead"}, "state"), url=url)


@register.simple_tag
def stat(label: str, value: Any, *, note: str = "", url: str = "") -> SafeString:
    """One figure with what it counts; stands in <div class="stats">."""
    return draw("stat", label=label, value=value, note=note, url=url)


def _is_here(context: Context, url: str) -> bool:
    request = context.get("request")
    return bool(request and request.path == url.partition("?")[0])
