"""Surveys in words: when they come, what their constructs are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.surveys.catalog import Trigger

CONSTRUCTS: dict[str, str | Promise] = {
    "connection": gettext_lazy("Connection"),
    "safety": gettext_lazy("Trust"),
    "listening": gettext_lazy("Listening"),
    "agreement": gettext_lazy("Agreement"),
    "rhythm": gettext_lazy("Rhythm"),
    "usefulness": gettext_lazy("Usefulness"),
    "flexibility": gettext_lazy("Flexibility"),
    "channels": gettext_lazy("Ways to talk"),
    "growth": gettext_lazy("Growth"),
    "closure": gettext_lazy("The ending"),
    "own_needs": gettext_lazy("Own needs"),
    "recommendation": gettext_lazy("Recommendation"),
    "lasting_use": gettext_lazy("Lasting use"),
    "contact": gettext_lazy("Contact"),
    "change": gettext_lazy("Comments"),
}


def construct_word(construct: str) -> str:
    """What a construct is called on pages; its own name for one worded by a program."""
    return str(CONSTRUCTS.get(construct, construct.replace("_", " ").capitalize()))


def schedule_words(trigger: Trigger) -> str:
    """When a survey comes, as a coordinator would say it."""
    if trigger.kind == "first_talk":
        return _("{after} days after the first talk, or on day {day} without one").format(
            after=trigger.day, day=trigger.or_day
        )
    if trigger.kind == "day" and trigger.origin == "end":
        return _("{day} days after the end").format(day=trigger.day)
    if trigger.kind == "day" and trigger.every:
        return _repeated_words(trigger)
    if trigger.kind == "day":
        return _("On day {day}").format(day=trigger.day)
    return {
        "half_way": _("Half-way"),
        "closing": _("The day after a good ending"),
        "after_talk": _talk_words(trigger.every or 2),
        "ending_early": _("When somebody ends it early, on that page"),
    }.get(trigger.kind, "")


def _repeated_words(trigger: Trigger) -> str:
    if not trigger.longer_than_months:
        return _("On day {day}, and every {every} days after that").format(
            day=trigger.day, every=trigger.every
        )
    return _("On day {day}; in programs of more than {months} months every {every} days after that").format(
        day=trigger.day, months=trigger.longer_than_months, every=trigger.every
    )


def _talk_words(every: int) -> str:
    if every == 1:
        return _("After each talk")
    return _("After every second talk") if every == 2 else _("After every {every} talks").format(every=every)


def length_words(seconds: int) -> str:
    """How long it takes: "20 seconds", "2 minutes"."""
    if seconds < 60:
        return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
    minutes = -(-seconds // 60)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
