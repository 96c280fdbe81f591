"""Talks that keep their time while clocks and the rules of zones change."""

import logging

from django.db import IntegrityError

from alongside.engine.timing.zones import UnknownZone, database_version
from alongside.foundation.clock import now as machine_now
from alongside.jobs.actions import Task
from alongside.meetings.actions.clocks import recompute_time, tell_clock_change
from alongside.meetings.queries.clocks import booked_by_other_rules, not_told_of_clocks

log = logging.getLogger(__name__)


def keep_times(task: Task) -> None:
    """Resolves talks anew after new zone data, and tells of clock changes two weeks ahead. Safe to run again.

    Each talk is settled by itself: one that cannot be moved holds up no other, and is tried again the next time.
    """
    now = machine_now()
    moved = 0
    for meeting in booked_by_other_rules(database_version(), now=now):
        try:
            moved += recompute_time(meeting=meeting, now=now)
        except (IntegrityError, UnknownZone) as problem:
            log.warning("Talk %s could not be resolved anew: %s", meeting.public_id, type(problem).__name__)
    if moved:
        log.info("New zone data moved %s talks; both sides of each hear of it", moved)
    for meeting in not_told_of_clocks(now=now).select_related("mentorship"):
        tell_clock_change(meeting=meeting, now=now)
