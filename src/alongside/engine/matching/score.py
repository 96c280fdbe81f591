"""Points of many pairs at once: the same integers as the judge's, block by block, with numpy.

Operands of the matrix products are whole numbers and every sum stays below 2**24, so float32 products are
exact for any block shape, thread count and processor. Everything after the product is int64.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import criteria, lottery
from .model import (
    WEEK_SLOTS,
    Answer,
    Different,
    HoursAtLeast,
    InCommon,
    Listed,
    Overlap,
    Question,
    Relation,
    ReportingLine,
    Rule,
    Same,
    SameAnswer,
    SharedHours,
    Steps,
    StepsBetween,
    Table,
    Verb,
)
from .program import Program

Integers = NDArray[np.int64]
Rows = NDArray[np.intp]
Block = Callable[[Rows], Integers]
Mask = Callable[[Rows], NDArray[np.bool_]]

FORBIDDEN: Final = -(1 << 40)  # the value of a pair that a hard rule forbids; far below every reachable value


BLOCK: Final = 256  # rows scored at once


class Scorer:
    """Both sides in lottery order, ready to score any rows of the pair matrix.

    ``mentees`` and ``mentors`` are identifiers in that order; ``rows`` below are positions in it. Memory is
    proportional to people times answers, never to pairs; what a call returns has one row for each asked mentee.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.mentee_order = lottery.draw(program.lottery_key, program.mentees.ids)
        self.mentor_order = lottery.draw(program.lottery_key, program.mentors.ids)
        self.mentees = tuple(program.mentees.ids[i] for i in self.mentee_order)
        self.mentors = tuple(program.mentors.ids[j] for j in self.mentor_order)
        self.row = {person: i for i, person in enumerate(self.mentees)}
        self.column = {person: j for j, person in enumerate(self.mentors)}
        self.capacity = np.array([program.mentors.capacity[j] for j in self.mentor_order], dtype=np.int64)
        self.base_load = np.array([program.mentors.base_load[j] for j in self.mentor_order], dtype=np.int64)
        self.left_out = np.array([program.left_out_cost(i) for i in self.mentee_order], dtype=np.int64)
        self._present = np.array(
            [self.column.get(program.mentees.present[i] or "", -1) for i in self.mentee_order], dtype=np.int64
        )
        self._own = np.array([self.column.get(person, -1) for person in self.mentees], dtype=np.int64)
        some = bool(self.mentees and self.mentors)
        self._questions = [
            self._question(question) for question in program.questions if some and question.weight
        ]
        self._hard = [self._rule(rule) for rule in program.rules if some and rule.hard]
        self._soft = [self._rule(rule) for rule in program.rules if some and not rule.hard]

    def scores(self, rows: Rows) -> Integers:
        """Scores of the rows against every mentor, FORBIDDEN where a hard rule forbids."""
        block = self._raw(rows)
        block[self.forbidden(rows)] = FORBIDDEN
        return block

    def values(self, rows: Rows) -> Integers:
        """Values (score, made fair, with the keep bonus), FORBIDDEN where a hard rule forbids."""
        block = self._raw(rows)
        target, factor = self.program.fairness.target, self.program.fairness.factor
        if factor > 1:
            block -= (factor - 1) * np.maximum(0, target - block)
        if self.program.keep:
            _at(rows, self._present, block, self.program.keep)
        block[self.forbidden(rows)] = FORBIDDEN
        return block

    def scores_with(self, column: int) -> Integers:
        """Scores of every mentee with one mentor, FORBIDDEN where a hard rule forbids."""
        everybody = np.arange(len(self.mentees))
        parts = [self.scores(everybody[k : k + BLOCK])[:, column] for k in range(0, everybody.size, BLOCK)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)

    def forbidden(self, rows: Rows) -> NDArray[np.bool_]:
        """Where a hard rule forbids the pair, or both are the same person."""
        mask = np.zeros((rows.size, len(self.mentors)), dtype=np.bool_)
        for verb, _, holds in self._hard:
            mask |= holds(rows) if verb is Verb.MUST_NOT else ~holds(rows)
        here = np.flatnonzero(self._own[rows] >= 0)
        mask[here, self._own[rows[here]]] = True
        return mask

    def _raw(self, rows: Rows) -> Integers:
        block = np.zeros((rows.size, len(self.mentors)), dtype=np.int64)
        for points in self._questions:
            block += points(rows)
        for verb, points_of_rule, holds in self._soft:
            block += (points_of_rule if verb is Verb.PREFER else -points_of_rule) * holds(rows)
        return block

    # --- questions and rules ---

    def _question(self, question: Question) -> Block:
        left, right = self._answers(question.mentee, question.mentor)
        match question:
            case Overlap():
                return _overlap(question.weight, left, right)
            case SharedHours():
                shared, full, weight = _shared_hours(left, right), question.full, question.weight
                return lambda rows: weight * np.minimum(full, shared(rows)) // full
            case Steps() | Table():
                return _by_table(question, left, right)
            case Same() | Different():
                compared, counts = _equal(left, right), int(isinstance(question, Same))
                return lambda rows: question.weight * (compared(rows) == counts)

    def _rule(self, rule: Rule) -> tuple[Verb, int, Mask]:
        return rule.verb, rule.points, self._relation(rule.relation)

    def _relation(self, relation: Relation) -> Mask:
        match relation:
            case Listed(pairs=pairs):
                return self._sparse((self.row.get(a, -1), self.column.get(b, -1)) for a, b in pairs)
            case ReportingLine():
                return self._sparse(self._line_pairs(relation))
            case InCommon():
                shared = _tag_counts(*self._answers(relation.mentee, relation.mentor))[0]
                return lambda rows: shared(rows) > 0
            case HoursAtLeast(half_hours=least):
                hours = _shared_hours(*self._answers(relation.mentee, relation.mentor))
                return lambda rows: hours(rows) >= least
            case SameAnswer():
                compared = _equal(*self._answers(relation.mentee, relation.mentor))
                return lambda rows: compared(rows) == 1
            case StepsBetween():
                between = _by_table(relation, *self._answers(relation.mentee, relation.mentor))
                return lambda rows: between(rows) == 1

    def _answers(self, mentee: str, mentor: str) -> tuple[list[Answer], list[Answer]]:
        left, right = self.program.mentees.columns[mentee], self.program.mentors.columns[mentor]
        return [left[i] for i in self.mentee_order], [right[j] for j in self.mentor_order]

    def _line_pairs(self, relation: ReportingLine) -> list[tuple[int, int]]:
        above = criteria.superiors(relation, self.program.mentees, self.program.mentors)
        up = [(i, self.column.get(boss, -1)) for person, i in self.row.items() for boss in above[person]]
        return up + [
            (self.row.get(boss, -1), j) for person, j in self.column.items() for boss in above[person]
        ]

    def _sparse(self, pairs: Iterable[tuple[int, int]]) -> Mask:
        known = sorted({(i, j) for i, j in pairs if i >= 0 and j >= 0})
        rows_of = np.array([i for i, _ in known], dtype=np.int64)
        columns = np.array([j for _, j in known], dtype=np.int64)
        starts = np.searchsorted(rows_of, np.arange(len(self.mentees) + 1))
        width = len(self.mentors)

        def mask(rows: Rows) -> NDArray[np.bool_]:
            block = np.zeros((rows.size, width), dtype=np.bool_)
            for place, i in enumerate(rows):
                block[place, columns[starts[i] : starts[i + 1]]] = True
            return block

        return mask


