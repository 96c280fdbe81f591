"""Ten thousand lives: what must never change a state, what may only calm it, and who learns of it first."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

import alongside.engine.health as health
from alongside.engine.health import Audience, Facts, Kind, Seen, State, assess

from .histories import START, History, later, on, random_history, states

pytestmark = pytest.mark.thorough

LIVES = 10_000


@cache
def lives() -> tuple[History, ...]:
    """The same ten thousand in every test."""
    random = Random(20260105)
    return tuple(random_history(random) for _ in range(LIVES))


def test_lives_of_the_test_reach_every_state() -> None:
    reached = {states(life) for life in lives()}

    assert reached == {
        (State.SETTLED, State.SETTLED),
        (State.QUIET, State.SETTLED),
        (State.QUIET, State.QUIET),
        (State.NEED_HAND, State.NEED_HAND),
    }


def test_state_is_what_the_design_says_written_once_more_in_fractions() -> None:
    for life in lives():
        known = life.facts()
        last = known.last_contact_on or known.started_on
        ratio = max(0, (known.today - last).days - known.paused_days) / (life.cadence or 10**9)
        soon = any(life.today <= day <= life.today + (life.cadence or 0) for day in life.planned)
        fine = life.fine is not None and life.today - life.fine - life.paused_since(life.fine) < 30
        offer = life.offered is not None and on(life.offered) > last
        offer = offer and (life.fine is None or (life.offered or 0) > life.fine)
        stands = offer and life.reachable_since(life.offered or 0) >= 5
        quiet = ratio > 1.5 and not soon and not fine
        two = State.NEED_HAND if quiet and ratio > 2.5 and stands else State.QUIET if quiet else State.SETTLED
        assert states(life) == (two, two if stands else State.SETTLED)


def test_pausing_changes_no_state() -> None:
    for life in lives():
        assert states(later(life, 9, paused=True)) == states(life)


def test_moving_a_meeting_to_a_new_date_in_the_rhythm_changes_no_state() -> None:
    for life in lives():
        here = replace(life, planned=frozenset({life.today}))
        moved = replace(here, planned=frozenset({life.today + (life.cadence or 3)}), moved=here.moved + 1)
        assert states(moved) == states(here)


def test_goals_notes_and_log_ins_change_no_state_because_facts_have_no_place_for_them() -> None:
    """The oracle's ``noise`` cannot be handed over: there is no field."""
    noisy = replace(lives()[0], noise=("goal rests", "talk without goals", "signed in at night"))

    assert noisy.facts() == lives()[0].facts()
    assert set(Facts.__dataclass_fields__) == {
        "today",
        "people",
        "started_on",
        "cadence",
        "first_talk_on",
        "last_contact_on",
        "next_meeting_on",
        "paused_days",
        "start_paused_days",
        "offer",
        "start_offer",
        "fine_on",
        "fine_paused_days",
        "moved_in_a_row",
        "asked",
        "shared",
        "unanswered",
        "unsafe",
    }


def test_contact_of_any_kind_settles_everything() -> None:
    for life in lives():
        talked = replace(life, contacts=life.contacts | {life.today})
        assert states(talked) == (State.SETTLED, State.SETTLED)


def test_planning_pausing_or_being_fine_never_makes_a_state_more_serious() -> None:
    for life in lives():
        calmer = (
            replace(life, planned=life.planned | {life.today + 1}),
            replace(life, paused=life.paused | {life.today}),
            replace(life, fine=life.today),
            replace(life, contacts=life.contacts | {life.today // 2}),
        )
        two, team = states(life)
        for other in calmer:
            assert states(other)[0] <= two
            assert states(other)[1] <= team


def test_time_without_contact_never_makes_a_state_less_serious() -> None:
    for life in lives():
        alone = replace(life, planned=frozenset())
        for before, after in zip(states(alone), states(later(alone, 1)), strict=True):
            assert before <= after


def test_a_longer_rhythm_never_makes_a_state_more_serious() -> None:
    for life in lives():
        if life.cadence is not None:
            assert states(replace(life, cadence=life.cadence + 1))[0] <= states(life)[0]


def test_team_is_never_ahead_of_the_two() -> None:
    for life in lives():
        two, team = states(life)
        assert team <= two


def test_lived_day_by_day_the_two_know_five_reachable_days_before_the_team() -> None:
    """The offer is shown on the first day the two are quiet; the team follows when they had their days with it."""
    random = Random(7)
    for _ in range(200):
        closed = frozenset(day for day in range(200) if random.random() < random.choice([0.1, 0.6]))
        paused = frozenset(range(start := random.randint(0, 120), start + random.randint(0, 25)))
        life = History(today=0, cadence=random.choice([7, 14, 21]), paused=paused, closed=closed)
        for day in range(200):
            life = replace(life, today=day)
            two, team = states(life)
            if two is not State.SETTLED and life.offered is None:
                life = replace(life, offered=day)
                assert team is State.SETTLED
            elif team is not State.SETTLED:
                assert life.offered is not None
                assert life.reachable_since(life.offered) >= 5
                break
        assert life.offered is not None


def test_slow_start_lived_day_by_day_reaches_the_two_on_day_14_and_the_team_on_day_21() -> None:
    told: dict[Audience, int] = {}
    for day in range(30):
        offer = Seen(on=START + timedelta(days=14), reachable_days=(day - 14) * 5 // 7) if day >= 14 else None
        known = Facts(today=on(day), people=("ada", "ben"), started_on=START, start_offer=offer)
        for finding in assess(known).findings:
            if finding.kind is Kind.START_SLOW:
                told.setdefault(finding.audience, day)

    assert told == {Audience.PAIR: 14, Audience.TEAM: 21}


def test_engine_imports_nothing_but_the_standard_library_and_itself() -> None:
    """REQ-A5: what the module cannot import it cannot look at."""
    allowed = {"__future__", "collections.abc", "dataclasses", "datetime", "enum", "itertools", "typing"}
    imported: set[str] = set()
    for file in Path(health.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(node.module or "")

    assert imported <= allowed
