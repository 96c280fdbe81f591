"""Work as rows: enqueued with the business row it belongs to, claimed with a lease, finished with its effects."""

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from alongside.foundation.clock import now as machine_now
from alongside.foundation.errors import AlongsideError
from alongside.foundation.ids import new_token
from alongside.jobs.enums import JobState
from alongside.jobs.errors import LostLease
from alongside.jobs.models import Job, Schedule, WorkerPulse
from alongside.jobs.queries import due_schedules, is_work_waiting, takeable
from alongside.jobs.timetable import Periodic

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
KEEP_DONE = timedelta(days=2)
FORGET_PULSE = timedelta(days=1)
_LONGEST_DELAY = timedelta(hours=6)

# The picked rows are a table of their own: a plain subselect with LIMIT may be run again for every row.
_CLAIM = """
WITH picked AS (
    SELECT id FROM jobs_job
     WHERE ((state = %s AND run_after <= %s) OR (state = %s AND lease < %s)) AND attempts < %s
     ORDER BY priority, run_after, id LIMIT %s /* lock */)
UPDATE jobs_job SET state = %s, lease = %s, token = %s, attempts = attempts + 1, dedupe = NULL
 WHERE id IN (SELECT id FROM picked)
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A claimed job in the hands of one worker, its own for as long as the lease lasts."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempt: int
    token: str


def enqueue(
    kind: str,
    payload: dict[str, Any] | None = None,
    *,
    run_after: datetime | None = None,
    priority: int = 5,
    dedupe: str | None = None,
) -> Job:
    """A job of `kind` for the worker, from `run_after` on. Commits or vanishes with the caller's transaction.

    With `dedupe` a second call returns the job that is there, until a worker takes that one: what is enqueued after
    that may tell of changes the worker did not see, and becomes a job of its own. Cost: one or two statements.
    """
    now = machine_now()
    fields = {
        "kind": kind,
        "payload": payload or {},
        "priority": priority,
        "run_after": run_after or now,
        "state": JobState.READY,
        "created_at": now,
    }
    if dedupe is None:
        return Job.objects.create(**fields)
    job, _ = Job.objects.get_or_create(dedupe=dedupe, defaults=fields)
    return job


def claim_jobs(*, now: datetime, limit: int = 1, lease: timedelta = LEASE) -> list[Task]:
    """Up to `limit` jobs that are due, and those whose worker let its lease run out, for the caller alone.

    One conditional UPDATE: of two workers only one gets a job. A plain read goes first, so that idle workers take no
    write lock. Each claim counts as an attempt, even if the worker dies over it.
    """
    if not is_work_waiting(now, MAX_ATTEMPTS):
        return []
    token, instant = new_token(), connection.ops.adapt_datetimefield_value
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    values = (
        JobState.READY.value, instant(now), JobState.RUNNING.value, instant(now), MAX_ATTEMPTS, limit,
        JobState.RUNNING.value, instant(now + lease), token,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.replace("/* lock */", lock), values)
        ids = [row[0] for row in cursor.fetchall()]
    jobs = Job.objects.filter(pk__in=ids, token=token).order_by("priority", "run_after", "pk")
    return [Task(job.pk, job.kind, job.payload, job.attempts, token) for job in jobs]


def renew_lease(task: Task, *, now: datetime, lease: timedelta = LEASE) -> None:
    """Holds the job for another `lease`. Raises LostLease when it is no longer the caller's.

    As first statement of a transaction it also locks the row: nobody can take the job before that transaction ends.
    """
    if not _own(task).update(lease=now + lease):
        raise LostLease(task.id)


def finish_job(task: Task, *, now: datetime) -> None:
    """Done, its payload forgotten. In the transaction of the job's effects: then both stand or neither. Raises LostLease."""
    if not _own(task).update(state=JobState.DONE, lease=None, finished_at=now, error="", payload={}):
        raise LostLease(task.id)


def put_back_job(task: Task, problem: Exception, *, now: datetime) -> JobState | None:
    """Keeps the error; the job waits longer after each attempt and is given up after the last.

    None when the lease is lost: then the job is another worker's matter.
    """
    last = task.attempt >= MAX_ATTEMPTS
    state = JobState.GIVEN_UP if last else JobState.READY
    changed = _own(task).update(
        state=state,
        lease=None,
        run_after=now + retry_delay(task.attempt),
        finished_at=now if last else None,
        error=describe(problem),
    )
    return state if changed else None


def retry_given_up(job_id: int, *, now: datetime) -> bool:
    """A given-up job starts anew, all attempts before it. False when there is no such job."""
    jobs = Job.objects.filter(pk=job_id, state=JobState.GIVEN_UP)
    return bool(jobs.update(state=JobState.READY, attempts=0, run_after=now, finished_at=None))


def start_periodic_jobs(timetable: Iterable[Periodic], *, now: datetime) -> int:
    """Enqueues each periodic job whose time has come, once however many workers look; returns how many.

    Times that passed while no worker ran are not made up for: one run, then the next time after now.
    """
    started = 0
    for periodic, row in due_schedules(timetable, now):
        if row is None:
            Schedule.objects.bulk_create(
                [Schedule(name=periodic.name, next_at=periodic.next_after(now))], ignore_conflicts=True
            )
            continue
        with transaction.atomic():
            if Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(
                next_at=periodic.next_after(now)
            ):
                enqueue(periodic.name, dedupe=f"schedule:{periodic.name}")
                started += 1
    return started


def beat(name: str, *, now: datetime) -> None:
    """A sign of life of a worker."""
    WorkerPulse.objects.update_or_create(name=name, defaults={"seen_at": now})


@transaction.atomic
def sweep_jobs(*, now: datetime) -> None:
    """Forgets what was done days ago and workers that are gone; gives up jobs that ended worker after worker."""
    Job.objects.filter(state=JobState.DONE, finished_at__lt=now - KEEP_DONE).delete()
    WorkerPulse.objects.filter(seen_at__lt=now - FORGET_PULSE).delete()
    Job.objects.filter(takeable(now), Q(attempts__gte=MAX_ATTEMPTS)).update(
        state=JobState.GIVEN_UP,
        lease=None,
        finished_at=now,
        error="The worker ended in the middle of every attempt.",
    )


def retry_delay(attempt: int) -> timedelta:
    """How long to wait after attempt number `attempt`: 10 s, 30 s, 90 s … at most six hours.

    >>> [retry_delay(attempt).total_seconds() for attempt in (1, 2, 3, 12)]
    [10.0, 30.0, 90.0, 21600.0]
    """
    return min(timedelta(seconds=10 * 3 ** (min(attempt, 10) - 1)), _LONGEST_DELAY)


def describe(problem: BaseException) -> str:
    """An error for administrators: its type and where it rose. Words of other people's errors stay out of it.

    Only messages of our own errors and of the operating system are kept: others may quote what people wrote.
    """
    told = str(problem) if isinstance(problem, AlongsideError | OSError | LostLease) else ""
    frames = traceback.extract_tb(problem.__traceback__)[-4:]
    places = " ← ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    return " ".join(
        part for part in (type(problem).__name__, told[:300], f"({places})" if places else "") if part
    )


def _own(task: Task) -> QuerySet[Job]:
    return Job.objects.filter(pk=task.id, token=task.token, state=JobState.RUNNING)
