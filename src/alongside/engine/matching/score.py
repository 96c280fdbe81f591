"""Points of many pairs at once: the same integers as the judge's, from a program's answers as arrays.

Operands of the matrix products are whole numbers and every sum stays below 2**24, so single-precision products are
exact for any block shape, thread count and processor. Everything after the product is whole numbers again.
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
    HoursAtLeast,
    InCommon,
    Listed,
    Overlap,
    Points,
    Question,
    ReportingLine,
    Rule,
    Same,
    SameAnswer,
    SharedHours,
    Steps,
    StepsBetween,
    Table,
    Vector,
    Verb,
)
from .program import Program
from .sheet import (
    SINGLE_IS_EXACT,
    Columns,
    Counts,
    Effect,
    Equal,
    Integers,
    Ints,
    Limit,
    Lines,
    Listing,
    Operation,
    Rate,
    Rows,
    Sheet,
)

FORBIDDEN: Final = -(1 << 40)  # the value of a pair that a hard rule forbids; far below every reachable value
BLOCK: Final = 128  # rows scored at once
FEW_LABELS: Final = 64  # so many different answers may have a line of points over all mentors each
ROOM_FOR_LINES: Final = 1 << 22  # or more of them, while the lines stay this small
WORD: Final = 64

Key = tuple[str, str, str]


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
        self.minimum = np.array([program.mentors.minimum[j] for j in self.mentor_order], dtype=np.int64)
        self.demand = np.array([program.mentees.demand[i] for i in self.mentee_order], dtype=np.int64)
        self.sheet = _Reader(self).sheet()

    def scores(self, rows: Rows) -> Integers:
        """Scores of the rows against every mentor, FORBIDDEN where a hard rule forbids."""
        block = self.sheet.block(rows)
        return np.where(block.barred, FORBIDDEN, block.points.astype(np.int64))

    def values(self, rows: Rows) -> Integers:
        """Values (score, made fair, with the keep bonus), FORBIDDEN where a hard rule forbids."""
        return widened(self.sheet.values(rows))

    def forbidden(self, rows: Rows) -> NDArray[np.bool_]:
        """Where a hard rule forbids the pair, or both are the same person."""
        return self.sheet.block(rows).barred


def widened(values: Ints) -> Integers:
    """Values of a sheet with room for costs and prices, FORBIDDEN where a pair is barred."""
    wide = values.astype(np.int64)
    wide[values < -(1 << 29)] = FORBIDDEN
    return wide


class _Reader:
    """Turns the questions and rules of a program into the operations of a sheet.

    What several of them count (shared hours, shared options) is counted once.
    """

    def __init__(self, scorer: Scorer) -> None:
        self.scorer, self.program = scorer, scorer.program
        self.rates: dict[Key, list[Rate]] = {}
        self.limits: dict[Key, list[Limit]] = {}
        self.listed: dict[Effect, list[tuple[int, int, int]]] = {Effect.ADD: [], Effect.BAR: []}
        self.operations: list[Operation] = []

    def sheet(self) -> Sheet:
        program, column = self.program, self.scorer.column
        if self.scorer.mentees and self.scorer.mentors:  # a side without people has no columns to read
            for question in program.questions:
                if question.weight:
                    self._question(question)
            for rule in program.rules:
                self._rule(rule)
        for effect, entries in self.listed.items():
            if entries:
                self.operations.append(self._listing(entries, effect))
        for kind, mentee, mentor in dict.fromkeys([*self.rates, *self.limits]):
            self.operations.append(self._counted((kind, mentee, mentor)))
        present = [column.get(program.mentees.present[i] or "", -1) for i in self.scorer.mentee_order]
        return Sheet(
            rows=len(self.scorer.mentees),
            columns=len(self.scorer.mentors),
            operations=tuple(self.operations),
            target=program.fairness.target,
            factor=program.fairness.factor,
            keep=program.keep,
            present=np.array(present, dtype=np.int32),
            own=np.array([column.get(person, -1) for person in self.scorer.mentees], dtype=np.int32),
        )

    # --- questions ---

    def _question(self, question: Question) -> None:
        left, right = self._answers(question.mentee, question.mentor)
        match question:
            case Overlap(weight=weight):
                totals = [sum(criteria.tag_weights(answer).values()) for answer in left]
                most = max(totals)
                rate = _rate(weight, np.maximum(1, np.array(totals, dtype=np.int64)), cap=most)
                self.rates.setdefault(("tags", question.mentee, question.mentor), []).append(rate)
            case SharedHours(weight=weight, full=full):
                rate = _rate(weight, np.full(len(left), full, dtype=np.int64), cap=full)
                self.rates.setdefault(("hours", question.mentee, question.mentor), []).append(rate)
            case Vector(weight=weight, full=full):
                rate = _rate(weight, np.full(len(left), full, dtype=np.int64), cap=full)
                self.rates.setdefault(("vector", question.mentee, question.mentor), []).append(rate)
            case Steps(scale=scale):
                self._lines(scale, scale, criteria.scoring(question), left, right, bars=False)
            case Table(points=points):
                self._table(points, criteria.scoring(question), left, right)
            case Same(weight=weight):
                self.operations.append(_equal(left, right, hit=weight, miss=0, none=0, bars=False))
            case _:
                self.operations.append(_equal(left, right, hit=0, miss=question.weight, none=0, bars=False))

    def _table(
        self,
        points: Sequence[tuple[str, str, Points]],
        entry: Callable[[Answer, Answer], int],
        left: list[Answer],
        right: list[Answer],
    ) -> None:
        """A line for each label, or, where there are too many labels for that, single pairs."""
        given = {label for label, _, _ in points} & set(left)
        if len(given) <= FEW_LABELS or len(given) * len(right) <= ROOM_FOR_LINES:
            self._lines(given, {label for _, label, _ in points}, entry, left, right, bars=False)
            return
        people: dict[Answer, list[int]] = {}
        for j, answer in enumerate(right):
            people.setdefault(answer, []).append(j)
        entries: dict[Answer, list[tuple[int, int]]] = {}
        for label, other, worth in points:
            entries.setdefault(label, []).extend((j, worth) for j in people.get(other, ()))
        self.listed[Effect.ADD].extend(
            (i, j, worth) for i, answer in enumerate(left) for j, worth in entries.get(answer, ())
        )

    def _lines(
        self,
        lefts: Iterable[str],
        rights: Iterable[str],
        entry: Callable[[Answer, Answer], int],
        left: list[Answer],
        right: list[Answer],
        *,
        bars: bool,
    ) -> None:
        """A table over the answers that can count, filled by the definition in ``criteria``."""
        codes, left_labels = _codes(left, set(lefts) & set(left))
        columns, right_labels = _codes(right, set(rights) & set(right))
        cells = [[entry(a, b) for b in right_labels] for a in left_labels]
        table = np.ascontiguousarray(np.array(cells, dtype=np.int32)[:, columns])
        self.operations.append(Lines(codes=codes, table=table, bars=bars))

    # --- rules ---

    def _rule(self, rule: Rule) -> None:
        """A hard rule bars where it does not hold as it must; a soft one adds or takes its points where it holds."""
        holds, misses = {
            Verb.MUST: (0, 1),
            Verb.MUST_NOT: (1, 0),
            Verb.PREFER: (rule.points, 0),
            Verb.AVOID: (-rule.points, 0),
        }[rule.verb]
        relation = rule.relation
        if isinstance(relation, Listed | ReportingLine):
            effect = {Verb.MUST: Effect.ONLY, Verb.MUST_NOT: Effect.BAR}.get(rule.verb, Effect.ADD)
            pairs = {(i, j) for i, j in self._pairs(relation) if i >= 0 and j >= 0}
            if effect is Effect.ONLY:
                self.operations.append(self._listing([(i, j, 0) for i, j in pairs], effect))
            else:
                self.listed[effect].extend((i, j, holds) for i, j in pairs)
            return
        left, right = self._answers(relation.mentee, relation.mentor)
        match relation:
            case InCommon():
                limit = Limit(least=1, reached=holds, short=misses, bars=rule.hard)
                self.limits.setdefault(("tags", relation.mentee, relation.mentor), []).append(limit)
            case HoursAtLeast(half_hours=least):
                limit = Limit(least=least, reached=holds, short=misses, bars=rule.hard)
                self.limits.setdefault(("hours", relation.mentee, relation.mentor), []).append(limit)
            case SameAnswer():
                self.operations.append(
                    _equal(left, right, hit=holds, miss=misses, none=misses, bars=rule.hard)
                )
            case _:
                within = _within(relation, holds, misses)
                self._lines(relation.scale, relation.scale, within, left, right, bars=rule.hard)

    def _pairs(self, relation: Listed | ReportingLine) -> Iterable[tuple[int, int]]:
        row, column = self.scorer.row, self.scorer.column
        if isinstance(relation, Listed):
            return ((row.get(a, -1), column.get(b, -1)) for a, b in relation.pairs)
        above = criteria.superiors(relation, self.program.mentees, self.program.mentors)
        up = [(i, column.get(boss, -1)) for person, i in row.items() for boss in above[person]]
        return up + [(row.get(boss, -1), j) for person, j in column.items() for boss in above[person]]

    def _listing(self, entries: list[tuple[int, int, int]], effect: Effect) -> Listing:
        """Single pairs in order; what several rules give the same pair is added up."""
        known = np.array(entries, dtype=np.int64).reshape(-1, 3)
        width = max(1, len(self.scorer.mentors))
        places, entry_of = np.unique(known[:, 0] * width + known[:, 1], return_inverse=True)
        points = np.zeros(places.size, dtype=np.int64)
        np.add.at(points, entry_of, known[:, 2])
        row, column = np.divmod(places, width)
        start = np.searchsorted(row, np.arange(len(self.scorer.mentees) + 1)).astype(np.int64)
        return Listing(
            start=start, column=column.astype(np.int32), points=points.astype(np.int32), effect=effect
        )

    # --- answers ---

    def _answers(self, mentee: str, mentor: str) -> tuple[list[Answer], list[Answer]]:
        left, right = self.program.mentees.columns[mentee], self.program.mentors.columns[mentor]
        return [left[i] for i in self.scorer.mentee_order], [right[j] for j in self.scorer.mentor_order]

    def _counted(self, key: Key) -> Counts:
        kind, mentee, mentor = key
        sides = self._answers(mentee, mentor)
        left, right = {"hours": _week_bits, "tags": _options, "vector": _vectors}[kind](*sides)
        return Counts(
            left=left,
            right=right,
            rates=tuple(self.rates.get(key, ())),
            limits=tuple(self.limits.get(key, ())),
        )


def _rate(weight: int, totals: Integers, *, cap: int) -> Rate:
    """floor(weight x count / total), total being each row's own."""
    single = weight * int(totals.max()) <= SINGLE_IS_EXACT
    return Rate(cap=cap, rate=weight / totals, half=0.5 / totals, single=single)


