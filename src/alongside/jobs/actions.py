"""Enqueueing work in the transaction of the business row it belongs to."""

from datetime import datetime
from typing import Any

from alongside.foundation.clock import now as machine_now
from alongside.jobs.enums import JobState
from alongside.jobs.models import Job


def enqueue(
    kind: str,
    payload: dict[str, Any] | None = None,
    *,
    run_after: datetime | None = None,
    priority: int = 5,
    dedupe: str | None = None,
) -> Job:
    """A job of `kind` for the worker, from `run_after` on. Commits or vanishes with the caller's transaction.

    With `dedupe` a second call while one is still to be done returns the one that is there. Cost: one or two statements.
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