def _at(rows: Rows, column_of: Integers, block: Integers, points: int) -> None:
    """Adds points where each row has its one column."""
    here = np.flatnonzero(column_of[rows] >= 0)
    block[here, column_of[rows[here]]] += points


def _tag_counts(left: Sequence[Answer], right: Sequence[Answer]) -> tuple[Block, Integers]:
    """Per pair the summed weight of the wanted options that are offered; per row the sum of all wanted."""
    wants, offers = [criteria.tag_weights(a) for a in left], [criteria.tag_weights(b) for b in right]
    both = sorted({tag for row in wants for tag in row} & {tag for row in offers for tag in row})
    place = {tag: k for k, tag in enumerate(both)}
    wanted = np.zeros((len(wants), len(both)), dtype=np.float32)
    offered = np.zeros((len(both), len(offers)), dtype=np.float32)
    for i, row in enumerate(wants):
        for tag in row.keys() & place.keys():
            wanted[i, place[tag]] = row[tag]
    for j, row in enumerate(offers):
        for tag in row.keys() & place.keys():
            offered[place[tag], j] = 1
    totals = np.array([sum(row.values()) for row in wants], dtype=np.int64)
    return (lambda rows: (wanted[rows] @ offered).astype(np.int64)), totals


def _overlap(weight: int, left: Sequence[Answer], right: Sequence[Answer]) -> Block:
    shared, totals = _tag_counts(left, right)
    wanted = np.maximum(1, totals)  # whoever wants nothing shares nothing: 0 // 1

    def points(rows: Rows) -> Integers:
        block: Integers = weight * shared(rows) // wanted[rows, None]
        return block

    return points


