"""Beginning, resting and ending of a mentorship."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.enrollment.models import Participation
from alongside.journal.actions import record
from alongside.mentorships.enums import MemberRole, MentorshipState
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person


@transaction.atomic
def start_mentorship(
    *,
    mentee: Participation,
    mentor: Participation,
    reasons: Sequence[dict[str, Any]],
    actor: Person | None,
    now: datetime,
) -> Mentorship:
    """A new mentorship of the two, in trial, from today on in the program's zone.

    The caller holds whatever lock its rule needs (capacity, run). Records `mentorship.started`, to which the rooms
    above react (plan, starter activities, surveys, notices).
    """
    program, match_type = mentee.program, mentee.match_type
    today = now.astimezone(ZoneInfo(program.zone)).date()
    mentorship = Mentorship.objects.create(
        program=program,
        match_type=match_type,
        state=MentorshipState.TRIAL,
        state_since=now,
        started_on=today,
        ends_on=today + timedelta(days=round(match_type.months * 30.4)),
        rhythm_days=match_type.rhythm_days,
        reasons=list(reasons),
    )
    Member.objects.bulk_create(
        Member(
            mentorship=mentorship, participation=participation, person_id=participation.person_id, role=role
        )
        for participation, role in ((mentee, MemberRole.MENTEE), (mentor, MemberRole.MENTOR))
    )
    record(
        "mentorship.started",
        actor_id=actor.pk if actor else None,
        subject=mentorship,
        program_id=program.pk,
        now=now,
    )
    return mentorship
