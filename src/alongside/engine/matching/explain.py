"""Why this pair, why not that one, why nobody, and what another choice would cost the program.

Facts, not sentences: the pages put them into words. Every figure is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np

from . import checks, criteria
from .errors import NotProven, ProgramError
from .model import PERFECT, Mentees, Mentors, Points, Same, Verb
from .program import Program
from .reroute import Move, Reroute, solved_again
from .result import Result, Why
from .score import FORBIDDEN, Scorer, widened
from .sheet import Integers
from .tiers import tier

Kind = TypeVar("Kind", Mentees, Mentors)
REMEMBERED: Final = 4_096  # rows of values an advisor keeps; a bound on memory, not on answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one question or soft rule adds to a pair's score. ``most`` is what it could have added; ``facts`` are
    None for a rule."""

    key: str
    points: Points
    most: Points
    facts: criteria.Facts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A pair, taken apart. The points of the reasons add up to ``score``, whether or not a rule forbids it."""

    mentee: str
    mentor: str
    score: Points
    reasons: tuple[Reason, ...]
    forbidden_by: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether no hard rule keeps the two apart."""
        return not self.forbidden_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """A hard rule and how many mentors it keeps from a mentee; ``alone`` counts those nothing else keeps away,
    so a rule with ``alone`` above 0 is one that would open a door if it were lifted."""

    rule: str
    mentors: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another allowed mentor for a mentee. ``costs_at_least`` is what the program would lose at least (below 0 only
    for somebody who is pinned: what it could win at most); ``price`` is what a seat with this mentor is worth."""

    mentor: str
    points: Points
    costs_at_least: Points
    price: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Why a mentee was left out: what keeps mentors away, and the nearest mentors, with the price of their seats."""

    mentee: str
    why: Why
    allowed: int
    barriers: tuple[Barrier, ...]
    nearest: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What happens when a pair is decided by hand. ``cost`` is exactly what the program's total loses, None when it
    cannot be done: a rule forbids it, or the mentor has no seat that is not pinned. ``moves`` is everybody who
    would get another mentor, or none, in one best answer; the asked mentee comes first."""

    mentee: str
    mentor: str
    cost: Points | None
    forbidden_by: tuple[str, ...]
    moves: tuple[Move, ...]


def explain(program: Program, mentee: str, mentor: str) -> Explanation:
    """Takes one pair apart; works for any two people, matched or not, allowed or not."""
    i, j = _place(program.mentees.ids, mentee), _place(program.mentors.ids, mentor)
    points = dict(program.judge.breakdown(i, j))
    asked = tuple(
        Reason(
            key=question.key,
            points=points[question.key],
            most=question.weight,
            facts=criteria.facts(
                question,
                program.mentees.columns[question.mentee][i],
                program.mentors.columns[question.mentor][j],
            ),
        )
        for question in program.questions
    )
    ruled = tuple(
        Reason(
            key=rule.key,
            points=points[rule.key],
            most=rule.points if rule.verb is Verb.PREFER else 0,
            facts=None,
        )
        for rule in program.rules
        if not rule.hard
    )
    return Explanation(
        mentee=mentee,
        mentor=mentor,
        score=program.judge.score(i, j),
        reasons=asked + ruled,
        forbidden_by=program.judge.forbidding(i, j),
    )


def barriers(program: Program, mentees: Iterable[str]) -> dict[str, tuple[Barrier, ...]]:
    """For each of these mentees the hard rules that keep mentors away, the one that alone closes most doors first.

    Works for anybody, matched or not; one pass over the mentors for each rule. Raises ProgramError for strangers.
    """
    asked = tuple(mentees)
    if not asked:
        return {}
    masks = _Masks(program)
    strangers = [mentee for mentee in asked if mentee not in masks.row]
    if strangers:
        raise ProgramError("person", "is not on this side of the program", strangers)
    return {mentee: masks.barriers(masks.row[mentee]) for mentee in asked}


class _Masks:
    """Every hard rule on its own: a program that has only this rule forbids what this rule forbids."""

    def __init__(self, program: Program) -> None:
        nothing = "\0"  # a column in which nobody answered, under a name nobody uses: a question without cost
        program = replace(
            program,
            mentees=_with_column(program.mentees, nothing),
            mentors=_with_column(program.mentors, nothing),
            questions=(Same(key=nothing, weight=PERFECT, mentee=nothing, mentor=nothing),),
            pins=(),
        )
        self._judge = program.judge
        self._nobody = Scorer(replace(program, rules=()))
        self._rules = [
            (rule.key, Scorer(replace(program, rules=(rule,)))) for rule in program.rules if rule.hard
        ]
        self.row = self._nobody.row

    def barriers(self, i: int) -> tuple[Barrier, ...]:
        """The rules that keep mentors from one mentee, the one that alone closes most doors first."""
        rows = np.array([i])
        own = self._nobody.forbidden(rows)[0]
        broken = [(checks.SELF, own)]
        for key, scorer in self._rules:
            mask = scorer.forbidden(rows)[0]
            mask[own] = self._forbids_own(key, i)
            broken.append((key, mask))
        times = np.sum([mask for _, mask in broken], axis=0)
        counted = [
            Barrier(rule=key, mentors=int(mask.sum()), alone=int((mask & (times == 1)).sum()))
            for key, mask in broken
            if mask.any()
        ]
        return tuple(sorted(counted, key=lambda barrier: (-barrier.alone, -barrier.mentors, barrier.rule)))

    def _forbids_own(self, key: str, i: int) -> bool:
        """Whether a rule forbids somebody who is on both sides as their own mentor; every mask says so."""
        scorer = self._nobody
        j = scorer.column.get(scorer.mentees[i])
        return j is not None and key in self._judge.forbidding(scorer.mentee_order[i], scorer.mentor_order[j])


def _with_column(side: Kind, name: str) -> Kind:
    return replace(side, columns={**side.columns, name: (None,) * len(side.ids)})


class Advisor:
    """Answers questions about a result. Scores only the rows it needs and remembers them.

    Raises ProgramError for people who are not in the program, NotProven where an exact answer needs a proven
    result.
    """

    def __init__(self, program: Program, result: Result) -> None:
        self._program, self._result = program, result
        self._scorer, self._tier = Scorer(program), tier()
        prices = dict(result.prices)
        self._prices = np.array([prices[mentor] for mentor in self._scorer.mentors], dtype=np.int64)
        self._rows: dict[int, Integers] = {}
        self._kept_masks: _Masks | None = None
        self._reroute: Reroute | None = None

    def account(self, mentee: str, *, nearest: int = 3) -> Account:
        """Why a mentee was left out, and which mentors would have been nearest."""
        entry = next((entry for entry in self._result.left_out if entry.mentee == mentee), None)
        if entry is None:
            raise ProgramError("mentee", "was not left out", (mentee,))
        return Account(
            mentee=mentee,
            why=entry.why,
            allowed=entry.allowed,
            barriers=self._masks.barriers(self._row_of(mentee)),
            nearest=self.alternatives(mentee, nearest),
        )

    def alternatives(self, mentee: str, count: int) -> tuple[Alternative, ...]:
        """The other allowed mentors whose choice would cost the program least, cheapest first.

        ``costs_at_least`` is free to compute and close; ``what_if`` tells the exact figure.
        """
        i = self._row_of(mentee)
        values, scores = self._values(i), self._scorer.scores(np.array([i]))[0]
        regret = self._regrets(i)
        present = self._result.mentors_of(mentee)
        order = [
            int(j)
            for j in np.argsort(regret, kind="stable")
            if values[j] > FORBIDDEN and self._scorer.mentors[j] not in present
        ]
        return tuple(
            Alternative(
                mentor=self._scorer.mentors[j],
                points=int(scores[j]),
                costs_at_least=int(regret[j]),
                price=int(self._prices[j]),
            )
            for j in order[:count]
        )

    def what_if(self, mentee: str, mentor: str) -> WhatIf:
        """What the program would lose, exactly, if this pair were decided by hand, and who would move.

        The result is repaired around the decision, which is a search or two; nothing is solved again. (In a program in
        which somebody would like several mentors it is solved again, from where it was.)
        """
        if self._result.gap:
            raise NotProven(f"the result leaves a gap of {self._result.gap} points")
        i, j = self._row_of(mentee), _place(self._scorer.mentors, mentor)
        forbidden_by = self._program.judge.forbidding(
            _place(self._program.mentees.ids, mentee), _place(self._program.mentors.ids, mentor)
        )
        if forbidden_by:
            return WhatIf(mentee=mentee, mentor=mentor, cost=None, forbidden_by=forbidden_by, moves=())
        if any(count > 1 for count in self._program.mentees.demand):
            cost, moves = solved_again(self._program, self._result, mentee, mentor)
        else:
            if self._reroute is None:
                self._reroute = Reroute(self._scorer, self._result, self._prices, self._tier)
            cost, moves = self._reroute.force(i, j)
        return WhatIf(mentee=mentee, mentor=mentor, cost=cost, forbidden_by=(), moves=moves)

    @property
    def _masks(self) -> _Masks:
        if self._kept_masks is None:
            self._kept_masks = _Masks(self._program)
        return self._kept_masks

    def _row_of(self, mentee: str) -> int:
        return _place(self._scorer.mentees, mentee)

    def _values(self, i: int) -> Integers:
        if i not in self._rows:
            if len(self._rows) == REMEMBERED:
                self._rows.clear()
            self._rows[i] = widened(self._tier.values(self._scorer.sheet, np.array([i])))[0]
        return self._rows[i]

    def _regrets(self, i: int) -> Integers:
        """What this mentee's best choice at the certificate's prices brings more than the best with each mentor in it.

        Somebody whose wishes are all pinned would give up the pin that brings least.
        """
        scorer, margins = self._scorer, self._values(i) - self._prices
        pins = [scorer.column[mentor] for mentor in self._program.pins_of.get(scorer.mentees[i], ())]
        costs = self._program.wish_costs(scorer.mentee_order[i], held=len(pins))
        if not costs:
            return np.asarray(margins[pins].min() - margins)
        best = margins.copy()
        best[pins] = FORBIDDEN
        ranked = np.argsort(-best, kind="stable")[: len(costs)].tolist()
        top = [int(best[j]) for j in ranked] + [FORBIDDEN] * (len(costs) - len(ranked))
        brings = sum(max(-cost, margin) for cost, margin in zip(costs, top, strict=True))
        further = [max(-self._program.further, margin) for margin in top]
        others = np.full(margins.size, sum(further[:-1]), dtype=np.int64)
        for place, j in enumerate(ranked[: len(costs) - 1]):
            others[j] += further[-1] - further[place]
        return np.asarray(brings - others - margins)


def _place(people: tuple[str, ...], person: str) -> int:
    try:
        return people.index(person)
    except ValueError:
        raise ProgramError("person", "is not on this side of the program", (person,)) from None
