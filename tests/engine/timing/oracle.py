"""The words of the design, minute by minute: another way to every answer about quiet hours, slow and plain.

Shares nothing with the engine but the values it is asked about: zones are read under the very name they were given, from the
zone files, and each minute is put to the wall clock.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from random import Random
from zoneinfo import ZoneInfo

from alongside.engine.timing.hours import DayOverride, Pause, PauseKind, PersonHours, Span, WeeklyWindow
from alongside.engine.timing.instants import from_seconds, to_seconds
from alongside.engine.timing.quiet import HORIZON
from alongside.engine.timing.zones import stretches_between

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEAR = 5 * HOUR
ODD_MINUTES = (0, 0, 0, 15, 30, 45)


@cache
def clock(name: str) -> ZoneInfo:
    """The zone file of a name, old or new."""
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def every_name() -> tuple[str, ...]:
    """All names of the database that are places or clocks, old ones too."""
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return tuple(sorted(set(names) - {"Factory"}))


@cache
def changes_of(zone: str, first_year: int, last_year: int) -> tuple[datetime, ...]:
    """The instants of the years, the last included, at which the zone's clocks change."""
    first, last = (to_seconds(datetime(year, 1, 1, tzinfo=UTC)) for year in (first_year, last_year + 1))
    return tuple(from_seconds(stretch.start) for stretch in stretches_between(zone, first, last))[1:]


def definition(hours: PersonHours, name: str = "") -> Callable[[datetime], bool]:
    """Whether the person is open, from the words of the design alone: the open minutes of each date."""
    zone = clock(name or hours.zone)
    written = {override.day: override.spans for override in hours.overrides}

    @cache
    def open_minutes(today: date) -> frozenset[int]:
        kinds = {pause.kind for pause in hours.pauses if pause.covers(today)}
        if PauseKind.AWAY in kinds:
            return frozenset()
        minutes: set[int] = set()
        for day in [today] if today in written else [today, today - DAY]:
            begun = [w for w in hours.windows if w.weekday == day.weekday()]
            usual = tuple((w.start, w.end) for w in begun if w.kept or not kinds)
            for start, end in written.get(day, usual):
                first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
                held = range(first, last + 1440 if last <= first else last)
                shift = 0 if day == today else 1440
                minutes |= {minute - shift for minute in held if 0 <= minute - shift < 1440}
        return frozenset(minutes)

    def said(instant: datetime) -> bool:
        local = instant.astimezone(zone)
        return local.hour * 60 + local.minute in open_minutes(local.date())

    return said


def walked(hours: PersonHours, moment: datetime, name: str = "") -> datetime | None:
    """The first open minute, by trying them all."""
    said = definition(hours, name)
    minutes = (moment + step * MINUTE for step in range(HORIZON // MINUTE))
    return next((minute for minute in minutes if said(minute)), None)


def tried(hours: PersonHours, moment: datetime) -> datetime | None:
    """The first open one of: now, window starts and midnights of both folds, clock changes."""
    zone, end, said = clock(hours.zone), moment + HORIZON, definition(hours)
    clocks = {time(0)} | {window.start for window in hours.windows}
    clocks |= {start for override in hours.overrides for start, _ in override.spans}
    days = [moment.date() + step * DAY for step in range(-1, 17)]
    walls = [datetime.combine(d, c.replace(fold=fold), zone) for d in days for c in clocks for fold in (0, 1)]
    shown = [wall.astimezone(UTC) for wall in walls if not in_a_gap(wall)]
    stretches = stretches_between(hours.zone, to_seconds(moment), to_seconds(end))
    candidates = {moment, *shown, *(from_seconds(stretch.start) for stretch in stretches)}
    within = (instant for instant in candidates if moment <= instant < end)
    return min((instant for instant in within if said(instant)), default=None)


def in_a_gap(wall: datetime) -> bool:
    back = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return (back.date(), back.time()) != (wall.date(), wall.time())


def any_hours(name: str, near: date, random: Random) -> PersonHours:
    """Hours of a random shape: windows short and long and across midnight, odd days and seasons around the date."""
    windows = [
        WeeklyWindow(weekday, *_span(random), kept=random.random() < 0.3)
        for span in range(random.choice((0, 1, 1, 2, 3)))
        for weekday in random.sample(range(7), random.randint(1, 7))
    ]
    days = random.sample(range(-3, 8), random.choice((0, 0, 1, 3)))
    overrides = [
        DayOverride(near + day * DAY, tuple(_span(random) for _ in range(random.randint(0, 2))))
        for day in days
    ]
    pauses = []
    for _ in range(random.choice((0, 0, 1, 2))):
        begins = near + random.randint(-5, 5) * DAY
        ends = random.choice((None, begins + random.randint(0, 9) * DAY))
        pauses.append(Pause(begins, ends, random.choice(list(PauseKind))))
    return PersonHours(name, tuple(windows), tuple(overrides), tuple(pauses))


def _span(random: Random) -> Span:
    """Mostly quarter hours of the night and morning, where clocks change; sometimes any minute of the day."""
    if random.random() < 0.3:
        first, last = random.randrange(1440), random.randrange(1440)
    else:
        first, last = (random.randrange(12) * 60 + random.choice(ODD_MINUTES) for _ in range(2))
    return time(first // 60, first % 60), time(last // 60, last % 60)
