"""Who hears of what: the right people, once, with the right words, and nobody of things that are gone."""

from datetime import UTC, datetime, timedelta
from email.message import Message as MimePart

import pytest
from django.core import mail
from icalendar import Calendar
from pytest_django import Settings

from alongside.delivery.audience import SETTLES, TELLINGS
from alongside.delivery.handlers import tell_people
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Notice
from alongside.enrollment.actions import resend_invitation, send_invitations
from alongside.enrollment.enums import ParticipationState, Role
from alongside.enrollment.models import Participation
from alongside.enrollment.tokens import invitation_token
from alongside.journal.actions import record
from alongside.journal.models import Entry
from alongside.matching.enums import RunState
from alongside.matching.models import Proposal, Run
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.mentorships.actions import end_early, pause_mentorship
from alongside.mentorships.enums import EndReason
from alongside.people.models import Person
from alongside.programs.enums import StaffRole
from alongside.switchboard.wiring import AFTERWARDS, TELL_PEOPLE
from tests import factories as make
from tests.people import Cast

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # open hours in London, Kolkata and Stockholm
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_in_memory(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def _told(at: datetime = NOW) -> dict[str, str]:
    """Lets delivery hear of everything in the journal; who was written to, and with which subject."""
    for entry in Entry.objects.order_by("pk"):
        if TELL_PEOPLE in AFTERWARDS.get(entry.verb, ()):
            tell_people(entry)
    Entry.objects.all().delete()
    mail.outbox.clear()
    send_due(at)
    return {letter.to[0]: letter.subject for letter in mail.outbox}


def test_everything_told_and_settled_is_wired() -> None:
    assert all(TELL_PEOPLE in AFTERWARDS[verb] for verb in {*TELLINGS, *SETTLES})


def test_what_one_of_the_two_does_the_other_hears(cast_: Cast) -> None:
    pause_mentorship(mentorship=cast_.pair, actor=cast_.chi, until_on=None, now=NOW)
    assert _told() == {cast_.ben.email: "Chi would like a rest for a while"}


def test_early_ending_tells_the_partner_that_it_ended_and_the_contact_that_it_was_unsafe(cast_: Cast) -> None:
    end_early(
        mentorship=cast_.pair, actor=cast_.chi, reason=EndReason.UNSAFE, note="he shouted at me", now=NOW
    )

    told = _told()

    assert told == {
        cast_.ben.email: "Your mentorship with Chi has ended",
        cast_.ada.email: f"{cast_.program.name}: please look at this today",
    }
    everything = "".join(str(letter.message()) for letter in mail.outbox)
    assert "shouted" not in everything
    to_ada = next(letter for letter in mail.outbox if letter.to == [cast_.ada.email])
    assert "Chi" not in to_ada.body


def test_introductions_wait_until_the_run_can_no_longer_be_taken_back(cast_: Cast) -> None:
    window = NOW + timedelta(minutes=30)
    run = Run.objects.create(
        program=cast_.program,
        match_type=cast_.program.match_types.get(),
        state=RunState.PUBLISHED,
        published_at=NOW,
        undo_until=window,
    )
    mentee, mentor = (cast_.pair.members.get(role=role).participation for role in ("mentee", "mentor"))
    Proposal.objects.create(run=run, mentee=mentee, mentor=mentor, mentorship=cast_.pair, points=1, fit=1)
    record("mentorship.started", actor_id=cast_.ada.pk, subject=cast_.pair, now=NOW)
    record("run.published", actor_id=cast_.ada.pk, subject=run, now=NOW)

    assert _told() == {}
    assert _told(window) == {
        cast_.chi.email: f"{cast_.program.name}: meet Ben",
        cast_.ben.email: f"{cast_.program.name}: meet Chi",
    }
    assert Notice.objects.count() == 2  # by whichever verb, once


def test_pair_taken_back_is_never_introduced(cast_: Cast) -> None:
    record("mentorship.started", actor_id=None, subject=cast_.pair, now=NOW)
    record("mentorship.start_undone", actor_id=None, subject=cast_.pair, now=NOW)
    assert _told() == {}


def test_invitation_goes_to_an_address_with_its_secret_link_and_no_unsubscribe(cast_: Cast) -> None:
    [invitation] = send_invitations(
        program=cast_.program, actor=cast_.ada, text="new@example.org", role=Role.MENTOR, now=NOW
    )

    assert _told() == {"new@example.org": f"Ada invites you to {cast_.program.name}"}

    [letter] = mail.outbox
    assert invitation_token(invitation) in letter.body
    assert "List-Unsubscribe" not in letter.extra_headers
    assert invitation_token(invitation) not in str(Notice.objects.values())


def test_enrollments_of_several_people_are_one_mail_to_each_coordinator(cast_: Cast) -> None:
    second = make.person("Second", zone="Europe/Stockholm")
    cast_.program.staff.create(person=second, role=StaffRole.ASSISTANT)
    for number in range(3):
        row = make.participation(
            cast_.program, make.person(f"New{number}"), Role.MENTEE, state=ParticipationState.SUBMITTED
        )
        record(
            "participation.submitted", actor_id=row.person_id, subject=row, program_id=row.program_id, now=NOW
        )

    told = _told()

    assert told[cast_.ada.email] == f"{cast_.program.name}: 3 people would like to join"
    assert second.email not in told  # assistants decide nothing
    assert sum(subject.endswith("we have your enrollment") for subject in told.values()) == 3


def test_decision_carries_the_note_of_the_team(cast_: Cast) -> None:
    row = Participation.objects.get(person=cast_.chi)
    row.note_from_team = "See you on *Monday* [here](https://evil.example)"
    row.save()
    record("participation.approved", actor_id=cast_.ada.pk, subject=row, now=NOW)

    assert _told() == {cast_.chi.email: f"You are in: {cast_.program.name}"}

    assert "See you on *Monday* [here](https://evil.example)" in mail.outbox[0].body
    assert 'href="https://evil.example' not in str(mail.outbox[0].alternatives[0])


def test_own_wording_of_a_program_is_used(cast_: Cast) -> None:
    cast_.program.texts.create(key="pair_back", subject="Hey {name}", body="Back with **{partner}**: {link}")
    record("mentorship.resumed", actor_id=cast_.chi.pk, subject=cast_.pair, now=NOW)

    assert _told() == {cast_.ben.email: "Hey Ben"}
    assert f"Back with Chi: http://127.0.0.1:8000/pairs/{cast_.pair.public_id}/" in mail.outbox[0].body


def test_booked_talk_carries_its_calendar_entry_without_the_place(cast_: Cast) -> None:
    start = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    meeting = Meeting.objects.create(mentorship=cast_.pair, state=MeetingState.BOOKED, starts_at=start)
    record("meeting.booked", actor_id=cast_.chi.pk, subject=meeting, now=NOW)

    _told()

    letter = next(letter for letter in mail.outbox if letter.to == [cast_.ben.email])
    calendar = _part(letter.message(), "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    [event] = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
    assert event["summary"] == "Talk with Chi"
    assert event["dtstart"].dt == start
    assert "location" not in event


def _part(message: MimePart, kind: str) -> MimePart:
    return next(part for part in message.walk() if part.get_content_type() == kind)


def test_canceled_talk_takes_its_entry_out_of_the_calendar(cast_: Cast) -> None:
    start = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    meeting = Meeting.objects.create(mentorship=cast_.pair, state=MeetingState.CANCELED, starts_at=start)
    record("meeting.canceled", actor_id=cast_.chi.pk, subject=meeting, now=NOW)

    assert set(_told()) == {cast_.ben.email, cast_.chi.email}

    for letter in mail.outbox:
        assert _part(letter.message(), "text/calendar").get_param("method") == "CANCEL"


def test_thing_of_a_room_we_do_not_know_is_seen_through_its_ids(cast_: Cast) -> None:
    record(
        "case.opened", actor_id=cast_.chi.pk, subject=cast_.chi, program_id=cast_.program.pk, data={}, now=NOW
    )
    Entry.objects.update(subject_type="case")
    assert _told() == {cast_.ada.email: f"{cast_.program.name}: someone would like a hand"}


@pytest.mark.parametrize("verb", sorted(TELLINGS))
def test_thing_that_is_gone_is_told_to_nobody(cast_: Cast, verb: str) -> None:
    for kind in (
        "mentorship",
        "message",
        "meeting",
        "request",
        "participation",
        "ask",
        "goal",
        "agreement",
        "case",
    ):
        Entry.objects.create(verb=verb, at=NOW, subject_type=kind, subject_id=999_999)
    assert _told() == {}


def test_person_who_left_is_not_told(cast_: Cast) -> None:
    Person.objects.filter(pk=cast_.ben.pk).update(is_active=False)
    record("mentorship.resumed", actor_id=cast_.chi.pk, subject=cast_.pair, now=NOW)
    assert _told() == {}


def test_meeting_moved_away_and_back_is_still_reminded_of(cast_: Cast) -> None:
    start = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    meeting = Meeting.objects.create(mentorship=cast_.pair, state=MeetingState.BOOKED, starts_at=start)
    for verb, at in (("booked", start), ("moved", start + timedelta(days=1)), ("moved", start)):
        Meeting.objects.update(starts_at=at)
        record(f"meeting.{verb}", actor_id=cast_.chi.pk, subject=meeting, now=NOW)
        _told()

    assert set(_told(start - timedelta(hours=24))) == {cast_.ben.email, cast_.chi.email}
    assert len(mail.outbox) == 2


def test_invitation_sent_once_more_is_one_letter(cast_: Cast) -> None:
    night = NOW + timedelta(hours=12)
    [invitation] = send_invitations(
        program=cast_.program, actor=cast_.ada, text="new@example.org", role=Role.MENTOR, now=night
    )
    _told(night)
    resend_invitation(invitation=invitation, actor=cast_.ada, now=night)
    _told(night)
    _told(NOW + timedelta(days=1))
    assert len(mail.outbox) == 1
