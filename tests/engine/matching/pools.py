"""Small pools for the tests, and the best pairs by trying them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random

from hypothesis import strategies as st

from alongside.engine.matching import (
    Fairness,
    Listed,
    Peer,
    Peers,
    PinConflict,
    Pool,
    Rule,
    Table,
    Verb,
)

from .worlds import RULES, answers, questions

Scores = Mapping[tuple[int, int], int | None]


def pool_of(
    scores: Scores,
    count: int,
    *,
    left_out: Sequence[int] | int = 200_000,
    pins: Sequence[tuple[str, str]] = (),
    fairness: Fairness | None = None,
    lottery_key: str = "",
) -> Pool:
    """A pool whose pair {i, j} scores ``scores[i, j]`` and is forbidden where that is None. People are p0, p1, ..."""
    ids = [f"p{k}" for k in range(count)]
    both = [(ids[a], ids[b], score) for (i, j), score in scores.items() for a, b in ((i, j), (j, i))]
    forbidden = frozenset((a, b) for a, b, score in both if score is None)
    own = [left_out] * count if isinstance(left_out, int) else list(left_out)
    apart = Rule(key="apart", verb=Verb.MUST_NOT, relation=Listed(pairs=forbidden))
    return Pool(
        people=Peers(ids=tuple(ids), columns={"name": tuple(ids)}, left_out=tuple(own)),
        questions=(
            Table(
                key="fit",
                weight=100_000,
                mentee="name",
                mentor="name",
                points=(
                    *((a, b, score) for a, b, score in both if score is not None),
                    ("anybody", "perfect", 100_000),
                ),
            ),
        ),
        rules=(apart,) if forbidden else (),
        pins=tuple(pins),
        fairness=fairness or Fairness(),
        lottery_key=lottery_key,
    )


@st.composite
def score_pools(draw: st.DrawFn, most: int = 8) -> Pool:
    """Pools with heavy ties, forbidden pairs, cheap and dear ways out."""
    count = draw(st.integers(1, most))
    top = draw(st.sampled_from([0, 1, 3, 1_000, 60_000]))
    cell = st.one_of(st.integers(0, top), st.integers(0, top), st.none())
    scores = {pair: draw(cell) for pair in combinations(range(count), 2)}
    left_out = [draw(st.integers(0, top + 3)) for _ in range(count)]
    return pool_of(scores, count, left_out=left_out, lottery_key=draw(st.sampled_from(["", "spring"])))


def random_pool(seed: int, count: int, rules: int, pins: int) -> Pool:
    """A pool with every kind of question and some rules, which are not the same in both directions."""
    random = Random(seed)
    regimes = random.choice([1, 1, 2])
    people = [f"p{k}" for k in range(count)]
    pool = Pool(
        people=Peers.of(
            Peer(
                id=person,
                answers=answers(random, regimes) | {"boss": random.choice([None, None, "p0", "p1", "p9"])},
                left_out=random.choice([None, 0, 50_000]),
                present=random.choice([None, "p1", "gone"]),
            )
            for person in people
        ),
        questions=questions(),
        rules=tuple(random.sample(RULES, rules)),
        left_out=random.choice([0, 30_000, 200_000]),
        fairness=random.choice([Fairness(), Fairness(target=60_000, factor=5)]),
        keep=random.choice([0, 1_000]),
        lottery_key=random.choice(["", "spring"]),
    )
    for pin in combinations(people, 2):
        if len(pool.pins) == pins:
            break
        try:
            pool = replace(pool, pins=(*pool.pins, pin))
        except PinConflict:
            continue
    return pool


def random_pools() -> st.SearchStrategy[Pool]:
    """Random pools whose size shrinks when a test fails."""
    return st.builds(
        random_pool,
        seed=st.integers(0, 1 << 32),
        count=st.integers(0, 8),
        rules=st.integers(0, 3),
        pins=st.sampled_from([0, 0, 1, 2]),
    )


def best_by_trying(pool: Pool) -> int:
    """The highest total of any pairs: the definition of the objective, written as plainly as can be."""
    judge, place = pool.judge, pool.place
    pinned = {person for pin in pool.pins for person in pin}
    free = [i for person, i in place.items() if person not in pinned]

    @cache
    def best(left: frozenset[int]) -> int:
        if not left:
            return 0
        first = min(left)
        rest = left - {first}
        totals = [best(rest) - pool.left_out_cost(first)]
        totals += [judge.value(first, j) + best(rest - {j}) for j in rest if judge.allowed(first, j)]
        return max(totals)

    return best(frozenset(free)) + sum(judge.value(place[one], place[other]) for one, other in pool.pins)
