"""Matching in which nobody is the mentor of their own mentor.

That condition ties two pairs together, so it leaves the class of problems a single run proves. Runs without it are
bounds for runs with it: this file searches among programs in which one of two mutual pairs is forbidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from heapq import heappop, heappush
from itertools import count
from typing import Final

from .match import match
from .model import Listed, Points, Rule, Verb
from .program import Program
from .result import Fewer, LeftOut, Pair, Result, Stats, Unfilled, Why, figures

KEY: Final = "no_mutual"
Way = tuple[str, str]  # (mentee, mentor)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWay:
    """A result without mutual pairs and what is known about better ones.

    ``result`` counts its own pairs; its prices and bound are those of the program without the condition, so
    anybody can check them, and its gap may be above 0. ``best`` is a closer bound, found by searching: where it
    equals ``result.total``, no better matching without mutual pairs exists. ``program`` is the given one with the
    ways the search closed forbidden by a rule called ``no_mutual``; ``runs`` counts the matchings made.
    """

    result: Result
    program: Program
    best: Points
    runs: int

    @property
    def proven(self) -> bool:
        """Whether no better matching without mutual pairs exists."""
        return self.best == self.result.total


def match_one_way(
    program: Program, *, solve: Callable[[Program], Result] = match, most_runs: int = 64
) -> OneWay:
    """The best matching without mutual pairs that at most so many runs find (a first one is always found).

    ``solve`` makes one run. A run that leaves a gap was stopped: the search ends there, with what it has.
    Small programs end proven; the same program gives the same answer. Raises PinConflict for mutual pins.
    """
    search = _Search(program, solve)
    root = search.run(frozenset())
    if not mutual(root.result.pairs):
        return OneWay(result=root.result, program=program, best=root.result.bound, runs=1)
    found = search.polish(search.dive(root), most_runs)
    found, best = search.improve(root, found, most_runs)
    result = replace(
        found.result,
        program=root.result.program,
        bound=root.result.bound,
        prices=root.result.prices,
        stats=search.stats or root.result.stats,
    )
    return OneWay(result=result, program=search.closed(found.ways), best=best, runs=search.runs)


def mutual(pairs: Iterable[Pair]) -> tuple[tuple[Pair, Pair], ...]:
    """Both pairs of every two people who are each other's mentor, each two once, by identifier."""
    by_way = {(pair.mentee, pair.mentor): pair for pair in pairs}
    return tuple(
        (pair, by_way[mentor, mentee])
        for (mentee, mentor), pair in sorted(by_way.items())
        if mentee < mentor and (mentor, mentee) in by_way
    )


@dataclass(frozen=True, slots=True)
class _Node:
    ways: frozenset[Way]  # what is closed here
    result: Result
    bound: Points


