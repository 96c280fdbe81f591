"""Talks keep their time on the clock they were made for, whatever clocks and countries do; and both are told in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from time_machine import travel

from alongside.delivery.jobs import send_due
from alongside.engine.timing import zones
from alongside.engine.timing.zones import database_version
from alongside.jobs.actions import Task
from alongside.journal.models import Entry
from alongside.meetings import actions
from alongside.meetings.actions import clocks
from alongside.meetings.jobs import keep_times
from alongside.meetings.models import Meeting
from alongside.people.models import Person
from tests.factories import NOW
from tests.meetings.making import MONDAY, booked
from tests.people import Cast
from tests.work import do_work

pytestmark = pytest.mark.django_db
TASK = Task(1, "meetings.keep_times", {}, 1, "")
# London's clocks change on 29 March 2026: a talk at 9:30 in London is at 15:00 in Kolkata before, and at 14:00 after.
USUAL = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
AFTER = datetime(2026, 3, 30, 8, 30, tzinfo=UTC)


def _run(at: datetime) -> None:
    with travel(at, tick=False):
        keep_times(TASK)


def _deliver(at: datetime) -> dict[str, str]:
    do_work()
    mail.outbox.clear()
    send_due(at)
    return {letter.to[0]: str(letter.body) for letter in mail.outbox}


def _zone(person: Person, zone: str) -> None:
    person.preferences.zone = zone
    person.preferences.save()


def test_booked_talk_keeps_what_its_instant_came_from(cast_: Cast) -> None:
    row = booked(cast_)
    assert (row.wall_time, row.zone, row.fold, row.starts_at) == (
        "2026-03-09T09:30",
        "Europe/London",
        0,
        MONDAY,
    )
    assert row.tz_version == database_version()


def test_second_hour_of_an_overlap_is_kept_as_the_second(cast_: Cast) -> None:
    _zone(
        cast_.ben, "Australia/Adelaide"
    )  # 2:30 comes twice on 5 April: at 16:00 and at 17:00 UTC on the 4th
    first = datetime(2026, 4, 4, 16, 0, tzinfo=UTC)
    rows = [booked(cast_, at) for at in (first, first + timedelta(hours=1))]

    assert [(row.wall_time, row.fold) for row in rows] == [("2026-04-05T02:30", 0), ("2026-04-05T02:30", 1)]
    Meeting.objects.update(tz_version="2020a")
    _run(NOW)
    assert [row.starts_at for row in Meeting.objects.order_by("pk")] == [first, first + timedelta(hours=1)]


def test_new_zone_data_that_change_nothing_move_nothing(cast_: Cast) -> None:
    meeting = booked(cast_)
    Meeting.objects.update(tz_version="2020a")
    _run(NOW)

    row = Meeting.objects.get()
    assert (row.starts_at, row.sequence, row.tz_version) == (MONDAY, meeting.sequence, database_version())
    assert not Entry.objects.filter(verb="meeting.shifted").exists()


def test_new_rules_move_the_talk_and_both_hear_of_it_with_its_entry(
    cast_: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if Britain had kept summer time from now on: 9:30 in London is an hour earlier everywhere else."""
    meeting = booked(cast_)
    _deliver(NOW)
    resolve = zones.instant_at

    def newer(*args: object, **kwargs: object) -> zones.Resolved:
        found = resolve(*args, **kwargs)
        return zones.Resolved(found.instant - timedelta(hours=1), found.kind)

    monkeypatch.setattr(clocks, "instant_at", newer)
    monkeypatch.setattr("alongside.meetings.jobs.database_version", lambda: "2099a")
    monkeypatch.setattr(clocks, "database_version", lambda: "2099a")
    _run(NOW)
    _run(NOW)

    row = Meeting.objects.get()
    assert (row.starts_at, row.wall_time, row.tz_version) == (
        MONDAY - timedelta(hours=1),
        "2026-03-09T09:30",
        "2099a",
    )
    assert row.sequence == meeting.sequence + 1
    told = _deliver(NOW)
    assert set(told) == {cast_.ben.email, cast_.chi.email}
    assert "Monday 9 March, 14:00" in told[cast_.chi.email]
    assert all(letter.attachments for letter in mail.outbox)


