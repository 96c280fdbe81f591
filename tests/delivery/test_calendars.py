"""Invitations by standard mail: what calendars act upon, where they answer, and what stays private."""

import asyncio
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import Envelope
from django.core import mail
from icalendar import Calendar, Event
from pytest_django import Settings

from alongside.delivery.actions.answering import Taken, take_answer
from alongside.delivery.calendars import calendar_address, person_of_calendar_address
from alongside.delivery.channels.listener import Answers
from alongside.delivery.jobs import send_due
from alongside.meetings import actions
from alongside.meetings.enums import Attending
from alongside.meetings.models import Meeting
from alongside.meetings.queries import attending
from alongside.people.models import Person
from tests.factories import NOW
from tests.meetings.making import MONDAY, THURSDAY, TUESDAY, booked
from tests.meetings.replying import reply, utc
from tests.people import Cast
from tests.work import do_work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _answers_are_set_up(settings: Settings) -> None:
    settings.ENV = settings.ENV.model_copy(update={"reply_address": "reply@a.example"})


def _deliver() -> None:
    do_work()
    send_due(NOW + timedelta(minutes=15))


def _sent_to(person: Person) -> EmailMessage:
    """The latest mail about a time to this person, as it goes over the wire."""
    _deliver()
    letters = [letter for letter in mail.outbox if letter.to == [person.email] and letter.attachments]
    return message_from_bytes(letters[-1].message().as_bytes(), _class=EmailMessage, policy=policy.default)


def _calendar(message: EmailMessage) -> Calendar:
    (part,) = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    return calendar


def _event(message: EmailMessage) -> Event:
    (event,) = _calendar(message).walk("VEVENT")
    return event


def _statuses(event: Event) -> dict[str, tuple[str, str]]:
    return {str(guest): (guest.params["PARTSTAT"], guest.params["RSVP"]) for guest in event["ATTENDEE"]}


def test_invitation_is_a_third_way_to_read_the_mail_and_a_file_beside_it(cast_: Cast) -> None:
    booked(cast_)
    message = _sent_to(cast_.ben)

    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    inline, file = (list(message.walk())[place].get_payload(decode=True) for place in (4, 5))
    assert inline.replace(b"\r\n", b"\n").strip() == file.replace(b"\r\n", b"\n").strip()
    assert b"\r\n" in file


def test_booked_talk_asks_nothing_more_of_the_two(cast_: Cast) -> None:
    meeting = booked(cast_)
    message = _sent_to(cast_.ben)
    calendar, event = _calendar(message), _event(message)

    assert (calendar["METHOD"], event["STATUS"]) == ("REQUEST", "CONFIRMED")
    assert str(event["UID"]).startswith(meeting.public_id)
    assert event["DTSTART"].dt == MONDAY
    assert event["DTSTART"].params["TZID"] == "Europe/London"  # Ben offered the time
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert str(event["ORGANIZER"]) == f"mailto:{calendar_address(cast_.ben)}"
    assert _statuses(event) == {
        f"mailto:{cast_.ben.email}": ("ACCEPTED", "FALSE"),
        f"mailto:{cast_.chi.public_id}@partner.invalid": ("ACCEPTED", "FALSE"),
    }


def test_address_of_the_partner_is_nowhere_in_the_mail(cast_: Cast) -> None:
    booked(cast_)
    assert cast_.chi.email.encode() not in _sent_to(cast_.ben).as_bytes()


def test_moved_talk_asks_the_other_and_brings_the_movers_calendar_up_to_date(cast_: Cast) -> None:
    actions.move_meeting(meeting=booked(cast_), actor=cast_.chi, to=TUESDAY, now=NOW)
    asked, own = _event(_sent_to(cast_.ben)), _event(_sent_to(cast_.chi))

    assert asked["DTSTART"].dt == own["DTSTART"].dt == TUESDAY
    assert asked["SEQUENCE"] == own["SEQUENCE"] == Meeting.objects.get().sequence
    assert _statuses(asked)[f"mailto:{cast_.ben.email}"] == ("NEEDS-ACTION", "TRUE")
    assert _statuses(own)[f"mailto:{cast_.chi.email}"] == ("ACCEPTED", "FALSE")


def test_talk_called_off_leaves_both_calendars(cast_: Cast) -> None:
    meeting = booked(cast_)
    _sent_to(cast_.ben)
    actions.cancel_meeting(meeting=meeting, actor=cast_.chi, now=NOW)

    for person in (cast_.ben, cast_.chi):
        message = _sent_to(person)
        assert (_calendar(message)["METHOD"], _event(message)["STATUS"]) == ("CANCEL", "CANCELLED")


