"""Runs: begun, solved, certified, stopped, solved again."""

from dataclasses import replace
from unittest.mock import patch

import pytest

from alongside.engine import matching as engine
from alongside.enrollment.enums import ParticipationState, Role
from alongside.foundation.errors import Conflict, NotAllowed, NotFound
from alongside.jobs.actions import Task
from alongside.jobs.models import Job
from alongside.matching import actions, jobs
from alongside.matching.actions import runs
from alongside.matching.enums import RunState
from alongside.matching.models import Proposal, Run
from alongside.matching.queries.runs import program_of, result_of, snapshot_text
from alongside.people.models import Person
from alongside.programs.enums import ProgramState
from alongside.programs.models import Program
from alongside.questionnaires.models import Question
from tests import factories as make
from tests.factories import NOW
from tests.matching import stage


def pairs_of(run: Run) -> set[tuple[str, str]]:
    rows = Proposal.objects.filter(run=run)
    return set(rows.values_list("mentee__person__name", "mentor__person__name"))


def test_run_finds_the_best_pairs_for_the_whole_program(program: Program, ada: Person) -> None:
    """Ben is the better mentor for both; Eva only helps Ana. Taking the best pair first would leave Chi with Eva."""
    stage.mentee(program, "Chi", ("leading",))
    stage.mentee(program, "Ana", ("leading", "network"))
    stage.mentor(program, "Ben", ("leading", "network"))
    stage.mentor(program, "Eva", ("network",))

    run = actions.start_run(program=program, actor=ada, now=NOW)

    assert (run.state, run.gap, run.mentees, run.seats) == (RunState.SOLVED, 0, 2, 2)
    assert pairs_of(run) == {("Chi", "Ben"), ("Ana", "Eva")}


def test_run_is_solvable_again_bit_for_bit(program: Program, ada: Person) -> None:
    for number in range(6):
        stage.mentee(program, f"M{number}", stage.TOPICS[: number % 4 + 1])
        stage.mentor(program, f"B{number}", stage.TOPICS[number % 4 :])

    run = Run.objects.get(pk=actions.start_run(program=program, actor=ada, now=NOW).pk)

    again = engine.match(program_of(run))
    assert engine.result_to_json(again) == run.result
    assert engine.program_to_json(program_of(run)) == snapshot_text(run)
    assert engine.certify(program_of(run), result_of(run)).holds


def test_who_has_a_mentor_and_whose_places_are_taken_are_left_alone(program: Program, ada: Person) -> None:
    chi, ben = stage.mentee(program, "Chi"), stage.mentor(program, "Ben", capacity=2)
    make.mentorship(chi, ben)
    stage.mentee(program, "Ana")
    stage.mentee(program, "Eva")
    stage.mentee(program, "Gone", state=ParticipationState.WITHDRAWN)

    run = actions.start_run(program=program, actor=ada, now=NOW)

    assert (run.mentees, run.seats) == (2, 1)
    assert run.proposals.count() == 1
    assert run.unmatched.get().why == engine.Why.ALL_FULL.value


def test_people_who_are_both_are_never_paired_with_themselves(program: Program, ada: Person) -> None:
    stage.somebody(program, "Ana", Role.BOTH, ("leading",))
    stage.somebody(program, "Bo", Role.BOTH, ("leading",))

    run = actions.start_run(program=program, actor=ada, now=NOW)

    assert pairs_of(run) == {("Ana", "Bo"), ("Bo", "Ana")}


def test_former_pairs_are_not_made_again_unless_the_program_allows(program: Program, ada: Person) -> None:
    chi, ben = stage.mentee(program, "Chi"), stage.mentor(program, "Ben")
    make.mentorship(chi, ben, state="closed")

    assert pairs_of(actions.start_run(program=program, actor=ada, now=NOW)) == set()
    kept = program.match_types.get()
    kept.rules |= {"not_again": False}
    kept.save()
    assert pairs_of(actions.start_run(program=program, actor=ada, now=NOW)) == {("Chi", "Ben")}


def test_solving_again_keeps_pairs_where_nothing_speaks_against_it(program: Program, ada: Person) -> None:
    for name in ("Chi", "Ana"):
        stage.mentee(program, name)
    for name in ("Ben", "Eva"):
        stage.mentor(program, name)
    first = actions.start_run(program=program, actor=ada, now=NOW)
    program.match_types.update(rules=program.match_types.get().rules | {"lottery_key": "another"})

    again = actions.start_run(program=program, actor=ada, now=NOW, base=first)

    assert pairs_of(again) == pairs_of(first)
    assert again.base == first


