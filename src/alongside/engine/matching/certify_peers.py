"""Checks the pairs of a pool by themselves: allowed, counted right, and provably the best.

An independent path, like ``certify``: the one-pair-at-a-time judge for everything a result states, plain rows or the
ledger for all pairs, whole numbers only. Nothing of the solver, its arrays or its rings.

Take a worth of 0 or more for everybody and for some odd groups of people, in half points. If for every allowed pair

    worth + worth + worths of the groups that hold both  >=  2 x (value + what both cost when left out)

then no pairs can have a higher total than

    (sum of worths + for each group, worth x (people - 1) / 2) / 2, rounded down, - costs of everybody left out

because of an odd group only (people - 1) / 2 pairs can lie inside. Pinned pairs stand aside and count as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from .ledger import Ledger, Marks, Numbers
from .model import Mentors, Points
from .peers import PeerPair, PeersResult
from .plain import PlainRows
from .pool import Pool

PLAIN: Final = 1_000  # people of a pool that is read without any arrays
PORTION: Final = 256  # people whose pairs with everybody are held at once
PLENTY: Final = 1 << 40  # more than any pair needs, and keeps every sum in 64 bits
MOST_UNCOVERED: Final = 10  # pairs named; more of the same would say nothing new


class PeerFault(StrEnum):
    """What can be wrong with a result."""

    OTHER_POOL = "answers another pool"
    UNKNOWN_PERSON = "names somebody who is not in the pool"
    PLACED_TWICE = "places somebody more than once"
    FORGOTTEN = "neither places somebody nor says that they are left out"
    FORBIDDEN_PAIR = "pairs two people a rule keeps apart"
    PIN_BROKEN = "does not keep a pinned pair, or calls one pinned that is not"
    WRONG_POINTS = "states the wrong points of a pair"
    WRONG_VALUE = "states the wrong value of a pair"
    WRONG_TOTAL = "states the wrong total"
    WORTHS = "does not give everybody who is not pinned exactly one worth of 0 or more"
    ODD_GROUPS = "has a group that is not odd, overlaps another or is worth less than 0"
    NOT_COVERED = "has a pair that is worth more than its people and groups"
    WRONG_BOUND = "states the wrong bound"
    NOT_PROVEN = "leaves a gap between total and bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerFlaw:
    """One thing that is wrong: what, about whom, what was to be expected and what was found."""

    fault: PeerFault
    people: tuple[str, ...] = ()
    rule: str | None = None
    expected: int | str | None = None
    found: int | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerCertificate:
    """The verdict. ``total`` and ``bound`` are counted anew; ``flaws`` is empty when everything holds."""

    total: Points | None
    bound: Points | None
    flaws: tuple[PeerFlaw, ...]

    @property
    def holds(self) -> bool:
        """Feasible, every number right, and optimal."""
        return not self.flaws

    @property
    def feasible(self) -> bool:
        """Whether the pairs may be used, even if it is not proven that none are better."""
        return not {flaw.fault for flaw in self.flaws} - {PeerFault.NOT_PROVEN}


def certify_peers(pool: Pool, result: PeersResult) -> PeerCertificate:
    """Whether the result is what it says: allowed pairs, their points, and the best there are.

    Reads every pair both ways, a portion of people at a time; memory grows with the pool, not with its pairs.
    """
    check = _Check(pool, result)
    check.people()
    check.proof()
    if check.flaws:  # the numbers below would be about nobody in particular
        return PeerCertificate(total=None, bound=None, flaws=tuple(check.flaws))
    check.pairs()
    total, bound = check.total(), check.bound()
    if result.total != total:
        check.object(PeerFault.WRONG_TOTAL, expected=total, found=result.total)
    if result.bound != bound:
        check.object(PeerFault.WRONG_BOUND, expected=bound, found=result.bound)
    if bound != total:
        check.object(PeerFault.NOT_PROVEN, expected=total, found=bound)
    check.cover()
    return PeerCertificate(total=total, bound=bound, flaws=tuple(check.flaws))


class _Check:
    def __init__(self, pool: Pool, result: PeersResult) -> None:
        self.pool, self.result, self.place = pool, result, pool.place
        self.pins = {frozenset(pin) for pin in pool.pins}
        self.pinned = {person for pin in pool.pins for person in pin}
        self.flaws: list[PeerFlaw] = []

    def object(
        self,
        fault: PeerFault,
        *people: str,
        rule: str | None = None,
        expected: int | str | None = None,
        found: int | str | None = None,
    ) -> None:
        self.flaws.append(PeerFlaw(fault=fault, people=people, rule=rule, expected=expected, found=found))

    def people(self) -> None:
        """Everybody is known, everybody has one place, and the result answers this pool."""
        result = self.result
        if result.pool != self.pool.fingerprint:
            self.object(PeerFault.OTHER_POOL, expected=self.pool.fingerprint, found=result.pool)
        times = Counter(person for pair in result.pairs for person in (pair.one, pair.other))
        times.update(entry.person for entry in result.left_out)
        for person, count in sorted(times.items()):
            if person not in self.place:
                self.object(PeerFault.UNKNOWN_PERSON, person)
            elif count > 1:
                self.object(PeerFault.PLACED_TWICE, person, expected=1, found=count)
        for person in sorted(self.place.keys() - times.keys()):
            self.object(PeerFault.FORGOTTEN, person)

    def proof(self) -> None:
        """One worth for everybody; groups that are odd and lie in each other or apart."""
        named = Counter(person for person, _ in self.result.worths)
        expected = self.place.keys() - self.pinned
        for person in sorted(named.keys() | expected):
            if named[person] != 1 or person not in expected:
                self.object(PeerFault.WORTHS, person, expected=int(person in expected), found=named[person])
        for person, worth in self.result.worths:
            if worth < 0:
                self.object(PeerFault.WORTHS, person, expected=0, found=worth)
        groups = self.result.odd_groups
        used = Counter(person for group in groups for person in group.people)
        inner = Counter(k for group in groups for k in group.within)
        sizes: list[int] = []
        for k, group in enumerate(groups):
            apart = all(used[person] == 1 and person in expected for person in group.people)
            nested = all(0 <= j < k and inner[j] == 1 for j in group.within)
            sizes.append(len(group.people) + sum(sizes[j] for j in group.within) if nested else 0)
            if not apart or group.worth < 0 or sizes[k] % 2 == 0:
                self.object(PeerFault.ODD_GROUPS, *group.people)
        self.sizes = sizes

    def pairs(self) -> None:
        """Pins, rules and the numbers of every pair."""
        kept = {frozenset((pair.one, pair.other)) for pair in self.result.pairs if pair.pinned}
        for pin in sorted(map(sorted, kept ^ self.pins)):
            self.object(PeerFault.PIN_BROKEN, *pin)
        for pair in self.result.pairs:
            self._pair(pair)

    def _pair(self, pair: PeerPair) -> None:
        both, judge = (pair.one, pair.other), self.pool.judge
        i, j = self.place[pair.one], self.place[pair.other]
        for rule in judge.forbidding(i, j):
            self.object(PeerFault.FORBIDDEN_PAIR, *both, rule=rule)
        points, value = judge.points(i, j), judge.value(i, j)
        if pair.points != points:
            self.object(PeerFault.WRONG_POINTS, *both, expected=points, found=pair.points)
        if pair.value != value:
            self.object(PeerFault.WRONG_VALUE, *both, expected=value, found=pair.value)

    def total(self) -> Points:
        """The objective, counted from the pairs alone."""
        judge = self.pool.judge
        values = sum(judge.value(self.place[pair.one], self.place[pair.other]) for pair in self.result.pairs)
        return values - sum(
            self.pool.left_out_cost(self.place[entry.person]) for entry in self.result.left_out
        )

    def bound(self) -> Points:
        """What worths and groups prove, if they cover every pair."""
        worths = sum(worth for _, worth in self.result.worths)
        worths += sum(
            group.worth * (size // 2) for group, size in zip(self.result.odd_groups, self.sizes, strict=True)
        )
        judge = self.pool.judge
        pinned = sum(judge.value(self.place[one], self.place[other]) for one, other in self.pool.pins)
        costs = sum(self.pool.left_out_cost(self.place[person]) for person, _ in self.result.worths)
        return worths // 2 + pinned - costs

    def cover(self) -> None:
        """No allowed pair of people who are not pinned is worth more than what covers it."""
        people = self.pool.people.ids
        pinned = np.array([person in self.pinned for person in people], dtype=np.bool_)
        worth_of = dict(self.result.worths)
        worth = np.array([min(worth_of.get(person, 0), PLENTY) for person in people], dtype=np.int64)
        cost = np.array([self.pool.left_out_cost(i) for i in range(len(people))], dtype=np.int64)
        groups, named = _Groups(self.pool, self.result), 0
        for i, values, allowed in both_readings(self.pool):
            if pinned[i]:
                continue
            missing = 2 * (values + cost + cost[i]) - worth - worth[i] - groups.shared(i)
            for j in np.flatnonzero(allowed & ~pinned & (missing > 0)).tolist():
                if i < j and named < MOST_UNCOVERED:
                    named += 1
                    self.object(
                        PeerFault.NOT_COVERED, people[i], people[j], expected=0, found=int(missing[j])
                    )


class _Groups:
    """For one person after the other, what the groups that hold both are worth."""

    def __init__(self, pool: Pool, result: PeersResult) -> None:
        self.groups = result.odd_groups
        self.parent = {inner: k for k, group in enumerate(self.groups) for inner in group.within}
        home = {person: k for k, group in enumerate(self.groups) for person in group.people}
        self.home = [home.get(person, len(self.groups)) for person in pool.people.ids]
        self.homes = np.array(self.home, dtype=np.intp)
        self.known: dict[int, Numbers] = {}

    def shared(self, i: int) -> Numbers:
        home = self.home[i]
        if home not in self.known:
            self.known.clear()
            self.known[home] = self._shared_with(home)
        return self.known[home][self.homes]

    def _shared_with(self, home: int) -> Numbers:
        """By the other's innermost group: worths of all groups that hold it and this one."""
        holding = set()
        at: int | None = home
        while at is not None:
            holding.add(at)
            at = self.parent.get(at)
        shared = [0] * (len(self.groups) + 1)
        for k in reversed(range(len(self.groups))):  # larger groups first
            outside = shared[self.parent[k]] if k in self.parent else 0
            shared[k] = outside + (min(self.groups[k].worth, PLENTY) if k in holding else 0)
        return np.array(shared, dtype=np.int64)


