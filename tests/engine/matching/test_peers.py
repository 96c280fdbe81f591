"""The best pairs of a pool, against trying all of them, and by their own certificates."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.engine.matching import (
    Alone,
    Listed,
    Peer,
    PeerFault,
    Peers,
    PeersResult,
    PinConflict,
    Pool,
    ProgramError,
    Rule,
    Same,
    Verb,
    WeightOverflow,
    WhyAlone,
    certify_peers,
    peers,
)
from alongside.engine.matching.both_ways import BothWays, PairTier
from alongside.engine.matching.certify_peers import both_readings
from alongside.engine.matching.score import Scorer
from alongside.engine.matching.sheet import BARRED
from alongside.engine.matching.tiers import Portable, tier

from .pools import best_by_trying, pool_of, random_pool, random_pools, score_pools

CERTIFYING = sys.modules[
    "alongside.engine.matching.certify_peers"
]  # the module; the package gives its function


def crowd(seed: int, count: int, top: int) -> Pool:
    """A pool too large for trying, with ties and forbidden pairs."""
    random = Random(seed)
    scores = {
        pair: None if random.random() < 0.4 else random.randint(0, top) * (60_000 // top)
        for pair in combinations(range(count), 2)
    }
    return pool_of(scores, count, left_out=random.choice([0, 1_000, 200_000]))


@given(score_pools())
@settings(deadline=None)
def test_pairs_are_the_best_of_all(pool: Pool) -> None:
    result = peers(pool)

    assert (result.total, result.gap) == (best_by_trying(pool), 0)
    assert certify_peers(pool, result).flaws == ()


@given(random_pools())
@settings(deadline=None)
def test_pairs_are_the_best_of_all_whatever_is_asked(pool: Pool) -> None:
    result = peers(pool)

    assert (result.total, result.gap) == (best_by_trying(pool), 0)
    assert certify_peers(pool, result).flaws == ()


@pytest.mark.parametrize("top", [1, 3, 60_000])
@pytest.mark.parametrize("count", [40, 81, 150])
def test_larger_pools_are_proven_by_their_certificates(count: int, top: int) -> None:
    pool = crowd(count + top, count, top)

    result = peers(pool)

    assert result.gap == 0
    assert certify_peers(pool, result).holds


@pytest.mark.parametrize("top", [1, 60_000])
def test_short_lists_and_sampled_prices_change_only_the_work(
    top: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = crowd(8 + top, 121, top)
    before = peers(pool)
    for name, figure in (
        ("hunt.SAMPLE_ABOVE", 20),
        ("hunt.SAMPLE_SEATED", 5),
        ("pairing.LISTED", 1),
        ("pairing.ADDED", 1),
    ):
        monkeypatch.setattr(f"alongside.engine.matching.{name}", figure)

    result = peers(pool)

    for after in range(5, 40, 5):
        asked = iter(range(1_000))
        stopped = peers(pool, progress=lambda done, of, end=after, asked=asked: next(asked) < end)  # type: ignore[misc]
        assert certify_peers(pool, stopped).feasible
        assert stopped.total <= before.total <= stopped.bound
    assert (result.total, result.gap) == (before.total, 0)
    assert result.stats.rounds > before.stats.rounds
    assert certify_peers(pool, result).holds


@given(random_pools())
@settings(deadline=None, max_examples=40)
def test_arrays_and_judge_agree_on_every_pair(pool: Pool) -> None:
    scorer = Scorer(pool.both_ways)
    sheet, people = BothWays.of(scorer.sheet, scorer.left_out), np.arange(len(scorer.mentees))
    order, costs = scorer.mentee_order, scorer.left_out.tolist()
    expected = [
        [
            pool.judge.value(order[i], order[j]) + costs[i] + costs[j]
            if pool.judge.allowed(order[i], order[j])
            else BARRED
            for j in people
        ]
        for i in people
    ]

    assert sheet.values(people).tolist() == expected
    assert PairTier(tier(1)).values(sheet, people).tolist() == expected


@given(pool=random_pools())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_plain_rows_and_ledger_read_pairs_as_the_judge_does(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = range(len(pool.people.ids))
    expected = [
        [pool.judge.value(i, j) if pool.judge.allowed(i, j) else None for j in people] for i in people
    ]

    for plain in (400, 0):
        monkeypatch.setattr(CERTIFYING, "PLAIN", plain)
        monkeypatch.setattr(CERTIFYING, "PORTION", 3)
        read = [
            [value if may else None for value, may in zip(values.tolist(), allowed.tolist(), strict=True)]
            for _, values, allowed in both_readings(pool)
        ]
        assert read == expected


@pytest.mark.parametrize("plain", [400, 0])
def test_uncovered_pair_is_found_on_either_path(plain: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CERTIFYING, "PLAIN", plain)
    pool = crowd(3, 31, 60_000)
    result = peers(pool)

    verdicts = [certify_peers(pool, changed) for changed in (result, replace(result, odd_groups=()))]

    assert verdicts[0].holds
    assert PeerFault.NOT_COVERED in {flaw.fault for flaw in verdicts[1].flaws}


def test_three_who_all_fit_leave_one_over_and_prove_it() -> None:
    scores = {(0, 1): 90_000, (0, 2): 80_000, (1, 2): 70_000}
    result = peers(pool_of(scores, 3, left_out=100_000))

    assert [(pair.one, pair.other, pair.points) for pair in result.pairs] == [("p0", "p1", 90_000)]
    assert result.left_out == (Alone(person="p2", why=WhyAlone.ALL_PAIRED, allowed=2, short=0),)
    assert (result.total, result.bound) == (-10_000, -10_000)
    assert (result.partner_of("p1"), result.partner_of("p2")) == ("p0", None)


def test_two_threes_joined_by_one_weak_pair_use_it() -> None:
    close = dict.fromkeys([(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)], 100_000)
    pool = pool_of(dict.fromkeys(combinations(range(6), 2)) | close | {(2, 3): 1}, 6)

    result = peers(pool)

    assert [(pair.one, pair.other) for pair in result.pairs] == [("p0", "p1"), ("p2", "p3"), ("p4", "p5")]
    assert certify_peers(pool, result).holds


@given(random_pools(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_order_of_the_input_changes_nothing(pool: Pool, random: Random) -> None:
    order = list(range(len(pool.people.ids)))
    random.shuffle(order)
    people = pool.people
    shuffled = replace(
        pool,
        people=Peers(
            ids=tuple(people.ids[i] for i in order),
            columns={
                name: [answers[i] for i in order] for name, answers in reversed(list(people.columns.items()))
            },
            left_out=tuple(people.left_out[i] for i in order),
            present=tuple(people.present[i] for i in order),
        ),
        pins=tuple((other, one) for one, other in reversed(pool.pins)),
    )

    assert replace(peers(shuffled), pool="") == replace(peers(pool), pool="")


@pytest.mark.parametrize("count", [7, 60, 151])
def test_tiers_and_threads_change_nothing(count: int) -> None:
    pool = crowd(count, count, 3)

    assert peers(pool, on=Portable()) == peers(pool, on=tier(1)) == peers(pool, on=tier(4))


def test_lottery_key_decides_between_equally_good_pairs() -> None:
    scores = dict.fromkeys(combinations(range(5), 2), 50_000)
    outcomes = {peers(pool_of(scores, 5, lottery_key=key)).left_out for key in "abcdefgh"}

    assert len(outcomes) > 1


# --- stopping ---


@pytest.mark.parametrize("after", range(12))
def test_stopped_run_is_allowed_and_tells_honestly_what_is_missing(after: int) -> None:
    pool = crowd(5, 90, 60_000)
    asked = iter(range(1_000))

    result = peers(pool, progress=lambda done, of: next(asked) < after)
    verdict = certify_peers(pool, result)

    assert verdict.feasible
    assert result.total <= peers(pool).total <= result.bound
    assert {entry.why for entry in result.left_out} <= {WhyAlone.NOT_REACHED, WhyAlone.NOBODY_ALLOWED}


def test_deadline_that_is_over_still_pairs_people() -> None:
    pool = crowd(6, 60, 60_000)

    result = peers(pool, deadline=0)

    assert len(result.pairs) > 20
    assert certify_peers(pool, result).feasible


# --- people left out, pins ---


def test_reasons_for_being_alone() -> None:
    scores = dict.fromkeys(combinations(range(5), 2)) | {(0, 1): 90_000, (0, 2): 50_000, (2, 3): 0}
    weak = Rule(key="weak", verb=Verb.AVOID, relation=Listed(pairs=frozenset({("p2", "p3")})), points=9_000)
    pool = pool_of(scores, 5, left_out=[50_000, 50_000, 1_000, 1_000, 50_000])
    pool = replace(pool, rules=(*pool.rules, weak))

    found = {entry.person: entry for entry in peers(pool).left_out}

    assert found == {
        "p2": Alone(person="p2", why=WhyAlone.NOT_WORTH, allowed=2, short=2_500),
        "p3": Alone(person="p3", why=WhyAlone.NOT_WORTH, allowed=1, short=2_500),
        "p4": Alone(person="p4", why=WhyAlone.NOBODY_ALLOWED, allowed=0, short=None),
    }


def test_pinned_pair_stays_and_the_rest_is_best() -> None:
    scores = dict.fromkeys(combinations(range(4), 2), 10_000) | {(0, 1): 0, (2, 3): 90_000}
    pool = pool_of(scores, 4, pins=[("p3", "p0")])

    result = peers(pool)

    assert [(pair.one, pair.other, pair.pinned) for pair in result.pairs] == [
        ("p0", "p3", True),
        ("p1", "p2", False),
    ]
    assert certify_peers(pool, result).holds


def test_list_that_must_be_kept_to_counts_in_either_order() -> None:
    pool = pool_of(dict.fromkeys(combinations(range(4), 2), 10_000), 4)
    only = Rule(key="only", verb=Verb.MUST, relation=Listed(pairs=frozenset({("p3", "p0"), ("p1", "p2")})))

    result = peers(replace(pool, rules=(only,)))

    assert [(pair.one, pair.other) for pair in result.pairs] == [("p0", "p3"), ("p1", "p2")]


def test_points_are_the_mean_of_both_readings() -> None:
    wish = Rule(key="wish", verb=Verb.PREFER, relation=Listed(pairs=frozenset({("p0", "p1")})), points=9_001)
    pool = replace(pool_of({(0, 1): 50_000}, 2), rules=(wish,))

    [pair] = peers(pool).pairs

    assert (pair.points, pair.value) == (54_500, 54_500)
    assert pool.judge.readings(0, 1) == (("fit", 50_000, 50_000), ("wish", 9_001, 0))


# --- certificates that were changed ---

Change = Callable[[PeersResult], PeersResult]


def _worth(by: int) -> Change:
    def change(result: PeersResult) -> PeersResult:
        (person, worth), *rest = result.worths
        return replace(result, worths=((person, worth + by), *rest))

    return change


def _first_pair(**changes: object) -> Change:
    return lambda result: replace(
        result,
        pairs=(replace(result.pairs[0], **changes), *result.pairs[1:]),  # type: ignore[arg-type]
    )


def _group(**changes: object) -> Change:
    def change(result: PeersResult) -> PeersResult:
        first, *rest = result.odd_groups
        return replace(result, odd_groups=(replace(first, **changes), *rest))  # type: ignore[arg-type]

    return change


CHANGES: dict[str, tuple[Change, PeerFault]] = {
    "worth raised": (_worth(2), PeerFault.WRONG_BOUND),
    "worth lowered": (_worth(-2), PeerFault.NOT_COVERED),
    "worth below nothing": (_worth(-(10**9)), PeerFault.WORTHS),
    "worth beyond all bounds": (_worth(10**40), PeerFault.WRONG_BOUND),
    "worth missing": (lambda result: replace(result, worths=result.worths[1:]), PeerFault.WORTHS),
    "worth twice": (
        lambda result: replace(result, worths=result.worths[:1] + result.worths),
        PeerFault.WORTHS,
    ),
    "groups missing": (lambda result: replace(result, odd_groups=()), PeerFault.NOT_COVERED),
    "group worth more": (lambda r: _group(worth=r.odd_groups[0].worth + 2)(r), PeerFault.WRONG_BOUND),
    "group worth less than nothing": (_group(worth=-2), PeerFault.ODD_GROUPS),
    "group not odd": (lambda r: _group(people=r.odd_groups[0].people[1:])(r), PeerFault.ODD_GROUPS),
    "group in itself": (_group(within=(0,)), PeerFault.ODD_GROUPS),
    "group of strangers": (_group(people=("nobody",)), PeerFault.ODD_GROUPS),
    "total": (lambda result: replace(result, total=result.total + 1), PeerFault.WRONG_TOTAL),
    "bound": (lambda result: replace(result, bound=result.bound - 1), PeerFault.WRONG_BOUND),
    "pool": (lambda result: replace(result, pool="another"), PeerFault.OTHER_POOL),
    "points": (_first_pair(points=1), PeerFault.WRONG_POINTS),
    "value": (_first_pair(value=1), PeerFault.WRONG_VALUE),
    "pinned": (_first_pair(pinned=True), PeerFault.PIN_BROKEN),
    "stranger": (_first_pair(one="nobody"), PeerFault.UNKNOWN_PERSON),
    "pair missing": (lambda result: replace(result, pairs=result.pairs[1:]), PeerFault.FORGOTTEN),
    "pair twice": (
        lambda result: replace(result, pairs=result.pairs[:1] + result.pairs),
        PeerFault.PLACED_TWICE,
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_result_is_refused(name: str) -> None:
    pool = crowd(3, 31, 60_000)
    result = peers(pool)
    change, fault = CHANGES[name]
    assert result.odd_groups
    assert certify_peers(pool, result).holds

    verdict = certify_peers(pool, change(result))

    assert fault in {flaw.fault for flaw in verdict.flaws}
    assert not verdict.holds


def test_worse_pairs_are_allowed_but_not_proven() -> None:
    pool = pool_of(dict.fromkeys(combinations(range(4), 2), 10_000) | {(0, 1): 90_000}, 4)
    best, other = peers(pool), peers(replace(pool, pins=(("p0", "p2"),)))
    worse = replace(best, pairs=tuple(replace(pair, pinned=False) for pair in other.pairs), total=other.total)

    verdict = certify_peers(pool, worse)

    assert [flaw.fault for flaw in verdict.flaws] == [PeerFault.NOT_PROVEN]
    assert verdict.feasible


def test_pair_a_rule_forbids_is_refused() -> None:
    pool = pool_of(dict.fromkeys(combinations(range(4), 2), 10_000), 4)
    result = peers(pool)
    pair = result.pairs[0]
    apart = Rule(key="apart", verb=Verb.MUST_NOT, relation=Listed(pairs=frozenset({(pair.other, pair.one)})))
    other = replace(pool, rules=(apart,))

    verdict = certify_peers(other, replace(result, pool=other.fingerprint))

    assert [(flaw.fault, flaw.people, flaw.rule) for flaw in verdict.flaws] == [
        (PeerFault.FORBIDDEN_PAIR, (pair.one, pair.other), "apart")
    ]


# --- bad input ---


def test_pool_of_nobody_and_of_one() -> None:
    nobody, one = pool_of({}, 0), pool_of({}, 1)

    assert (peers(nobody).pairs, peers(nobody).total, peers(nobody).gap) == ((), 0, 0)
    assert peers(one).left_out == (Alone(person="p0", why=WhyAlone.NOBODY_ALLOWED, allowed=0, short=None),)
    assert certify_peers(one, peers(one)).holds
    assert certify_peers(nobody, peers(nobody)).holds


@pytest.mark.parametrize(
    ("changes", "field", "ids"),
    [
        ({"people": Peers.of([Peer(id="a"), Peer(id="a")])}, "people.ids", ("a",)),
        ({"people": Peers.of([Peer(id="a", left_out=-1)])}, "people.left_out", ("a",)),
        ({"people": Peers.of([Peer(id="a", answers={"site": 3})])}, "people.columns.site", ("a",)),
        ({"people": Peers.of([Peer(id="a")])}, "questions.site", ()),
        ({"left_out": -1}, "left_out", ()),
        ({"pins": (("a", "z"),)}, "pins", ("z",)),
    ],
)
def test_pool_that_cannot_be_matched_is_refused(
    changes: dict[str, object], field: str, ids: tuple[str, ...]
) -> None:
    people = Peers.of(Peer(id=person, answers={"site": "north"}) for person in "abc")
    same = Same(key="site", weight=100_000, mentee="site", mentor="site")

    with pytest.raises(ProgramError) as refused:
        Pool(**({"people": people, "questions": (same,)} | changes))  # type: ignore[arg-type]

    assert (refused.value.field, refused.value.ids) == (field, ids)


@pytest.mark.parametrize(
    ("pins", "rule"),
    [((("p0", "p1"), ("p1", "p2")), "pin"), ((("p0", "p0"),), "self"), ((("p2", "p0"),), "apart")],
)
def test_pins_that_contradict_are_refused(pins: tuple[tuple[str, str], ...], rule: str) -> None:
    with pytest.raises(PinConflict) as refused:
        pool_of({(0, 1): 1, (1, 2): 1, (0, 2): None}, 3, pins=pins)

    assert refused.value.rule == rule


@pytest.mark.parametrize("left_out", [2_000_000, 9_000_000])
def test_points_too_large_to_stay_exact_are_refused(left_out: int) -> None:
    with pytest.raises(WeightOverflow):
        pool_of({(0, 1): 1}, 2, left_out=left_out)


def test_same_pool_has_the_same_fingerprint_whatever_order_pins_have() -> None:
    one, other = random_pool(1, 6, 0, 0), random_pool(1, 6, 0, 0)

    assert one.fingerprint == other.fingerprint
    assert replace(one, pins=(("p2", "p3"),)).fingerprint == replace(one, pins=(("p3", "p2"),)).fingerprint
    assert replace(one, pins=(("p2", "p3"),)).fingerprint != one.fingerprint
