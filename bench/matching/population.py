"""Synthetic programs for the benchmark: many kinds of answers, popular topics, real-looking weeks, eight families."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alongside.engine.matching import (
    Answer,
    HoursAtLeast,
    InCommon,
    Listed,
    Mentees,
    Mentors,
    Overlap,
    Program,
    ReportingLine,
    Rule,
    Same,
    SameAnswer,
    SharedHours,
    Steps,
    Table,
    Verb,
    weighted,
)

TOPICS: Final = tuple(f"topic-{k:02}" for k in range(30))
FUNCTIONS: Final = tuple(f"function-{k:02}" for k in range(12))
PLACES: Final = tuple(f"place-{k:02}" for k in range(40))
SCALE: Final = ("entry", "officer", "senior", "lead", "head")
LANGUAGES: Final = tuple(f"language-{k}" for k in range(8))
CHANNELS: Final = ("call", "video", "chat", "in person")
HALF_HOURS: Final = 336
REGIONS: Final = 6

Numbers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Family:
    """What kind of market: mentors and seats for each mentee, and what is special about the answers."""

    mentors: float = 0.6
    seats: float | None = 1.0  # None: one seat each
    coarse: bool = False  # whole percents only: heavy ties
    regional: bool = False  # one band of time zones
    stars: bool = False  # half of all wishes name one of twenty mentors
    equal: bool = False  # every pair is worth the same


FAMILIES: Final = {
    "mixed": Family(),
    "unit": Family(mentors=1.0, seats=None),
    "slack": Family(mentors=0.7, seats=1.2),
    "short": Family(mentors=0.5, seats=0.85),
    "few": Family(mentors=0.1, seats=0.25),
    "coarse": Family(coarse=True),
    "regional": Family(regional=True),
    "stars": Family(stars=True),
    "equal": Family(equal=True),
}


def population(family: str, mentees: int, seed: int) -> Program:
    """One program of a family with so many mentees; the same for the same seed."""
    kind, chance = FAMILIES[family], np.random.default_rng(seed)
    mentors = max(1, round(mentees * kind.mentors))
    left, right = _People(chance, mentees, kind, teaches=False), _People(chance, mentors, kind, teaches=True)
    bosses = _bosses(chance, np.concatenate([left.level, right.level]), left.ids + right.ids)
    program = Program(
        mentees=Mentees(ids=left.ids, columns=left.columns | {"boss": bosses[:mentees]}),
        mentors=Mentors(
            ids=right.ids,
            columns=right.columns | {"boss": bosses[mentees:]},
            capacity=_capacities(chance, kind, mentees, mentors),
        ),
        questions=_questions(chance),
        rules=_rules(chance, kind, left.ids, right.ids),
        lottery_key="bench",
    )
    if not kind.equal:
        return program
    same = Same(key="equal", weight=100_000, mentee="equal", mentor="equal")
    return replace(
        program,
        mentees=replace(program.mentees, columns={"equal": ("yes",) * mentees}),
        mentors=replace(program.mentors, columns={"equal": ("yes",) * mentors}),
        questions=(same,),
        rules=(),
    )


class _People:
    """One side's answers, as columns."""

    def __init__(self, chance: np.random.Generator, count: int, kind: Family, *, teaches: bool) -> None:
        self.ids = tuple(f"{'mentor' if teaches else 'mentee'}-{k}" for k in range(count))
        self.level = chance.choice(
            5, count, p=[0.05, 0.15, 0.3, 0.3, 0.2] if teaches else [0.35, 0.3, 0.2, 0.1, 0.05]
        )
        function = chance.choice(len(FUNCTIONS), count, p=_zipf(len(FUNCTIONS), 0.6))
        place = chance.choice(len(PLACES), count, p=_zipf(len(PLACES), 0.8))
        region = place % REGIONS
        self.columns: dict[str, list[Answer]] = {
            "topics": self._topics(chance, count, function, kind, teaches),
            "level": [SCALE[k] for k in self.level],
            "function": [FUNCTIONS[k] for k in function],
            "place": [PLACES[k] for k in place],
            "unit": [
                f"unit-{f * 8 + k}" for f, k in zip(function, chance.integers(0, 8, count), strict=True)
            ],
            "languages": _languages(chance, region),
            "channels": _subsets(chance, CHANNELS, count),
            "week": _weeks(
                chance, np.zeros(count, dtype=np.int64) if kind.regional else _zone(chance, place)
            ),
        }

    @staticmethod
    def _topics(
        chance: np.random.Generator, count: int, function: Numbers, kind: Family, teaches: bool
    ) -> list[Answer]:
        """Popular topics first, some closer to a function; a mentee spreads points over them."""
        likes = np.log(_zipf(len(TOPICS), 0.7)) + np.where(
            (np.arange(len(TOPICS)) % len(FUNCTIONS)) == function[:, None], 1.4, 0.0
        )
        order = np.argsort(-(likes + chance.gumbel(size=likes.shape)), axis=1)
        many = chance.integers(2, 11, count) if teaches else chance.integers(1, 6, count)
        chosen = [[TOPICS[k] for k in row[:size]] for row, size in zip(order, many, strict=True)]
        if teaches or kind.coarse:
            return [frozenset(topics) for topics in chosen]
        return [weighted({topic: len(topics) - k + 1 for k, topic in enumerate(topics)}) for topics in chosen]