def both_readings(pool: Pool) -> Iterator[tuple[int, Numbers, Marks]]:
    """(person, value with everybody, whether allowed), both readings of each pair.

    Small pools are read in plain Python integers, larger ones by the ledger; either is an independent path.
    """
    yield from _plainly(pool) if len(pool.people.ids) <= PLAIN else _by_ledger(pool)


def _plainly(pool: Pool) -> Iterator[tuple[int, Numbers, Marks]]:
    rows = PlainRows(pool.both_ways)
    read = [rows.row(i) for i in range(len(pool.people.ids))]
    for i, mine in enumerate(read):
        both = [
            None if one is None or row[i] is None else (one + (row[i] or 0)) // 2
            for one, row in zip(mine, read, strict=True)
        ]
        values = np.array([value or 0 for value in both], dtype=np.int64)
        yield i, values, np.array([value is not None for value in both], dtype=np.bool_)


def _by_ledger(pool: Pool) -> Iterator[tuple[int, Numbers, Marks]]:
    both, people = pool.both_ways, pool.people
    ahead = Ledger(both)
    for start in range(0, len(people.ids), PORTION):
        part = slice(start, start + PORTION)
        columns = {name: answers[part] for name, answers in people.columns.items()}
        back = Ledger(replace(both, mentors=Mentors(ids=people.ids[part], columns=columns)))
        read = [back.row(j) for j in range(len(people.ids))]
        values, allowed = (np.stack([row[k] for row in read], axis=1) for k in (0, 1))
        for k in range(values.shape[0]):
            mine, may = ahead.row(start + k)
            yield start + k, (mine + values[k]) // 2, may & allowed[k]
