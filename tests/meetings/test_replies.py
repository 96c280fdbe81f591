"""Answers of calendars by mail: each does what its sender meant, once, or changes nothing and says why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.journal.models import Entry
from alongside.meetings import actions
from alongside.meetings.actions import CalendarAnswer, apply_calendar_reply
from alongside.meetings.enums import Attending, MeetingState, ReplyOutcome
from alongside.meetings.models import Attendance, Meeting
from alongside.meetings.queries import attending
from alongside.meetings.replies import read_reply
from alongside.mentorships.enums import MentorshipState
from alongside.people.models import Person
from tests.factories import NOW
from tests.meetings.making import MONDAY, THURSDAY, TUESDAY, booked, offered
from tests.meetings.replying import reply, utc
from tests.people import Cast

pytestmark = pytest.mark.django_db


def _moved(cast: Cast) -> Meeting:
    """Moved to Tuesday by Chi: Ben may answer."""
    return actions.move_meeting(meeting=booked(cast), actor=cast.chi, to=TUESDAY, now=NOW)


def _apply(mail: bytes, known_as: Person | None = None, now: datetime = NOW) -> CalendarAnswer:
    return apply_calendar_reply(mail=mail, known_as=known_as, now=now)


def _state(meeting: Meeting) -> tuple[str, datetime | None, int, dict[int, Attending], int]:
    row = Meeting.objects.get(pk=meeting.pk)
    return row.state, row.starts_at, row.sequence, attending(row), Entry.objects.count()


@pytest.mark.parametrize("encoded", [False, True])
def test_yes_confirms_the_time_once_and_disturbs_nobody(cast_: Cast, encoded: bool) -> None:
    meeting = _moved(cast_)
    mail, entries = reply(meeting, cast_.ben, encoded=encoded), Entry.objects.count()
    assert attending(meeting) == {cast_.chi.pk: Attending.ACCEPTED, cast_.ben.pk: Attending.OPEN}

    first, again = _apply(mail), _apply(mail)

    assert (first.outcome, again.outcome) == (ReplyOutcome.ACCEPTED, ReplyOutcome.UNCHANGED)
    assert (first.is_applied, first.words, first.person) == (True, "", cast_.ben)
    assert attending(Meeting.objects.get()) == dict.fromkeys((cast_.chi.pk, cast_.ben.pk), Attending.ACCEPTED)
    assert Entry.objects.count() == entries


def test_perhaps_keeps_the_talk_and_is_told_once(cast_: Cast) -> None:
    meeting = booked(cast_)
    mail = reply(meeting, cast_.ben, "TENTATIVE")

    assert [_apply(mail).outcome, _apply(mail).outcome] == [ReplyOutcome.TENTATIVE, ReplyOutcome.UNCHANGED]

    row = Meeting.objects.get()
    assert (row.state, row.starts_at) == (MeetingState.BOOKED, MONDAY)
    assert attending(row)[cast_.ben.pk] == Attending.TENTATIVE
    assert list(Entry.objects.filter(verb="meeting.doubted").values_list("actor_id", flat=True)) == [
        cast_.ben.pk
    ]


def test_no_calls_the_talk_off_once(cast_: Cast) -> None:
    meeting = booked(cast_)
    mail = reply(meeting, cast_.chi, "DECLINED")

    assert [_apply(mail).outcome, _apply(mail).outcome] == [ReplyOutcome.DECLINED, ReplyOutcome.UNCHANGED]

    row = Meeting.objects.get()
    assert (row.state, row.settled_by, row.sequence) == (
        MeetingState.CANCELED,
        cast_.chi,
        meeting.sequence + 1,
    )
    assert attending(row)[cast_.chi.pk] == Attending.DECLINED
    (entry,) = Entry.objects.filter(verb="meeting.canceled")
    assert entry.data["by_calendar"] is True


def test_counter_offers_the_proposed_time_to_the_partner_once(cast_: Cast) -> None:
    meeting = booked(cast_)
    mail = reply(meeting, cast_.ben, "TENTATIVE", method="COUNTER", start=utc(THURSDAY))

    assert [_apply(mail).outcome, _apply(mail).outcome] == [ReplyOutcome.COUNTERED, ReplyOutcome.UNCHANGED]

    row = Meeting.objects.get()
    assert (row.state, row.offered_by) == (MeetingState.PROPOSED, cast_.ben)
    assert [time.starts_at for time in row.offered_times.all()] == [THURSDAY]
    taken = actions.take_time(
        meeting=row, actor=cast_.chi, offered=row.offered_times.get().public_id, now=NOW
    )
    assert (taken.state, taken.starts_at) == (MeetingState.BOOKED, THURSDAY)


@pytest.mark.parametrize(
    ("start", "meant"),
    [
        ("DTSTART;TZID=Europe/London:20260312T093000", datetime(2026, 3, 12, 9, 30, tzinfo=UTC)),
        ("DTSTART;TZID=Asia/Calcutta:20260312T150000", datetime(2026, 3, 12, 9, 30, tzinfo=UTC)),
        ("DTSTART;TZID=India Standard Time:20260312T150000", datetime(2026, 3, 12, 9, 30, tzinfo=UTC)),
        # no zone at all: on Ben's own clock
        ("DTSTART:20260312T093000", datetime(2026, 3, 12, 9, 30, tzinfo=UTC)),
        # London's clocks jump from 1:00 to 2:00 on 29 March: 1:30 is read with the offset before
        ("DTSTART;TZID=Europe/London:20260329T013000", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_proposed_time_is_read_in_its_zone(cast_: Cast, start: str, meant: datetime) -> None:
    mail = reply(booked(cast_), cast_.ben, method="COUNTER", start=start)

    assert _apply(mail).outcome == ReplyOutcome.COUNTERED
    assert [time.starts_at for time in Meeting.objects.get().offered_times.all()] == [meant]


@pytest.mark.parametrize(
    "start",
    [
        utc(MONDAY),
        utc(NOW - timedelta(days=1)),
        utc(NOW + timedelta(days=300)),
        "DTSTART;VALUE=DATE:20260312",
        "DTSTART;TZID=Nowhere/Nothing:99990312T093000Z",
        "SUMMARY:no start at all",
    ],
    ids=["the same", "past", "far", "a day", "year 9999", "none"],
)
def test_time_that_cannot_be_offered_changes_nothing_and_says_so(cast_: Cast, start: str) -> None:
    meeting = booked(cast_)
    before = _state(meeting)

    answer = _apply(reply(meeting, cast_.ben, method="COUNTER", start=start))

    assert (answer.outcome, answer.is_applied) == (ReplyOutcome.BAD_TIME, False)
    assert answer.words
    assert _state(meeting) == before


@pytest.mark.parametrize("status", ["ACCEPTED", "TENTATIVE", "DECLINED"])
def test_answer_to_a_time_that_was_moved_changes_nothing(cast_: Cast, status: str) -> None:
    old = booked(cast_)
    mail = reply(old, cast_.ben, status)
    moved = actions.move_meeting(meeting=old, actor=cast_.chi, to=TUESDAY, now=NOW)
    before = _state(moved)

    answer = _apply(mail)

    assert (answer.outcome, bool(answer.words)) == (ReplyOutcome.OUTDATED, True)
    assert _state(moved) == before


def test_answer_counts_when_only_the_place_changed_since(cast_: Cast) -> None:
    meeting = _moved(cast_)
    mail = reply(meeting, cast_.ben)
    actions.change_how(meeting=meeting, actor=cast_.chi, channel="phone", place="", minutes=45, now=NOW)

    assert _apply(mail).outcome == ReplyOutcome.ACCEPTED


@pytest.mark.parametrize("stamp", ["DTSTAMP:20991231T235959Z", "DTSTAMP:20200101T000000Z", "X-NO-STAMP:1"])
def test_answer_without_a_count_is_to_the_first_invitation(cast_: Cast, stamp: str) -> None:
    """Whenever it was made. Where the time it names still stands, it counts like any other."""
    meeting = _moved(cast_)
    assert meeting.sequence > 0

    for method in ("REPLY", "COUNTER"):
        mail = reply(meeting, cast_.ben, method=method, start=utc(MONDAY), sequence=-1, stamp=stamp)
        assert _apply(mail).outcome == ReplyOutcome.OUTDATED
    assert _apply(reply(meeting, cast_.ben, sequence=-1, stamp=stamp)).outcome == ReplyOutcome.ACCEPTED


def test_answer_that_a_later_one_has_overtaken_changes_nothing(cast_: Cast) -> None:
    meeting = _moved(cast_)
    early, later = "DTSTAMP:20260301T100000Z", "DTSTAMP:20260301T100001Z"

    assert _apply(reply(meeting, cast_.ben, "TENTATIVE", stamp=later)).outcome == ReplyOutcome.TENTATIVE
    before = _state(meeting)
    for status in ("ACCEPTED", "DECLINED"):
        assert _apply(reply(meeting, cast_.ben, status, stamp=early)).outcome == ReplyOutcome.OUTDATED
    assert _state(meeting) == before
    assert _apply(reply(meeting, cast_.ben, stamp=later)).outcome == ReplyOutcome.ACCEPTED
    assert (
        _apply(reply(meeting, cast_.ben, "DECLINED", stamp="X-NO-STAMP:1")).outcome == ReplyOutcome.DECLINED
    )


def test_only_the_two_can_answer_each_for_themselves(cast_: Cast) -> None:
    meeting = _moved(cast_)
    before = _state(meeting)
    ben, eva = cast_.ben, cast_.eva

    stranger = _apply(reply(meeting, eva))
    forged = _apply(reply(meeting, eva, attendee=ben.email))
    for_ben = _apply(reply(meeting, cast_.chi, attendee=ben.email))
    nobody = _apply(reply(meeting, ben, sender="x@nowhere.example"))
    by_signed_address = _apply(reply(meeting, ben), known_as=eva)

    outcomes = [answer.outcome for answer in (stranger, forged, for_ben, nobody, by_signed_address)]
    sender, talk = ReplyOutcome.UNKNOWN_SENDER, ReplyOutcome.UNKNOWN_TALK
    assert outcomes == [talk, sender, sender, sender, sender]
    assert _state(meeting) == before


def test_person_of_the_signed_address_answers_from_any_sender(cast_: Cast) -> None:
    mail = reply(_moved(cast_), cast_.ben, sender="calendar-server@provider.example")

    assert _apply(mail, known_as=cast_.ben).outcome == ReplyOutcome.ACCEPTED


def test_counter_names_its_sender_or_comes_to_the_signed_address(cast_: Cast) -> None:
    meeting = booked(cast_)
    mail = reply(meeting, cast_.ben, method="COUNTER", start=utc(THURSDAY), attendee="alias@x.example")

    assert _apply(mail).outcome == ReplyOutcome.UNKNOWN_SENDER
    assert _apply(mail, known_as=cast_.ben).outcome == ReplyOutcome.COUNTERED


def test_talk_of_another_pair_and_made_up_names_are_unknown(cast_: Cast) -> None:
    meeting = booked(cast_)
    for uid in ("", "x@y", "%s@a.example' OR 1=1", "2" * 500):
        answer = _apply(reply(meeting, cast_.eva, uid=uid))
        assert answer.outcome == ReplyOutcome.UNKNOWN_TALK


def test_talk_that_is_over_called_off_or_of_a_closed_pair_stays_as_it_is(cast_: Cast) -> None:
    meeting = booked(cast_)
    mail = reply(meeting, cast_.ben)
    over = _apply(mail, now=MONDAY + timedelta(days=1))
    cast_.pair.state = MentorshipState.CLOSED
    cast_.pair.save()
    closed = _apply(reply(meeting, cast_.ben, "DECLINED"))
    cast_.pair.state = MentorshipState.RUNNING
    cast_.pair.save()
    gone = actions.cancel_meeting(meeting=meeting, actor=cast_.chi, now=NOW)
    before = _state(gone)
    late = _apply(reply(gone, cast_.ben))

    assert [a.outcome for a in (over, closed, late)] == [ReplyOutcome.NOT_POSSIBLE] * 3
    assert all(answer.words for answer in (over, closed, late))
    assert _state(gone) == before


def test_time_still_on_offer_is_not_booked_by_a_calendar(cast_: Cast) -> None:
    meeting = offered(cast_)
    mail = reply(booked(cast_, THURSDAY), cast_.chi, uid=f"{meeting.public_id}@x", sequence=9)

    assert _apply(mail).outcome == ReplyOutcome.NOT_POSSIBLE
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.PROPOSED


@pytest.mark.parametrize("status", ["DELEGATED", "NEEDS-ACTION", "X-ODD"])
def test_answer_without_a_meaning_here_is_said_so(cast_: Cast, status: str) -> None:
    meeting = booked(cast_)
    before = _state(meeting)

    answer = _apply(reply(meeting, cast_.ben, status))

    assert (answer.outcome, bool(answer.words)) == (ReplyOutcome.UNREADABLE, True)
    assert _state(meeting) == before


@pytest.mark.parametrize(
    "calendar",
    [
        "BEGIN:VCALENDAR",
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE:x\nEND:VEVENT\nEND:VCALENDAR\n",
        "words",
        "\x00\x01",
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\n"
        "UID:a\nDTSTART;TZID=Here:20990101T000000\nEND:VEVENT\nEND:VCALENDAR\n",
    ],
    ids=["cut off", "no event", "no uid", "words", "control letters", "clock that changes each second"],
)
def test_broken_answer_is_kindly_refused(cast_: Cast, calendar: str) -> None:
    answer = _apply(reply(booked(cast_), cast_.ben, calendar=calendar))

    assert (answer.outcome, bool(answer.words)) == (ReplyOutcome.UNREADABLE, True)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH"])
def test_invitation_of_somebody_is_no_answer(cast_: Cast, method: str) -> None:
    assert _apply(reply(booked(cast_), cast_.ben, method=method)).outcome == ReplyOutcome.NO_REPLY


def test_mail_without_a_calendar_is_no_answer(cast_: Cast) -> None:
    assert _apply(b"From: ben@example.org\r\n\r\nSee you!\r\n").outcome == ReplyOutcome.NO_REPLY
    assert _apply(b"").outcome == ReplyOutcome.NO_REPLY


@given(cut=st.integers(0, 1200), noise=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(cut: int, noise: bytes) -> None:
    meeting = Meeting(public_id="2bcdfghjkmnp", starts_at=MONDAY)
    mail = reply(meeting, Person(name="Ben", email="ben@example.org"))

    answer = apply_calendar_reply(mail=mail[:cut] + noise + mail[cut:], now=NOW)

    assert not answer.is_applied


def test_address_and_zone_are_read_whatever_their_case(cast_: Cast) -> None:
    mail = reply(booked(cast_), cast_.ben, attendee=cast_.ben.email.upper()).replace(b"mailto:", b"MAILTO:")

    read = read_reply(mail)

    assert read is not None
    assert [said.address for said in read.said] == [cast_.ben.email]
    assert Attendance.objects.count() == 2
