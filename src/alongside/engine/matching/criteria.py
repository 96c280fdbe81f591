"""One small function per kind of question and rule: two answers in, points (or a verdict) and facts out.

Plain Python integers, one pair at a time, nothing shared with ``score.py``: this is the definition; the
array version must agree with it and the certificate is checked with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from .model import (
    Answer,
    Different,
    HoursAtLeast,
    InCommon,
    Listed,
    Mentees,
    Mentors,
    Overlap,
    Points,
    Question,
    Relation,
    ReportingLine,
    Same,
    SameAnswer,
    SharedHours,
    Side,
    Steps,
    StepsBetween,
    Table,
    Weeks,
)

# --- facts: what a sentence about a pair can be made of ---


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTags:
    """The wanted options the mentor offers, the wanted ones nobody of the two offers, in sorted order."""

    shared: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDifference:
    """Both places on the scale and mentor step - mentee step (None when one of them is not known)."""

    mentee: str | None
    mentor: str | None
    difference: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoLabels:
    """What either gave; ``same`` is false when a cell is empty."""

    mentee: str | None
    mentor: str | None
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWeek:
    """The half hours (0 = Monday 00:00 UTC) both are reachable in the poorest clock regime."""

    half_hours: int
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The inner product of two vectors and the product from which all points are given; None when a cell is empty."""

    product: int | None
    full: int


Facts = SharedTags | StepDifference | TwoLabels | SharedWeek | Likeness

# --- reading answers ---


def tag_weights(answer: Answer) -> Mapping[str, int]:
    """Options with their weights; options without points weigh 1."""
    if isinstance(answer, frozenset):
        return dict.fromkeys(answer, 1)
    if isinstance(answer, tuple):
        return {entry[0]: entry[1] for entry in answer if isinstance(entry, tuple)}
    return {}


def week_regimes(answer: Answer) -> Weeks:
    """The weeks of an answer, one for each clock regime; an empty cell is a week without hours."""
    if isinstance(answer, int):
        return (answer,)
    if isinstance(answer, tuple):
        return tuple(week for week in answer if isinstance(week, int))
    return ()


def numbers(answer: Answer) -> tuple[int, ...]:
    """The vector of an answer; an empty cell has none."""
    return week_regimes(answer) if isinstance(answer, tuple) else ()


def product(mentee: Answer, mentor: Answer) -> int:
    """The inner product of two vectors, 0 when a cell is empty."""
    return sum(map(mul, numbers(mentee), numbers(mentor)))


def label(answer: Answer) -> str | None:
    """A single choice, None when the cell is empty."""
    return answer if isinstance(answer, str) and answer else None


def common_week(mentee: Answer, mentor: Answer) -> int:
    """The half hours both are reachable, in the clock regime in which they share fewest."""
    if isinstance(mentee, int) and isinstance(mentor, int):
        return mentee & mentor
    shared = [a & b for a, b in zip(week_regimes(mentee), week_regimes(mentor), strict=False)]
    return min(shared, key=int.bit_count, default=0)


def step_difference(scale: Sequence[str], mentee: Answer, mentor: Answer) -> int | None:
    """Mentor step - mentee step, None when one of the two does not stand on the scale."""
    if mentee not in scale or mentor not in scale:
        return None
    return list(scale).index(str(mentor)) - list(scale).index(str(mentee))


# --- questions ---

PairPoints = Callable[[int, int], Points]
PairTest = Callable[[int, int], bool]


def points(question: Question, mentee: Answer, mentor: Answer) -> Points:
    """The points one question gives one pair.

    >>> topics = Overlap(key="topics", weight=60_000, mentee="wants", mentor="offers")
    >>> points(topics, frozenset({"sql", "python", "talks"}), frozenset({"sql", "talks", "rust"}))
    40000
    """
    return scoring(question)(mentee, mentor)


def scoring(question: Question) -> Callable[[Answer, Answer], Points]:
    """``points`` of one question as a function of two answers, for those who ask often."""
    match question:
        case Overlap(weight=weight):
            return lambda mentee, mentor: _overlap_points(weight, tag_weights(mentee), tag_weights(mentor))
        case Steps(scale=scale):
            by_step = dict(question.points)
            by_labels = {
                (mentee, mentor): by_step.get(place - start, 0)
                for start, mentee in enumerate(scale)
                for place, mentor in enumerate(scale)
            }
            return _lookup(by_labels)
        case Table():
            return _lookup({(mentee, mentor): points for mentee, mentor, points in question.points})
        case Same(weight=weight):
            return lambda mentee, mentor: weight if label(mentee) is not None and mentee == mentor else 0
        case Different(weight=weight):
            return lambda mentee, mentor: weight if _differ(label(mentee), label(mentor)) else 0
        case SharedHours(weight=weight, full=full):
            return lambda mentee, mentor: weight * min(full, common_week(mentee, mentor).bit_count()) // full
        case _:
            weight, full = question.weight, question.full
            return lambda mentee, mentor: weight * min(full, max(0, product(mentee, mentor))) // full


