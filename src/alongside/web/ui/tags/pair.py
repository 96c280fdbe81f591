"""Two people: the partner's head, clocks, messages, meetings, goals, activities."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from alongside.web.ui.drawing import draw
from alongside.web.ui.tags.marks import look_of

register = template.Library()


@register.simple_block_tag
def partner(
    content: str,
    name: str,
    *,
    photo: str = "",
    since: str = "",
    local_time: str = "",
    place: str = "",
    hours: str = "",
    hours_note: str = "",
    channels: Sequence[str] = (),
    reply_habit: str = "",
    season: str = "",
    level: int = 1,
) -> SafeString:
    """The head of a pair's room. The content stands beside the name: the state, a menu."""
    return draw(
        "partner",
        content=content,
        name=name,
        photo=photo,
        since=since,
        local_time=local_time,
        place=place,
        hours=hours,
        hours_note=hours_note,
        channels=channels,
        reply_habit=reply_habit,
        season=season,
        level=level,
    )


@register.filter
def city(zone: str) -> str:
    """The place a zone is named after: "America/Sao_Paulo" is Sao Paulo."""
    return zone.rpartition("/")[2].replace("_", " ")


@register.simple_tag
def clocks(mine: str, theirs: str, name: str, *, mine_note: str = "", theirs_note: str = "") -> SafeString:
    """One moment on two clocks, mine first; the notes say the day where it differs, or the city."""
    return draw("clocks", mine=mine, theirs=theirs, name=name, mine_note=mine_note, theirs_note=theirs_note)


@register.simple_block_tag
def meeting(
    content: str,
    day: str,
    *,
    mine: str = "",
    theirs: str = "",
    name: str = "",
    mine_note: str = "",
    theirs_note: str = "",
    length: str = "",
    channel: str = "",
    channel_icon: str = "video",
    state: str = "",
    url: str = "",
    level: int = 2,
) -> SafeString:
    """A talk: its day, two clocks, how and how long. The content is its actions."""
    times = {"mine": mine, "theirs": theirs, "name": name, "mine_note": mine_note, "theirs_note": theirs_note}
    facts = {"length": length, "channel": channel, "channel_icon": channel_icon, "state": state, "url": url}
    return draw("meeting", content=content, day=day, level=level, **times, **facts)


@register.simple_block_tag
def message(
    content: str,
    author: str,
    *,
    when: Any = "",
    mine: bool = False,
    photo: str = "",
    note: str = "",
    id: str = "",
) -> SafeString:
    """One message of a talk in writing. The content is its text as safe HTML; actions go in <footer class="message-foot">."""
    return draw(
        "message", content=content, author=author, when=when, mine=mine, photo=photo, note=note, id=id
    )


@register.simple_block_tag
def goal(
    content: str, title: str, *, state: str, url: str = "", detail: str = "", note: str = "", level: int = 3
) -> SafeString:
    """A goal in one of its states. The content is its steps and what can be done with it."""
    look = look_of("goal", state)
    return draw(
        "goal",
        content=content,
        title=title,
        state=state,
        look=look,
        url=url,
        detail=detail,
        note=note,
        level=level,
    )


@register.simple_block_tag
def activity(
    content: str,
    title: str,
    *,
    state: str = "",
    url: str = "",
    minutes: int | None = None,
    kind: str = "",
    summary: str = "",
    when: str = "",
    level: int = 3,
) -> SafeString:
    """A learning activity, from the library or planned. The content is what can be done with it."""
    facts = {"minutes": minutes, "kind": kind, "when": when, "summary": summary}
    return draw("activity", content=content, title=title, state=state, url=url, level=level, **facts)
