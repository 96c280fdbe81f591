"""The search in a general graph by itself: any worths that cover, any pairs that fit them, any moment to stop."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.matching.blossom import NOBODY, Blossoms

Edges = dict[tuple[int, int], int]


def graph(seed: int, most: int) -> tuple[Random, int, Edges]:
    """So many people and even values of some pairs; few different values make rings in rings."""
    random = Random(seed)
    count, top, share = random.randint(2, most), random.choice([1, 2, 3, 8, 1_000]), random.random() + 0.1
    pairs = [(i, j) for j in range(count) for i in range(j) if random.random() < share]
    return random, count, {pair: 2 * random.randint(0, top) for pair in pairs}


def blossoms(random: Random, count: int, edges: Edges) -> Blossoms:
    """From the worths of the dearest edges, some people dearer than they need to be."""
    beside = [
        [(j if k == i else i, value) for (i, j), value in edges.items() if k in (i, j)] for k in range(count)
    ]
    worth = [max((value for _, value in row), default=0) + random.choice([0, 0, 1]) for row in beside]
    return Blossoms(beside, worth, [NOBODY] * count)


def best(count: int, edges: Edges) -> int:
    @cache
    def of(left: int) -> int:
        if not left:
            return 0
        last = left.bit_length() - 1
        rest = left ^ (1 << last)
        taken = [
            edges[i, last] + of(rest ^ (1 << i)) for i in range(last) if rest >> i & 1 and (i, last) in edges
        ]
        return max([of(rest), *taken])

    return of((1 << count) - 1)


def check(search: Blossoms, edges: Edges) -> tuple[int, int]:
    """(total, bound); everything that is promised between searches holds."""
    partner, worth, nest = search.partner, search.worth, search.rings.nest()
    assert all(mate == NOBODY or partner[mate] == person for person, mate in enumerate(partner))
    assert min(worth) >= 0
    assert all(size % 2 for size in nest.size)
    for (i, j), value in edges.items():
        covered = worth[i] + worth[j] + int(nest.row(i)[j])
        assert covered == value if partner[i] == j else covered >= value
    return sum(edges[i, j] for i, j in edges if partner[i] == j), sum(worth) + nest.total


@given(st.integers(0, 1 << 32))
@settings(deadline=None, max_examples=300)
def test_search_ends_with_the_best_pairs_and_their_proof(seed: int) -> None:
    random, count, edges = graph(seed, 12)
    search = blossoms(random, count, edges)

    assert search.run()
    total, bound = check(search, edges)

    assert total == bound == best(count, edges)


@pytest.mark.parametrize("seed", range(40))
def test_larger_graphs_prove_themselves(seed: int) -> None:
    random, count, edges = graph(seed, 90)
    search = blossoms(random, count, edges)

    assert search.run()
    total, bound = check(search, edges)

    assert total == bound


@pytest.mark.parametrize("after", [0, 1, 3, 10])
def test_search_that_is_stopped_leaves_a_bound(after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.engine.matching.blossom.ASK_EVERY", 5)
    random, count, edges = graph(7, 90)
    search, asked = blossoms(random, count, edges), iter(range(100_000))

    ended = search.run(lambda: next(asked) < after)
    total, bound = check(search, edges)

    assert not ended
    assert total < bound
