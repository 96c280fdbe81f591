"""Periodic: reading all relationships, and asking what is due (only this floor sees both surveys and talks)."""

from alongside.foundation.clock import now as machine_now
from alongside.insights.actions import recompute_signals
from alongside.insights.queries import busy_until
from alongside.jobs.actions import Task
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.models import Mentorship
from alongside.surveys.actions import ask_due


def read_all(task: Task) -> None:
    """Reads every open mentorship anew. Safe to run again."""
    keys = Mentorship.objects.filter(state__in=OPEN_STATES).order_by("pk").values_list("pk", flat=True)
    recompute_signals(list(keys), now=machine_now())


def ask_surveys(task: Task) -> None:
    """Asks, puts off, reminds, lets go. Safe to run again."""
    ask_due(now=machine_now(), busy_until=busy_until)
