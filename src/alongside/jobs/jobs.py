"""Keeping the jobs' own table small."""

from alongside.foundation.clock import now
from alongside.jobs.actions import Task, sweep_jobs


def sweep(task: Task) -> None:
    """Hourly."""
    sweep_jobs(now=now())
