"""numpy with plain Python, and every build of the compiled core: equal to the last byte, whatever the threads."""

from __future__ import annotations

import random
import runpy
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.engine.matching import Listed, Program, Rule, Same, Verb, core, match, result_to_json, tiers
from alongside.engine.matching.core import build
from alongside.engine.matching.score import Scorer
from alongside.engine.matching.sparse import Arcs, Net, Seats, State
from bench.matching.population import FAMILIES, population

from .test_determinism import shuffled, without_name
from .test_hunt import crowd
from .worlds import program_of, programs

pytestmark = pytest.mark.thorough

HUNT = import_module("alongside.engine.matching.hunt")
PORTABLE = tiers.Portable()
build.ensure()
BUILDS = [core.compiled(level, threads) for level in core.levels() for threads in (1, 3)]


def test_a_core_is_there_where_a_compiler_is() -> None:
    assert (build.ensure() is None) == (not core.levels())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step happens in small programs: samples, short lists, few pairs enough to share out to threads."""
    for name, value in {"LISTED": 3, "ADDED": 2, "SAMPLE_ABOVE": 12, "SAMPLE_SEATED": 3, "BIDS": 4}.items():
        monkeypatch.setattr(HUNT, name, value)
    monkeypatch.setattr(core, "FEW_PAIRS", 0)


@pytest.mark.usefixtures("small")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs())
def test_programs_of_every_kind_give_equal_bytes_on_every_tier(program: Program) -> None:
    expected = result_to_json(match(program, on=PORTABLE))

    assert {result_to_json(match(program, on=on)) for on in BUILDS} <= {expected}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("most", [0, 1, 40, 50_000])
@pytest.mark.parametrize(("mentees", "mentors"), [(300, 130), (150, 200), (400, 20)])
def test_crowds_shuffled_give_equal_bytes_on_every_tier(most: int, mentees: int, mentors: int) -> None:
    program = crowd(most + mentees, mentees, mentors, most)
    expected = result_to_json(without_name(match(program, on=PORTABLE)))

    outcomes = {
        result_to_json(without_name(match(shuffled(program, seed), on=on))) for seed, on in enumerate(BUILDS)
    }

    assert outcomes <= {expected}


@pytest.mark.parametrize("family", FAMILIES)
def test_families_of_the_benchmark_give_equal_bytes_within_budget(family: str) -> None:
    program = population(family, 300, seed=7)
    expected = match(program, on=PORTABLE)

    assert {result_to_json(match(program, on=on)) for on in BUILDS} <= {result_to_json(expected)}
    assert expected.gap == 0


@pytest.mark.parametrize("on", BUILDS, ids=lambda on: on.name)
def test_values_and_maxima_of_a_block_are_those_of_the_sheet(on: tiers.Tier) -> None:
    sheet = Scorer(population("mixed", 200, seed=3)).sheet.take(columns=np.arange(119, 20, -1))
    rows = np.arange(150)[::-3].copy()
    prices, profits = np.arange(99, dtype=np.int32) * 300, np.arange(rows.size, dtype=np.int32) * 100

    assert (on.values(sheet, rows) == PORTABLE.values(sheet, rows)).all()
    assert (on.row_best(sheet, rows, prices) == PORTABLE.row_best(sheet, rows, prices)).all()
    assert (on.column_best(sheet, rows, profits) == PORTABLE.column_best(sheet, rows, profits)).all()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1 << 32), st.sampled_from([0, 3, 1_000]), st.booleans())
def test_repair_ends_in_the_same_exact_state_from_any_prices_and_pairs(
    seed: int, most: int, bidding: bool
) -> None:
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(1, 40), chance.integers(1, 25)
    matrix = chance.integers(0, most + 1, (rows, columns))
    listed = chance.random((rows, columns)) < chance.choice([0.1, 0.5, 1.0])
    i, j = np.nonzero(listed)
    arcs = Arcs.of(rows, i.astype(np.int32), j.astype(np.int32), matrix[i, j].astype(np.int32))
    first = chance.integers(0, 2, columns)
    seats = Seats.of(
        first=first,
        capacity=first + chance.integers(1, 4, columns),
        slope=int(chance.choice([0, 1, most])),
        lower=chance.integers(0, 3, columns),
        upper=chance.integers(3, 5, columns),
        low=-int(chance.choice([0, most, 9_999])),
        middle=0,
        high=int(chance.choice([0, most])),
    )
    way_out = -chance.integers(0, most + 5, rows)
    start = State.fresh(way_out, chance.integers(0, 2 * most + 2, columns))
    start.mentor_of[:] = chance.integers(-2, columns, rows)

    ends = []
    for make in (PORTABLE.net, *(on.net for on in BUILDS[:1])):
        state = State(
            mentor_of=start.mentor_of.copy(), prices=start.prices.copy(), profits=start.profits.copy()
        )
        net = make(arcs, seats, way_out, state)
        if bidding:
            net.auction(max(1, most // 3), 1, 3, 1, 500)
        assert net.repair(lambda: True)
        _check_exact(arcs, seats, way_out, state)
        net.lower()
        _check_exact(arcs, seats, way_out, state)
        ends.append((state.mentor_of.tolist(), state.prices.tolist(), state.profits.tolist(), state.searched))

    assert ends == ends[:1] * len(ends)


def _check_exact(arcs: Arcs, seats: Seats, way_out: np.ndarray, state: State) -> None:
    """Complementary slackness, written out."""
    margin = arcs.value - state.prices[arcs.column]
    rows = arcs.rows()
    held = state.mentor_of[rows] == arcs.column
    first, capacity, slope, lower, upper, low, middle, high = seats.terms.T

    def cost(k: np.ndarray) -> np.ndarray:
        return slope * k + np.where(k < lower, low, np.where(k < upper, middle, high))

    load = first + np.bincount(state.mentor_of[state.mentor_of >= 0], minlength=first.size)
    used = load > first
    assert (margin <= state.profits[rows]).all()
    assert (margin[held] == state.profits[rows][held]).all()
    assert np.count_nonzero(held) == np.count_nonzero(state.mentor_of >= 0)
    assert (state.profits >= way_out).all()
    assert (state.profits[state.mentor_of < 0] == way_out[state.mentor_of < 0]).all()
    assert (load <= capacity).all()
    assert (state.prices[used] >= cost(load - 1)[used]).all()
    assert (state.prices <= cost(load))[load < capacity].all()


def test_without_a_core_numpy_is_the_tier(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "HERE", build.HERE)
    core.library.cache_clear()
    monkeypatch.setattr(build, "place", lambda: tmp_path / "none.so")
    try:
        assert (core.levels(), tiers.tier().name) == ((), "numpy")
        with pytest.raises(LookupError):
            core.compiled(99, 1)
        (tmp_path / "none.so").write_text("no library")
        core.library.cache_clear()
        assert core.levels() == ()
    finally:
        core.library.cache_clear()


def test_build_makes_one_file_once_and_nothing_without_a_compiler(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not core.levels():
        pytest.skip("no compiler here")
    made = build.ensure(tmp_path)
    assert made == build.place(tmp_path)
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert build.ensure(tmp_path) == made

    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CC", "")
    assert build.ensure(tmp_path) == made
    assert build.ensure(tmp_path / "elsewhere") is None


def test_a_compiler_that_does_not_work_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "cc"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("CC", str(broken))

    assert build.ensure(tmp_path) is None
    assert list((tmp_path / "built").iterdir()) == []


def test_net_is_portable_python() -> None:
    arcs = Arcs.of(1, *(np.array([k], dtype=np.int32) for k in (0, 0, 5)))
    seats = Seats.of(first=0, capacity=1, slope=0, lower=[0], upper=1, low=0, middle=0, high=0)
    state = State.fresh(np.array([-9]), np.array([0]))

    assert Net(arcs, seats, np.array([-9]), state).repair(lambda: False) is True
    assert state.mentor_of.tolist() == [0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs())
def test_many_labels_without_room_for_lines_give_the_same(
    monkeypatch: pytest.MonkeyPatch, program: Program
) -> None:
    expected = result_to_json(match(program, on=PORTABLE))
    score = import_module("alongside.engine.matching.score")
    monkeypatch.setattr(score, "FEW_LABELS", 0)
    monkeypatch.setattr(score, "ROOM_FOR_LINES", 0)

    outcomes = {result_to_json(match(program, on=on)) for on in (PORTABLE, *BUILDS)}

    monkeypatch.undo()
    assert outcomes == {expected}


def test_only_listed_pairs_give_equal_bytes_on_every_tier() -> None:
    program = population("mixed", 150, seed=4)
    pairs = frozenset(
        (a, b) for k, a in enumerate(program.mentees.ids[:140]) for b in program.mentors.ids[k % 9 :: 4]
    )
    rule = Rule(key="named", verb=Verb.MUST, relation=Listed(pairs=pairs))
    program = replace(program, rules=(rule,))
    expected = match(program, on=PORTABLE)

    assert {(pair.mentee, pair.mentor) for pair in expected.pairs} <= pairs
    assert {result_to_json(match(program, on=on)) for on in BUILDS} <= {result_to_json(expected)}


def test_many_mentors_are_listed_alike_on_every_tier() -> None:
    """So many that the numpy tier finds the best of a row by parts of it."""
    chance = random.Random(8)
    program = program_of([[chance.randint(0, 90_000) for _ in range(700)] for _ in range(40)])
    expected = result_to_json(match(program, on=PORTABLE))

    assert {result_to_json(match(program, on=on)) for on in BUILDS} <= {expected}


def test_a_question_without_weight_adds_nothing_on_any_tier() -> None:
    program = program_of([[50, 20], [30, 40]])
    idle = Same(key="idle", weight=0, mentee="name", mentor="name")
    asked = replace(program, questions=(idle, *program.questions))

    for on in (PORTABLE, *BUILDS):
        assert match(asked, on=on).pairs == match(program, on=on).pairs


def test_what_matching_runs_on_is_the_quickest_tier() -> None:
    assert tiers.runs_on() == (BUILDS[0].name if BUILDS else "numpy")


class Failing:
    """The compiled core, whose one function has no memory."""

    def __init__(self, function: str, answer: int) -> None:
        self.function, self.answer = function, answer

    def __getattr__(self, name: str) -> object:
        return (lambda *_: self.answer) if name == self.function else getattr(core.library(), name)


@pytest.mark.skipif(not BUILDS, reason="no compiler, no core")
@pytest.mark.parametrize(
    ("function", "answer"), [("net_new", 0), ("net_auction", -1), ("net_repair", -1), ("net_lower", 0)]
)
def test_no_memory_in_the_core_is_told_as_such(function: str, answer: int) -> None:
    arcs = Arcs.of(1, *(np.array([k], dtype=np.int32) for k in (0, 0, 5)))
    seats = Seats.of(first=0, capacity=1, slope=0, lower=[0], upper=1, low=0, middle=0, high=0)
    state, way_out = State.fresh(np.array([-9]), np.array([0])), np.array([-9])

    with pytest.raises(MemoryError):  # noqa: PT012 - whichever of them it is
        net = core.CompiledNet(Failing(function, answer), arcs, seats, way_out, state)  # type: ignore[arg-type]
        net.auction(2, 1, 2, 0, 9)
        net.repair(lambda: True)
        net.lower()


@pytest.mark.skipif(not BUILDS, reason="no compiler, no core")
def test_no_memory_for_the_scan_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    on = core.Compiled(core.library(), 0, 1)  # type: ignore[arg-type]
    monkeypatch.setattr(on, "_best_pairs", lambda *_: 0)

    with pytest.raises(MemoryError):
        match(program_of([[5]]), on=on)


def test_build_on_its_own_names_what_it_made(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["build.py"])

    runpy.run_path(build.__file__, run_name="__main__")

    assert capsys.readouterr().out.strip() == (str(build.place()) if BUILDS else "no core")
