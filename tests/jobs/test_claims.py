"""Claiming, finishing, putting back: what holds for one job and for many workers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside.foundation.errors import Conflict
from alongside.jobs import actions
from alongside.jobs.actions import (
    MAX_ATTEMPTS,
    Task,
    claim_jobs,
    enqueue,
    finish_job,
    put_back_job,
    renew_lease,
)
from alongside.jobs.enums import JobState
from alongside.jobs.errors import LostLease
from alongside.jobs.models import Job, WorkerPulse
from alongside.jobs.queries import is_worker_alive, work_to_do

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
WORKERS = st.integers(0, 2)
pytestmark = pytest.mark.django_db


def _claim(at: datetime = NOW) -> Task:
    [task] = claim_jobs(now=at)
    return task


def test_claimed_job_is_nobody_elses() -> None:
    job = enqueue("a", {"n": 1}, run_after=NOW)

    task = _claim()

    assert (task.id, task.kind, task.payload, task.attempt) == (job.pk, "a", {"n": 1}, 1)
    assert claim_jobs(now=NOW) == []


def test_idle_look_only_reads() -> None:
    enqueue("later", run_after=NOW + timedelta(seconds=1))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert claim_jobs(now=NOW) == []

    assert [query["sql"].split()[0] for query in queries.captured_queries] == ["SELECT"]


def test_order_is_priority_then_due_time() -> None:
    for kind, priority, seconds in (("third", 5, 2), ("first", 1, 3), ("second", 5, 1)):
        enqueue(kind, priority=priority, run_after=NOW + timedelta(seconds=seconds))

    assert [task.kind for task in claim_jobs(now=NOW + timedelta(minutes=1), limit=3)] == [
        "first",
        "second",
        "third",
    ]


def test_lease_that_ran_out_gives_the_job_to_another_and_the_first_cannot_finish() -> None:
    job = enqueue("a", run_after=NOW)
    first = _claim()
    later = NOW + actions.LEASE + timedelta(seconds=1)

    second = _claim(later)

    assert (second.id, second.attempt) == (job.pk, 2)
    with pytest.raises(LostLease):
        finish_job(first, now=later)
    with pytest.raises(LostLease):
        renew_lease(first, now=later)
    assert put_back_job(first, ValueError(), now=later) is None
    finish_job(second, now=later)
    assert Job.objects.get().state == JobState.DONE


def test_renewed_lease_keeps_the_job() -> None:
    enqueue("a", run_after=NOW)
    task = _claim()

    renew_lease(task, now=NOW + timedelta(seconds=50))

    assert claim_jobs(now=NOW + timedelta(seconds=100)) == []


def test_job_put_back_waits_longer_each_time_and_is_given_up_after_the_last_attempt() -> None:
    enqueue("a", run_after=NOW)
    at, waits = NOW, []
    for _ in range(MAX_ATTEMPTS):
        task = _claim(at)
        put_back_job(task, OSError("no route"), now=at)
        job = Job.objects.get()
        waits.append((job.run_after - at).total_seconds())
        at = job.run_after

    assert waits == [10, 30, 90, 270, 810, 2430, 7290, 21600]
    assert (job.state, job.attempts, job.finished_at) == (
        JobState.GIVEN_UP,
        MAX_ATTEMPTS,
        at - timedelta(hours=6),
    )
    assert job.error.startswith("OSError no route")
    assert claim_jobs(now=at + timedelta(days=30)) == []


def test_given_up_job_can_be_started_anew() -> None:
    job = enqueue("a", run_after=NOW)
    Job.objects.update(state=JobState.GIVEN_UP, attempts=MAX_ATTEMPTS)

    assert actions.retry_given_up(job.pk, now=NOW)

    assert _claim().attempt == 1
    assert not actions.retry_given_up(job.pk, now=NOW)


def test_job_that_ends_every_worker_is_given_up_by_the_sweep() -> None:
    enqueue("deadly", run_after=NOW)
    at = NOW
    for _ in range(MAX_ATTEMPTS):
        _claim(at)
        at += actions.LEASE + timedelta(seconds=1)
    assert claim_jobs(now=at) == []

    actions.sweep_jobs(now=at)

    assert Job.objects.get().state == JobState.GIVEN_UP


def test_error_kept_holds_no_words_of_people() -> None:
    secret = "what Chi told Ben"
    assert "told" not in actions.describe(ValueError(secret))
    assert "The place is taken." in actions.describe(Conflict("The place is taken."))


def test_dedupe_holds_until_a_worker_takes_the_job() -> None:
    first = enqueue("a", dedupe="once", run_after=NOW)
    assert enqueue("a", dedupe="once").pk == first.pk

    task = _claim()
    second = enqueue("a", dedupe="once", run_after=NOW)

    assert second.pk != first.pk
    finish_job(task, now=NOW)
    assert _claim().id == second.pk


def test_sweep_forgets_what_is_done_and_workers_that_are_gone() -> None:
    for days in (1, 3):
        Job.objects.create(
            kind="a",
            state=JobState.DONE,
            run_after=NOW,
            created_at=NOW,
            finished_at=NOW - timedelta(days=days),
        )
    actions.beat("gone", now=NOW - timedelta(days=2))
    actions.beat("here", now=NOW)

    actions.sweep_jobs(now=NOW)

    assert Job.objects.get().finished_at == NOW - timedelta(days=1)
    assert WorkerPulse.objects.get().name == "here"


def test_worker_is_alive_for_ninety_seconds_after_its_pulse() -> None:
    assert not is_worker_alive(NOW)
    actions.beat("w", now=NOW)
    assert is_worker_alive(NOW + timedelta(seconds=90))
    assert not is_worker_alive(NOW + timedelta(seconds=91))


def test_work_to_do_counts_by_state() -> None:
    enqueue("a", run_after=NOW - timedelta(minutes=5))
    enqueue("b", run_after=NOW + timedelta(minutes=5))
    found = work_to_do(NOW)
    assert (found.waiting, found.running, found.given_up) == (2, 0, 0)
    assert found.oldest_due == NOW - timedelta(minutes=5)


class Workers(RuleBasedStateMachine):
    """Three workers, jobs, and time. What was enqueued waits, is held by at most one, or was finished by exactly one."""

    def __init__(self) -> None:
        super().__init__()
        Job.objects.all().delete()
        self.at, self.made, self.done = NOW, 0, 0
        self.hands: dict[int, Task] = {}

    @rule()
    def enqueue(self) -> None:
        enqueue("a", run_after=self.at)
        self.made += 1

    @rule(seconds=st.integers(1, 200))
    def wait(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)

    @rule(worker=WORKERS)
    def claim(self, worker: int) -> None:
        for task in claim_jobs(now=self.at):
            self.hands[worker] = task

    @rule(worker=WORKERS)
    def crash(self, worker: int) -> None:
        self.hands.pop(worker, None)

    @rule(worker=WORKERS, step=st.sampled_from((finish_job, renew_lease)))
    def write_back(self, worker: int, step: Callable[..., None]) -> None:
        if worker not in self.hands:
            return
        task = self.hands[worker]
        mine = Job.objects.filter(pk=task.id, token=task.token, state=JobState.RUNNING).exists()
        try:
            step(task, now=self.at)
            self.done += step is finish_job
            assert mine
        except LostLease:
            assert not mine

    @rule(worker=WORKERS)
    def put_back(self, worker: int) -> None:
        if task := self.hands.pop(worker, None):
            put_back_job(task, OSError(), now=self.at)

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        states = list(Job.objects.values_list("state", flat=True))
        assert (len(states), states.count(JobState.DONE)) == (self.made, self.done)

    @invariant()
    def nobody_shares(self) -> None:
        tokens = list(Job.objects.filter(state=JobState.RUNNING).values_list("token", flat=True))
        assert len(set(tokens)) == len(tokens)


def test_no_job_is_ever_lost_doubled_or_held_by_two() -> None:
    run_state_machine_as_test(
        Workers, settings=settings(max_examples=40, stateful_step_count=30, deadline=None)
    )
