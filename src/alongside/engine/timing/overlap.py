"""Hours that people share, and the times to offer them: shared ones, or stretched ones by turns."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import and_

from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.instants import as_utc, from_seconds, to_seconds, to_seconds_up
from alongside.engine.timing.quiet import open_stretches, open_windows
from alongside.engine.timing.stretch import COST_OPEN, EVERY_COST, Costs, Side, costs_of
from alongside.engine.timing.strips import Strip, beginnings, common, covered, joined
from alongside.engine.timing.windows import Windows, total
from alongside.engine.timing.zones import stretches_between

WEEK = timedelta(weeks=1)
ENOUGH_PER_WEEK = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
GRID = 1800  # offers begin on the hour or half hour of somebody's clock


@dataclass(frozen=True, slots=True)
class WeeklyShare:
    """Time shared per week: in the scantest whole week of a period, on average, and in the fullest."""

    least: timedelta
    average: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True)
class Offer:
    """One time to offer, and what it costs each side, in the order of `keys`.

    Summed over the sides, `stretched_minutes` lie outside their hours, and `uncomfortable_minutes` outside
    them or within an hour of a window's edge.
    """

    start: datetime
    end: datetime
    keys: tuple[str, ...]
    costs: tuple[int, ...]
    stretched_minutes: int
    uncomfortable_minutes: int

    @property
    def stretching(self) -> tuple[str, ...]:
        """Whose turn it is to stretch: those with the highest cost; nobody when all give the same."""
        highest = max(self.costs)
        if highest == min(self.costs):
            return ()
        return tuple(key for key, cost in zip(self.keys, self.costs, strict=True) if cost == highest)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Who has stretched for these people, oldest first: the memory that lets them take turns."""

    turns: tuple[str, ...] = ()

    def after(self, offer: Offer) -> "Ledger":
        """The memory once the offer has been taken up."""
        return Ledger((*self.turns, *offer.stretching))

    def last_turn(self, key: str) -> int:
        """When this person last stretched, the later the higher; -1 for never."""
        return max((index for index, turn in enumerate(self.turns) if turn == key), default=-1)


def shared_hours(people: Sequence[PersonHours], start: datetime, end: datetime) -> Windows[datetime]:
    """All instants of [start, end) at which every one of the people is open.

    Cost: linear in people times days times windows. Errors: ValueError for no people, or naive datetimes.
    """
    if not people:
        raise ValueError("hours are shared by somebody, not by nobody")
    return reduce(and_, (open_windows(hours, start, end) for hours in people))


def good_hours_per_week(a: PersonHours, b: PersonHours, start: datetime, end: datetime) -> WeeklyShare:
    """How much time a week two people share by their weekly windows, over the actual weeks of a period.

    Guarantee: clock changes of either side count in the very weeks in which they hold; single days and pauses
    do not, because the answer is about how two lives lie to each other. `least` and `most` look at whole
    weeks from `start`.
    Cost: linear in days times windows. Errors: ValueError for naive datetimes or less than one week.
    """
    weeks = (as_utc(end) - as_utc(start)) // WEEK
    if weeks < 1:
        raise ValueError("hours per week need a period of at least one week")
    shared = shared_hours((a.usual(), b.usual()), start, end)
    begins = [as_utc(start) + index * WEEK for index in range(weeks)]
    sums = [total(shared.between(begin, begin + WEEK)) for begin in begins]
    return WeeklyShare(min(sums), total(shared) * (WEEK / (as_utc(end) - as_utc(start))), max(sums))


