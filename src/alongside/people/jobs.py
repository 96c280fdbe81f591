"""Periodic: carrying out deletions whose regret period is over, forgetting sessions that have run out."""

from alongside.foundation.clock import now
from alongside.jobs.actions import Task
from alongside.people.actions import erase_person, forget_ended_sessions
from alongside.people.queries import to_be_erased


def erase_due(task: Task) -> None:
    """Erases everybody whose time has come, one transaction each; a second run finds nothing to do."""
    for person in to_be_erased(now()):
        erase_person(person=person, now=now())


def forget_sessions(task: Task) -> None:
    """Hourly."""
    forget_ended_sessions(now=now())
