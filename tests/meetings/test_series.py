"""Talks in a rhythm: laid out on the anchor's clock, moved and called off one by one, and read alike by every calendar."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.message import Message as Mail
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from dateutil.rrule import rrulestr
from icalendar import Calendar

from alongside.delivery.calendars import feed_content
from alongside.delivery.enums import NoticeState
from alongside.delivery.handlers import tell_people
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Notice
from alongside.engine.timing.zones import wall_at
from alongside.foundation.errors import Conflict, Invalid
from alongside.journal.actions import is_wired
from alongside.journal.models import Entry
from alongside.meetings.actions import (
    cancel_meeting,
    end_series,
    move_meeting,
    offer_other_times,
    reinstate_meeting,
    repeat_meeting,
    say_outcome,
    set_feed,
)
from alongside.meetings.actions.clocks import tell_clock_change
from alongside.meetings.enums import FeedDetail, MeetingState, OutcomeKind, Rhythm
from alongside.meetings.ics import Talk, series_invitation
from alongside.meetings.models import Meeting
from alongside.meetings.queries import best_times
from alongside.meetings.queries.lists import turns_in_series
from alongside.people.models import Person
from tests.factories import NOW
from tests.meetings.making import MONDAY, booked
from tests.people import Cast

pytestmark = pytest.mark.django_db
FAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
DAY = timedelta(days=1)


@pytest.fixture
def pair(cast_: Cast) -> Cast:
    cast_.pair.ends_on = datetime(2026, 12, 31).date()  # noqa: DTZ001
    cast_.pair.save()
    return cast_


def _repeated(cast: Cast, rhythm: Rhythm = Rhythm.WEEKLY) -> list[Meeting]:
    return repeat_meeting(meeting=booked(cast), actor=cast.chi, rhythm=rhythm, now=NOW)


def _standing() -> list[datetime]:
    rows = Meeting.objects.filter(state=MeetingState.BOOKED).exclude(series="").order_by("starts_at")
    return [at for at in rows.values_list("starts_at", flat=True) if at]


def _expanded(content: bytes) -> list[datetime]:
    """The times as recurring-ical-events finds them."""
    events = recurring_ical_events.of(Calendar.from_ical(content)).between(*FAR)
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in events)


def _by_vobject(content: bytes) -> list[datetime]:
    """The times as vobject reads them and dateutil expands them: the rule, less its exceptions and what is told by itself."""
    events = list(vobject.readOne(content.decode()).vevent_list)
    found: list[datetime] = []
    for event in events:
        if not hasattr(event, "rrule"):
            found.append(event.dtstart.value.astimezone(UTC))
            continue
        zone = ZoneInfo(event.dtstart.params["X-VOBJ-ORIGINAL-TZID"][0])
        apart = [other.recurrence_id.value for other in events if hasattr(other, "recurrence_id")]
        apart += [at for line in event.contents.get("exdate", ()) for at in line.value]
        walls = {at.replace(tzinfo=None) for at in apart}
        turns = rrulestr(event.rrule.value, dtstart=event.dtstart.value.replace(tzinfo=zone))
        found += [at.astimezone(UTC) for at in turns if at.replace(tzinfo=None) not in walls]
    return sorted(found)


def _invitation(rows: Iterable[Meeting]) -> tuple[str, bytes]:
    talks = [Talk(row, "Talk") for row in rows]
    return series_invitation(talks, host="a.example", organizer=("A", "a@a.example"), guests=())


@pytest.fixture
def outbox(settings: object, mailoutbox: list[Mail]) -> list[Mail]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    return mailoutbox


def _hear() -> None:
    """The worker hears of everything that happened."""
    for entry in Entry.objects.order_by("pk"):
        tell_people(entry)
    Entry.objects.all().delete()


def _send(now: datetime = NOW + DAY) -> None:
    while send_due(now):
        pass


def _calendars_to(person: Person, outbox: list[Mail]) -> list[bytes]:
    """What came with the mails to somebody for their calendar; the mails are read then."""
    sent = [mail for mail in outbox if person.email in mail.to]  # type: ignore[attr-defined]
    outbox.clear()
    contents = [content for mail in sent for _name, content, _kind in mail.attachments]  # type: ignore[attr-defined]
    return [content if isinstance(content, bytes) else content.encode() for content in contents]


def _sequences(content: bytes) -> set[int]:
    return {int(event["SEQUENCE"]) for event in Calendar.from_ical(content).walk("VEVENT")}


def test_rhythm_keeps_the_time_on_the_anchors_clock_over_a_clock_change(pair: Cast) -> None:
    rows = _repeated(pair)

    assert len(rows) == 26  # half a year
    assert {wall_at(row.starts_at, "Europe/London").at.hour for row in rows if row.starts_at} == {9}
    # London sets its clocks forward on 29 March: for Kolkata the talk comes an hour sooner from then on.
    there = [wall_at(row.starts_at, "Asia/Kolkata").at.hour for row in rows if row.starts_at]
    assert there == [15, 15] + [14] * 24


def test_last_day_of_the_pair_ends_the_rhythm(pair: Cast) -> None:
    pair.pair.ends_on = (MONDAY + 21 * DAY).date()
    pair.pair.save()

    assert [row.starts_at for row in _repeated(pair)] == [
        MONDAY + 7 * DAY, MONDAY + 14 * DAY, MONDAY + 21 * DAY - timedelta(hours=1),
    ]  # fmt: skip


@pytest.mark.parametrize("rhythm", Rhythm)
def test_calendars_read_every_turn_where_we_have_it(pair: Cast, rhythm: Rhythm) -> None:
    rows = _repeated(pair, rhythm)
    method, content = _invitation(rows)

    assert method == "REQUEST"
    assert content.count(b"BEGIN:VEVENT") == 1
    assert _expanded(content) == _by_vobject(content) == _standing()


def test_rhythm_of_the_last_weekday_of_a_month_is_read_whole(pair: Cast) -> None:
    anchor = datetime(2026, 3, 30, 8, 30, tzinfo=UTC)  # the fifth Monday of March, 9:30 in London
    rows = repeat_meeting(
        meeting=booked(pair, anchor), actor=pair.chi, rhythm=Rhythm.MONTHLY, now=anchor - 20 * DAY
    )
    _method, content = _invitation(rows)
    feed = set_feed(actor=pair.chi, detail=FeedDetail.PARTNER, now=NOW)

    assert [row.turn_wall[5:10] for row in rows] == ["04-27", "05-25", "06-29", "07-27", "08-31"]
    assert b"BYDAY=-1MO" in content
    assert b"EXDATE" not in content
    assert content.count(b"BEGIN:VEVENT") == 1
    assert _expanded(content) == _by_vobject(content) == _standing()
    assert _expanded(feed_content(feed, now=NOW)) == [anchor, *_standing()]
    cancel_meeting(meeting=rows[2], actor=pair.ben, now=NOW)
    _method, content = _invitation(Meeting.objects.exclude(series=""))
    assert content.count(b"EXDATE") == 1
    assert _expanded(content) == _by_vobject(content) == _standing()


def test_turn_moved_and_turn_called_off_are_exceptions_of_the_rule(pair: Cast) -> None:
    rows = _repeated(pair)
    move_meeting(meeting=rows[2], actor=pair.chi, to=rows[2].starts_at + DAY, now=NOW)  # type: ignore[operator]
    cancel_meeting(meeting=rows[4], actor=pair.ben, now=NOW)
    _method, content = _invitation(Meeting.objects.exclude(series="").order_by("pk"))

    assert content.count(b"RECURRENCE-ID") == 1
    assert content.count(b"EXDATE") == 1
    assert _expanded(content) == _by_vobject(content) == _standing()
    assert len(_standing()) == 25


def test_feed_holds_the_rule_and_the_talk_it_began_with(pair: Cast) -> None:
    rows = _repeated(pair)
    move_meeting(meeting=rows[3], actor=pair.chi, to=rows[3].starts_at + DAY, now=NOW)  # type: ignore[operator]
    cancel_meeting(meeting=rows[0], actor=pair.ben, now=NOW)
    feed = set_feed(actor=pair.chi, detail=FeedDetail.PARTNER, now=NOW)
    content = feed_content(feed, now=NOW)

    assert _expanded(content) == _by_vobject(content) == [MONDAY, *_standing()]
    assert feed_content(feed, now=NOW) == content
    full = feed_content(set_feed(actor=pair.chi, detail=FeedDetail.FULL, now=NOW), now=NOW)
    assert _expanded(full) == [MONDAY, *_standing()]


def test_turn_at_which_one_has_another_talk_is_left_out(pair: Cast) -> None:
    booked(pair, at=MONDAY + 14 * DAY + timedelta(minutes=30))
    rows = _repeated(pair)

    assert len(rows) == 25
    assert MONDAY + 14 * DAY not in [row.starts_at for row in rows]
    _method, content = _invitation(rows)
    assert _expanded(content) == _by_vobject(content) == _standing()


def test_ending_the_rhythm_calls_off_the_rest_and_leaves_what_was_before(pair: Cast) -> None:
    rows = _repeated(pair)

    assert end_series(meeting=rows[2], actor=pair.ben, now=NOW) == 24
    assert end_series(meeting=rows[2], actor=pair.ben, now=NOW) == 0
    assert _standing() == [row.starts_at for row in rows[:2]]
    assert end_series(meeting=rows[0], actor=pair.ben, now=NOW) == 2
    method, content = _invitation(Meeting.objects.exclude(series=""))
    assert method == "CANCEL"
    assert b"STATUS:CANCELLED" in content


def test_rhythm_stays_one_entry_once_talks_took_place(pair: Cast) -> None:
    rows = _repeated(pair)
    held, asked = rows[0], rows[1]
    say_outcome(meeting=held, actor=pair.chi, kind=OutcomeKind.HELD, now=held.starts_at + DAY)  # type: ignore[operator]
    _method, content = _invitation(Meeting.objects.exclude(series=""))
    assert content.count(b"BEGIN:VEVENT") == 1

    offer_other_times(meeting=asked, actor=pair.chi, times=[asked.starts_at + DAY], now=NOW)  # type: ignore[operator]
    _method, content = _invitation(Meeting.objects.exclude(series=""))
    assert content.count(b"BEGIN:VEVENT") == 2
    assert content.count(b"STATUS:TENTATIVE") == 1


def test_change_of_one_turn_never_falls_behind_the_whole_rhythm(pair: Cast, outbox: list[Mail]) -> None:
    rows = _repeated(pair)
    _hear()
    _send()
    outbox.clear()
    end_series(meeting=rows[3], actor=pair.ben, now=NOW + DAY)
    _hear()
    _send(NOW + 2 * DAY)
    [ended] = _calendars_to(pair.ben, outbox)
    move_meeting(meeting=rows[1], actor=pair.chi, to=rows[1].starts_at + DAY, now=NOW + 2 * DAY)  # type: ignore[operator]
    _hear()
    _send(NOW + 6 * DAY)
    [moved] = _calendars_to(pair.ben, outbox)

    assert _sequences(moved) == {max(_sequences(ended)) + 1}
    _method, whole = _invitation(Meeting.objects.exclude(series=""))
    assert _sequences(whole) == _sequences(moved)


def test_first_talk_ends_its_rhythm_and_can_begin_another(pair: Cast) -> None:
    first = booked(pair)
    weekly = repeat_meeting(meeting=first, actor=pair.chi, rhythm=Rhythm.WEEKLY, now=NOW)
    with pytest.raises(Conflict):
        repeat_meeting(meeting=first, actor=pair.chi, rhythm=Rhythm.MONTHLY, now=NOW)

    assert end_series(meeting=first, actor=pair.ben, now=NOW) == 26
    assert end_series(meeting=first, actor=pair.ben, now=NOW) == 0
    first.refresh_from_db()
    assert first.state == MeetingState.BOOKED
    monthly = repeat_meeting(meeting=first, actor=pair.ben, rhythm=Rhythm.MONTHLY, now=NOW)
    assert {row.series for row in monthly} != {row.series for row in weekly}
    _method, content = _invitation(monthly)
    assert _expanded(content) == _by_vobject(content) == _standing()
    assert end_series(meeting=first, actor=pair.ben, now=NOW) == len(monthly)
    assert {row.pk for row in turns_in_series(weekly[0])} == {row.pk for row in weekly}


def test_last_turn_that_stands_can_begin_a_rhythm(pair: Cast) -> None:
    rows = _repeated(pair)
    end_series(meeting=rows[1], actor=pair.ben, now=NOW)

    assert repeat_meeting(meeting=rows[0], actor=pair.ben, rhythm=Rhythm.FORTNIGHTLY, now=NOW)
    with pytest.raises(Conflict):
        repeat_meeting(meeting=rows[0], actor=pair.ben, rhythm=Rhythm.WEEKLY, now=NOW)


def test_rhythm_is_made_once_and_only_of_a_booked_talk(pair: Cast) -> None:
    rows = _repeated(pair)
    first = Meeting.objects.get(series="")
    for meeting in (first, rows[0]):
        with pytest.raises(Conflict):
            repeat_meeting(meeting=meeting, actor=pair.ben, rhythm=Rhythm.WEEKLY, now=NOW)


def test_rhythm_is_told_by_its_next_turn_when_the_first_is_called_off(pair: Cast, outbox: list[Mail]) -> None:
    rows = _repeated(pair, Rhythm.FORTNIGHTLY)
    cancel_meeting(meeting=rows[0], actor=pair.chi, now=NOW)
    end_series(meeting=rows[9], actor=pair.chi, now=NOW)
    _hear()
    Notice.objects.exclude(kind="meeting_repeats").delete()
    _send()

    [mine] = [sent for sent in outbox if pair.ben.email in sent.to]  # type: ignore[attr-defined]
    assert mine.subject.endswith("every second week until 13 July 2026")  # type: ignore[attr-defined]
    assert "6 April" in mine.body  # type: ignore[attr-defined]
    assert rows[1].public_id in mine.body  # type: ignore[attr-defined]
    assert _expanded(_calendars_to(pair.ben, outbox)[0]) == _standing()


def test_rhythm_that_ended_before_it_was_told_is_not_told(pair: Cast, outbox: list[Mail]) -> None:
    rows = _repeated(pair)
    end_series(meeting=rows[0], actor=pair.chi, now=NOW)
    _hear()
    _send()

    assert not Notice.objects.filter(kind="meeting_repeats", state=NoticeState.SENT).exists()
    assert Notice.objects.filter(kind="meeting_rhythm_ended", state=NoticeState.SENT).count() == 2


def test_end_of_a_rhythm_is_told_though_one_of_its_turns_stands_again(pair: Cast, outbox: list[Mail]) -> None:
    rows = _repeated(pair)
    end_series(meeting=rows[2], actor=pair.chi, now=NOW)
    reinstate_meeting(meeting=rows[2], actor=pair.chi, now=NOW)
    _hear()
    Notice.objects.exclude(kind="meeting_rhythm_ended").delete()
    _send()

    [mine] = [sent for sent in outbox if pair.ben.email in sent.to]  # type: ignore[attr-defined]
    assert "6 April" in mine.body  # type: ignore[attr-defined]
    assert _expanded(_calendars_to(pair.ben, outbox)[0]) == _standing()


def test_both_get_one_mail_with_the_whole_rhythm(
    pair: Cast, settings: object, mailoutbox: list[Mail]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    first = booked(pair)
    Entry.objects.all().delete()
    repeat_meeting(meeting=first, actor=pair.chi, rhythm=Rhythm.FORTNIGHTLY, now=NOW)
    for entry in Entry.objects.order_by("pk"):
        tell_people(entry)
    assert Notice.objects.filter(kind="meeting_repeats").count() == 2
    assert Notice.objects.filter(kind="meeting_reminder").count() == 2 * 13
    while send_due(NOW + DAY):
        pass

    [mine] = [sent for sent in mailoutbox if pair.ben.email in sent.to]  # type: ignore[attr-defined]
    assert "every second week until" in mine.subject  # type: ignore[attr-defined]
    [(_name, content, _kind)] = mine.attachments  # type: ignore[attr-defined]
    raw = content if isinstance(content, bytes) else content.encode()
    assert b"METHOD:REQUEST" in raw
    assert b"RRULE:FREQ=WEEKLY" in raw
    assert _expanded(raw) == _standing()


def test_turn_far_ahead_can_be_moved_and_its_times_lie_around_it(pair: Cast) -> None:
    turn = _repeated(pair)[20]
    assert turn.starts_at is not None
    planner = best_times(pair.pair, viewer=pair.chi, partner=pair.ben, minutes=45, now=NOW, moving=turn)

    assert len(planner.times) == 3
    assert all(abs(time.starts_at - turn.starts_at) <= 11 * DAY for time in planner.times)
    moved = move_meeting(meeting=turn, actor=pair.chi, to=planner.times[0].starts_at, now=NOW)
    assert moved.starts_at == planner.times[0].starts_at
    offer_other_times(meeting=turn, actor=pair.chi, times=[turn.starts_at + DAY], now=NOW)
    far = turn.starts_at + 10 * 7 * DAY
    with pytest.raises(Invalid, match="of the one you have"):
        move_meeting(meeting=_later(turn), actor=pair.chi, to=far, now=NOW)


def _later(turn: Meeting) -> Meeting:
    """The turn after it."""
    return Meeting.objects.filter(turn_wall__gt=turn.turn_wall).order_by("turn_wall")[0]


@pytest.mark.parametrize("rhythm_days", [14, None])
def test_further_talk_beside_a_rhythm_is_looked_for_soon(pair: Cast, rhythm_days: int | None) -> None:
    pair.pair.rhythm_days = rhythm_days
    pair.pair.save()
    _repeated(pair)
    planner = best_times(pair.pair, viewer=pair.chi, partner=pair.ben, minutes=45, now=NOW)

    assert planner.from_on <= (MONDAY + 7 * DAY).date()


def test_both_are_told_of_a_clock_change_before_the_turn_it_moves(pair: Cast) -> None:
    rows = _repeated(pair)
    moved = next(row for row in rows if row.starts_at and row.starts_at > datetime(2026, 3, 29, tzinfo=UTC))

    assert not tell_clock_change(meeting=moved, now=datetime(2026, 3, 14, 12, 0, tzinfo=UTC))
    assert tell_clock_change(meeting=moved, now=datetime(2026, 3, 15, 12, 0, tzinfo=UTC))


def test_how_a_pair_reads_is_looked_at_anew_when_a_rhythm_begins_and_ends(pair: Cast) -> None:
    rows = _repeated(pair)
    end_series(meeting=rows[3], actor=pair.ben, now=NOW)

    verbs = {"meeting.repeated", "meeting.rhythm_ended"}
    assert {verb for verb in verbs if is_wired(verb, "alongside.insights.handlers:look_again")} == verbs
    entry = Entry.objects.get(verb="meeting.rhythm_ended")
    assert entry.data["mentorship"] == pair.pair.pk