def _shared_hours(left: Sequence[Answer], right: Sequence[Answer]) -> Block:
    """Half hours shared in the poorest clock regime: one product of bit rows for each regime."""
    a, b = [criteria.week_regimes(x) for x in left], [criteria.week_regimes(x) for x in right]
    regimes = max((len(weeks) for weeks in (*a, *b)), default=0) or 1
    bits = [(_bits(a, k), np.ascontiguousarray(_bits(b, k).T)) for k in range(regimes)]

    def shared(rows: Rows) -> Integers:
        poorest = np.full((rows.size, len(right)), WEEK_SLOTS, dtype=np.int64)
        for x, y in bits:
            np.minimum(poorest, (x[rows] @ y).astype(np.int64), out=poorest)
        return poorest

    return shared


def _bits(weeks: Sequence[tuple[int, ...]], regime: int) -> NDArray[np.float32]:
    packed = b"".join((w[regime] if w else 0).to_bytes(WEEK_SLOTS // 8, "little") for w in weeks)
    octets = np.frombuffer(packed, dtype=np.uint8).reshape(len(weeks), WEEK_SLOTS // 8)
    return np.unpackbits(octets, axis=1, bitorder="little").astype(np.float32)


def _equal(left: Sequence[Answer], right: Sequence[Answer]) -> Block:
    """1 where both gave the same answer, 0 where both answered differently, -1 where a cell is empty."""
    code: dict[Answer, int] = {None: -1}
    labels = [[criteria.label(answer) for answer in side] for side in (left, right)]
    for answer in (*labels[0], *labels[1]):
        code.setdefault(answer, len(code))
    a, b = (np.array([code[answer] for answer in side], dtype=np.int64) for side in labels)

    def compared(rows: Rows) -> Integers:
        mine = a[rows][:, None]
        return np.asarray(np.where((mine < 0) | (b < 0), -1, mine == b), dtype=np.int64)

    return compared


def _by_table(asked: Steps | Table | StepsBetween, left: Sequence[Answer], right: Sequence[Answer]) -> Block:
    """A table over the answers that can count, filled by the definition in ``criteria``."""
    if isinstance(asked, Table):
        lefts, rights = {a for a, _, _ in asked.points}, {b for _, b, _ in asked.points}
    else:
        lefts = rights = set(asked.scale)
    rows_of, row_labels = _codes(left, lefts)
    columns_of, column_labels = _codes(right, rights)
    entry = _holds(asked) if isinstance(asked, StepsBetween) else criteria.scoring(asked)
    table = np.array([[entry(a, b) for b in column_labels] for a in row_labels], dtype=np.int64)

    def points(rows: Rows) -> Integers:
        block: Integers = table[rows_of[rows][:, None], columns_of[None, :]]
        return block

    return points


def _holds(relation: StepsBetween) -> Callable[[Answer, Answer], int]:
    return lambda mentee, mentor: int(criteria.answers_relate(relation, mentee, mentor))


def _codes(answers: Sequence[Answer], counting: set[str]) -> tuple[Integers, list[str | None]]:
    """Positions in a short list of labels whose first entry stands for everything that cannot count."""
    labels: list[str | None] = [None, *sorted(counting)]
    code: dict[Answer, int] = {answer: k for k, answer in enumerate(labels)}
    return np.array([code.get(answer, 0) for answer in answers], dtype=np.int64), labels
