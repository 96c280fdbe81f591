"""Running jobs: effects and acknowledgement together, errors kept, reactions of the journal."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from alongside.foundation.clock import now
from alongside.jobs import worker
from alongside.jobs.actions import Task, claim_jobs, enqueue
from alongside.jobs.enums import JobState
from alongside.jobs.models import Job, WorkerPulse
from alongside.jobs.worker import Kind, Lane, run_lanes, turn
from alongside.journal import actions as journal
from alongside.journal.models import Entry
from tests import factories as make

KINDS = {
    "note": Kind("tests.jobs.test_worker:note"),
    "break": Kind("tests.jobs.test_worker:note_and_break"),
    "steal": Kind("tests.jobs.test_worker:note_and_lose_the_lease"),
    "outside": Kind("tests.jobs.test_worker:go_outside", outside=True),
    "long": Kind("tests.jobs.test_worker:outlast_the_lease", outside=True),
    "react": Kind("alongside.journal.jobs:react"),
}
LANE = Lane("test", kinds=KINDS)
was_in_transaction: list[bool] = []


def note(task: Task) -> None:
    journal.record("test.noted", actor_id=None, subject=Job.objects.get(pk=task.id), data=task.payload)


def note_and_break(task: Task) -> None:
    note(task)
    raise OSError("the disk is full")


def note_and_lose_the_lease(task: Task) -> None:
    note(task)
    Job.objects.filter(pk=task.id).update(token="another worker's")


def go_outside(task: Task) -> None:
    was_in_transaction.append(connection.in_atomic_block)


def outlast_the_lease(task: Task) -> None:
    """Ends when the lease was renewed four times, and nobody else could have the job meanwhile."""
    leases = {Job.objects.get(pk=task.id).lease}
    while len(leases) < 5:
        leases.add(Job.objects.get(pk=task.id).lease)
        assert claim_jobs(now=now()) == []


def react_to(entry: Entry) -> None:
    journal.record("test.reacted", actor_id=None, subject=entry)


@pytest.mark.django_db
def test_job_is_done_together_with_its_effects() -> None:
    enqueue("note", {"n": 1})

    assert turn(LANE) == 1

    assert Job.objects.get().state == JobState.DONE
    assert [entry.data for entry in Entry.objects.all()] == [{"n": 1}]
    assert turn(LANE) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["break", "steal"])
def test_job_that_breaks_or_lost_its_lease_leaves_no_effects(kind: str) -> None:
    enqueue(kind)

    turn(LANE)

    assert not Entry.objects.exists()
    job = Job.objects.get()
    assert job.state != JobState.DONE
    if kind == "break":
        assert (job.state, job.attempts) == (JobState.READY, 1)
        assert job.error.startswith("OSError the disk is full (test_worker.py:")


@pytest.mark.django_db
def test_job_of_unknown_kind_is_put_back_with_its_error() -> None:
    enqueue("nobody knows")
    turn(LANE)
    assert Job.objects.get().error.startswith("KeyError")


@pytest.mark.django_db(transaction=True)
def test_work_outside_runs_without_a_transaction() -> None:
    was_in_transaction.clear()
    enqueue("outside")
    turn(LANE)
    assert was_in_transaction == [False]
    assert Job.objects.get().state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_long_work_outside_keeps_its_lease() -> None:
    short = replace(LANE, lease=timedelta(milliseconds=300))
    enqueue("long")
    before = now()

    turn(short)

    assert now() - before >= short.lease
    assert Job.objects.get().state == JobState.DONE


@pytest.mark.django_db
def test_reaction_runs_once_for_an_entry_and_only_if_wired(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = "tests.jobs.test_worker:react_to"
    monkeypatch.setattr(journal, "_afterwards", {"goal.reached": [handler]})
    journal.record("goal.reached", actor_id=None, subject=make.person("Ana"))
    monkeypatch.setattr(journal, "REACT", "react")
    Job.objects.update(kind="react")

    turn(LANE)

    assert Entry.objects.filter(verb="test.reacted").count() == 1
    enqueue("react", {"entry": Entry.objects.get(verb="goal.reached").pk, "handler": "os:remove"})
    turn(LANE)
    assert Entry.objects.count() == 2
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


@pytest.mark.django_db
def test_sweep_of_a_lane_is_part_of_its_turn() -> None:
    lane = Lane("sweeping", sweeps=("tests.jobs.test_worker:three_things",))
    assert turn(lane) == 3


def three_things(at: object) -> int:
    return 3


@pytest.mark.django_db(transaction=True)
def test_lanes_run_until_stopped_and_survive_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, turns = threading.Event(), []

    def trouble_first(lane: Lane, *, name: str) -> int:
        turns.append(lane.name)
        if len(turns) == 1:
            raise OSError("database is gone")
        stop.set()
        return 0

    monkeypatch.setattr(worker, "turn", trouble_first)

    run_lanes([LANE], stop, idle_seconds=0.01)

    assert turns == ["test", "test"]
    assert WorkerPulse.objects.get().name.endswith(":test")