def test_past_canceled_and_offered_talks_stay_as_they_were(cast_: Cast) -> None:
    gone = actions.cancel_meeting(meeting=booked(cast_), actor=cast_.ben, now=NOW)
    past = booked(cast_, MONDAY + timedelta(days=1))
    Meeting.objects.update(tz_version="2020a")
    _run(MONDAY + timedelta(days=2))

    assert set(Meeting.objects.filter(pk__in=[gone.pk, past.pk]).values_list("tz_version", flat=True)) == {
        "2020a"
    }


def test_both_are_told_two_weeks_before_clocks_change_and_once(cast_: Cast) -> None:
    booked(cast_, USUAL)
    meeting = booked(cast_, AFTER)
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)

    _run(change - timedelta(days=14, minutes=1))
    assert not Entry.objects.filter(verb="meeting.clocks_change").exists()
    _run(change - timedelta(days=14))
    _run(change - timedelta(days=13))

    (entry,) = Entry.objects.filter(verb="meeting.clocks_change")
    assert (entry.subject_id, entry.data["on"], entry.data["by"]) == (
        meeting.pk,
        "2026-03-29",
        [cast_.ben.pk],
    )
    told = _deliver(datetime(2026, 3, 16, 10, tzinfo=UTC))
    assert (
        "your talk with Ben, Monday 30 March, 14:00, meets a change of clocks. Clocks change for Ben on 29 March. "
        "The talk is at 14:00 instead of 15:00 for you. For Ben it stays at 09:30."
    ) in " ".join(told[cast_.chi.email].split())
    assert (
        "your talk with Chi, Monday 30 March, 09:30, meets a change of clocks. Your clocks change on 29 March. "
        "The talk stays at 09:30 for you. For Chi it is at 14:00 instead of 15:00."
    ) in " ".join(told[cast_.ben.email].split())


def test_clock_that_is_not_shown_is_not_told(cast_: Cast) -> None:
    cast_.chi.preferences.share_clock = False
    cast_.chi.preferences.save()
    booked(cast_, USUAL)
    booked(cast_, AFTER)
    _run(datetime(2026, 3, 16, tzinfo=UTC))

    (told,) = (
        words
        for to, words in _deliver(datetime(2026, 3, 16, 10, tzinfo=UTC)).items()
        if to == cast_.ben.email
    )
    assert "For Chi it is at another time than usual." in " ".join(told.split())
    assert "14:00" not in told


def test_anchor_in_the_south_tells_of_its_own_change(cast_: Cast) -> None:
    """Sydney's clocks go back on 5 April: 9:00 there is 22:00 UTC the day before, then 23:00."""
    _zone(cast_.ben, "Australia/Sydney")
    booked(cast_, datetime(2026, 3, 22, 22, tzinfo=UTC))
    booked(cast_, datetime(2026, 4, 5, 23, tzinfo=UTC))
    _run(datetime(2026, 3, 23, tzinfo=UTC))

    (entry,) = Entry.objects.filter(verb="meeting.clocks_change")
    assert date.fromisoformat(entry.data["on"]) == date(2026, 4, 5)
    assert entry.data["before"] == {str(cast_.chi.pk): "03:30"}


def test_first_talk_and_zones_that_change_together_need_no_words(cast_: Cast) -> None:
    booked(cast_, AFTER)
    _run(datetime(2026, 3, 16, tzinfo=UTC))
    _zone(cast_.chi, "Europe/Berlin")
    booked(cast_, USUAL)
    _run(datetime(2026, 3, 16, tzinfo=UTC))

    assert not Entry.objects.filter(verb="meeting.clocks_change").exists()
