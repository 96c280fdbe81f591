"""Reachable days: dates on which everyone asked about could be reached, the fair measure of silence."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from alongside.engine.timing.hours import PersonHours, open_on
from alongside.engine.timing.instants import DAY, wall_midnight
from alongside.engine.timing.zones import stretches_between

ONE_OPEN_HOUR = timedelta(hours=1)
SEARCH = timedelta(days=366)


def open_time_on(hours: PersonHours, day: date) -> timedelta:
    """How long the person is open on a date of their own calendar, as it really elapses.

    A date that a zone left out of its calendar is never open. Cost: linear in the person's windows.
    """
    midnight = wall_midnight(day)
    spans = open_on(hours, day)
    seconds = 0
    for stretch in stretches_between(hours.zone, midnight - DAY, midnight + 2 * DAY):
        begin, end = stretch.start + stretch.offset - midnight, stretch.end + stretch.offset - midnight
        seconds += sum(max(0, min(span.end, end) - max(span.start, begin)) for span in spans)
    return timedelta(seconds=seconds)


def is_reachable(people: Sequence[PersonHours], day: date) -> bool:
    """Whether on that date of their own calendars each of the people has an open hour in all, and no pause.

    Lighter weeks are a pause too: they are time that is asked to be left alone. Errors: ValueError for no
    people.
    """
    if not people:
        raise ValueError("somebody is reachable or not, nobody is neither")
    return all(hours.pause_on(day) is None and open_time_on(hours, day) >= ONE_OPEN_HOUR for hours in people)


def reachable_days(people: Sequence[PersonHours], start: date, end: date) -> tuple[date, ...]:
    """The reachable dates of [start, end). Cost: linear in people times days. Errors: as `is_reachable`."""
    return tuple(day for day in _dates(start, end) if is_reachable(people, day))


def paused_days(people: Sequence[PersonHours], start: date, end: date) -> int:
    """How many dates of [start, end) lie in a pause of anyone; a date in two pauses counts once."""
    return sum(any(hours.pause_on(day) is not None for hours in people) for day in _dates(start, end))


def first_reachable_day(
    people: Sequence[PersonHours], start: date, within: timedelta = SEARCH
) -> date | None:
    """The first reachable date of [start, start + within), None without one. Errors: as `is_reachable`."""
    return next((day for day in _dates(start, start + within) if is_reachable(people, day)), None)


def _dates(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=index) for index in range((end - start).days))