def _equal(
    left: Sequence[Answer], right: Sequence[Answer], *, hit: int, miss: int, none: int, bars: bool
) -> Operation:
    """Compares labels; where few people on the left gave different ones, by ready lines, which is quicker."""
    code: dict[str | None, int] = {None: -1}
    labels = [[criteria.label(answer) for answer in side] for side in (left, right)]
    for answer in (*labels[0], *labels[1]):
        code.setdefault(answer, len(code) - 1)
    a, b = (np.array([code[answer] for answer in side], dtype=np.int32) for side in labels)
    kinds, codes = np.unique(a, return_inverse=True)
    if kinds.size > FEW_LABELS:
        return Equal(left=a, right=b, hit=hit, miss=miss, none=none, bars=bars)
    known = (kinds[:, None] >= 0) & (b >= 0)
    table = np.where(known, np.where(kinds[:, None] == b, hit, miss), none).astype(np.int32)
    return Lines(codes=codes.astype(np.int32), table=table, bars=bars)


def _within(relation: StepsBetween, holds: int, misses: int) -> Callable[[Answer, Answer], int]:
    return lambda mentee, mentor: holds if criteria.answers_relate(relation, mentee, mentor) else misses


def _codes(answers: Sequence[Answer], counting: set[str]) -> tuple[Ints, list[str | None]]:
    """Positions in a short list of labels whose first entry stands for everything that cannot count."""
    labels: list[str | None] = [None, *sorted(counting)]
    code: dict[Answer, int] = {answer: k for k, answer in enumerate(labels)}
    return np.array([code.get(answer, 0) for answer in answers], dtype=np.int32), labels