def _questions(chance: np.random.Generator) -> tuple[Overlap | Steps | Table | Same | SharedHours, ...]:
    near = {(a, b): 1_000 * int(k) for (a, b), k in zip(
        [(a, b) for a in FUNCTIONS for b in FUNCTIONS], chance.integers(0, 7, len(FUNCTIONS) ** 2), strict=True
    )}  # fmt: skip
    near.update({(a, a): 10_000 for a in FUNCTIONS})
    return (
        Overlap(key="topics", weight=40_000, mentee="topics", mentor="topics"),
        Steps(key="level", weight=15_000, mentee="level", mentor="level", scale=SCALE,
              points=((0, 6_000), (1, 15_000), (2, 13_000), (3, 8_000), (4, 5_000))),
        Table(key="function", weight=10_000, mentee="function", mentor="function",
              points=tuple((a, b, points) for (a, b), points in near.items())),
        Same(key="place", weight=10_000, mentee="place", mentor="place"),
        SharedHours(key="hours", weight=15_000, mentee="week", mentor="week", full=8),
        Overlap(key="channels", weight=10_000, mentee="channels", mentor="channels"),
    )  # fmt: skip


def _rules(
    chance: np.random.Generator, kind: Family, mentees: tuple[str, ...], mentors: tuple[str, ...]
) -> tuple[Rule, ...]:
    """Hard limits as programs have them, a few private lists, and wishes for single mentors."""
    blocks = max(1, len(mentees) // 50)
    apart = _drawn(chance, mentees, mentors, blocks, len(mentors))
    wishes = [
        _drawn(chance, mentees, mentors, len(mentees) // 4, 20 if kind.stars else len(mentors)) for _ in "abc"
    ]
    points = (15_000, 10_000, 5_000)
    return (
        Rule(key="language", verb=Verb.MUST, relation=InCommon(mentee="languages", mentor="languages")),
        Rule(key="unit", verb=Verb.MUST_NOT, relation=SameAnswer(mentee="unit", mentor="unit")),
        Rule(
            key="an hour", verb=Verb.MUST, relation=HoursAtLeast(mentee="week", mentor="week", half_hours=2)
        ),
        Rule(key="line", verb=Verb.MUST_NOT, relation=ReportingLine(column="boss")),
        Rule(key="apart", verb=Verb.MUST_NOT, relation=Listed(pairs=apart)),
        *(
            Rule(key=f"wish {k}", verb=Verb.PREFER, relation=Listed(pairs=pairs), points=worth)
            for k, (pairs, worth) in enumerate(zip(wishes, points, strict=True), start=1)
        ),
    )


def _drawn(
    chance: np.random.Generator, mentees: tuple[str, ...], mentors: tuple[str, ...], count: int, among: int
) -> frozenset[tuple[str, str]]:
    rows, columns = (
        chance.integers(0, len(mentees), count),
        chance.integers(0, min(among, len(mentors)), count),
    )
    return frozenset((mentees[i], mentors[j]) for i, j in zip(rows, columns, strict=True))


def _capacities(chance: np.random.Generator, kind: Family, mentees: int, mentors: int) -> tuple[int, ...]:
    if kind.seats is None:
        return (1,) * mentors
    seats, wanted = (
        chance.choice([1, 2, 3, 4], mentors, p=[0.5, 0.3, 0.15, 0.05]),
        round(mentees * kind.seats),
    )
    order = chance.permutation(mentors)
    for k in range(10 * (mentees + mentors)):
        missing = wanted - int(seats.sum())
        if not missing:
            break
        j = order[k % mentors]
        seats[j] = min(5, max(1, seats[j] + (1 if missing > 0 else -1)))
    return tuple(seats.tolist())


def _bosses(chance: np.random.Generator, level: Numbers, ids: tuple[str, ...]) -> list[Answer]:
    """One reporting line over everybody, about seven people to a manager of the same or a higher level."""
    order = np.argsort(-level + chance.random(level.size), kind="stable")
    boss: list[Answer] = [None] * level.size
    for place, person in enumerate(order[1:].tolist()):
        boss[person] = ids[order[place // 7]]
    return boss


def _zone(chance: np.random.Generator, place: Numbers) -> Numbers:
    of_region = np.sort(chance.integers(-22, 25, REGIONS))
    return of_region[place % REGIONS] + place // REGIONS % 5 - 2


def _weeks(chance: np.random.Generator, zone: Numbers) -> list[Answer]:
    """Two to six windows of one to four hours between 7 and 21 local time, mostly on working days."""
    bits = np.zeros((zone.size, HALF_HOURS), dtype=bool)
    people = np.repeat(np.arange(zone.size), chance.integers(2, 7, zone.size))
    day = chance.choice(7, people.size, p=[0.18, 0.19, 0.19, 0.18, 0.16, 0.05, 0.05])
    begin = day * 48 + chance.integers(14, 38, people.size) - zone[people]
    length = chance.integers(2, 9, people.size)
    for half_hour in range(8):
        on = half_hour < length
        bits[people[on], (begin[on] + half_hour) % HALF_HOURS] = True
    packed = np.packbits(bits, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def _languages(chance: np.random.Generator, region: Numbers) -> list[Answer]:
    common = chance.random(region.size) < 0.85
    return [
        frozenset({LANGUAGES[1 + r], *([LANGUAGES[0]] if english else [])})
        for r, english in zip(region.tolist(), common.tolist(), strict=True)
    ]


def _subsets(chance: np.random.Generator, options: tuple[str, ...], count: int) -> list[Answer]:
    chosen = chance.integers(1, 1 << len(options), count).tolist()
    return [frozenset(option for k, option in enumerate(options) if bits >> k & 1) for bits in chosen]


def _zipf(size: int, power: float) -> NDArray[np.float64]:
    weights = 1 / np.arange(1, size + 1) ** power
    return np.asarray(weights / weights.sum())
