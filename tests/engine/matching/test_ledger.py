"""The checker's rows against the judge, pair by pair."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings

from alongside.engine.matching import Listed, Program, Rule, Verb
from alongside.engine.matching.ledger import Ledger
from bench.matching.population import population

from .worlds import programs


@settings(max_examples=200, deadline=None)
@given(programs())
def test_rows_are_what_the_judge_says_of_every_pair(program: Program) -> None:
    _agrees(program)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs())
def test_a_ledger_that_forgets_says_the_same(monkeypatch: pytest.MonkeyPatch, program: Program) -> None:
    monkeypatch.setattr(import_module("alongside.engine.matching.ledger"), "REMEMBERED", 1)
    _agrees(program)


@pytest.mark.parametrize("verb", list(Verb))
def test_a_population_with_every_verb_for_listed_pairs(verb: Verb) -> None:
    program = population("mixed", 30, seed=2)
    pairs = frozenset((a, b) for a in program.mentees.ids[:20] for b in program.mentors.ids[3:9])
    points = 0 if verb in (Verb.MUST, Verb.MUST_NOT) else 777
    rule = Rule(key="named", verb=verb, relation=Listed(pairs=pairs), points=points)
    _agrees(
        Program(
            mentees=program.mentees,
            mentors=program.mentors,
            questions=program.questions,
            rules=(*program.rules, rule),
        )
    )


def _agrees(program: Program) -> None:
    ledger, judge = Ledger(program), program.judge
    for i in range(len(program.mentees.ids)):
        values, allowed = ledger.row(i)
        columns = range(len(program.mentors.ids))
        assert allowed.tolist() == [judge.allowed(i, j) for j in columns]
        assert values.tolist() == [judge.value(i, j) for j in columns]
