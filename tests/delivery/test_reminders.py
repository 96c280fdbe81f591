"""Reminders come as long before a talk as one likes, in one's hours; a talk one said yes to opens a window of its own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from alongside.delivery.jobs import send_due
from alongside.delivery.models import Notice
from alongside.meetings import actions
from alongside.people.actions import change_notices
from alongside.people.enums import ReminderLead, Theme, UrgentPolicy
from alongside.people.models import Person
from tests.factories import NOW
from tests.meetings.making import MONDAY, booked
from tests.people import Cast
from tests.work import do_work

pytestmark = pytest.mark.django_db
EARLY = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)  # an hour before Ben's hours


def _like(person: Person, lead: ReminderLead) -> None:
    change_notices(
        actor=person,
        notices={},
        digest_time=person.preferences.digest_time,
        urgent=UrgentPolicy.OFF,
        mail_text=False,
        theme=Theme.SYSTEM,
        reminder_lead=lead,
        now=NOW,
    )


def _reminded(person: Person, until: datetime) -> bool:
    mail.outbox.clear()
    do_work()
    send_due(until)
    return any(
        letter.to == [person.email] and letter.subject.startswith("Chi and you:") for letter in mail.outbox
    )


@pytest.mark.parametrize(
    ("lead", "before"),
    [
        (
            ReminderLead.DAY,
            timedelta(hours=1, minutes=30),
        ),  # Sunday is no day of Ben's: on Monday as his hours open
        (ReminderLead.HOURS, timedelta(hours=1, minutes=30)),
        (ReminderLead.SHORT, timedelta(minutes=30)),
    ],
)
def test_reminder_comes_as_long_before_as_one_likes_in_ones_hours(
    cast_: Cast, lead: ReminderLead, before: timedelta
) -> None:
    _like(cast_.ben, lead)
    booked(cast_)

    assert not _reminded(cast_.ben, MONDAY - before - timedelta(minutes=3))
    assert _reminded(cast_.ben, MONDAY - before + timedelta(minutes=3))


def test_other_lead_plans_anew_what_waits(cast_: Cast) -> None:
    booked(cast_, MONDAY + timedelta(days=1))
    do_work()
    reminder = Notice.objects.get(kind="meeting_reminder", person=cast_.ben)
    assert reminder.not_before == MONDAY
    _like(cast_.ben, ReminderLead.SHORT)
    reminder.refresh_from_db()
    assert reminder.not_before == MONDAY + timedelta(hours=23, minutes=30)


def test_talk_one_said_yes_to_opens_a_window_before_the_hours(cast_: Cast) -> None:
    booked(cast_, EARLY)
    _like(cast_.ben, ReminderLead.SHORT)

    assert not _reminded(cast_.ben, EARLY - timedelta(minutes=31))
    assert _reminded(cast_.ben, EARLY - timedelta(minutes=30))


@pytest.mark.parametrize("says_yes", [False, True])
def test_time_one_did_not_say_yes_to_opens_none(cast_: Cast, says_yes: bool) -> None:
    _like(cast_.ben, ReminderLead.SHORT)
    meeting = actions.move_meeting(meeting=booked(cast_), actor=cast_.chi, to=EARLY, now=NOW)
    if says_yes:
        actions.accept_time(meeting=meeting, actor=cast_.ben, now=NOW)

    assert _reminded(cast_.ben, EARLY - timedelta(minutes=30)) == says_yes
    assert not _reminded(cast_.ben, EARLY - timedelta(minutes=1))
