"""Time zones: their names, their offsets over time, and wall clocks against instants.

Zone data come from the `tzdata` package only. The host's zone files, old, patched or missing, change nothing
here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

from alongside.engine.timing.instants import DAY, EPOCH, as_utc, from_seconds, to_seconds, wall_midnight

UTC_NAME = "Etc/UTC"
_DATA = resources.files("tzdata") / "zoneinfo"
_NOT_PLACES = frozenset({"Factory"})

# The database knows these old names as the clock of another country, or of no place at all. The name that
# took their place has the same clock today and lies where the person who sent it expects to read it.
_SUCCESSORS = {
    "Africa/Asmera": "Africa/Asmara",
    "Africa/Timbuktu": "Africa/Bamako",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Virgin": "America/St_Thomas",
    "Antarctica/South_Pole": "Antarctica/McMurdo",
    "Atlantic/Jan_Mayen": "Arctic/Longyearbyen",
    "CST6CDT": "America/Chicago",
    "EST5EDT": "America/New_York",
    "Iceland": "Atlantic/Reykjavik",
    "MST7MDT": "America/Denver",
    "PST8PDT": "America/Los_Angeles",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
    "Pacific/Yap": "Pacific/Chuuk",
}

# Offsets are sampled this often to find changes; a test reads all zone files to hold that none since 1970 can
# hide.
SAMPLING_STEP = 2 * DAY


class UnknownZone(ValueError):
    """The name is not that of a time zone; `name` holds it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is not a time zone this installation knows")
        self.name = name


class WallKind(StrEnum):
    """How often a wall clock shows a given date and time."""

    ONCE = "once"
    SKIPPED = "skipped"  # clocks jumped over it
    TWICE = "twice"  # clocks were set back over it


@dataclass(frozen=True, slots=True)
class Wall:
    """What a clock on the wall shows at one instant: date, time and distance from UTC."""

    day: date
    at: time
    offset: timedelta


