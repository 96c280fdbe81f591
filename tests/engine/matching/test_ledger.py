"""The checker's rows, plain and in arrays, against the judge, pair by pair."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings

from alongside.engine.matching import Listed, Program, Rule, Verb
from alongside.engine.matching.ledger import Ledger
from alongside.engine.matching.plain import PlainRows
from bench.matching.population import population

from .worlds import programs


@settings(max_examples=200, deadline=None)
@given(programs())
def test_rows_are_what_the_judge_says_of_every_pair(program: Program) -> None:
    agrees(program)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs())
def test_a_ledger_that_forgets_says_the_same(monkeypatch: pytest.MonkeyPatch, program: Program) -> None:
    for rows in ("ledger", "plain"):
        monkeypatch.setattr(import_module(f"alongside.engine.matching.{rows}"), "REMEMBERED", 1)
    agrees(program)


@pytest.mark.parametrize("verb", list(Verb))
def test_a_population_with_every_verb_for_listed_pairs(verb: Verb) -> None:
    program = population("mixed", 30, seed=2)
    pairs = frozenset((a, b) for a in program.mentees.ids[:20] for b in program.mentors.ids[3:9])
    points = 0 if verb in (Verb.MUST, Verb.MUST_NOT) else 777
    rule = Rule(key="named", verb=verb, relation=Listed(pairs=pairs), points=points)
    agrees(
        Program(
            mentees=program.mentees,
            mentors=program.mentors,
            questions=program.questions,
            rules=(*program.rules, rule),
        )
    )


def agrees(program: Program) -> None:
    ledger, plain, judge = Ledger(program), PlainRows(program), program.judge
    for i in range(len(program.mentees.ids)):
        values, allowed = ledger.row(i)
        columns = range(len(program.mentors.ids))
        assert allowed.tolist() == [judge.allowed(i, j) for j in columns]
        assert values.tolist() == [judge.value(i, j) for j in columns]
        assert plain.row(i) == [judge.value(i, j) if judge.allowed(i, j) else None for j in columns]
