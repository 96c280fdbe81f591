"""A matching problem with one pool: everybody may be paired with everybody, as peers.

A pool asks the questions of a program (``model``), read both ways: what the one wants and the other offers, and the
other way round. A pair's points are the mean of both readings, rounded down; a hard rule holds for a pair when it
holds both ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from . import checks
from .errors import PinConflict, ProgramError, WeightOverflow
from .model import Answer, Fairness, Listed, Mentee, Mentees, Mentors, Points, Question, Rule, Verb
from .program import Judge, Program
from .wire import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One person of the pool. ``left_out``: points lost when this person is in no pair (None: the pool's figure).
    ``present``: the partner of the last run, for the keep bonus."""

    id: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    left_out: Points | None = None
    present: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """Everybody of the pool, column by column; every sequence has one entry for each id."""

    ids: tuple[str, ...]
    columns: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    left_out: tuple[Points | None, ...] = ()
    present: tuple[str | None, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Peer]) -> Peers:
        """Columns from rows; a column nobody answered does not exist."""
        side = Mentees.of(
            Mentee(id=row.id, answers=row.answers, left_out=row.left_out, present=row.present) for row in rows
        )
        return cls(ids=side.ids, columns=side.columns, left_out=side.left_out, present=side.present)


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Everything a run in one pool depends on; equal pools give equal results, bit for bit.

    ``questions`` and ``rules`` name two columns as in a program; for peers they often are the same one. What is lost
    for whoever is left out, ``fairness``, ``keep`` and ``lottery_key`` mean what they mean in a Program; ``pins`` are
    pairs that are decided already, in either order.

    Raises ProgramError, PinConflict or WeightOverflow at construction; a Pool that exists can be matched.
    """

    people: Peers
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...] = ()
    pins: tuple[tuple[str, str], ...] = ()
    left_out: Points = 200_000
    fairness: Fairness = field(default_factory=Fairness)
    keep: Points = 0
    lottery_key: str = ""

    def __post_init__(self) -> None:
        for name in ("questions", "rules"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "pins", tuple((one, other) for one, other in self.pins))
        try:
            both = self._both_ways()
        except WeightOverflow:
            raise
        except ProgramError as error:
            raise ProgramError(_renamed(error.field), error.problem, dict.fromkeys(error.ids)) from None
        object.__setattr__(self, "both_ways", both)
        costs = [self.left_out_cost(i) for i in range(len(self.people.ids))]
        checks.check_reach(
            both.rules,
            left_out=(4 * max(costs, default=0),),  # both are lost, in either order
            balance=0,
            unfilled=0,
            keep=self.keep,
            target=self.fairness.target,
            factor=self.fairness.factor,
        )
        self._check_pins()

    both_ways: Program = field(init=False, compare=False, repr=False)
    """The same people on both sides: one reading of a pair is (i, j), the other is (j, i)."""

    @cached_property
    def judge(self) -> PeerJudge:
        """Decides one pair at a time, in plain Python; built once."""
        return PeerJudge(self.both_ways)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each person stands in ``people``."""
        return {person: i for i, person in enumerate(self.people.ids)}

    @cached_property
    def fingerprint(self) -> str:
        """A short name of exactly this pool: what a result says it answers."""
        pins = tuple(sorted((min(pin), max(pin)) for pin in self.pins))
        return fingerprint(replace(self.both_ways, lottery_key=f"pool {pins!r} {self.lottery_key}"))

    def left_out_cost(self, i: int) -> Points:
        """The points lost when the person at position ``i`` is in no pair."""
        return self.both_ways.left_out_cost(i)

    def _both_ways(self) -> Program:
        people = self.people
        side = Mentees(
            ids=people.ids, columns=people.columns, left_out=people.left_out, present=people.present
        )
        return Program(
            mentees=side,
            mentors=Mentors(ids=side.ids, columns=side.columns),
            questions=self.questions,
            rules=tuple(_either_order(rule) for rule in self.rules),
            left_out=self.left_out,
            fairness=self.fairness,
            keep=self.keep,
            lottery_key=self.lottery_key,
        )

    def _check_pins(self) -> None:
        """Every pin names two known people, nobody stands in two of them, and no hard rule is broken."""
        strangers = [person for pin in self.pins for person in pin if person not in self.place]
        if strangers:
            raise ProgramError("pins", "are not in the pool", strangers)
        times = Counter(person for pin in self.pins for person in set(pin))
        for one, other in self.pins:
            if times[one] > 1 or times[other] > 1:
                raise PinConflict((one, other), "pin")
            for rule in self.judge.forbidding(self.place[one], self.place[other]):
                raise PinConflict((one, other), rule)


class PeerJudge:
    """The definition of a pair of peers: which rules forbid it, what it scores, what it is worth.

    Positions refer to the order of the pool; all answers are the same for (i, j) and (j, i).
    """

    def __init__(self, both_ways: Program) -> None:
        self._one_way: Judge = both_ways.judge

    def forbidding(self, i: int, j: int) -> tuple[str, ...]:
        """The keys of the hard rules the pair breaks in either reading; empty: the pair is allowed."""
        broken = (*self._one_way.forbidding(i, j), *self._one_way.forbidding(j, i))
        return tuple(dict.fromkeys(broken))

    def allowed(self, i: int, j: int) -> bool:
        """Whether no hard rule forbids the pair."""
        return self._one_way.allowed(i, j) and self._one_way.allowed(j, i)

    def readings(self, i: int, j: int) -> tuple[tuple[str, Points, Points], ...]:
        """(key, points as i reads the pair, points as j does) of every question and soft rule."""
        mine, theirs = self._one_way.breakdown(i, j), self._one_way.breakdown(j, i)
        return tuple((key, a, b) for (key, a), (_, b) in zip(mine, theirs, strict=True))

    def points(self, i: int, j: int) -> Points:
        """The mean of both readings' scores, rounded down; this is what people are shown."""
        return (self._one_way.score(i, j) + self._one_way.score(j, i)) // 2

    def value(self, i: int, j: int) -> Points:
        """What the pair adds to the pool's total: the mean of both readings' values, rounded down."""
        return (self._one_way.value(i, j) + self._one_way.value(j, i)) // 2


def _either_order(rule: Rule) -> Rule:
    """A list of pairs that must be kept to names them in any order; of wishes, each counts for whoever made it."""
    if rule.verb is Verb.MUST and isinstance(rule.relation, Listed):
        pairs = rule.relation.pairs
        return replace(rule, relation=Listed(pairs=pairs | {(other, one) for one, other in pairs}))
    return rule


def _renamed(name: str) -> str:
    """The field of the pool a field of its program came from."""
    side, dot, rest = name.partition(".")
    return f"people{dot}{rest}" if side in ("mentees", "mentors") else name