@dataclass(frozen=True, slots=True)
class Resolved:
    """The instant meant by a wall time; unless `kind` is ONCE the people should be told and asked."""

    instant: datetime
    kind: WallKind


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds since 1970 [start, end) in UTC during which a zone keeps one offset (seconds east of UTC)."""

    start: int
    end: int
    offset: int


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    """One line of a zone picker; `countries` are ISO 3166 codes, none for UTC."""

    name: str
    countries: tuple[str, ...]
    offset: timedelta


def canonical_zone(name: str) -> str:
    """The one name under which a zone is stored, for any name a browser can send.

    Guarantee: the result is canonical itself, has the clock that `name` has today, and is a place in the same
    country where there is one. Letter case and surrounding space are forgiven. Cost: a dictionary look-up
    after the first call.
    Errors: UnknownZone.

    >>> canonical_zone("Asia/Calcutta"), canonical_zone("US/Eastern"), canonical_zone("Europe/Stockholm")
    ('Asia/Kolkata', 'America/New_York', 'Europe/Stockholm')
    """
    found = _names().get(name.strip().casefold())
    if found is None:
        raise UnknownZone(name)
    return found


def canonical_zones() -> tuple[str, ...]:
    """All canonical names of places, and UTC, sorted."""
    return tuple(sorted({*_countries(), UTC_NAME}))


def zone_choices(now: datetime) -> tuple[ZoneChoice, ...]:
    """All canonical zones with their offset at `now`, west to east, then by name. Errors: ValueError."""
    countries, seconds = _countries(), to_seconds(now)
    choices = (
        ZoneChoice(name, countries.get(name, ()), timedelta(seconds=offset_at(name, seconds)))
        for name in canonical_zones()
    )
    return tuple(sorted(choices, key=lambda choice: (choice.offset, choice.name)))


@cache
def database_version() -> str:
    """The release of the zone data in use, such as 2026a, to be kept with what was resolved by it."""
    return _lines("tzdata.zi")[0].removeprefix("# version ")


@lru_cache(maxsize=4096)
def zone_info(name: str) -> ZoneInfo:
    """The zone as a `tzinfo` for display, read from the `tzdata` package. Errors: UnknownZone."""
    return _read_zone(canonical_zone(name))


def wall_at(instant: datetime, zone: str) -> Wall:
    """What a wall clock in the zone shows at the instant. Errors: ValueError if naive, UnknownZone."""
    local = as_utc(instant).astimezone(zone_info(zone))
    return Wall(local.date(), local.time(), local.utcoffset() or timedelta())


def instant_at(day: date, at: time, zone: str, *, second: bool = False) -> Resolved:
    """The instant at which a wall clock in the zone shows the date and time, as RFC 5545 reads it.

    Guarantee: a time that is skipped is read with the offset before the jump (02:30 becomes 03:30); a time
    that comes twice is its first occurrence, or the second when `second` is true. The kind says which it was.
    Errors: ValueError when `at` carries a zone of its own or the year is outside 1900 to 2900; UnknownZone.

    >>> instant_at(date(2026, 3, 29), time(2, 30), "Europe/Berlin")  # doctest: +ELLIPSIS
    Resolved(instant=datetime.datetime(2026, 3, 29, 1, 30, tzinfo=...), kind=<WallKind.SKIPPED: 'skipped'>)
    """
    if at.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    wall_seconds = wall_midnight(day) + at.hour * 3600 + at.minute * 60 + at.second
    # No clock is further from UTC, or has jumped further, than a day. Changes lie further apart than these.
    stretches = tuple(stretches_between(zone, wall_seconds - 2 * DAY, wall_seconds + 2 * DAY))
    hits = [
        wall_seconds - stretch.offset
        for stretch in stretches
        if stretch.start <= wall_seconds - stretch.offset < stretch.end
    ]
    if hits:
        kind = WallKind.TWICE if len(hits) > 1 else WallKind.ONCE
        chosen = hits[-1] if second else hits[0]
    else:
        kind = WallKind.SKIPPED
        chosen = wall_seconds - stretches[0].offset
    return Resolved(from_seconds(chosen) + timedelta(microseconds=at.microsecond), kind)


def offset_at(zone: str, seconds: int) -> int:
    """Seconds east of UTC in the zone at an instant given in seconds since 1970. Errors: UnknownZone."""
    local = from_seconds(seconds).astimezone(zone_info(zone))
    return round((local.utcoffset() or timedelta()).total_seconds())


def stretches_between(zone: str, start: int, end: int) -> Iterator[Stretch]:
    """The stretches of constant offset that tile [start, end), in order; all in seconds since 1970.

    Guarantee: neighbors differ in offset. Cost: about a millisecond per zone and year the first time, then
    remembered.
    """
    name = canonical_zone(zone)
    begun, offset = start, offset_at(name, start)
    for year in range(from_seconds(start).year, from_seconds(end).year + 1):
        for moment, after in _changes(name, year):
            if begun < moment < end:
                yield Stretch(begun, moment, offset)
                begun, offset = moment, after
    if begun < end:
        yield Stretch(begun, end, offset)


@lru_cache(maxsize=8192)
def _changes(name: str, year: int) -> tuple[tuple[int, int], ...]:
    """The seconds since 1970, within a UTC year, from which a new offset holds, and that offset."""
    zone, samples = _read_zone(name), _samples(year)
    found: list[tuple[int, int]] = []
    for (before, was), (after, now) in pairwise((at, at.astimezone(zone).utcoffset()) for at in samples):
        if was != now:
            offset = offset_at(name, to_seconds(before))
            moment = _first_with_other_offset(name, to_seconds(before), to_seconds(after), offset)
            found.append((moment, offset_at(name, moment)))
    return tuple(found)


@lru_cache(maxsize=128)
def _samples(year: int) -> tuple[datetime, ...]:
    """Instants two days apart, from the last second before a UTC year to the last one in it."""
    first, last = to_seconds(EPOCH.replace(year=year)) - 1, to_seconds(EPOCH.replace(year=year + 1)) - 1
    return (*map(from_seconds, range(first, last, SAMPLING_STEP)), from_seconds(last))


def _first_with_other_offset(name: str, low: int, high: int, offset: int) -> int:
    """The first second in (low, high] at which the offset is no longer `offset`, by halving."""
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(name, middle) == offset:
            low = middle
        else:
            high = middle
    return high


@cache
def _read_zone(canonical: str) -> ZoneInfo:
    with _DATA.joinpath(*canonical.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=canonical)


@cache
def _names() -> dict[str, str]:
    """Every known name in folded letter case, with its canonical name."""
    links, places = _links(), _countries()
    names = {*links, *links.values(), *places, *_zones()} - _NOT_PLACES
    return {name.casefold(): _followed(name, links, places) for name in names}


def _followed(name: str, links: dict[str, str], places: dict[str, tuple[str, ...]]) -> str:
    successor = _SUCCESSORS.get(name, name)
    while successor not in places and successor in links:
        successor = links[successor]
    return successor


@cache
def _links() -> dict[str, str]:
    rows = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {alias: target for _, target, alias in rows}


def _zones() -> set[str]:
    return {line.split()[1] for line in _lines("tzdata.zi") if line.startswith("Z ")}


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """Places for pickers: each name of `zone.tab` with the codes of its countries."""
    rows = (line.split("\t") for line in _lines("zone.tab") if not line.startswith("#"))
    return {row[2]: tuple(row[0].split(",")) for row in rows}


def _lines(name: str) -> list[str]:
    return (_DATA / name).read_text(encoding="utf-8").splitlines()