def _options(left: Sequence[Answer], right: Sequence[Answer]) -> tuple[Columns, Columns]:
    """Options of both sides: bit sets where nobody spread points over them, else weights."""
    wants, offers = [criteria.tag_weights(a) for a in left], [criteria.tag_weights(b) for b in right]
    both = sorted({tag for row in wants for tag in row} & {tag for row in offers for tag in row})
    place = {tag: k for k, tag in enumerate(both)}
    size = -(-max(1, len(both)) // WORD) * WORD
    wanted, offered = np.zeros((len(wants), size), dtype=np.float32), np.zeros((len(offers), size), np.uint8)
    for i, row in enumerate(wants):
        for tag, weight in row.items():
            if tag in place:
                wanted[i, place[tag]] = weight
    for j, row in enumerate(offers):
        offered[j, [place[tag] for tag in row if tag in place]] = 1
    if wanted.max(initial=0) > 1:
        return wanted[:, : len(both)].copy(), np.ascontiguousarray(offered.T[: len(both)], dtype=np.float32)
    return _packed(wanted != 0)[:, None], np.ascontiguousarray(_packed(offered).T[None])


def _week_bits(left: Sequence[Answer], right: Sequence[Answer]) -> tuple[Columns, Columns]:
    """Weeks of both sides as bit sets, one for each clock regime."""
    a, b = [criteria.week_regimes(x) for x in left], [criteria.week_regimes(x) for x in right]
    regimes = max((len(weeks) for weeks in (*a, *b)), default=0) or 1
    mine, theirs = (np.stack([_week_words(side, k) for k in range(regimes)], axis=1) for side in (a, b))
    return mine, np.ascontiguousarray(theirs.transpose(1, 2, 0))


def _vectors(left: Sequence[Answer], right: Sequence[Answer]) -> tuple[Columns, Columns]:
    """Vectors of both sides; an empty cell is like nothing."""
    size = max(len(criteria.numbers(answer)) for answer in (*left, *right))
    a, b = (
        np.array([criteria.numbers(answer) or (0,) * size for answer in side], dtype=np.float32)
        for side in (left, right)
    )
    return a.reshape(len(left), size), np.ascontiguousarray(b.reshape(len(right), size).T)


def _week_words(weeks: Sequence[tuple[int, ...]], regime: int) -> Columns:
    octets = -(-WEEK_SLOTS // WORD) * WORD // 8
    packed = b"".join((week[regime] if week else 0).to_bytes(octets, "little") for week in weeks)
    return np.frombuffer(packed, dtype="<u8").astype(np.uint64).reshape(len(weeks), octets // 8)


def _packed(bits: Columns) -> Columns:
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
