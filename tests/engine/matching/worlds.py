"""Small programs for the tests: from a plain matrix of values, and at random with every kind of question and rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from random import Random

from hypothesis import strategies as st

from alongside.engine.matching import (
    PERFECT,
    Answer,
    Different,
    Fairness,
    HoursAtLeast,
    InCommon,
    Listed,
    Mentee,
    Mentees,
    Mentor,
    Mentors,
    Overlap,
    PinConflict,
    Program,
    Question,
    ReportingLine,
    Rule,
    Same,
    SameAnswer,
    SharedHours,
    Steps,
    StepsBetween,
    Table,
    Verb,
    weighted,
)

Matrix = Sequence[Sequence[int | None]]


def program_of(
    matrix: Matrix,
    *,
    capacity: Sequence[int] | None = None,
    base_load: Sequence[int] | None = None,
    left_out: Sequence[int] | int = 200_000,
    demand: Sequence[int] = (),
    minimum: Sequence[int] = (),
    further: int = 0,
    unfilled: int = 200_000,
    balance: int = 0,
    fairness: Fairness | None = None,
    pins: Sequence[tuple[int, int]] = (),
    lottery_key: str = "",
) -> Program:
    """A program whose pair (i, j) scores ``matrix[i][j]`` and is forbidden where that is None.

    Mentees are called e0, e1, ..., mentors r0, r1, ...
    """
    rows, columns = len(matrix), len(matrix[0]) if matrix else 0
    mentees, mentors = [f"e{i}" for i in range(rows)], [f"r{j}" for j in range(columns)]
    cells = [(i, j, matrix[i][j]) for i, j in product(range(rows), range(columns))]
    entries = tuple((mentees[i], mentors[j], points) for i, j, points in cells if points is not None)
    forbidden = frozenset((mentees[i], mentors[j]) for i, j, points in cells if points is None)
    costs = [left_out] * rows if isinstance(left_out, int) else left_out
    return Program(
        mentees=Mentees(
            ids=tuple(mentees), columns={"name": mentees}, left_out=tuple(costs), demand=tuple(demand)
        ),
        mentors=Mentors(
            ids=tuple(mentors),
            columns={"name": mentors},
            capacity=tuple(capacity or [1] * columns),
            base_load=tuple(base_load or [0] * columns),
            minimum=tuple(minimum),
        ),
        questions=(
            Table(
                key="cell",
                weight=PERFECT,
                mentee="name",
                mentor="name",
                points=(*entries, ("nobody", "nobody", PERFECT)),
            ),
        ),
        rules=(Rule(key="apart", verb=Verb.MUST_NOT, relation=Listed(pairs=forbidden)),),
        pins=tuple((mentees[i], mentors[j]) for i, j in pins),
        further=further,
        unfilled=unfilled,
        balance=balance,
        fairness=fairness or Fairness(),
        lottery_key=lottery_key,
    )


def best_total(program: Program) -> int:
    """The highest total by trying every assignment: the definition of the objective, written as plainly as can be.

    Mentees choose one after the other, every choice there is; of choices that leave all mentors with equal loads only
    the best is kept, because nothing that follows can tell them apart.
    """
    best: dict[tuple[int, ...], int] = {program.mentors.base_load: 0}
    for i in range(len(program.mentees.ids)):
        after: dict[tuple[int, ...], int] = {}
        for (load, total), choice in product(best.items(), _choices(program, i)):
            more = tuple(had + (j in choice) for j, had in enumerate(load))
            if any(more[j] > program.mentors.capacity[j] for j in choice):
                continue
            worth = total + sum(program.judge.value(i, j) for j in choice) - _unmet(program, i, len(choice))
            after[more] = max(worth, after.get(more, worth))
        best = after
    return max(total - _seats(program, load) for load, total in best.items())


def _choices(program: Program, i: int) -> list[set[int]]:
    """Every set of mentors one mentee may have."""
    mentees, mentors = program.mentees, program.mentors
    pinned = {mentors.ids.index(b) for a, b in program.pins if a == mentees.ids[i]}
    allowed = [j for j in range(len(mentors.ids)) if program.judge.allowed(i, j)]
    sizes = range(mentees.demand[i] + 1)
    return [{*choice} for size in sizes for choice in combinations(allowed, size) if pinned <= {*choice}]


def _unmet(program: Program, i: int, has: int) -> int:
    alone = program.left_out_cost(i) if not has else 0
    return alone + program.further * (program.mentees.demand[i] - max(1, has))


def _seats(program: Program, load: Sequence[int]) -> int:
    mentors, cost = program.mentors, 0
    for base, minimum, has in zip(mentors.base_load, mentors.minimum, load, strict=True):
        cost += program.balance * sum(range(base, has)) + program.unfilled * max(0, minimum - has)
    return cost


@dataclass(frozen=True)
class Cells:
    """Arguments of ``program_of``, kept apart so that a test can change one of them."""

    matrix: tuple[tuple[int | None, ...], ...]
    capacity: tuple[int, ...]
    base_load: tuple[int, ...]
    left_out: tuple[int, ...]
    balance: int
    demand: tuple[int, ...] = ()
    minimum: tuple[int, ...] = ()
    further: int = 0
    unfilled: int = 200_000

    def with_score(self, i: int, j: int, score: int) -> Cells:
        """The same with one score, which makes the pair allowed."""
        row = (*self.matrix[i][:j], score, *self.matrix[i][j + 1 :])
        return replace(self, matrix=(*self.matrix[:i], row, *self.matrix[i + 1 :]))

    def program(self, **changes: object) -> Program:
        arguments: dict[str, object] = {
            "capacity": self.capacity,
            "base_load": self.base_load,
            "left_out": self.left_out,
            "balance": self.balance,
            "demand": self.demand,
            "minimum": self.minimum,
            "further": self.further,
            "unfilled": self.unfilled,
        }
        return program_of(**({"matrix": self.matrix} | arguments | changes))  # type: ignore[arg-type]


@st.composite
def cells(draw: st.DrawFn, mentees: int = 6, mentors: int = 4, most: int | None = None) -> Cells:
    """Little programs with heavy ties, forbidden pairs, full and empty mentors, cheap and dear ways out."""
    rows, columns = draw(st.integers(1, mentees)), draw(st.integers(1, mentors))
    top = most if most is not None else draw(st.sampled_from([0, 1, 3, 1_000, 60_000]))
    cell = st.one_of(st.integers(0, top), st.integers(0, top), st.none())
    return Cells(
        matrix=tuple(tuple(draw(cell) for _ in range(columns)) for _ in range(rows)),
        capacity=tuple(draw(st.integers(0, 3)) for _ in range(columns)),
        base_load=tuple(draw(st.sampled_from([0, 0, 1, 2])) for _ in range(columns)),
        left_out=tuple(draw(st.integers(0, top + 3)) for _ in range(rows)),
        balance=draw(st.sampled_from([0, 0, 1, top // 3])),
    )


@st.composite
def wishes(draw: st.DrawFn, mentees: int = 5, mentors: int = 4) -> Cells:
    """Little programs in which mentees would like several mentors and mentors should have some mentees."""
    world = draw(cells(mentees=mentees, mentors=mentors))
    cheapest = min(world.left_out)
    return replace(
        world,
        demand=tuple(draw(st.integers(1, 4)) for _ in world.matrix),
        minimum=tuple(draw(st.integers(0, seats)) for seats in world.capacity),
        further=draw(st.sampled_from([0, cheapest // 2, cheapest])),
        unfilled=draw(st.sampled_from([0, 1, 900, 70_000, 200_000])),
    )


SCALE = ("AA", "EO", "HEO", "SEO")
TAGS = ("listening", "planning", "python", "writing")
LABELS = ("north", "south", "")


def questions() -> tuple[Question, ...]:
    """One of every kind; together a perfect score."""
    return (
        Overlap(key="topics", weight=33_333, mentee="wants", mentor="offers"),
        Steps(
            key="grade",
            weight=20_000,
            mentee="grade",
            mentor="grade",
            scale=SCALE,
            points=((1, 20_000), (2, 12_345), (-1, 7)),
        ),
        Table(
            key="site",
            weight=6_667,
            mentee="site",
            mentor="site",
            points=(("north", "south", 6_667), ("south", "south", 1)),
        ),
        Same(key="unit", weight=10_000, mentee="unit", mentor="unit"),
        Different(key="fresh", weight=9_999, mentee="unit", mentor="unit"),
        SharedHours(key="hours", weight=20_001, mentee="week", mentor="week", full=7),
    )


RULES = (
    Rule(key="language", verb=Verb.MUST, relation=InCommon(mentee="wants", mentor="offers")),
    Rule(key="site apart", verb=Verb.MUST_NOT, relation=SameAnswer(mentee="site", mentor="site")),
    Rule(
        key="not below",
        verb=Verb.MUST,
        relation=StepsBetween(mentee="grade", mentor="grade", scale=SCALE, low=0, high=2),
    ),
    Rule(key="two hours", verb=Verb.MUST, relation=HoursAtLeast(mentee="week", mentor="week", half_hours=2)),
    Rule(
        key="line", verb=Verb.MUST_NOT, relation=ReportingLine(column="boss", levels=2, above=(("p9", "p0"),))
    ),
    Rule(
        key="history",
        verb=Verb.AVOID,
        relation=Listed(pairs=frozenset({("p0", "p1"), ("p2", "p3"), ("p3", "gone")})),
        points=9_000,
    ),
    Rule(key="same unit", verb=Verb.PREFER, relation=SameAnswer(mentee="unit", mentor="unit"), points=4_321),
)


def answers(random: Random, regimes: int) -> dict[str, Answer]:
    """What one person may have answered; None is an empty cell."""
    weeks = tuple(random.getrandbits(12) << 320 for _ in range(regimes))
    tags = [frozenset(random.sample(TAGS, random.randint(0, 3))) for _ in range(2)]
    points = weighted({tag: random.randint(1, 9) for tag in random.sample(TAGS, 2)})
    return {
        "wants": random.choice([tags[0], tags[0], points, None]),
        "offers": random.choice([tags[1], tags[1], tags[1], None]),
        "grade": random.choice([*SCALE, None]),
        "site": random.choice([*LABELS, None]),
        "unit": random.choice([*LABELS, "west", None]),
        "week": random.choice([weeks if regimes > 1 else weeks[0]] * 3 + [None]),
    }


def with_wishes(program: Program, random: Random) -> Program:
    """The program with several wishes and minimums for some, and for some not."""
    mentees, mentors = program.mentees, program.mentors
    costs = [program.left_out_cost(i) for i in range(len(mentees.ids))]
    return replace(
        program,
        mentees=replace(mentees, demand=tuple(random.choice([1, 1, 2, 3]) for _ in mentees.ids)),
        mentors=replace(
            mentors, minimum=tuple(random.choice([0, 0, min(1, most), most]) for most in mentors.capacity)
        ),
        further=random.choice([0, min(costs, default=0)]),
        unfilled=random.choice([0, 3_000, 200_000]),
    )


def random_program(seed: int, mentees: int, mentors: int, rules: int, pins: int) -> Program:
    """A program with every kind of question and some rules; people may be on both sides."""
    random = Random(seed)
    regimes = random.choice([1, 1, 2])
    people = [f"p{k}" for k in range(8)]
    boss = {person: random.choice([None, None, "p0", "p1", "p9"]) for person in people}
    given = {person: answers(random, regimes) | {"boss": boss[person]} for person in people}
    program = Program(
        mentees=Mentees.of(
            Mentee(
                id=person,
                answers=given[person],
                left_out=random.choice([None, 0, 50_000]),
                present=random.choice([None, "p1", "gone"]),
            )
            for person in random.sample(people, mentees)
        ),
        mentors=Mentors.of(
            Mentor(
                id=person,
                answers=given[person],
                capacity=random.choice([0, 1, 2, 2, 3]),
                base_load=random.choice([0, 0, 0, 1, 2]),
            )
            for person in random.sample(people, mentors)
        ),
        questions=questions(),
        rules=tuple(random.sample(RULES, rules)),
        left_out=random.choice([0, 30_000, 200_000]),
        balance=random.choice([0, 500, 40_000]),
        fairness=random.choice([Fairness(), Fairness(target=60_000, factor=5)]),
        keep=random.choice([0, 1_000]),
        lottery_key=random.choice(["", "spring"]),
    )
    if seed % 3 == 0:
        program = with_wishes(program, Random(seed))
    return pinned(program, pins)


def programs() -> st.SearchStrategy[Program]:
    """Random programs whose size shrinks when a test fails."""
    return st.builds(
        random_program,
        seed=st.integers(0, 1 << 32),
        mentees=st.integers(0, 5),
        mentors=st.integers(0, 4),
        rules=st.integers(0, 3),
        pins=st.sampled_from([0, 0, 1, 2]),
    )


def pinned(program: Program, count: int) -> Program:
    """The program with its first possible pairs pinned, at most ``count``."""
    for mentee, mentor in product(program.mentees.ids, program.mentors.ids):
        if len(program.pins) == count:
            break
        try:
            program = replace(program, pins=(*program.pins, (mentee, mentor)))
        except PinConflict:
            continue
    return program
