"""Circles against trying all of them, their bound, and their own certificates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine.matching import (
    CircleFault,
    CirclesResult,
    CommonHours,
    Outside,
    Peers,
    Pool,
    ProgramError,
    Same,
    WhyOutside,
    certify_circles,
    circles,
)
from alongside.engine.matching.criteria import week_regimes
from alongside.engine.matching.tiers import Portable, tier

from .pools import pool_of, random_pool, random_pools

HOURS = CommonHours(column="week", half_hours=2)
Size = tuple[int, int]


def common_half_hours(pool: Pool, members: tuple[int, ...]) -> int:
    """In the clock regime in which they share fewest; slot by slot."""
    weeks = [week_regimes(pool.people.columns["week"][i]) or (0, 0) for i in members]
    regimes = min(map(len, weeks))
    return min(sum(all(week[k] >> slot & 1 for week in weeks) for slot in range(336)) for k in range(regimes))


def best_by_trying(pool: Pool, size: Size, common: CommonHours | None) -> int:
    """The highest total of any circles: the definition of the objective, written as plainly as can be."""
    judge = pool.judge

    def worth(members: tuple[int, ...]) -> int | None:
        pairs = list(combinations(members, 2))
        if not all(judge.allowed(i, j) for i, j in pairs):
            return None
        if common and common_half_hours(pool, members) < common.half_hours:
            return None
        return 2 * sum(judge.value(i, j) for i, j in pairs) // (len(members) - 1)

    @cache
    def best(left: frozenset[int]) -> int:
        if not left:
            return 0
        first = min(left)
        rest = left - {first}
        totals = [best(rest) - pool.left_out_cost(first)]
        for count in range(size[0] - 1, size[1]):
            for others in combinations(sorted(rest), count):
                value = worth((first, *others))
                if value is not None:
                    totals.append(value + best(rest - set(others)))
        return max(totals)

    return best(frozenset(range(len(pool.people.ids))))


def crowd(seed: int, count: int, *, barred: float = 0.1, hours: bool = True) -> Pool:
    """A pool of circles to be; some pairs may not meet, weeks overlap in part."""
    random = Random(seed)
    scores = {
        pair: None if random.random() < barred else random.randint(0, 90) * 1_000
        for pair in combinations(range(count), 2)
    }
    pool = pool_of(scores, count, left_out=50_000)
    weeks = [sum(1 << slot for slot in range(20) if random.random() < 0.6) for _ in range(count)]
    columns = {**pool.people.columns, "week": tuple(weeks)} if hours else pool.people.columns
    return replace(pool, people=replace(pool.people, columns=columns))


@given(random_pools(), st.sampled_from([(2, 3), (3, 3), (2, 5), (3, 4)]), st.sampled_from([None, HOURS]))
@settings(deadline=None, max_examples=60)
def test_circles_are_allowed_and_the_best_lies_between_total_and_bound(
    pool: Pool, size: Size, common: CommonHours | None
) -> None:
    pool = replace(pool, pins=())
    if not pool.people.ids:
        common = None

    result = circles(pool, size=size, common=common, starts=3)

    assert certify_circles(pool, result).flaws == ()
    assert result.total <= best_by_trying(pool, size, common) <= result.bound


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("common", [None, HOURS])
def test_many_starts_find_the_best_of_small_pools(seed: int, common: CommonHours | None) -> None:
    pool = crowd(seed, 9)

    result = circles(pool, size=(3, 4), common=common, starts=64)

    assert result.total == best_by_trying(pool, (3, 4), common)


@pytest.mark.parametrize("common", [None, HOURS])
def test_larger_pools_tell_a_share_that_holds(common: CommonHours | None) -> None:
    pool = crowd(1, 90, barred=0.02)

    result = circles(pool, size=(4, 6), common=common, starts=3)

    assert certify_circles(pool, result).holds
    assert result.share == 10_000 * result.total // result.bound
    assert result.share > 7_000
    assert all(4 <= len(circle.members) <= 6 for circle in result.circles)


def test_common_hours_are_kept_in_every_clock_regime() -> None:
    pool = replace(random_pool(11, 8, 0, 0), pins=())
    shared, apart = 0b1111 << 300, 0b11 << 10
    weeks = [(shared, shared), (shared, shared), (shared, shared), (shared, apart)]
    people = replace(pool.people, columns={**pool.people.columns, "week": tuple(weeks * 2)})

    result = circles(replace(pool, people=people, left_out=0), size=(2, 6), common=HOURS, starts=4)

    place = pool.place
    for circle in result.circles:
        regimes = zip(*(weeks[place[person] % 4] for person in circle.members), strict=True)
        counted = [sum(all(week >> slot & 1 for week in regime) for slot in range(336)) for regime in regimes]
        assert circle.half_hours == min(counted) >= 2


@given(random_pools(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_order_of_the_input_changes_nothing(pool: Pool, random: Random) -> None:
    order = list(range(len(pool.people.ids)))
    random.shuffle(order)
    pool, people = replace(pool, pins=()), pool.people
    shuffled = Peers(
        ids=tuple(people.ids[i] for i in order),
        columns={name: [answers[i] for i in order] for name, answers in people.columns.items()},
        left_out=tuple(people.left_out[i] for i in order),
        present=tuple(people.present[i] for i in order),
    )

    one = circles(pool, size=(2, 4), starts=2)
    other = circles(replace(pool, people=shuffled), size=(2, 4), starts=2)

    assert replace(other, pool="") == replace(one, pool="")


def test_tiers_and_threads_change_nothing() -> None:
    pool = crowd(3, 60)
    outcomes = [
        circles(pool, size=(3, 5), common=HOURS, starts=2, on=on) for on in (Portable(), tier(1), tier(3))
    ]

    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_lottery_key_decides_between_equally_good_circles() -> None:
    scores = dict.fromkeys(combinations(range(7), 2), 50_000)
    outcomes = {
        circles(pool_of(scores, 7, lottery_key=key), size=(3, 3), starts=1).left_out for key in "abcdefgh"
    }

    assert len(outcomes) > 1


def test_more_starts_are_never_worse() -> None:
    pool = crowd(4, 40)
    totals = [circles(pool, size=(4, 6), starts=starts).total for starts in (1, 2, 4, 8)]

    assert totals == sorted(totals)


@pytest.mark.parametrize("after", [0, 1, 2, 5])
def test_stopped_run_has_circles_that_hold(after: int) -> None:
    pool, asked = crowd(5, 60), iter(range(1_000))

    result = circles(pool, size=(3, 5), starts=9, progress=lambda done, of: next(asked) < after)

    assert result.starts < 9
    assert result.circles
    assert certify_circles(pool, result).holds


# --- people left out ---


def _why(pool: Pool, size: Size, common: CommonHours | None = None) -> dict[str, WhyOutside]:
    return {entry.person: entry.why for entry in circles(pool, size=size, common=common).left_out}


def test_reasons_for_being_in_no_circle() -> None:
    every = dict.fromkeys(combinations(range(4), 2), 90_000)

    assert list(_why(pool_of(every, 4), (3, 3)).values()) == [WhyOutside.ALL_FULL]
    assert circles(pool_of(every | {(0, 3): None, (1, 3): None}, 4), size=(3, 4)).left_out == (
        Outside(person="p3", why=WhyOutside.TOO_FEW_ALLOWED, allowed=1),
    )
    assert (
        _why(pool_of(every | {(0, 3): None}, 4, left_out=[1, 1, 1, 0]), (3, 4))["p3"] is WhyOutside.KEPT_APART
    )
    assert set(_why(pool_of(dict.fromkeys(combinations(range(4), 2)), 4), (2, 3)).values()) == {
        WhyOutside.TOO_FEW_ALLOWED
    }


def test_somebody_who_costs_a_circle_more_than_going_without_stays_outside() -> None:
    scores = dict.fromkeys(combinations(range(3), 2), 90_000) | dict.fromkeys([(0, 3), (1, 3), (2, 3)], 0)

    assert _why(pool_of(scores, 4, left_out=0), (3, 4)) == {"p3": WhyOutside.NOT_WORTH}


def test_nobody_with_hours_of_their_own_joins() -> None:
    pool = pool_of(dict.fromkeys(combinations(range(4), 2), 90_000), 4)
    weeks = (0b1111, 0b1111, 0b1111, 0b110000)
    pool = replace(pool, people=replace(pool.people, columns={**pool.people.columns, "week": weeks}))

    assert _why(pool, (3, 4), HOURS) == {"p3": WhyOutside.NO_COMMON_HOURS}


def test_pool_smaller_than_a_circle_has_none() -> None:
    pool = pool_of({(0, 1): 90_000}, 2)

    result = circles(pool, size=(3, 4))

    assert (result.circles, result.total, result.bound, result.share) == ((), -400_000, -400_000, None)
    assert certify_circles(pool, result).holds


def test_circles_that_rules_make_impossible_are_not_formed() -> None:
    ring = {(i, (i + 1) % 6): 90_000 for i in range(6)}
    scores = {(i, j): ring.get((i, j)) or ring.get((j, i)) for i, j in combinations(range(6), 2)}

    assert set(_why(pool_of(scores, 6), (3, 4)).values()) == {WhyOutside.NO_CIRCLES}


# --- certificates that were changed ---

Change = Callable[[CirclesResult], CirclesResult]


def _first(**changes: object) -> Change:
    return lambda result: replace(
        result,
        circles=(replace(result.circles[0], **changes), *result.circles[1:]),  # type: ignore[arg-type]
    )


def _price(by: int) -> Change:
    def change(result: CirclesResult) -> CirclesResult:
        (person, price), *rest = result.prices
        return replace(result, prices=((person, price + by), *rest))

    return change


def _exchanged(result: CirclesResult) -> CirclesResult:
    one, other, *rest = result.circles
    (a, *mine), (b, *theirs) = one.members, other.members
    changed = (
        replace(one, members=tuple(sorted([b, *mine]))),
        replace(other, members=tuple(sorted([a, *theirs]))),
    )
    return replace(result, circles=(*changed, *rest))


CHANGES: dict[str, tuple[Change, CircleFault]] = {
    "points": (_first(points=1), CircleFault.WRONG_POINTS),
    "value": (_first(value=1), CircleFault.WRONG_POINTS),
    "hours": (_first(half_hours=300), CircleFault.HOURS),
    "hours not told": (_first(half_hours=None), CircleFault.HOURS),
    "more hours asked": (
        lambda result: replace(result, common=CommonHours(column="week", half_hours=300)),
        CircleFault.HOURS,
    ),
    "other size": (lambda result: replace(result, size=(2, 2)), CircleFault.WRONG_SIZE),
    "total": (lambda result: replace(result, total=result.total + 1), CircleFault.WRONG_TOTAL),
    "bound": (lambda result: replace(result, bound=result.bound - 1), CircleFault.WRONG_BOUND),
    "price": (_price(50_000), CircleFault.WRONG_BOUND),
    "price missing": (lambda result: replace(result, prices=result.prices[1:]), CircleFault.PRICES),
    "pool": (lambda result: replace(result, pool="another"), CircleFault.OTHER_POOL),
    "stranger": (_first(members=("nobody", "p0", "p1")), CircleFault.UNKNOWN_PERSON),
    "circle missing": (lambda result: replace(result, circles=result.circles[1:]), CircleFault.FORGOTTEN),
    "circle twice": (
        lambda result: replace(result, circles=result.circles[:1] + result.circles),
        CircleFault.PLACED_TWICE,
    ),
    "people exchanged": (_exchanged, CircleFault.WRONG_POINTS),
    "people exchanged against a rule": (_exchanged, CircleFault.FORBIDDEN_PAIR),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_result_is_refused(name: str) -> None:
    pool = crowd(8, 24, barred=0.5 if "rule" in name else 0.1)
    result = circles(pool, size=(3, 4), common=HOURS, starts=2)
    assert certify_circles(pool, result).holds
    change, fault = CHANGES[name]

    verdict = certify_circles(pool, change(result))

    assert fault in {flaw.fault for flaw in verdict.flaws}


# --- bad input ---


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"size": (1, 3)}, "size"),
        ({"size": (4, 3)}, "size"),
        ({"size": (3, 21)}, "size"),
        ({"size": (True, 3)}, "size"),
        ({"size": (2, 3), "starts": 0}, "starts"),
        ({"size": (2, 3), "common": CommonHours(column="weeks", half_hours=2)}, "common"),
        ({"size": (2, 3), "common": CommonHours(column="week", half_hours=337)}, "common.half_hours"),
        ({"size": (2, 3), "common": CommonHours(column="name", half_hours=2)}, "people.columns.name"),
    ],
)
def test_circles_that_cannot_be_are_refused(asked: dict[str, object], field: str) -> None:
    with pytest.raises(ProgramError) as refused:
        circles(crowd(1, 5), **asked)  # type: ignore[arg-type]

    assert refused.value.field == field


def test_pins_are_refused() -> None:
    with pytest.raises(ProgramError) as refused:
        circles(pool_of({(0, 1): 1}, 2, pins=[("p1", "p0")]), size=(2, 3))

    assert (refused.value.field, refused.value.ids) == ("pins", ("p0", "p1"))


def test_pool_beyond_what_is_held_at_once_is_refused() -> None:
    ids = tuple(f"p{k}" for k in range(5_001))
    same = Same(key="site", weight=100_000, mentee="site", mentor="site")
    pool = Pool(people=Peers(ids=ids, columns={"site": ("north",) * len(ids)}), questions=(same,))

    with pytest.raises(ProgramError, match="more than the 5000"):
        circles(pool, size=(2, 3))
