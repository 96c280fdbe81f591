"""Checks a result against its program by itself: feasible, counted right, and provably the best.

An independent path in plain Python integers: the one-pair-at-a-time judge for everything a result states, and
``prices.bound`` for what its prices prove (which says from what size on rows are read into 64-bit numbers). Nothing of
the solver, its arrays or the report. Whoever doubts a matching needs the program, the result and these files.

For any prices p, no assignment can have a higher total than

    bound(p) = sum over mentees of the best choice of at most ``demand`` allowed mentors at value - p each,
               less what wishes cost that are not met
             + sum over seats of max(0, p - cost of the seat)
             - unfilled x places below a minimum when this run gives nobody

so a result whose total equals its bound is the best there is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from .model import Points
from .prices import bound
from .program import Program
from .result import Fewer, Pair, Result, Unfilled
from .wire import fingerprint


class Fault(StrEnum):
    """What can be wrong with a result."""

    OTHER_PROGRAM = "answers another program"
    UNKNOWN_PERSON = "names somebody who is not in the program"
    PLACED_TWICE = "places a mentee more often than they would like, or twice with one mentor"
    FORGOTTEN = "neither places a mentee nor says that they are left out"
    FORBIDDEN_PAIR = "pairs two people a rule keeps apart"
    OVER_CAPACITY = "gives a mentor more mentees than there are seats"
    MISSING = "states the wrong number of mentors or mentees somebody is short of"
    PIN_BROKEN = "does not keep a pinned pair"
    WRONG_POINTS = "states the wrong points of a pair"
    WRONG_VALUE = "states the wrong value of a pair"
    WRONG_TOTAL = "states the wrong total"
    PRICES = "does not give every mentor exactly one price"
    WRONG_BOUND = "states the wrong bound"
    NOT_PROVEN = "leaves a gap between total and bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing that is wrong: what, about whom, what was to be expected and what was found."""

    fault: Fault
    people: tuple[str, ...] = ()
    rule: str | None = None
    expected: int | str | None = None
    found: int | str | None = None

    def __str__(self) -> str:
        about = f" ({', '.join(self.people)})" if self.people else ""
        rule = f" [{self.rule}]" if self.rule else ""
        numbers = (
            "" if self.expected is None and self.found is None else f": {self.found}, not {self.expected}"
        )
        return f"{self.fault}{about}{rule}{numbers}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The verdict. ``total`` and ``bound`` are counted anew; ``flaws`` is empty when everything holds."""

    total: Points | None
    bound: Points | None
    flaws: tuple[Flaw, ...]

    @property
    def holds(self) -> bool:
        """Feasible, every number right, and optimal."""
        return not self.flaws

    @property
    def feasible(self) -> bool:
        """Whether the pairs may be used, even if it is not proven that none are better."""
        return not {flaw.fault for flaw in self.flaws} - {Fault.NOT_PROVEN}


def certify(program: Program, result: Result) -> Certificate:
    """Whether the result is what it says: an allowed assignment, its points, and the best there is.

    Prices every pair once, one mentee at a time; no memory beyond the answers.
    """
    check = _Check(program, result)
    check.people()
    check.prices()
    if check.flaws:  # the numbers below would be about nobody in particular
        return Certificate(total=None, bound=None, flaws=tuple(check.flaws))
    check.pairs()
    check.missing()
    total, proven = check.total(), bound(program, dict(result.prices))
    if result.total != total:
        check.object(Fault.WRONG_TOTAL, expected=total, found=result.total)
    if result.bound != proven:
        check.object(Fault.WRONG_BOUND, expected=proven, found=result.bound)
    if proven != total:
        check.object(Fault.NOT_PROVEN, expected=total, found=proven)
    return Certificate(total=total, bound=proven, flaws=tuple(check.flaws))


