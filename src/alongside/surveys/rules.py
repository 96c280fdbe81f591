"""The rules of asking (when a person may be asked for their time), as pure functions.

Enough days between two asks, a budget of items and minutes for half a year, nothing in a season or while the pair
rests, nothing on the day of a talk before the talk, nothing outside the person's hours. What cannot be asked in two
weeks of the day it was meant for is dropped in silence.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.quiet import next_open
from alongside.engine.timing.reachable import first_reachable_day
from alongside.engine.timing.zones import instant_at, wall_at
from alongside.surveys.catalog import Trigger

FIRST_MONTH = timedelta(days=31)
GAP_AT_FIRST = timedelta(days=10)
GAP_LATER = timedelta(days=21)
BUDGET_ITEMS = 40
BUDGET_SECONDS = 8 * 60
BUDGET_SPAN = timedelta(days=183)
AT_MOST_AFTER = timedelta(days=14)  # after the day it was meant for, or after the gap to the ask before
NEVER_AFTER = timedelta(days=42)  # whatever the gaps add up to
REMIND_AFTER = timedelta(days=5)
REMIND_WITHIN = timedelta(days=12)
OPEN_FOR = timedelta(days=21)
NOT_NEAR_END = timedelta(days=21)  # no repeated check-in in the last weeks: the closing survey is near


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One ask at the moment its time has come. `busy_until`: the end of the person's last talk of this day."""

    now: datetime
    planned_for: datetime
    hours: PersonHours
    started_on: date
    last_asked_at: datetime | None = None
    busy_until: datetime | None = None
    is_resting: bool = False
    items: int = 1
    seconds: int = 10
    items_spent: int = 0
    seconds_spent: int = 0


def moment_of_asking(case: Situation) -> datetime | None:
    """When to ask: `now` means now, later means look again then, None means not at all.

    Guarantees: never within the gap to the ask before, never over the budget, never on a day of a season, never outside
    the person's hours, never while the pair rests or before a talk of the same day.
    """
    if case.items_spent + case.items > BUDGET_ITEMS or case.seconds_spent + case.seconds > BUDGET_SECONDS:
        return None
    meant = case.planned_for
    if case.last_asked_at is not None:
        meant = max(meant, case.last_asked_at + gap(case.started_on, case.now))
    earliest = max(case.now, meant)
    if case.busy_until is not None and case.busy_until > earliest:
        earliest = case.busy_until
    if case.is_resting:
        earliest = max(earliest, case.now + timedelta(days=1))
    moment = first_good_moment(case.hours, earliest)
    if moment is None or moment > meant + AT_MOST_AFTER or moment > case.planned_for + NEVER_AFTER:
        return None
    return moment


def first_good_moment(hours: PersonHours, earliest: datetime) -> datetime | None:
    """The first open moment on a reachable day, `earliest` itself if it is one; None in the next two weeks and a day."""
    day = wall_at(earliest, hours.zone).day
    for _attempt in range(3):  # an open day may lie behind us by its hours: then the next one counts
        reachable = first_reachable_day([hours], day, AT_MOST_AFTER + timedelta(days=1))
        if reachable is None:
            return None
        moment = next_open(hours, max(earliest, instant_at(reachable, time(), hours.zone).instant))
        if moment is None or wall_at(moment, hours.zone).day == reachable:
            return moment
        day = reachable + timedelta(days=1)
    return None


def gap(started_on: date, now: datetime) -> timedelta:
    """How long a person is left alone between two asks."""
    return GAP_AT_FIRST if now.date() <= started_on + FIRST_MONTH else GAP_LATER


def days_of(trigger: Trigger, *, started_on: date, ends_on: date, months: int) -> list[date]:
    """The days a survey is meant to come, known at the start; none for those that wait for an event."""
    if trigger.kind == "half_way":
        return [started_on + (ends_on - started_on) / 2]
    if trigger.kind == "first_talk" and trigger.or_day is not None:
        return [started_on + timedelta(days=trigger.or_day)]
    if trigger.kind != "day" or trigger.origin != "start" or trigger.day is None:
        return []
    first = started_on + timedelta(days=trigger.day)
    if trigger.every is None or months <= (trigger.longer_than_months or 0):
        return [first]
    repeats = range(0, max(0, (ends_on - NOT_NEAR_END - first).days) + 1, trigger.every)
    return [first + timedelta(days=ahead) for ahead in repeats]
