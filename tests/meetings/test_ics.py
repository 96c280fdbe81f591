"""The calendar file is read back by the same standard it is written by."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from alongside.meetings import actions
from alongside.meetings.ics import Talk, calendar_file
from alongside.meetings.models import Meeting
from tests.factories import NOW
from tests.meetings.making import MONDAY, TUESDAY, booked, offered
from tests.people import Cast

pytestmark = pytest.mark.django_db


def _file(meeting: Meeting) -> Calendar:
    talk = Talk(meeting, summary="Talk with Ben", place="Room; 2", url="https://a.example/x")
    return Calendar.from_ical(calendar_file(talk, host="a.example"))


def test_talk_reads_back_at_its_instant_with_its_zones_rules(cast_: Cast) -> None:
    calendar = _file(booked(cast_))

    (event,) = calendar.walk("VEVENT")
    (zone,) = calendar.walk("VTIMEZONE")
    assert event["DTSTART"].dt.astimezone(UTC) == MONDAY
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Talk with Ben", "Room; 2")
    assert event["DTSTART"].params["TZID"] == zone["TZID"] == "Europe/London"
    summer = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/London"))
    assert zone.to_tz().utcoffset(summer.replace(tzinfo=None)) == timedelta(hours=1)


def test_changed_talk_keeps_its_uid_and_counts_on(cast_: Cast) -> None:
    meeting = booked(cast_)
    before = _file(meeting).walk("VEVENT")[0]

    moved = actions.move_meeting(meeting=meeting, actor=cast_.chi, to=TUESDAY, now=NOW)
    after = _file(moved).walk("VEVENT")[0]
    gone = _file(actions.cancel_meeting(meeting=moved, actor=cast_.chi, now=NOW))

    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (str(gone["METHOD"]), str(gone.walk("VEVENT")[0]["STATUS"])) == ("CANCEL", "CANCELLED")


def test_talk_without_a_time_has_no_file(cast_: Cast) -> None:
    with pytest.raises(ValueError, match="without a time"):
        _file(offered(cast_))
