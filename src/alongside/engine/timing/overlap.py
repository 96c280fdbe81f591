"""Hours that people share, and the times to offer them: shared ones, or stretched ones by turns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import and_

from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.instants import as_utc, from_seconds, to_seconds
from alongside.engine.timing.quiet import open_windows
from alongside.engine.timing.stretch import Costs, Side, costs_of
from alongside.engine.timing.windows import Windows, total
from alongside.engine.timing.zones import stretches_between

WEEK = timedelta(weeks=1)
ENOUGH_PER_WEEK = timedelta(hours=1)
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
    Cost: linear in half hours times sides, with logarithmic look-ups. Errors: ValueError for no sides, two
    sides of one key, a duration that is not positive, or naive datetimes.
    """
    _require_sides(sides, duration)
    first, last = as_utc(start), as_utc(end)
    if last - first < duration:
        return ()
    turns = ledger or Ledger()
    costs = [costs_of(side, first, last) for side in sides]
    offers = list(_offers(sides, costs, duration, first, last))
    highest = (
        0 if _share_enough(sides, duration, first, last) else min((max(o.costs) for o in offers), default=0)
    )
    best = [offer for offer in offers if max(offer.costs) == highest]
    return tuple(sorted(best, key=lambda offer: _rank(offer, turns)))


def _require_sides(sides: Sequence[Side], duration: timedelta) -> None:
    if not sides or len({side.key for side in sides}) < len(sides):
        raise ValueError("a time is offered to at least one side, and to each once")
    if duration <= timedelta():
        raise ValueError("a meeting takes some time")


def _share_enough(sides: Sequence[Side], duration: timedelta, start: datetime, end: datetime) -> bool:
    """Whether the weekly windows share an hour a week, once in one piece; single days do not count."""
    until = max(end, start + WEEK)
    shared = shared_hours([side.hours.usual() for side in sides], start, until)
    per_week = total(shared) * (WEEK / (until - start))
    return per_week >= ENOUGH_PER_WEEK and any(piece.end - piece.start >= duration for piece in shared)


def _offers(
    sides: Sequence[Side], costs: Sequence[Costs], duration: timedelta, start: datetime, end: datetime
) -> Iterator[Offer]:
    """Every time on the grid that may be asked of all sides."""
    keys = tuple(side.key for side in sides)
    for begin in _grid(sides, start, end - duration):
        finish = begin + duration
        found = [cost.of(begin, finish) for cost in costs]
        given = tuple(cost for cost in found if cost is not None)
        if len(given) == len(sides):
            stretched = _minutes_outside((cost.opened for cost in costs), begin, finish)
            uncomfortable = _minutes_outside((cost.comfortable for cost in costs), begin, finish)
            yield Offer(begin, finish, keys, given, stretched, uncomfortable)


def _minutes_outside(sets: Iterable[Windows[datetime]], start: datetime, end: datetime) -> int:
    """The minutes of [start, end) outside each of the sets, summed over the sets."""
    outside = (end - start - total(windows.between(start, end)) for windows in sets)
    return sum(outside, timedelta()) // timedelta(minutes=1)


def _grid(sides: Sequence[Side], first: datetime, last: datetime) -> list[datetime]:
    """The instants first to last, both included, at which a side's wall clock shows a full or half hour."""
    low, high = to_seconds(first), to_seconds(last) + 1
    seconds: set[int] = set()
    for zone in {side.hours.zone for side in sides}:
        for stretch in stretches_between(zone, low, high):
            beyond = (stretch.start + stretch.offset) % GRID
            seconds.update(range(stretch.start + (GRID - beyond) % GRID, stretch.end, GRID))
    return [instant for instant in map(from_seconds, sorted(seconds)) if first <= instant <= last]


def _rank(offer: Offer, ledger: Ledger) -> tuple[tuple[int, ...], int, int, int, datetime]:
    """Sorts offers of one highest cost: spare who stretched last, ask little, briefly, in comfort, soon."""
    given = dict(zip(offer.keys, offer.costs, strict=True))
    stretched = sorted((key for key in given if key in ledger.turns), key=ledger.last_turn, reverse=True)
    spared = tuple(given[key] for key in stretched)
    return spared, sum(offer.costs), offer.stretched_minutes, offer.uncomfortable_minutes, offer.start
