"""Dates of mentorships that come by themselves: the end of a pause, the end date. Nobody has to fill in a form."""

from alongside.foundation.clock import now as machine_now
from alongside.jobs.actions import Task
from alongside.mentorships.actions import (
    begin_closing,
    close_mentorship,
    resume_mentorship,
    tell_closing_soon,
)
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.queries import ending_by, pauses_over

SOON = 14  # days before the end date at which both hear of it
TIME_FOR_WORDS = 21  # days after it during which they can still leave words before it closes


def keep_dates(task: Task) -> None:
    """Wakes what rested until today, tells of ends that are near, opens and completes closings. Safe to run again."""
    now = machine_now()
    for mentorship in pauses_over(now=now):
        resume_mentorship(mentorship=mentorship, actor=None, now=now)
    for mentorship in ending_by(now=now, days=SOON):
        if mentorship.state in {MentorshipState.TRIAL, MentorshipState.RUNNING}:
            tell_closing_soon(mentorship=mentorship, now=now)
    for mentorship in ending_by(now=now, days=-1):
        if mentorship.state in {MentorshipState.TRIAL, MentorshipState.RUNNING}:
            begin_closing(mentorship=mentorship, now=now)
    for mentorship in ending_by(now=now, days=-TIME_FOR_WORDS):
        if mentorship.state == MentorshipState.CLOSING:
            close_mentorship(mentorship=mentorship, actor=None, now=now)
