"""Rules of zones as calendars read them, against our own zone data; read by dateutil, which we did not write."""

import warnings
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from icalendar import Calendar

from alongside.engine.timing.instants import EPOCH, from_seconds, to_seconds
from alongside.engine.timing.zones import canonical_zones, stretches_between, wall_at
from alongside.meetings.zonerules import zone_rules

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from dateutil.tz import tzical

FIRST, LAST = 2025, 2028
AROUND = [timedelta(minutes=minutes) for minutes in (-181, -61, -31, -1, 0, 1, 31, 61, 181)]
RULED = {
    "America/New_York": {"2SU", "1SU"},
    "Europe/Berlin": {"-1SU"},
    "Australia/Lord_Howe": {"1SU"},
    "Pacific/Chatham": {"1SU", "-1SU"},
}


def _written(zone: str) -> str:
    calendar = Calendar()
    calendar.add_component(zone_rules(zone, FIRST, LAST))
    return calendar.to_ical().decode()


def _instants(zone: str) -> list[datetime]:
    """Around every change of the years, and the middle of each stretch."""
    start = to_seconds(EPOCH.replace(year=FIRST)) + 86_400
    end = to_seconds(EPOCH.replace(year=LAST + 1)) - 86_400
    found = []
    for stretch in stretches_between(zone, start, end):
        found += [from_seconds(stretch.start) + apart for apart in AROUND if stretch.start > start]
        found.append(from_seconds((stretch.start + stretch.end) // 2))
    return found


@pytest.mark.parametrize("region", ["A", "B", "C", "E", "I", "P"])
def test_rules_give_every_zone_the_offset_of_our_data(region: str) -> None:
    wrong = []
    for zone in (name for name in canonical_zones() if name.startswith(region)):
        theirs = tzical(StringIO(_written(zone))).get(zone)
        for at in _instants(zone):
            ours = wall_at(at, zone).offset
            if at.astimezone(theirs).utcoffset() != ours:
                wrong.append((zone, at.isoformat(), ours))
    assert wrong == []


@pytest.mark.parametrize("zone", sorted(RULED))
def test_change_that_comes_every_year_is_one_rule(zone: str) -> None:
    (rules,) = Calendar.from_ical(_written(zone)).walk("VTIMEZONE")
    parts = [part for part in rules.subcomponents if "RRULE" in part]
    assert {str(part["RRULE"]["BYDAY"][0]) for part in parts} == RULED[zone]


def test_change_that_follows_the_moon_is_written_out() -> None:
    (rules,) = Calendar.from_ical(_written("Africa/Casablanca")).walk("VTIMEZONE")
    assert len(rules.subcomponents) > 2 * (LAST - FIRST)
    assert all("RRULE" not in part and "RDATE" not in part for part in rules.subcomponents)


def test_rules_are_there_before_the_first_change() -> None:
    (rules,) = Calendar.from_ical(_written("Australia/Sydney")).walk("VTIMEZONE")
    first = min(part["DTSTART"].dt for part in rules.subcomponents)
    assert first.replace(tzinfo=UTC) < EPOCH.replace(year=FIRST)