def test_importance_0_leaves_a_question_out(program: Program, ada: Person) -> None:
    chi = stage.mentee(program, "Chi", ("leading",), importance={"topics": 0})
    stage.mentor(program, "Ben", ("leading",))

    run = actions.start_run(program=program, actor=ada, now=NOW)

    facts = {fact["key"]: fact for fact in Proposal.objects.get(run=run, mentee=chi).reasons}
    assert facts["topics"]["points"] == 0


@pytest.mark.parametrize("left_out", ["mentees", "places", "weights"])
def test_run_refuses_what_cannot_be_matched(program: Program, ada: Person, left_out: str) -> None:
    if left_out != "mentees":
        stage.mentee(program, "Chi")
    stage.mentor(program, "Ben", capacity=0 if left_out == "places" else 1)
    if left_out == "weights":
        Question.objects.filter(questionnaire=program.form).update(match_weight=0)

    with pytest.raises(Conflict):
        actions.start_run(program=program, actor=ada, now=NOW)


def test_only_coordinators_of_the_program_start_runs(program: Program, assistant: Person) -> None:
    stage.mentee(program, "Chi")
    stage.mentor(program, "Ben")

    with pytest.raises(NotAllowed):
        actions.start_run(program=program, actor=assistant, now=NOW)
    with pytest.raises(NotFound):
        actions.start_run(program=program, actor=make.person(), now=NOW)


def test_no_run_in_a_closed_program(program: Program, ada: Person) -> None:
    stage.mentee(program, "Chi")
    stage.mentor(program, "Ben")
    program.state = ProgramState.CLOSED
    program.save()

    with pytest.raises(Conflict):
        actions.start_run(program=program, actor=ada, now=NOW)


def big(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every program counts as large: the worker solves it."""
    monkeypatch.setattr(runs, "AT_ONCE", 0)


def solve(run: Run) -> None:
    job = Job.objects.get(kind="matching.solve")
    jobs.solve(Task(job.pk, job.kind, job.payload, 1, "token"))
    run.refresh_from_db()


def test_large_run_is_solved_by_the_worker(
    program: Program, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    big(monkeypatch)
    stage.mentee(program, "Chi")
    stage.mentor(program, "Ben")

    run = actions.start_run(program=program, actor=ada, now=NOW)

    assert run.state == RunState.DRAFT
    assert actions.start_run(program=program, actor=ada, now=NOW) == run
    solve(run)
    assert (run.state, run.progress, pairs_of(run)) == (RunState.SOLVED, 100, {("Chi", "Ben")})
    solve(run)  # taken up again after a crash: nothing happens twice
    assert run.proposals.count() == 1


def test_stopped_run_shows_no_board(program: Program, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    big(monkeypatch)
    stage.mentee(program, "Chi")
    stage.mentor(program, "Ben")
    run = actions.start_run(program=program, actor=ada, now=NOW)

    actions.stop_run(run=run, actor=ada, now=NOW)
    solve(run)

    assert (run.state, run.proposals.count()) == (RunState.STOPPED, 0)


def test_plan_whose_certificate_does_not_hold_is_never_shown(program: Program, ada: Person) -> None:
    stage.mentee(program, "Chi")
    stage.mentor(program, "Ben")
    honest = engine.match

    def wrong(problem: engine.Program, **more: object) -> engine.Result:
        result = honest(problem)
        return replace(result, total=result.total + 1)

    with patch.object(engine, "match", wrong):
        run = actions.start_run(program=program, actor=ada, now=NOW)

    assert (run.state, run.proposals.count()) == (RunState.STOPPED, 0)
    assert run.trouble


def test_set_aside_run_cannot_be_published(program: Program, ada: Person) -> None:
    stage.mentee(program, "Chi")
    stage.mentor(program, "Ben")
    run = actions.start_run(program=program, actor=ada, now=NOW)

    actions.discard_run(run=run, actor=ada, now=NOW)

    with pytest.raises(Conflict):
        actions.publish_run(run=run, actor=ada, now=NOW)