def rank_times(
    sides: Sequence[Side],
    duration: timedelta,
    start: datetime,
    end: datetime,
    ledger: Ledger | None = None,
) -> tuple[Offer, ...]:
    """The times within [start, end) to offer these people, best first.

    Guarantee: when their weekly windows share an hour a week and once hold the whole duration, only shared
    times are offered, the most comfortable first. Otherwise only times whose highest cost to anyone is the
    lowest possible; among these, whoever stretched last gives least. The same arguments always give the same
    order. Empty when nobody may be asked.
    Cost: linear in days times sides, and in the offers; a few milliseconds for two people over eight weeks.
    Errors: ValueError for no sides, two sides of one key, a duration that is not positive, or naive datetimes.
    """
    _require_sides(sides, duration)
    first, last = as_utc(start), as_utc(end)
    if last - first < duration:
        return ()
    length = -(-duration // _SECOND)
    grid = _grid(sides, to_seconds_up(first), to_seconds(last - duration))
    costs = [costs_of(side, first, last) for side in sides]
    allowed = (COST_OPEN,) if _share_enough(sides, length, first, last) else EVERY_COST
    begins = next(filter(None, (_possible(grid, costs, cost, length) for cost in allowed)), [])
    return _ranked(begins, sides, costs, duration, ledger or Ledger())


def _require_sides(sides: Sequence[Side], duration: timedelta) -> None:
    if not sides or len({side.key for side in sides}) < len(sides):
        raise ValueError("a time is offered to at least one side, and to each once")
    if duration <= timedelta():
        raise ValueError("a meeting takes some time")


def _share_enough(sides: Sequence[Side], length: int, start: datetime, end: datetime) -> bool:
    """Whether the weekly windows share an hour a week, once in one piece; single days do not count."""
    first, last = to_seconds(start), to_seconds_up(max(end, start + WEEK))
    usual = (joined(open_stretches(side.hours.usual(), first, last)) for side in sides)
    shared = reduce(common, usual)
    held = sum(closes - opens for opens, closes in shared) * _SECOND
    enough = held * (WEEK // _SECOND) >= ENOUGH_PER_WEEK * (last - first)
    return enough and bool(beginnings(shared, length))


def _grid(sides: Sequence[Side], first: int, last: int) -> list[int]:
    """The seconds first to last, both included, at which a side's wall clock shows a full or half hour."""
    seconds: set[int] = set()
    for zone in {side.hours.zone for side in sides}:
        for stretch in stretches_between(zone, first, last + 1):
            beyond = (stretch.start + stretch.offset) % GRID
            seconds.update(range(stretch.start + (GRID - beyond) % GRID, stretch.end, GRID))
    return sorted(seconds)


def _possible(grid: Sequence[int], costs: Sequence[Costs], highest: int, length: int) -> list[int]:
    """The beginnings on the grid from which nobody is asked for more than the highest cost."""
    room = reduce(common, (beginnings(cost.within(highest), length) for cost in costs))
    return [begin for low, high in room for begin in grid[bisect_left(grid, low) : bisect_left(grid, high)]]


def _ranked(
    begins: Iterable[int], sides: Sequence[Side], costs: Sequence[Costs], duration: timedelta, ledger: Ledger
) -> tuple[Offer, ...]:
    """The times in their order: spare who stretched last, ask little, briefly, in comfort, soon."""
    keys, length = tuple(side.key for side in sides), -(-duration // _SECOND)
    spared = sorted(
        (at for at, key in enumerate(keys) if key in ledger.turns), key=lambda at: -ledger.last_turn(keys[at])
    )
    opened, inner = [cost.opened for cost in costs], [cost.inner for cost in costs]
    rows = []
    for begin in begins:
        end = begin + length
        given = tuple(cost.of_seconds(begin, end) or COST_OPEN for cost in costs)
        asked = sum(given)
        stretched = _minutes_outside(opened, begin, end) if asked else 0
        uncomfortable = _minutes_outside(inner, begin, end)
        rows.append((tuple([given[at] for at in spared]), asked, stretched, uncomfortable, begin, given))
    rows.sort()
    starts = [from_seconds(row[4]) for row in rows]
    return tuple(
        Offer(start, start + duration, keys, given, stretched, uncomfortable)
        for start, (_, _, stretched, uncomfortable, _, given) in zip(starts, rows, strict=True)
    )


def _minutes_outside(sets: Iterable[Sequence[Strip]], start: int, end: int) -> int:
    """The minutes of [start, end) outside each of the sets, summed over the sets."""
    seconds = 0
    for strips in sets:
        seconds += end - start - covered(strips, start, end)
    return seconds // 60
