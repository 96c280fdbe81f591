"""Refuses a program that cannot be matched, at construction, naming the field and the people.

Nothing here decides what is *good*; only what is impossible, contradictory or too large to stay exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

from .errors import PinConflict, ProgramError, WeightOverflow
from .model import (
    PERFECT,
    WEEK_SLOTS,
    Answer,
    HoursAtLeast,
    InCommon,
    Listed,
    Mentees,
    Mentors,
    Overlap,
    Question,
    Relation,
    ReportingLine,
    Rule,
    SharedHours,
    Side,
    Steps,
    StepsBetween,
    Table,
    Vector,
    Verb,
)

REACH: Final = 8_000_000  # |value - price| stays below this, so 32-bit and shifted arithmetic stays exact
MOST_SEATS: Final = 100_000
MOST_WISHES: Final = 20  # mentors one mentee can ask for; shorter than the lists of the scan
MOST_WANTED: Final = 1_000_000  # the points one person can spread over options; keeps float32 products exact
MOST_NUMBERS: Final = 1_024  # of one vector ...
LARGEST_NUMBER: Final = 127  # ... each; keeps float32 products exact: 1,024 x 127 x 127 is below 2**24
MOST_PRODUCT: Final = MOST_NUMBERS * LARGEST_NUMBER**2
SELF: Final = "self"  # the rule nobody writes down: never paired with oneself
RESERVED_KEYS: Final = frozenset({SELF, "seats", "pin"})


def check_sides(mentees: Mentees, mentors: Mentors) -> None:
    """Identifiers are given and unique; seats and costs are whole numbers in range."""
    for name, side in (("mentees", mentees), ("mentors", mentors)):
        _refuse(
            f"{name}.ids", "must be texts that are not empty", (repr(i) for i in side.ids if not _is_text(i))
        )
        _refuse(
            f"{name}.ids", "appear more than once", (i for i, times in Counter(side.ids).items() if times > 1)
        )
    for name, values in (("capacity", mentors.capacity), ("base_load", mentors.base_load)):
        wrong = (i for i, value in zip(mentors.ids, values, strict=True) if not _is_count(value, MOST_SEATS))
        _refuse(f"mentors.{name}", f"must be a whole number from 0 to {MOST_SEATS}", wrong)
    places = zip(mentors.ids, mentors.minimum, mentors.capacity, strict=True)
    wrong = (i for i, least, most in places if not _is_count(least, most))
    _refuse("mentors.minimum", "must be a whole number from 0 to the capacity", wrong)
    wishes = zip(mentees.ids, mentees.demand, strict=True)
    wrong = (i for i, count in wishes if not _is_count(count, MOST_WISHES) or count == 0)
    _refuse("mentees.demand", f"must be a whole number from 1 to {MOST_WISHES}", wrong)
    costs = zip(mentees.ids, mentees.left_out, strict=True)
    wrong = (i for i, cost in costs if cost is not None and not _is_count(cost))
    _refuse("mentees.left_out", "must be a whole number, 0 or more", wrong)


def check_further(mentees: Mentees, left_out: int, further: int) -> None:
    """A further mentor is never worth more than the first, or the first would be the one to do without."""
    wishes = zip(mentees.ids, mentees.left_out, mentees.demand, strict=True)
    wrong = (i for i, own, count in wishes if count > 1 and further > (left_out if own is None else own))
    _refuse("further", "must not be above what being left out costs", wrong)


def check_questions(questions: Sequence[Question], mentees: Mentees, mentors: Mentors) -> None:
    """Keys are unique, weights add up to a perfect score, every answer can be read."""
    for question in questions:
        where = f"questions.{question.key}"
        if not _is_count(question.weight, PERFECT):
            raise ProgramError(f"{where}.weight", f"must be a whole number from 0 to {PERFECT}")
        _check_points(question, where)
        _check_columns(where, question.mentee, question.mentor, _reader(question), mentees, mentors)
    total = sum(question.weight for question in questions)
    if total != PERFECT:
        raise ProgramError("questions", f"weights must add up to {PERFECT}, they add up to {total}")


def check_keys(questions: Sequence[Question], rules: Sequence[Rule]) -> None:
    """Every question and rule has its own name in explanations."""
    keys = [entry.key for entry in chain(questions, rules)]
    wrong = [key for key, times in Counter(keys).items() if times > 1 or not key or key in RESERVED_KEYS]
    if wrong:
        raise ProgramError("keys", f"must be unique, not empty and none of {sorted(RESERVED_KEYS)}: {wrong}")


def check_rules(rules: Sequence[Rule], mentees: Mentees, mentors: Mentors) -> None:
    """Hard rules carry no points, soft ones do; every answer a rule reads can be read."""
    for rule in rules:
        where = f"rules.{rule.key}"
        if rule.verb not in tuple(Verb):
            raise ProgramError(f"{where}.verb", f"must be one of {[str(verb) for verb in Verb]}")
        if not _is_count(rule.points) or rule.hard != (rule.points == 0):
            raise ProgramError(
                f"{where}.points", "must be above 0 for prefer and avoid, and 0 for must and must not"
            )
        _check_relation(rule.relation, where, mentees, mentors)


def check_knobs(figures: Mapping[str, int], *, factor: int) -> None:
    """The figures of the program as a whole are whole numbers that make sense."""
    for field, value in figures.items():
        if not _is_count(value):
            raise ProgramError(field, "must be a whole number, 0 or more")
    if not _is_count(factor) or factor < 1:
        raise ProgramError("fairness.factor", "must be a whole number, 1 or more")


def check_reach(
    rules: Sequence[Rule],
    *,
    left_out: Iterable[int],
    balance: int,
    unfilled: int,
    keep: int,
    target: int,
    factor: int,
) -> None:
    """Prices never leave the range in which every later step is exact, however unlucky the program is.

    A value lies within ``worst`` of 0; a price lies between -unfilled and value + cost of being left out.
    """
    soft = sum(rule.points for rule in rules)
    low = soft + (factor - 1) * (target + soft)
    worst = max(low, PERFECT + soft + keep)
    reach = 2 * worst + max(left_out, default=0) + unfilled
    if max(reach, balance) > REACH:
        raise WeightOverflow("points", f"reach {max(reach, balance)}, at most {REACH} stays exact")


def check_pins(
    pins: Sequence[tuple[str, str]],
    mentees: Mentees,
    mentors: Mentors,
    forbids: Callable[[int, int], Sequence[str]],
) -> None:
    """Every pin names known people, contradicts no hard rule and no other pin, and finds a seat.

    A mentee has at most as many pins as mentors they would like, each with another mentor.
    """
    row = {person: i for i, person in enumerate(mentees.ids)}
    column = {person: j for j, person in enumerate(mentors.ids)}
    seats = [cap - base for cap, base in zip(mentors.capacity, mentors.base_load, strict=True)]
    pinned: set[tuple[str, str]] = set()
    wishes = dict(zip(mentees.ids, mentees.demand, strict=True))
    for mentee, mentor in pins:
        _refuse(
            "pins",
            "are not in the program",
            (i for i, side in ((mentee, row), (mentor, column)) if i not in side),
        )
        if (mentee, mentor) in pinned or not wishes[mentee]:
            raise PinConflict((mentee, mentor), "pin")
        pinned.add((mentee, mentor))
        wishes[mentee] -= 1
        for rule in forbids(row[mentee], column[mentor]):
            raise PinConflict((mentee, mentor), rule)
        seats[column[mentor]] -= 1
        if seats[column[mentor]] < 0:
            raise PinConflict((mentee, mentor), "seats")


def check_present(mentees: Mentees, mentors: Mentors) -> None:
    """A present mentor may have left the program since; an empty text is a slip."""
    wrong = (
        i
        for i, mentor in zip(mentees.ids, mentees.present, strict=True)
        if mentor is not None and not _is_text(mentor)
    )
    _refuse("mentees.present", "must be the identifier of a mentor, or nothing", wrong)


# --- readers of cells ---

Readable = Callable[[Answer], bool]


def _reader(question: Question) -> tuple[Readable, str]:
    match question:
        case Overlap():
            return _is_tags, "choices"
        case Steps():
            return lambda answer: answer is None or answer in question.scale, "steps of the scale"
        case SharedHours():
            return _is_week, f"weeks of {WEEK_SLOTS} bits"
        case Vector():
            return (
                _is_vector,
                f"up to {MOST_NUMBERS} whole numbers from -{LARGEST_NUMBER} to {LARGEST_NUMBER}",
            )
        case _:
            return _is_label, "single choices"


def _check_relation(relation: Relation, where: str, mentees: Mentees, mentors: Mentors) -> None:
    match relation:
        case Listed():
            return
        case ReportingLine():
            if relation.levels is not None and not _is_count(relation.levels):
                raise ProgramError(f"{where}.levels", "must be a whole number, 0 or more, or nothing")
            columns = relation.column, relation.column
            reader: tuple[Readable, str] = _is_label, "identifiers of managers"
            _check_one_manager(where, relation.column, mentees, mentors)
        case StepsBetween():
            scale = relation.scale
            _check_scale(where, scale)
            columns = relation.mentee, relation.mentor
            reader = (lambda answer: answer is None or answer in scale), "steps of the scale"
        case HoursAtLeast():
            if not _is_count(relation.half_hours, WEEK_SLOTS):
                raise ProgramError(f"{where}.half_hours", f"must be a whole number from 0 to {WEEK_SLOTS}")
            columns, reader = (relation.mentee, relation.mentor), (_is_week, f"weeks of {WEEK_SLOTS} bits")
        case InCommon():
            columns, reader = (relation.mentee, relation.mentor), (_is_tags, "choices")
        case _:
            columns, reader = (relation.mentee, relation.mentor), (_is_label, "single choices")
    _check_columns(where, *columns, reader, mentees, mentors)


def _check_columns(
    where: str, mentee: str, mentor: str, reader: tuple[Readable, str], mentees: Mentees, mentors: Mentors
) -> None:
    readable, kind = reader
    lengths: set[int] = set()
    for name, side, column in (("mentees", mentees, mentee), ("mentors", mentors, mentor)):
        answers = _column(side, column, where)
        wrong = (i for i, answer in zip(side.ids, answers, strict=True) if not readable(answer))
        _refuse(f"{name}.columns.{column}", f"hold something {where} cannot read; it reads {kind}", wrong)
        if readable in (_is_week, _is_vector):
            lengths |= {
                len(answer) if isinstance(answer, tuple) else 1 for answer in answers if answer is not None
            }
    if len(lengths) > 1:
        things = (
            "weeks with different numbers of clock regimes"
            if readable is _is_week
            else "vectors of different length"
        )
        raise ProgramError(where, f"reads {things}")


def _column(side: Side, column: str, where: str) -> Sequence[Answer]:
    """The answers of a column; a side without people needs no columns."""
    if column not in side.columns and side.ids:
        raise ProgramError(where, f"reads the column {column!r}, which a side does not have")
    return side.columns.get(column, ())


def _check_points(question: Question, where: str) -> None:
    match question:
        case Steps(scale=scale):
            _check_scale(where, scale)
            _check_entries(
                where, question.weight, [key for key, _ in question.points], [p for _, p in question.points]
            )
        case Table():
            keys = [(a, b) for a, b, _ in question.points]
            _check_entries(where, question.weight, keys, [p for _, _, p in question.points])
        case SharedHours(full=full):
            if not _is_count(full, WEEK_SLOTS) or full == 0:
                raise ProgramError(f"{where}.full", f"must be a whole number from 1 to {WEEK_SLOTS}")
        case Vector(full=full):
            if not _is_count(full, MOST_PRODUCT) or full == 0:
                raise ProgramError(f"{where}.full", f"must be a whole number from 1 to {MOST_PRODUCT}")


def _check_entries(where: str, weight: int, keys: Sequence[object], points: Sequence[int]) -> None:
    if len(set(keys)) != len(keys):
        raise ProgramError(f"{where}.points", "name an entry twice")
    if not all(_is_count(value) for value in points) or max(points, default=0) != weight:
        raise ProgramError(
            f"{where}.points", "must be whole numbers, 0 or more, the largest equal to the weight"
        )


def _check_scale(where: str, scale: Sequence[str]) -> None:
    if not scale or len(set(scale)) != len(scale):
        raise ProgramError(f"{where}.scale", "must name each step once")


def _check_one_manager(where: str, column: str, mentees: Mentees, mentors: Mentors) -> None:
    """A person on both sides has one manager."""
    left = dict(zip(mentees.ids, mentees.columns.get(column, ()), strict=False))
    right = dict(zip(mentors.ids, mentors.columns.get(column, ()), strict=False))
    _refuse(where, "have two different managers", (i for i in left if i in right and left[i] != right[i]))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_count(value: object, most: int | None = None) -> bool:
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and value >= 0
        and (most is None or value <= most)
    )


def _is_label(answer: Answer) -> bool:
    return answer is None or isinstance(answer, str)


def _is_tags(answer: Answer) -> bool:
    if answer is None or isinstance(answer, frozenset):
        return all(_is_text(tag) for tag in answer or ())
    return isinstance(answer, tuple) and _is_weighted(answer)


def _is_weighted(entries: tuple[object, ...]) -> bool:
    points: dict[str, int] = {}
    for entry in entries:
        match entry:
            case (str(tag), int(weight)) if tag and weight > 0 and _is_count(weight):
                points[tag] = weight
            case _:
                return False
    return len(points) == len(entries) and sum(points.values()) <= MOST_WANTED


def _is_week(answer: Answer) -> bool:
    weeks = answer if isinstance(answer, tuple) else (0 if answer is None else answer,)
    return bool(weeks) and all(_is_count(week, (1 << WEEK_SLOTS) - 1) for week in weeks)


def _is_vector(answer: Answer) -> bool:
    if answer is None:
        return True
    return (
        isinstance(answer, tuple)
        and 0 < len(answer) <= MOST_NUMBERS
        and all(
            isinstance(number, int) and not isinstance(number, bool) and abs(number) <= LARGEST_NUMBER
            for number in answer
        )
    )


def _refuse(field: str, problem: str, ids: Iterable[str]) -> None:
    """Raises when somebody is named."""
    named = tuple(ids)
    if named:
        raise ProgramError(field, problem, named)