class _Check:
    def __init__(self, program: Program, result: Result) -> None:
        self.program, self.result, self.judge = program, result, program.judge
        self.row = {person: i for i, person in enumerate(program.mentees.ids)}
        self.column = {person: j for j, person in enumerate(program.mentors.ids)}
        self.flaws: list[Flaw] = []

    def object(
        self,
        fault: Fault,
        *people: str,
        rule: str | None = None,
        expected: int | str | None = None,
        found: int | str | None = None,
    ) -> None:
        self.flaws.append(Flaw(fault=fault, people=people, rule=rule, expected=expected, found=found))

    def people(self) -> None:
        """Everybody is known, every mentee has one place, and the result answers this program."""
        expected = fingerprint(self.program)
        if self.result.program != expected:
            self.object(Fault.OTHER_PROGRAM, expected=expected, found=self.result.program)
        pairs = Counter(pair.mentee for pair in self.result.pairs)
        alone = Counter(entry.mentee for entry in self.result.left_out)
        mentors = [pair.mentor for pair in self.result.pairs if pair.mentor not in self.column]
        for person in (*(pairs | alone).keys(), *mentors):
            if person not in self.row or person in mentors:
                self.object(Fault.UNKNOWN_PERSON, person)
        for person in sorted((pairs | alone).keys() & self.row.keys()):
            most = 0 if alone[person] else self.program.mentees.demand[self.row[person]]
            if pairs[person] > most or alone[person] > 1:
                times = pairs[person] + alone[person]
                self.object(Fault.PLACED_TWICE, person, expected=max(1, most), found=times)
        twice = Counter((pair.mentee, pair.mentor) for pair in self.result.pairs if pair.mentee in self.row)
        for (mentee, mentor), times in twice.items():
            if times > 1 and pairs[mentee] <= self.program.mentees.demand[self.row[mentee]]:
                self.object(Fault.PLACED_TWICE, mentee, mentor, expected=1, found=times)
        for person in sorted(self.row.keys() - (pairs | alone).keys()):
            self.object(Fault.FORGOTTEN, person)

    def prices(self) -> None:
        """One price for every mentor."""
        named = Counter(mentor for mentor, _ in self.result.prices)
        for person in sorted(named.keys() | self.column.keys()):
            if named[person] != 1 or person not in self.column:
                self.object(Fault.PRICES, person, expected=int(person in self.column), found=named[person])

    def pairs(self) -> None:
        """Seats, pins, rules and the numbers of every pair."""
        load = Counter(pair.mentor for pair in self.result.pairs)
        mentors = self.program.mentors
        for person, count in sorted(load.items()):
            j = self.column[person]
            seats = max(0, mentors.capacity[j] - mentors.base_load[j])
            if count > seats:
                self.object(Fault.OVER_CAPACITY, person, expected=seats, found=count)
        given = {(pair.mentee, pair.mentor): pair.pinned for pair in self.result.pairs}
        for mentee, mentor in self.program.pins:
            if not given.get((mentee, mentor)):
                self.object(Fault.PIN_BROKEN, mentee, mentor)
        for pair in self.result.pairs:
            self._pair(pair)

    def _pair(self, pair: Pair) -> None:
        i, j = self.row[pair.mentee], self.column[pair.mentor]
        for rule in self.judge.forbidding(i, j):
            self.object(Fault.FORBIDDEN_PAIR, pair.mentee, pair.mentor, rule=rule)
        score, value = self.judge.score(i, j), self.judge.value(i, j)
        if pair.points != score:
            self.object(Fault.WRONG_POINTS, pair.mentee, pair.mentor, expected=score, found=pair.points)
        if pair.value != value:
            self.object(Fault.WRONG_VALUE, pair.mentee, pair.mentor, expected=value, found=pair.value)
        if pair.pinned and (pair.mentee, pair.mentor) not in self.program.pins:
            self.object(Fault.PIN_BROKEN, pair.mentee, pair.mentor)

    def missing(self) -> None:
        """Who has fewer mentors than they would like, and who has fewer mentees than their minimum."""
        stated = Counter({(entry.mentee, True): entry.missing for entry in self.result.fewer})
        stated.update({(entry.mentor, False): entry.missing for entry in self.result.unfilled})
        counted = {(entry.mentee, True): entry.missing for entry in self._fewer()}
        counted |= {(entry.mentor, False): entry.missing for entry in self._unfilled()}
        for place in sorted(stated.keys() | counted.keys()):
            expected, found = counted.get(place, 0), stated[place]
            if expected != found:
                self.object(Fault.MISSING, place[0], expected=expected, found=found)

    def _fewer(self) -> list[Fewer]:
        has, demand = Counter(pair.mentee for pair in self.result.pairs), self.program.mentees.demand
        short = ((mentee, demand[self.row[mentee]] - count) for mentee, count in has.items())
        return [Fewer(mentee=mentee, missing=missing) for mentee, missing in short if missing > 0]

    def _unfilled(self) -> list[Unfilled]:
        mentors, has = self.program.mentors, Counter(pair.mentor for pair in self.result.pairs)
        rows = zip(mentors.ids, mentors.base_load, mentors.minimum, strict=True)
        short = ((mentor, minimum - first - has[mentor]) for mentor, first, minimum in rows)
        return [Unfilled(mentor=mentor, missing=missing) for mentor, missing in short if missing > 0]

    def total(self) -> Points:
        """The objective, counted from the pairs alone."""
        program, has = self.program, Counter(pair.mentee for pair in self.result.pairs)
        total = sum(
            self.judge.value(self.row[pair.mentee], self.column[pair.mentor]) for pair in self.result.pairs
        )
        total -= sum(sum(program.wish_costs(i, held=has[mentee])) for mentee, i in self.row.items())
        load = Counter(pair.mentor for pair in self.result.pairs)
        for mentor, j in self.column.items():
            base = program.mentors.base_load[j]
            total -= sum(program.seat_cost(j, k) for k in range(base, base + load[mentor])) + program.spared(
                j
            )
        return total
