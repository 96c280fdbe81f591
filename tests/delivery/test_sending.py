"""Claiming and sending: once, in hours, merged, capped, and nothing lost when something breaks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail

from alongside.delivery.actions import replan_person, sending
from alongside.delivery.actions.sending import (
    claim_letter,
    mark_sent,
    mark_unknown,
    put_back,
    settle_lost_letters,
)
from alongside.delivery.enums import NoticeState, Why
from alongside.delivery.handlers import tell_people
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Notice
from alongside.discussions.actions import mark_read, open_topic, post_message, remove_message
from alongside.discussions.enums import Intention
from alongside.discussions.models import Message, Topic
from alongside.journal.actions import record
from alongside.journal.models import Entry
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting
from alongside.mentorships.actions import pause_mentorship
from alongside.people.enums import NoticeClass, NoticeMode, SeasonKind
from alongside.people.models import Person, Season
from alongside.vault.models import DataKey
from tests.people import Cast

# Ben, in London, is open 8 to 18 UTC in March; Chi, in Kolkata, 2:30 to 12:30 UTC.
NIGHT = datetime(2026, 3, 3, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 4, 8, 3, tzinfo=UTC)  # Wednesday, hours open and jitter over
pytestmark = pytest.mark.django_db
Write = Callable[..., Message]


@pytest.fixture(autouse=True)
def _mails_in_memory(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


@pytest.fixture
def topic(cast_: Cast) -> Topic:
    topic = open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Visa question", intention=Intention.ADVICE, now=NIGHT
    )
    Entry.objects.all().delete()
    return topic


@pytest.fixture
def write(cast_: Cast, topic: Topic) -> Write:
    """Chi writes to Ben, and the worker hears of it."""

    def write(at: datetime = NIGHT, body: str = "Could you look at my letter?") -> Message:
        message = post_message(topic=topic, actor=cast_.chi, body=body, now=at)
        tell_people(Entry.objects.latest("pk"))
        return message

    return write


def _states() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("created_at", "pk").values_list("kind", "state"))


def test_message_at_night_is_told_in_the_morning_without_its_words(cast_: Cast, write: Write) -> None:
    write()

    assert send_due(NIGHT + timedelta(hours=1)) == 0
    assert send_due(MORNING) == 1

    [letter] = mail.outbox
    assert letter.to == [cast_.ben.email]
    assert letter.subject == "Chi wrote to you"
    assert "whenever suits" in letter.body
    assert "letter" not in letter.body
    assert "Visa" not in letter.body
    assert f"/pairs/{cast_.pair.public_id}/" in letter.body
    assert _states() == [("message_posted", NoticeState.SENT)]
    assert send_due(MORNING + timedelta(minutes=1)) == 0


def test_words_are_in_the_mail_of_those_who_asked_for_them_and_cannot_break_out(
    cast_: Cast, write: Write
) -> None:
    cast_.ben.preferences.mail_text = True
    cast_.ben.preferences.save()
    write(body="# Look\n\n<img src=x onerror=alert(1)> [here](javascript:alert(1)) {partner} *now*")

    send_due(MORNING)

    [letter] = mail.outbox
    html = letter.alternatives[0][0]
    assert "<img" not in html
    assert "javascript:" not in html.replace("(javascript:alert(1))", "")
    assert 'href="javascript' not in html
    assert "{partner}" in letter.body


def test_three_messages_become_one_mail(cast_: Cast, write: Write) -> None:
    for minute in range(3):
        write(NIGHT + timedelta(minutes=minute))

    assert send_due(MORNING) == 1

    [letter] = mail.outbox
    assert letter.subject == "3 messages from Chi"
    assert sorted(state for _kind, state in _states()) == [
        NoticeState.MERGED,
        NoticeState.MERGED,
        NoticeState.SENT,
    ]
    carrier = Notice.objects.get(state=NoticeState.SENT)
    assert set(Notice.objects.filter(state=NoticeState.MERGED).values_list("told_with", flat=True)) == {
        carrier.pk
    }


def test_message_read_or_removed_before_its_moment_is_not_told(
    cast_: Cast, topic: Topic, write: Write
) -> None:
    message = write()
    remove_message(message=message, actor=cast_.chi, now=NIGHT)
    write(NIGHT + timedelta(minutes=1))
    mark_read(topic=topic, reader=cast_.ben, until_at=NIGHT + timedelta(minutes=1))

    assert send_due(MORNING) == 0

    assert mail.outbox == []
    assert set(Notice.objects.values_list("state", "why")) == {(NoticeState.CANCELED, Why.GONE)}


def test_thing_or_person_gone_meanwhile_is_not_told(cast_: Cast, topic: Topic, write: Write) -> None:
    write()
    topic.delete()
    send_due(MORNING)
    assert _states() == [("message_posted", NoticeState.CANCELED)]


def test_inactive_receiver_is_not_written_to(cast_: Cast, write: Write) -> None:
    write()
    Person.objects.filter(pk=cast_.ben.pk).update(is_active=False)
    send_due(MORNING)
    assert mail.outbox == []


def test_outage_over_the_morning_is_not_caught_up_at_night(write: Write) -> None:
    write()
    late_evening = datetime(2026, 3, 4, 22, 0, tzinfo=UTC)

    assert send_due(late_evening) == 0

    notice = Notice.objects.get()
    assert (notice.state, notice.why) == (NoticeState.DUE, Why.HOURS)
    assert send_due(datetime(2026, 3, 5, 8, 3, tzinfo=UTC)) == 1


def test_season_that_begins_while_held_holds_on(cast_: Cast, write: Write) -> None:
    write()
    Season.objects.create(
        person=cast_.ben, kind=SeasonKind.AWAY, from_on=date(2026, 3, 4), until_on=date(2026, 3, 8)
    )

    assert send_due(MORNING) == 0
    assert send_due(datetime(2026, 3, 9, 8, 3, tzinfo=UTC)) == 1


def test_fourth_mail_of_a_day_waits_for_the_next_digest(cast_: Cast, write: Write) -> None:
    for hour in range(5):
        at = MORNING + timedelta(hours=hour)
        write(at)
        send_due(at)

    assert len(mail.outbox) == 3
    waiting = Notice.objects.filter(kind="message_posted", state=NoticeState.DUE)
    assert set(waiting.values_list("mode", "why")) == {(NoticeMode.DIGEST, Why.CAP)}

    send_due(datetime(2026, 3, 5, 8, 31, tzinfo=UTC))

    assert mail.outbox[3].subject == "2 messages from Chi"
    assert mail.outbox[3].body.count("\n- ") == 1
    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.SENT, NoticeState.DIGESTED}


def test_digest_is_one_mail_a_day_with_a_line_for_each_thing(cast_: Cast, topic: Topic, write: Write) -> None:
    cast_.ben.preferences.notices = {NoticeClass.MESSAGE: "digest", NoticeClass.TEAM_NOTE: "digest"}
    cast_.ben.preferences.digest_time = time(9, 15)
    cast_.ben.preferences.save()
    write()
    write(NIGHT + timedelta(minutes=1))
    pause_mentorship(mentorship=cast_.pair, actor=cast_.chi, until_on=None, now=NIGHT)
    tell_people(Entry.objects.latest("pk"))

    assert send_due(MORNING) == 0
    assert send_due(datetime(2026, 3, 4, 9, 16, tzinfo=UTC)) == 1

    [letter] = mail.outbox
    assert letter.subject == "2 messages from Chi · Chi would like a rest for a while"
    assert letter.body.count("\n- ") == 2
    assert send_due(datetime(2026, 3, 5, 9, 16, tzinfo=UTC)) == 0  # never empty


def test_digest_with_everything_settled_is_not_sent(cast_: Cast, topic: Topic, write: Write) -> None:
    cast_.ben.preferences.notices = {NoticeClass.MESSAGE: "digest"}
    cast_.ben.preferences.save()
    write()
    mark_read(topic=topic, reader=cast_.ben, until_at=MORNING)

    assert send_due(datetime(2026, 3, 4, 8, 31, tzinfo=UTC)) == 0

    assert mail.outbox == []
    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.CANCELED}


def test_crash_before_writing_down_leaves_it_unknown_and_in_the_next_digest(
    cast_: Cast, write: Write
) -> None:
    write()
    write(NIGHT + timedelta(minutes=1))
    claimed = claim_letter(now=MORNING)
    assert claimed is not None  # and here the worker ends

    assert claim_letter(now=MORNING) is None
    after = MORNING + sending.LEASE + timedelta(seconds=1)
    assert send_due(after) == 0

    assert {state for kind, state in _states() if kind == "message_posted"} == {NoticeState.UNKNOWN}
    assert not mark_sent(claimed, now=after)
    assert send_due(datetime(2026, 3, 5, 8, 31, tzinfo=UTC)) == 1
    assert mail.outbox[0].subject == "2 messages from Chi"
    assert Notice.objects.filter(told_with__kind="digest").count() == 2
    assert send_due(datetime(2026, 3, 6, 8, 31, tzinfo=UTC)) == 0


def test_connection_cut_in_the_middle_is_not_repeated(write: Write) -> None:
    write()
    claimed = claim_letter(now=MORNING)
    assert claimed is not None
    mark_unknown(claimed, "SMTPServerDisconnected", now=MORNING)
    assert send_due(MORNING + timedelta(minutes=1)) == 0
    assert Notice.objects.get(kind="message_posted").why == Why.CUT_OFF


def test_put_back_letter_waits_and_goes_with_everything_it_told(write: Write) -> None:
    write()
    write(NIGHT + timedelta(minutes=1))
    claimed = claim_letter(now=MORNING)
    assert claimed is not None

    put_back(claimed, "451 come back", now=MORNING)

    assert {state for _kind, state in _states()} == {NoticeState.DUE}
    assert send_due(MORNING + timedelta(seconds=59)) == 0
    assert send_due(MORNING + timedelta(seconds=61)) == 1
    assert mail.outbox[0].subject == "2 messages from Chi"


def test_letter_that_cannot_be_written_is_set_aside_and_holds_up_nobody(
    cast_: Cast, topic: Topic, write: Write
) -> None:
    write()
    DataKey.objects.all().update(wrapped=b"x" * 60)
    cast_.ben.preferences.mail_text = True
    cast_.ben.preferences.save()
    record("mentorship.paused", actor_id=cast_.eva.pk, subject=cast_.other_pair, now=NIGHT)
    tell_people(Entry.objects.latest("pk"))
    cast_.other_pair.state = "paused"
    cast_.other_pair.save()
    fays_noon = datetime(2026, 3, 4, 8, 3, tzinfo=UTC) - timedelta(hours=7)  # in Sydney

    assert send_due(fays_noon) == 1
    assert send_due(MORNING) == 0

    broken = Notice.objects.get(kind="message_posted")
    assert (broken.state, broken.attempts) == (NoticeState.DUE, 1)
    assert broken.not_before > MORNING
    assert broken.error != ""


def test_message_older_than_two_weeks_comes_in_the_digest(cast_: Cast, write: Write) -> None:
    season = Season.objects.create(
        person=cast_.ben, kind=SeasonKind.AWAY, from_on=date(2026, 3, 1), until_on=date(2026, 3, 31)
    )
    write()

    for day in range(4, 32):
        send_due(datetime(2026, 3, day, 8, 31, tzinfo=UTC))
    assert mail.outbox == []
    for day in range(1, 16):
        send_due(datetime(2026, 4, day, 8, 31, tzinfo=UTC))

    assert [letter.subject for letter in mail.outbox] == ["Chi wrote to you"]
    assert Notice.objects.get(kind="message_posted").state == NoticeState.DIGESTED
    assert season.ended_at is None


def test_gentle_offer_stops_while_one_of_the_two_has_a_quieter_time(cast_: Cast) -> None:
    Season.objects.create(
        person=cast_.chi, kind=SeasonKind.LIGHTER, from_on=date(2026, 3, 1), until_on=date(2026, 3, 31)
    )
    record(
        "signal.offered", actor_id=None, subject=cast_.pair, data={"mentorship": cast_.pair.pk}, now=MORNING
    )
    tell_people(Entry.objects.latest("pk"))

    assert send_due(MORNING) == 0

    told = Notice.objects.get(person=cast_.ben)
    assert (told.state, told.why) == (NoticeState.CANCELED, Why.SEASON)


def _book(cast_: Cast, starts_at: datetime, now: datetime) -> Meeting:
    meeting = Meeting.objects.create(mentorship=cast_.pair, state=MeetingState.BOOKED, starts_at=starts_at)
    record("meeting.booked", actor_id=cast_.chi.pk, subject=meeting, now=now)
    tell_people(Entry.objects.latest("pk"))
    return meeting


def test_meeting_booked_is_told_to_both_on_both_clocks_and_reminded_a_day_before(cast_: Cast) -> None:
    start = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    _book(cast_, start, MORNING)

    assert send_due(MORNING) == 2
    subjects = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert subjects[cast_.ben.email] == "Booked: Chi and you, Tuesday 10 March, 11:00 (16:30 for Chi)"
    assert subjects[cast_.chi.email] == "Booked: Ben and you, Tuesday 10 March, 16:30 (11:00 for Ben)"

    mail.outbox.clear()
    assert send_due(start - timedelta(hours=24, minutes=1)) == 0
    assert send_due(start - timedelta(hours=24)) == 2
    assert {letter.subject for letter in mail.outbox} == {
        "Ben and you: Tuesday 10 March, 16:30 (11:00 for Ben)",
        "Chi and you: Tuesday 10 March, 11:00 (16:30 for Chi)",
    }


def test_reminder_of_a_meeting_moved_away_is_not_sent(cast_: Cast) -> None:
    start = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    meeting = _book(cast_, start, MORNING)
    send_due(MORNING)
    mail.outbox.clear()
    meeting.starts_at = start + timedelta(days=7)
    meeting.save()
    record("meeting.moved", actor_id=cast_.chi.pk, subject=meeting, now=MORNING)
    tell_people(Entry.objects.latest("pk"))

    assert send_due(MORNING) == 2  # told to Ben, who did not move it, and to Chi's calendar
    mail.outbox.clear()
    assert send_due(start - timedelta(hours=24)) == 0
    assert send_due(start + timedelta(days=6)) == 2
    assert {letter.to[0] for letter in mail.outbox} == {cast_.ben.email, cast_.chi.email}


def test_change_of_a_meeting_early_today_comes_before_the_hours_but_not_in_the_night(cast_: Cast) -> None:
    start = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)  # before Ben's hours
    meeting = _book(cast_, start, NIGHT - timedelta(days=2))
    Notice.objects.all().delete()
    meeting.state = MeetingState.CANCELED
    meeting.save()
    record("meeting.canceled", actor_id=cast_.chi.pk, subject=meeting, now=NIGHT)
    tell_people(Entry.objects.latest("pk"))
    Notice.objects.filter(person=cast_.chi).delete()  # for her own calendar, in her hours

    assert send_due(datetime(2026, 3, 4, 6, 29, tzinfo=UTC)) == 0
    assert send_due(datetime(2026, 3, 4, 6, 30, tzinfo=UTC)) == 1


def test_expired_notice_is_not_sent(cast_: Cast) -> None:
    start = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    _book(cast_, start, MORNING)
    assert send_due(start + timedelta(seconds=1)) == 0
    told_before = Notice.objects.exclude(kind="meeting_over")  # that one is for afterwards
    assert set(told_before.values_list("state", flat=True)) == {NoticeState.EXPIRED}


def test_idle_sweep_only_reads(django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert send_due(MORNING) == 0
    assert settle_lost_letters(now=MORNING) == 0


def test_digest_cut_off_in_the_middle_is_told_again_with_everything_in_it(cast_: Cast, write: Write) -> None:
    cast_.ben.preferences.notices = {NoticeClass.MESSAGE: "digest"}
    cast_.ben.preferences.save()
    write()
    claimed = claim_letter(now=datetime(2026, 3, 4, 8, 31, tzinfo=UTC))
    assert claimed is not None
    mark_unknown(claimed, "SMTPServerDisconnected", now=datetime(2026, 3, 4, 8, 31, tzinfo=UTC))

    assert send_due(datetime(2026, 3, 4, 12, 0, tzinfo=UTC)) == 0
    assert send_due(datetime(2026, 3, 5, 8, 31, tzinfo=UTC)) == 1
    assert mail.outbox[0].subject == "Chi wrote to you"


def test_change_of_hours_keeps_what_is_in_doubt_for_the_next_digest(cast_: Cast, write: Write) -> None:
    write()
    claimed = claim_letter(now=MORNING)
    assert claimed is not None
    mark_unknown(claimed, "SMTPServerDisconnected", now=MORNING)
    cast_.ben.preferences.hours = "Mon-Fri 12:00-14:00"
    cast_.ben.preferences.save()

    replan_person(cast_.ben, now=MORNING)

    assert send_due(datetime(2026, 3, 4, 12, 3, tzinfo=UTC)) == 1


def test_what_ran_out_while_it_waited_for_the_digest_is_not_in_it(cast_: Cast) -> None:
    cast_.ben.preferences.notices = {NoticeClass.NUDGE: "digest"}
    cast_.ben.preferences.hours = "Mon 08:00-18:00"
    cast_.ben.preferences.save()
    record(
        "signal.offered", actor_id=None, subject=cast_.pair, data={"mentorship": cast_.pair.pk}, now=MORNING
    )
    tell_people(Entry.objects.latest("pk"))

    assert send_due(datetime(2026, 3, 9, 8, 31, tzinfo=UTC)) == 0
    assert Notice.objects.get(person=cast_.ben, kind="signal_offered").state == NoticeState.EXPIRED


def test_message_to_somebody_away_for_months_comes_in_the_first_digest_after(
    cast_: Cast, write: Write
) -> None:
    Season.objects.create(
        person=cast_.ben, kind=SeasonKind.AWAY, from_on=date(2026, 3, 1), until_on=date(2026, 5, 31)
    )
    write()
    day = datetime(2026, 3, 4, 8, 31, tzinfo=UTC)
    sent_on = []
    while day < datetime(2026, 6, 20, tzinfo=UTC):
        if send_due(day):
            sent_on.append(day.date())
        day += timedelta(hours=23)

    assert len(sent_on) == 1
    assert date(2026, 6, 1) <= sent_on[0] <= date(2026, 6, 15)
