"""Checks a result against its program by itself: feasible, counted right, and provably the best.

An independent path: the one-pair-at-a-time judge for everything a result states, and the ledger, which adds up one
mentee's pairs in whole numbers, for the bound. Nothing of the solver, its arrays or the report. Whoever doubts a
matching needs the program, the result and these two files.

For any prices p, no assignment can have a higher total than

    bound(p) = sum over mentees of max(-left_out, max over allowed mentors (value - p))
             + sum over seats of max(0, p - cost of the seat)

so a result whose total equals its bound is the best there is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .ledger import Ledger
from .model import Points
from .program import Program
from .result import Pair, Result
from .wire import fingerprint


class Fault(StrEnum):
    """What can be wrong with a result."""

    OTHER_PROGRAM = "answers another program"
    UNKNOWN_PERSON = "names somebody who is not in the program"
    PLACED_TWICE = "places a mentee more than once"
    FORGOTTEN = "neither places a mentee nor says that they are left out"
    FORBIDDEN_PAIR = "pairs two people a rule keeps apart"
    OVER_CAPACITY = "gives a mentor more mentees than there are seats"
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
    total, bound = check.total(), check.bound()
    if result.total != total:
        check.object(Fault.WRONG_TOTAL, expected=total, found=result.total)
    if result.bound != bound:
        check.object(Fault.WRONG_BOUND, expected=bound, found=result.bound)
    if bound != total:
        check.object(Fault.NOT_PROVEN, expected=total, found=bound)
    return Certificate(total=total, bound=bound, flaws=tuple(check.flaws))


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
        placed = [pair.mentee for pair in self.result.pairs] + [
            entry.mentee for entry in self.result.left_out
        ]
        known = [person for person in placed if person in self.row]
        strangers = [person for person in placed if person not in self.row]
        strangers += [pair.mentor for pair in self.result.pairs if pair.mentor not in self.column]
        for person in strangers:
            self.object(Fault.UNKNOWN_PERSON, person)
        for person, times in Counter(known).items():
            if times > 1:
                self.object(Fault.PLACED_TWICE, person, expected=1, found=times)
        for person in sorted(self.row.keys() - set(known)):
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

    def total(self) -> Points:
        """The objective, counted from the pairs alone."""
        total = sum(
            self.judge.value(self.row[pair.mentee], self.column[pair.mentor]) for pair in self.result.pairs
        )
        total -= sum(self.program.left_out_cost(self.row[entry.mentee]) for entry in self.result.left_out)
        load = Counter(pair.mentor for pair in self.result.pairs)
        for mentor, count in load.items():
            base = self.program.mentors.base_load[self.column[mentor]]
            total -= sum(self.program.balance * k for k in range(base, base + count))
        return total

    def bound(self) -> Points:
        """What the prices prove that no assignment can exceed."""
        price_of = dict(self.result.prices)
        price = [price_of[person] for person in self.program.mentors.ids]
        far = (
            max(map(abs, price), default=0) >= 1 << 60
        )  # whoever made these prices up: still counted exactly
        prices, ledger = np.array(price, dtype=object if far else np.int64), Ledger(self.program)
        pinned = dict(self.program.pins)
        bound = 0
        for i, mentee in enumerate(self.program.mentees.ids):
            if mentee in pinned:
                j = self.column[pinned[mentee]]
                bound += self.judge.value(i, j) - price[j]
            else:
                values, allowed = ledger.row(i)
                margins = (values - prices)[allowed]
                way_out = -self.program.left_out_cost(i)
                bound += max(way_out, int(margins.max())) if margins.size else way_out
        for j, mentor_price in enumerate(price):
            seats = range(self.program.mentors.base_load[j], self.program.mentors.capacity[j])
            bound += sum(max(0, mentor_price - self.program.balance * k) for k in seats)
        return bound
