"""The vocabulary of a matching problem: points, answers, questions, rules and the two sides.

Everything is frozen and framework-free; identifiers are the caller's opaque strings. The same
identifier on both sides is the same person, who is never paired with themself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .errors import ProgramError

Points = int
PERFECT: Final[Points] = 100_000  # every question gives all its points; 1,000 points are one percent
WEEK_SLOTS: Final = 336  # half hours of a week in UTC, from Monday 00:00; bit k is half hour k

Tags = frozenset[str]
WeightedTags = tuple[tuple[str, int], ...]
Weeks = tuple[int, ...]
Numbers = tuple[int, ...]
Answer = str | int | Tags | WeightedTags | Weeks | Numbers | None
"""What one person gave in one column. ``None`` is an empty cell.

* several choices: a frozenset of option ids, or ``weighted({...})`` when the person spread points over them;
* one choice or a step of a scale: a string;
* a week of reachable half hours: an integer of 336 bits, or a tuple of them, one for each clock regime the
  program lives through (before and after a daylight-saving change); the poorest regime counts;
* a vector of whole numbers: a tuple of them, as many for everybody;
* the manager, for reporting lines: the identifier of a person.
"""


def weighted(points: Mapping[str, int]) -> WeightedTags:
    """Choices with the points a person spread over them, as an answer.

    >>> weighted({"writing": 4, "planning": 6})
    (('planning', 6), ('writing', 4))
    """
    return tuple(sorted(points.items()))


# --- questions: what makes a pair good ---


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What all questions have: a key for explanations, a weight, and the column read on either side."""

    key: str
    weight: Points
    mentee: str
    mentor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap(_Asked):
    """How much of what the mentee wants does the mentor offer; wanting nothing gives nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(_Asked):
    """An ordered scale: points by (mentor step - mentee step); a difference without an entry gives 0.

    The largest entry is the weight.
    """

    scale: tuple[str, ...]
    points: tuple[tuple[int, Points], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Asked):
    """Points by (mentee's choice, mentor's choice); a combination without an entry gives 0.

    The largest entry is the weight.
    """

    points: tuple[tuple[str, str, Points], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Same(_Asked):
    """All points when both gave the same answer. An empty cell is never the same as anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Different(_Asked):
    """All points when both answered, differently. An empty cell is different from nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedHours(_Asked):
    """Points in proportion to the half hours of the week both are reachable, up to ``full`` of them."""

    full: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector(_Asked):
    """Likeness of two vectors: points in proportion to their inner product, from 0 (or below) up to ``full``.

    Whoever turns texts or profiles into numbers quantizes them once, to whole numbers from -127 to 127; from there on
    everything is exact.
    """

    full: int


Question = Overlap | Steps | Table | Same | Different | SharedHours | Vector


# --- rules: what a pair must or must not be ---


class Verb(StrEnum):
    """How a rule speaks: the first two are hard limits, the other two add or take points."""

    MUST = "must"
    MUST_NOT = "must not"
    PREFER = "prefer"
    AVOID = "avoid"


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAnswer:
    """Both gave the same answer; an empty cell is never the same as anything."""

    mentee: str
    mentor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InCommon:
    """At least one choice in common (a language, a channel)."""

    mentee: str
    mentor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsBetween:
    """Both stand on the scale and (mentor step - mentee step) lies between ``low`` and ``high``, both included."""

    mentee: str
    mentor: str
    scale: tuple[str, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursAtLeast:
    """At least so many half hours of the week in which both are reachable."""

    mentee: str
    mentor: str
    half_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingLine:
    """One of the two is the other's manager, or their manager's manager ..., at most ``levels`` up (None: any).

    ``column`` holds the identifier of a person's manager on both sides; ``above`` adds (person, manager)
    links of people who are not in the program, so that a line is not cut where somebody does not take part.
    """

    column: str
    levels: int | None = None
    above: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The pair is one of these (mentee, mentor) pairs."""

    pairs: frozenset[tuple[str, str]]