def _lookup(points: Mapping[tuple[str, str], Points]) -> Callable[[Answer, Answer], Points]:
    table: dict[tuple[Answer, Answer], Points] = dict(points)  # type: ignore[arg-type]
    return lambda mentee, mentor: table.get((mentee, mentor), 0)


def _overlap_points(weight: Points, wants: Mapping[str, int], offers: Mapping[str, int]) -> Points:
    total = sum(wants.values())
    shared = sum(points for tag, points in wants.items() if tag in offers)
    return weight * shared // total if total else 0


def _differ(mentee: str | None, mentor: str | None) -> bool:
    return mentee is not None and mentor is not None and mentee != mentor


def facts(question: Question, mentee: Answer, mentor: Answer) -> Facts:
    """What a sentence about this question and this pair can be made of."""
    match question:
        case Overlap():
            wants, offers = tag_weights(mentee), tag_weights(mentor)
            return SharedTags(
                shared=tuple(sorted(tag for tag in wants if tag in offers)),
                missing=tuple(sorted(tag for tag in wants if tag not in offers)),
            )
        case Steps():
            return StepDifference(
                mentee=label(mentee),
                mentor=label(mentor),
                difference=step_difference(question.scale, mentee, mentor),
            )
        case Table() | Same() | Different():
            a, b = label(mentee), label(mentor)
            return TwoLabels(mentee=a, mentor=b, same=a is not None and a == b)
        case SharedHours():
            week = common_week(mentee, mentor)
            slots = tuple(slot for slot in range(week.bit_length()) if week >> slot & 1)
            return SharedWeek(half_hours=len(slots), slots=slots)
        case _:
            given = mentee is not None and mentor is not None
            return Likeness(product=product(mentee, mentor) if given else None, full=question.full)


def pair_points(question: Question, mentees: Mentees, mentors: Mentors) -> PairPoints:
    """``points`` of a question for positions instead of answers; what can be read beforehand is read once."""
    left, right = mentees.columns[question.mentee], mentors.columns[question.mentor]
    if isinstance(question, Overlap):
        weight, wants, offers = question.weight, [*map(tag_weights, left)], [*map(tag_weights, right)]
        return lambda i, j: _overlap_points(weight, wants[i], offers[j])
    points_of = scoring(question)
    return lambda i, j: points_of(left[i], right[j])


# --- rules ---


def pair_test(relation: Relation, mentees: Mentees, mentors: Mentors) -> PairTest:
    """Whether a relation holds between the mentee and the mentor at two positions."""
    match relation:
        case Listed(pairs=pairs):
            return lambda i, j: (mentees.ids[i], mentors.ids[j]) in pairs
        case ReportingLine():
            above = superiors(relation, mentees, mentors)
            return lambda i, j: (
                mentors.ids[j] in above.get(mentees.ids[i], ())
                or mentees.ids[i] in above.get(mentors.ids[j], ())
            )
        case _:
            left, right = mentees.columns[relation.mentee], mentors.columns[relation.mentor]
            return lambda i, j: answers_relate(relation, left[i], right[j])


def answers_relate(
    relation: SameAnswer | InCommon | StepsBetween | HoursAtLeast, mentee: Answer, mentor: Answer
) -> bool:
    match relation:
        case SameAnswer():
            return label(mentee) is not None and mentee == mentor
        case InCommon():
            offers = tag_weights(mentor)
            return any(tag in offers for tag in tag_weights(mentee))
        case StepsBetween():
            difference = step_difference(relation.scale, mentee, mentor)
            return difference is not None and relation.low <= difference <= relation.high
        case _:
            return common_week(mentee, mentor).bit_count() >= relation.half_hours


def superiors(relation: ReportingLine, mentees: Mentees, mentors: Mentors) -> dict[str, frozenset[str]]:
    """For everybody in the program, the people above them within the relation's levels.

    A circle in the data ends where it closes.
    """
    manager = dict(relation.above)
    manager.update(_managers(mentees, relation.column))
    manager.update(_managers(mentors, relation.column))
    people = {*mentees.ids, *mentors.ids}
    return {person: frozenset(_climb(person, manager, relation.levels)) for person in people}


def _managers(side: Side, column: str) -> dict[str, str]:
    answers = side.columns.get(column, ())
    return {
        person: answer
        for person, answer in zip(side.ids, answers, strict=False)
        if isinstance(answer, str) and answer
    }


def _climb(person: str, manager: Mapping[str, str], levels: int | None) -> set[str]:
    met: set[str] = set()
    while (levels is None or len(met) < levels) and person in manager:
        person = manager[person]
        if person in met:
            break
        met.add(person)
    return met