def test_calendar_that_said_no_itself_is_not_told(cast_: Cast) -> None:
    meeting = booked(cast_)
    _sent_to(cast_.ben)

    actions.apply_calendar_reply(mail=reply(meeting, cast_.chi, "DECLINED"), now=NOW)

    assert _calendar(_sent_to(cast_.ben))["METHOD"] == "CANCEL"
    assert _calendar(_sent_to(cast_.chi))["METHOD"] == "REQUEST"  # of the booking; none came after it


def test_time_proposed_by_a_calendar_reaches_the_partner_and_the_old_one_is_open(cast_: Cast) -> None:
    meeting = booked(cast_)
    _sent_to(cast_.chi)
    counter = reply(meeting, cast_.ben, method="COUNTER", start=utc(THURSDAY))
    actions.apply_calendar_reply(mail=counter, now=NOW)

    message = _sent_to(cast_.chi)

    assert message["Subject"] == "Ben offers times for a talk"
    assert (_event(message)["STATUS"], _event(message)["DTSTART"].dt) == ("TENTATIVE", MONDAY)


def test_partner_hears_that_a_time_is_not_sure(cast_: Cast) -> None:
    meeting = booked(cast_)
    _sent_to(cast_.chi)
    actions.apply_calendar_reply(mail=reply(meeting, cast_.ben, "TENTATIVE"), now=NOW)

    _deliver()
    subjects = [letter.subject for letter in mail.outbox if letter.to == [cast_.chi.email]]
    assert "Ben may not make it: Monday 9 March, 15:00 (09:30 for Ben)" in subjects


def test_answers_of_a_calendar_find_their_person_and_nobody_else(cast_: Cast, settings: Settings) -> None:
    address = calendar_address(cast_.ben)
    forged = address.replace(cast_.ben.public_id, cast_.chi.public_id)

    assert person_of_calendar_address(address) == cast_.ben
    assert person_of_calendar_address(f" {address.upper()} ") == cast_.ben
    for other in (forged, address[:-1], "reply@a.example", "reply+cal@a.example", "", address + "x"):
        assert person_of_calendar_address(other) is None
    settings.ENV = settings.ENV.model_copy(update={"reply_address": ""})
    assert (calendar_address(cast_.ben), person_of_calendar_address(address)) == ("", None)


def test_without_answers_by_mail_nobody_is_asked_for_one(cast_: Cast, settings: Settings) -> None:
    settings.ENV = settings.ENV.model_copy(update={"reply_address": ""})
    actions.move_meeting(meeting=booked(cast_), actor=cast_.chi, to=TUESDAY, now=NOW)

    assert _statuses(_event(_sent_to(cast_.ben)))[f"mailto:{cast_.ben.email}"] == ("NEEDS-ACTION", "FALSE")


def test_calendars_answer_reaches_its_talk_through_the_door_for_answers(cast_: Cast) -> None:
    meeting = actions.move_meeting(meeting=booked(cast_), actor=cast_.chi, to=TUESDAY, now=NOW)
    address = calendar_address(cast_.ben)

    taken = take_answer(reply(meeting, cast_.ben), receivers=[address], now=NOW)

    assert taken == Taken.CALENDAR
    assert attending(Meeting.objects.get())[cast_.ben.pk] == Attending.ACCEPTED


def test_answer_that_comes_after_the_time_moved_is_explained_to_its_owner(cast_: Cast) -> None:
    meeting = booked(cast_)
    mail_bytes = reply(meeting, cast_.ben)
    actions.move_meeting(meeting=meeting, actor=cast_.chi, to=TUESDAY, now=NOW)

    take_answer(mail_bytes, receivers=[calendar_address(cast_.ben)], now=NOW)
    do_work()

    (letter,) = (letter for letter in mail.outbox if letter.subject == "About your calendar's answer")
    assert letter.to == [cast_.ben.email]
    assert "The talk was changed after the invitation you answered." in letter.body
    assert f"/pairs/{cast_.pair.public_id}/meetings/{meeting.public_id}/" in letter.body


@pytest.mark.parametrize(("headers", "letters"), [("", 1), ("Auto-Submitted: auto-replied\n", 0)])
def test_words_to_a_calendar_address_are_explained_unless_a_machine_wrote_them(
    cast_: Cast, headers: str, letters: int
) -> None:
    words = f"From: {cast_.ben.email}\n{headers}Subject: Hello\n\nSee you!\n".encode()

    assert take_answer(words, receivers=[calendar_address(cast_.ben)], now=NOW) == Taken.CALENDAR
    do_work()

    assert [letter.to for letter in mail.outbox] == [[cast_.ben.email]] * letters


def test_listener_opens_to_calendar_addresses_and_to_no_made_up_one(cast_: Cast) -> None:
    address = calendar_address(cast_.ben)

    def asked(receiver: str) -> str:
        envelope = Envelope()
        return asyncio.run(Answers().handle_RCPT(None, None, envelope, receiver, []))

    assert asked(address).startswith("250")
    assert asked(address.replace("@", "0@")).startswith("550")