Relation = SameAnswer | InCommon | StepsBetween | HoursAtLeast | ReportingLine | Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``key`` names the rule in explanations; ``points`` belong to ``prefer`` and ``avoid`` only."""

    key: str
    verb: Verb
    relation: Relation
    points: Points = 0

    @property
    def hard(self) -> bool:
        """Whether the rule can forbid a pair."""
        return self.verb in (Verb.MUST, Verb.MUST_NOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """Each point a pair is missing below ``target`` counts ``factor`` times: weak pairs are lifted first."""

    target: Points = 0
    factor: int = 1


# --- the two sides ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentee:
    """One row of the mentees' side. ``left_out``: points lost when this person gets no mentor (None: the
    program's figure). ``present``: the mentor of the last run, for the keep bonus. ``demand``: how many different
    mentors this person would like, at most."""

    id: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    left_out: Points | None = None
    present: str | None = None
    demand: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor:
    """One row of the mentors' side. ``capacity``: the most mentees at one time, those of ``base_load``
    included; ``base_load``: mentees who stay with this mentor whatever this run decides; ``minimum``: the
    fewest mentees this mentor should have, those of ``base_load`` included."""

    id: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    capacity: int = 1
    base_load: int = 0
    minimum: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentees:
    """The side that is placed, column by column; every sequence has one entry for each id."""

    ids: tuple[str, ...]
    columns: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    left_out: tuple[Points | None, ...] = ()
    present: tuple[str | None, ...] = ()
    demand: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _freeze(self, "mentees", {"left_out": None, "present": None, "demand": 1})

    @classmethod
    def of(cls, rows: Iterable[Mentee]) -> Mentees:
        """Columns from rows; a column nobody answered does not exist."""
        people = tuple(rows)
        return cls(
            ids=tuple(row.id for row in people),
            columns=_columns([row.answers for row in people]),
            left_out=tuple(row.left_out for row in people),
            present=tuple(row.present for row in people),
            demand=tuple(row.demand for row in people),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentors:
    """The side with seats, column by column; every sequence has one entry for each id."""

    ids: tuple[str, ...]
    columns: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    capacity: tuple[int, ...] = ()
    base_load: tuple[int, ...] = ()
    minimum: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _freeze(self, "mentors", {"capacity": 1, "base_load": 0, "minimum": 0})

    @classmethod
    def of(cls, rows: Iterable[Mentor]) -> Mentors:
        """Columns from rows; a column nobody answered does not exist."""
        people = tuple(rows)
        return cls(
            ids=tuple(row.id for row in people),
            columns=_columns([row.answers for row in people]),
            capacity=tuple(row.capacity for row in people),
            base_load=tuple(row.base_load for row in people),
            minimum=tuple(row.minimum for row in people),
        )


Side = Mentees | Mentors


def _columns(answers: Sequence[Mapping[str, Answer]]) -> dict[str, tuple[Answer, ...]]:
    names = sorted({name for row in answers for name in row})
    return {name: tuple(row.get(name) for row in answers) for name in names}


def _freeze(side: Side, name: str, defaults: Mapping[str, object]) -> None:
    """Copies what the caller handed over into tuples and fills what was left away."""
    count = len(side.ids)
    object.__setattr__(side, "ids", tuple(side.ids))
    for attribute, default in defaults.items():
        values = tuple(getattr(side, attribute)) or (default,) * count
        object.__setattr__(side, attribute, values)
        _same_length(f"{name}.{attribute}", values, count)
    columns = {key: tuple(values) for key, values in side.columns.items()}
    for key, values in columns.items():
        _same_length(f"{name}.columns.{key}", values, count)
    object.__setattr__(side, "columns", MappingProxyType(columns))


def _same_length(where: str, values: Sequence[object], count: int) -> None:
    if len(values) != count:
        raise ProgramError(where, f"has {len(values)} entries for {count} people")
