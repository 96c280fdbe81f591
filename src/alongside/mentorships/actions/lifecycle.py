"""Beginning, resting and going on."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict, Invalid
from alongside.mentorships.access import check_member, may_reopen_mentorship
from alongside.mentorships.actions.stepping import locked, step, tell
from alongside.mentorships.enums import MemberRole, MentorshipState
from alongside.mentorships.models import Closing, Member, Mentorship, Pause
from alongside.mentorships.queries import open_load
from alongside.people.models import Person

SHORTEST_RHYTHM, LONGEST_RHYTHM = 7, 90
AFTER_REOPENING = timedelta(days=91)  # how long there is at least after an ending was taken back
FURTHEST_END = timedelta(days=400)


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
    tell("mentorship.started", mentorship, actor=actor, now=now)
    return mentorship


@transaction.atomic
def confirm_mentorship(*, mentorship: Mentorship, actor: Person | None, now: datetime) -> Mentorship:
    """From trial to running: said by either of the two, or by the system after the trial meetings.

    Does nothing when it runs already. Raises Conflict in any other state.
    """
    row = locked(mentorship, actor=actor)
    if row.state == MentorshipState.RUNNING:
        return row
    if row.state != MentorshipState.TRIAL:
        raise Conflict(_("Only a mentorship on trial can be confirmed."))
    step(row, MentorshipState.RUNNING, now=now)
    tell("mentorship.confirmed", row, actor=actor, now=now)
    return row


@transaction.atomic
def put_away_introduction(*, mentorship: Mentorship, actor: Person, now: datetime) -> None:
    """One of the two has read why they were brought together. For them alone: the other's page keeps it."""
    member = check_member(actor, mentorship)
    if member.introduction_put_away_at is None:
        member.introduction_put_away_at = now
        member.save(update_fields=["introduction_put_away_at"])


@transaction.atomic
def pause_mentorship(
    *, mentorship: Mentorship, actor: Person, until_on: date | None, now: datetime
) -> Mentorship:
    """Lets the mentorship rest until a day, or until one of the two wakes it. Every clock stops.

    Does nothing when it rests already. Raises Invalid for a day that is past, Conflict once it is ending.
    """
    row = locked(mentorship, actor=actor)
    if row.state == MentorshipState.PAUSED:
        return row
    if until_on is not None and until_on <= _today(row, now):
        raise Invalid(_("Choose a day to come, or leave it open."), field="until_on")
    before = row.state
    step(row, MentorshipState.PAUSED, now=now)
    Pause.objects.create(mentorship=row, by=actor, from_at=now, until_on=until_on, state_before=before)
    tell("mentorship.paused", row, actor=actor, now=now, data={"until": str(until_on or "")})
    return row


@transaction.atomic
def resume_mentorship(*, mentorship: Mentorship, actor: Person | None, now: datetime) -> Mentorship:
    """Back to where it was before the pause. Does nothing when it does not rest."""
    row = locked(mentorship, actor=actor)
    pause = row.pauses.filter(ended_at__isnull=True).first()
    if pause is None:
        return row
    step(row, MentorshipState(pause.state_before), now=now)
    tell("mentorship.resumed", row, actor=actor, now=now)
    return row


@transaction.atomic
def reopen_mentorship(*, mentorship: Mentorship, actor: Person, now: datetime) -> Mentorship:
    """Takes an ending back: the two go on, and what they left for the ending is forgotten.

    After an early ending only the one who ended it may. Raises Conflict when they may not, and when the mentor has no
    place left; does nothing when it is not ending.
    """
    row = locked(mentorship, actor=actor)
    if row.state not in {MentorshipState.CLOSING, MentorshipState.CLOSED}:
        return row
    if not may_reopen_mentorship(actor, row):
        raise Conflict(_("This mentorship has come to its end."))
    if row.state == MentorshipState.CLOSED:
        _check_place_left(row)
    step(row, MentorshipState.RUNNING, now=now)
    row.ends_on = max(row.ends_on, _today(row, now) + AFTER_REOPENING)
    row.save(update_fields=["ends_on"])
    Closing.objects.filter(mentorship=row).delete()
    tell("mentorship.reopened", row, actor=actor, now=now)
    return row


@transaction.atomic
def change_rhythm(
    *, mentorship: Mentorship, actor: Person, rhythm_days: int | None, now: datetime
) -> Mentorship:
    """How often the two mean to talk, in days; None for "when we need it". Either may change it at any time."""
    row = locked(mentorship, actor=actor)
    if row.state == MentorshipState.CLOSED:
        raise Conflict(_("This mentorship has ended. You can still read everything here."))
    if rhythm_days is not None and not SHORTEST_RHYTHM <= rhythm_days <= LONGEST_RHYTHM:
        raise Invalid(_("A rhythm is between one week and three months."), field="rhythm_days")
    if row.rhythm_days == rhythm_days:
        return row
    row.rhythm_days = rhythm_days
    row.save(update_fields=["rhythm_days"])
    tell("mentorship.rhythm_changed", row, actor=actor, now=now, data={"days": rhythm_days})
    return row


@transaction.atomic
def change_end(*, mentorship: Mentorship, actor: Person, ends_on: date, now: datetime) -> Mentorship:
    """Until when the two mean to go on. Either may move the day; it ends nothing that has not begun to end."""
    row = locked(mentorship, actor=actor)
    if row.state == MentorshipState.CLOSED:
        raise Conflict(_("This mentorship has ended. You can still read everything here."))
    today = _today(row, now)
    if not today < ends_on <= today + FURTHEST_END:
        raise Invalid(_("Choose a day within the coming year."), field="ends_on")
    if row.ends_on != ends_on:
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        tell("mentorship.end_moved", row, actor=actor, now=now, data={"on": str(ends_on)})
    return row


def _today(row: Mentorship, now: datetime) -> date:
    """The date in the program's zone."""
    return now.astimezone(ZoneInfo(row.program.zone)).date()


def _check_place_left(row: Mentorship) -> None:
    """Raises Conflict when the mentor's places are all taken; holds their participation until the end."""
    mentor_id = row.members.filter(role=MemberRole.MENTOR).values_list("participation_id", flat=True).get()
    mentor = Participation.objects.select_for_update().get(pk=mentor_id)
    if open_load(mentor) >= mentor.capacity:
        raise Conflict(_("There is no place left for this mentorship right now."))
