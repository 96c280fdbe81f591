"""Asking softly about goals that were to rest until now."""

from alongside.foundation.clock import now
from alongside.goals.actions import wake_goals
from alongside.jobs.actions import Task


def wake(task: Task) -> None:
    """Runs each hour: somewhere a day has just begun."""
    wake_goals(now=now())
