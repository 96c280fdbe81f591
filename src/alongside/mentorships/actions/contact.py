"""That the two were in contact: a date, never what it was about."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.mentorships.access import check_may_write
from alongside.mentorships.actions.stepping import locked, step, tell
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person


@transaction.atomic
def record_contact(*, mentorship: Mentorship, actor: Person, on: date, now: datetime) -> Mentorship:
    """The two were in touch on a day, by whatever route. Keeps the latest day told.

    Raises Invalid for a day before they began or still to come, Conflict once the mentorship is closed.
    """
    check_may_write(actor, mentorship)
    row = locked(mentorship, actor=actor)
    today = max(now.astimezone(ZoneInfo(zone)).date() for zone in (row.program.zone, actor.preferences.zone))
    if not row.started_on <= on <= today:
        raise Invalid(_("Choose a day since you two began, up to today."), field="on")
    is_news = row.last_contact_on is None or on > row.last_contact_on
    row.other_contact_on = max(row.other_contact_on or on, on)
    row.last_contact_on = max(row.last_contact_on or on, on)
    row.save(update_fields=["other_contact_on", "last_contact_on"])
    if is_news:
        tell("mentorship.contacted", row, actor=actor, now=now)
    return row


@transaction.atomic
def record_talk_held(
    *, mentorship: Mentorship, actor: Person | None, at: datetime, talks_held: int, now: datetime
) -> Mentorship:
    """A talk took place at an instant; `talks_held` counts it and all before.

    Called by the room of meetings when one of the two says so. The first talk is remembered, the day counts as
    contact, and a trial ends after the meetings the program gives it.
    """
    row = locked(mentorship, actor=actor)
    on = at.astimezone(ZoneInfo(row.program.zone)).date()
    row.first_met_at = min(row.first_met_at or at, at)
    row.last_contact_on = max(row.last_contact_on or on, on)
    row.save(update_fields=["first_met_at", "last_contact_on"])
    if row.state == MentorshipState.TRIAL and talks_held >= row.match_type.trial_meetings:
        step(row, MentorshipState.RUNNING, now=now)
        tell("mentorship.confirmed", row, actor=None, now=now)
    return row


@transaction.atomic
def retract_talk(*, mentorship: Mentorship, actor: Person, talks: Sequence[datetime]) -> Mentorship:
    """A talk that was said to have been had did not take place after all; `talks` are the instants of those that did.

    First talk and last contact are counted anew. What the two had in writing or told of keeps its day, and a trial that
    is over stays over. Called by the room of meetings, whose entry tells of it.
    """
    row = locked(mentorship, actor=actor)
    zone = ZoneInfo(row.program.zone)
    days = [at.astimezone(zone).date() for at in talks]
    row.first_met_at = min(talks, default=None)
    row.last_contact_on = max(
        [*days, *([row.other_contact_on] if row.other_contact_on else [])], default=None
    )
    row.save(update_fields=["first_met_at", "last_contact_on"])
    return row
