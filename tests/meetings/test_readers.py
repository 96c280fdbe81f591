"""What others read in our calendars: four parsers we did not write, over clock changes in both hemispheres."""

import json
import subprocess
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
import recurring_ical_events
import vobject
from icalendar import Calendar
from playwright._impl._driver import compute_driver_executable

from alongside.engine.timing.instants import EPOCH, from_seconds, to_seconds
from alongside.engine.timing.zones import database_version, stretches_between, wall_at
from alongside.meetings.enums import Attending, MeetingState
from alongside.meetings.ics import Guest, Talk, calendar_file, feed_file, invitation
from alongside.meetings.models import Meeting
from tests.factories import NOW

HOST = "a.example"
ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",  # its law calls winter the exception
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",  # no changes any more
    "Africa/Casablanca",  # changes with the moon
    "Africa/Cairo",  # changes at midnight
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Sydney",
    "Australia/Lord_Howe",  # half an hour
    "Pacific/Auckland",
    "Pacific/Chatham",  # 45 minutes, in the half of the night
    "Antarctica/Troll",  # two hours
    "Etc/UTC",
)
AROUND = [
    timedelta(hours=hours)
    for hours in (-7 * 24, -25, -3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 25, 7 * 24)
]
Read = dict[str, tuple[datetime, datetime]]


@pytest.fixture(autouse=True, scope="module")
def _readers_know_the_same_zones() -> Iterator[None]:
    """icalendar knows zones by their names: let it read the data we use, not those of the machine the tests run on."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(to=before)
    zoneinfo.ZoneInfo.clear_cache()


@cache
def _talks() -> tuple[Talk, ...]:
    """Talks around every clock change of 2026 and 2027 of these zones, and some far from any."""
    start, end = to_seconds(EPOCH.replace(year=2026)), to_seconds(EPOCH.replace(year=2028))
    found = []
    for zone in ZONES:
        changes = [from_seconds(stretch.start) for stretch in stretches_between(zone, start, end)][1:]
        instants = [change + apart for change in changes for apart in AROUND]
        instants += [datetime(2026, month, 15, 9, 30, tzinfo=UTC) for month in range(1, 13)]
        found += [_talk(len(found) + place, at, zone) for place, at in enumerate(instants)]
    return tuple(found)


def _talk(number: int, at: datetime, zone: str) -> Talk:
    meeting = Meeting(
        pk=number + 1, public_id=f"talk{number}", state=MeetingState.BOOKED, starts_at=at, minutes=45, zone=zone,
        wall_time=f"{wall_at(at, zone).at:%H:%M}", tz_version=database_version(), created_at=NOW, revised_at=NOW,
    )  # fmt: skip
    return Talk(
        meeting, "Talk with Zoë; über, alles\\ und „mehr“ " * 3, "Raum 2, 北京", "https://a.example/x?a=1&b=2"
    )


def _truth() -> Read:
    rows = (talk.meeting for talk in _talks())
    return {
        f"{row.public_id}@{HOST}": (row.starts_at, row.ends_at)
        for row in rows
        if row.starts_at and row.ends_at
    }


def _icalendar(content: bytes) -> Read:
    events = Calendar.from_ical(content).walk("VEVENT")
    return {str(e["UID"]): (_utc(e["DTSTART"].dt), _utc(e["DTEND"].dt)) for e in events}


def _recurring(content: bytes) -> Read:
    query = recurring_ical_events.of(Calendar.from_ical(content))
    events = query.between(datetime(2025, 12, 1, tzinfo=UTC), datetime(2028, 2, 1, tzinfo=UTC))
    return {str(e["UID"]): (_utc(e["DTSTART"].dt), _utc(e["DTEND"].dt)) for e in events}


def _vobject(content: bytes) -> Read:
    events = vobject.readOne(content.decode()).vevent_list
    return {e.uid.value: (_utc(e.dtstart.value), _utc(e.dtend.value)) for e in events}


def _ical_js(content: bytes) -> Read:
    node, _cli = compute_driver_executable()
    script = Path(__file__).with_name("read_with_ical.cjs")
    done = subprocess.run([node, str(script)], input=content, capture_output=True, check=True, timeout=60)
    return {
        uid: (datetime.fromtimestamp(start / 1000, UTC), datetime.fromtimestamp(end / 1000, UTC))
        for uid, start, end in json.loads(done.stdout)
    }


def _utc(at: datetime) -> datetime:
    assert at.tzinfo is not None
    return at.astimezone(UTC)


READERS = [_icalendar, _recurring, _vobject, _ical_js]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__.strip("_"))
def test_everybody_reads_every_talk_of_a_feed_at_its_instant(read: Callable[[bytes], Read]) -> None:
    content, truth = feed_file(_talks(), host=HOST, name="Talks"), _truth()
    found = read(content)

    assert len(found) == len(truth) > 500
    wrong = {uid: (found[uid], truth[uid]) for uid in truth if found[uid] != truth[uid]}
    assert wrong == {}


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__.strip("_"))
def test_everybody_reads_invitations_and_files_alike(read: Callable[[bytes], Read]) -> None:
    truth = _truth()
    guests = [
        Guest("Zoë", "zoe@example.org", Attending.OPEN, True),
        Guest("Ben", "b@partner.invalid", Attending.ACCEPTED),
    ]
    for talk in _talks()[:: len(_talks()) // 12]:
        _method, sent = invitation(talk, host=HOST, organizer=("Alongside", "r+cal@a.example"), guests=guests)
        for content in (sent, calendar_file(talk, host=HOST)):
            ((uid, span),) = read(content).items()
            assert span == truth[uid]


def test_lines_are_folded_and_end_as_the_standard_wants() -> None:
    content = feed_file(_talks()[:5], host=HOST, name="Talks")
    lines = content.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert [line for line in lines if line.startswith(b"REFRESH-INTERVAL")] == [
        b"REFRESH-INTERVAL;VALUE=DURATION:PT1H"
    ]


def test_words_of_people_come_back_as_they_were() -> None:
    talk = _talks()[0]
    (event,) = Calendar.from_ical(calendar_file(talk, host=HOST)).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"]), str(event["URL"])) == (
        talk.summary,
        talk.place,
        talk.url,
    )
