"""What waits for the worker, what it gave up, and whether it lives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from alongside.jobs.enums import JobState
from alongside.jobs.models import Job, Schedule, WorkerPulse
from alongside.jobs.timetable import Periodic

ALIVE = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class WorkToDo:
    """How many jobs stand where; `oldest_due` is the due time of the one that has waited longest."""

    waiting: int
    running: int
    given_up: int
    oldest_due: datetime | None


def takeable(now: datetime) -> Q:
    """Due, or running under a lease that ran out."""
    return Q(state=JobState.READY, run_after__lte=now) | Q(state=JobState.RUNNING, lease__lt=now)


def is_work_waiting(now: datetime, max_attempts: int) -> bool:
    """Whether a claim could get anything. A plain read: takes no lock."""
    return Job.objects.filter(takeable(now), attempts__lt=max_attempts).exists()


def due_schedules(timetable: Iterable[Periodic], now: datetime) -> list[tuple[Periodic, Schedule | None]]:
    """Periodic jobs whose time has come, each with its row, and those that have no row yet. One plain read."""
    rows = {row.name: row for row in Schedule.objects.all()}
    pairs = ((periodic, rows.get(periodic.name)) for periodic in timetable)
    return [(periodic, row) for periodic, row in pairs if row is None or row.next_at <= now]


def last_pulse() -> datetime | None:
    """The latest sign of life of any worker."""
    seen: datetime | None = WorkerPulse.objects.aggregate(seen=Max("seen_at"))["seen"]
    return seen


def is_worker_alive(now: datetime) -> bool:
    """Whether any worker gave a sign of life within ALIVE. What /healthz asks."""
    seen = last_pulse()
    return seen is not None and now - seen <= ALIVE


def work_to_do(now: datetime) -> WorkToDo:
    """Counts by state, in one query."""
    due = Q(state=JobState.READY, run_after__lte=now)
    found = Job.objects.aggregate(
        waiting=Count("pk", filter=Q(state=JobState.READY)),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        given_up=Count("pk", filter=Q(state=JobState.GIVEN_UP)),
        oldest_due=Min("run_after", filter=due),
    )
    return WorkToDo(**found)


def given_up_jobs() -> QuerySet[Job]:
    """Jobs nobody tries any more, newest first."""
    return Job.objects.filter(state=JobState.GIVEN_UP).order_by("-finished_at", "-pk")