class _Search:
    def __init__(self, program: Program, solve: Callable[[Program], Result]) -> None:
        self.program, self.solve = program, solve
        self.runs, self.stopped = 0, False
        self.stats: Stats | None = None

    def closed(self, ways: frozenset[Way]) -> Program:
        """The program with these ways forbidden."""
        if not ways:
            return self.program
        rule = Rule(key=KEY, verb=Verb.MUST_NOT, relation=Listed(pairs=ways))
        return replace(self.program, rules=(*self.program.rules, rule))

    def run(self, ways: frozenset[Way]) -> _Node:
        """One matching."""
        result = self.solve(self.closed(ways))
        self.runs += 1
        self.stopped = self.stopped or result.gap > 0
        self.stats = result.stats if self.stats is None else _sum(self.stats, result.stats)
        return _Node(ways, result, result.bound)

    def dive(self, node: _Node) -> _Node:
        """A first matching without mutual pairs: close the weaker of every two ways until none are left."""
        while ways := mutual(node.result.pairs):
            weaker = {_weaker(*both) for both in ways}
            if self.stopped:
                return _Node(node.ways, _without(self.program, node.result, weaker), node.bound)
            node = self.run(node.ways | weaker)
        return node

    def polish(self, found: _Node, most_runs: int) -> _Node:
        """Closes only the ways opposite to those taken, which leaves the pairs possible and opens all others; as long
        as something better is found."""
        sides = set(self.program.mentees.ids) & set(self.program.mentors.ids)
        while not self.stopped and self.runs < most_runs:
            opposite = frozenset(
                (pair.mentor, pair.mentee)
                for pair in found.result.pairs
                if {pair.mentor, pair.mentee} <= sides
            )
            other = self.dive(self.run(opposite))
            if other.result.total <= found.result.total:
                break
            found = other
        return found

    def improve(self, root: _Node, found: _Node, most_runs: int) -> tuple[_Node, Points]:
        """Best first: open the most promising node, close one way of a mutual pair, then the other."""
        order = count()
        waiting = [(-root.bound, next(order), root)]
        while waiting and -waiting[0][0] > found.result.total:
            if self.stopped or self.runs >= most_runs:
                return found, -waiting[0][0]
            _, _, node = heappop(waiting)
            first, second = mutual(node.result.pairs)[0]
            for pair in (first, second):
                if pair.pinned:
                    continue
                child = self.run(node.ways | {(pair.mentee, pair.mentor)})
                if not mutual(child.result.pairs) and child.result.total > found.result.total:
                    found = child
                heappush(waiting, (-min(node.bound, child.bound), next(order), child))
        return found, found.result.total


def _weaker(first: Pair, second: Pair) -> Way:
    """The way that adds less; one that is pinned stays."""
    pair = min(first, second, key=lambda pair: (pair.pinned, pair.value, pair.mentee))
    return pair.mentee, pair.mentor


def _sum(one: Stats, other: Stats) -> Stats:
    return Stats(
        **{entry.name: getattr(one, entry.name) + getattr(other, entry.name) for entry in fields(one)}
    )


def _without(program: Program, result: Result, ways: set[Way]) -> Result:
    """The result without some of its pairs; whoever was in them goes without."""
    pairs = tuple(pair for pair in result.pairs if (pair.mentee, pair.mentor) not in ways)
    has, load = Counter(pair.mentee for pair in pairs), Counter(pair.mentor for pair in pairs)
    alone = {mentee for mentee, _ in ways if not has[mentee]}
    gone = (LeftOut(mentee=mentee, why=Why.NOT_REACHED, allowed=1, short=None) for mentee in alone)
    left_out = tuple(sorted((*result.left_out, *gone), key=lambda entry: entry.mentee))
    mentees, mentors = program.mentees, program.mentors
    total = sum(pair.value for pair in pairs)
    fewer: list[Fewer] = []
    for i, mentee in enumerate(mentees.ids):
        total -= sum(program.wish_costs(i, held=has[mentee]))
        if 0 < has[mentee] < mentees.demand[i]:
            fewer.append(Fewer(mentee=mentee, missing=mentees.demand[i] - has[mentee]))
    unfilled: list[Unfilled] = []
    for j, mentor in enumerate(mentors.ids):
        first, last = mentors.base_load[j], mentors.base_load[j] + load[mentor]
        total -= sum(program.seat_cost(j, k) for k in range(first, last)) + program.spared(j)
        if last < mentors.minimum[j]:
            unfilled.append(Unfilled(mentor=mentor, missing=mentors.minimum[j] - last))
    loads = [base + load[mentor] for mentor, base in zip(mentors.ids, mentors.base_load, strict=True)]
    return replace(
        result,
        pairs=pairs,
        left_out=left_out,
        fewer=tuple(sorted(fewer, key=lambda entry: entry.mentee)),
        unfilled=tuple(sorted(unfilled, key=lambda entry: entry.mentor)),
        total=total,
        figures=figures([pair.points for pair in pairs], loads, len(left_out)),
    )
