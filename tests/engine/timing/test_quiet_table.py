"""The quiet-hours table of the timing design: every row was computed with a separate model."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.engine.timing.hours import DayOverride, PersonHours
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.quiet import is_open, next_open
from alongside.engine.timing.zones import wall_at

CLOSED = (DayOverride(date(2026, 12, 25)), DayOverride(date(2026, 12, 28)))

# case|zone|hours|sent (UTC)|released (UTC)|what the wall clock shows at release
TABLE = """
the 1 a.m. text    |America/New_York   |Mon-Fri 08-18    |2026-03-04T06:00|2026-03-04T13:00|Wed 08:00 -5:00
half-hour zone     |Asia/Kolkata       |Mon-Fri 08-18    |2026-03-04T13:00|2026-03-05T02:30|Thu 08:00 +5:30
:45 zone           |Asia/Kathmandu     |Mon-Fri 08-18    |2026-03-04T01:00|2026-03-04T02:15|Wed 08:00 +5:45
:45, DST ends      |Pacific/Chatham    |Mon-Fri 08-18    |2026-04-03T18:00|2026-04-05T19:15|Mon 08:00 +12:45
DST starts         |America/New_York   |Mon-Fri 08-18    |2026-03-06T23:30|2026-03-09T12:00|Mon 08:00 -4:00
inside a gap       |Europe/Berlin      |daily 02:15-02:45|2026-03-29T00:30|2026-03-30T00:15|Mon 02:15 +2:00
starts in a gap    |Europe/Berlin      |daily 02:30-10:00|2026-03-29T00:30|2026-03-29T01:00|Sun 03:00 +2:00
overlap, once      |Europe/Berlin      |daily 02:30-10:00|2026-10-25T00:00|2026-10-25T00:30|Sun 02:30 +2:00
overlap re-opens   |Europe/Berlin      |daily 00:00-02:30|2026-10-25T00:45|2026-10-25T01:00|Sun 02:00 +1:00
half-hour gap      |Australia/Lord_Howe|daily 02:15-10:00|2026-10-03T15:00|2026-10-03T15:30|Sun 02:30 +11:00
half-h. overlap    |Australia/Lord_Howe|daily 01:45-10:00|2026-04-04T14:00|2026-04-04T14:45|Sun 01:45 +11:00
no midnight        |America/Sao_Paulo  |daily 00:00-06:00|2018-11-04T02:30|2018-11-04T03:00|Sun 01:00 -2:00
no DST, Brazil     |America/Sao_Paulo  |Mon-Fri 08-18    |2026-11-02T10:30|2026-11-02T11:00|Mon 08:00 -3:00
no such Friday     |Pacific/Apia       |Mon-Fri 08-18    |2011-12-30T05:00|2012-01-01T18:00|Mon 08:00 +14:00
no DST, Samoa      |Pacific/Apia       |Mon-Fri 08-18    |2026-03-06T06:00|2026-03-08T19:00|Mon 08:00 +13:00
midnight gap, 00:15|Africa/Cairo       |daily 00:15-06:00|2026-04-23T21:30|2026-04-23T22:00|Fri 01:00 +3:00
midnight gap, 00:30|Asia/Beirut        |daily 00:30-06:00|2026-03-28T21:30|2026-03-28T22:00|Sun 01:00 +3:00
two-hour gap       |Antarctica/Troll   |daily 02:30-10:00|2026-03-29T00:30|2026-03-29T01:00|Sun 03:00 +2:00
Ramadan            |Africa/Casablanca  |Mon-Fri 08-18    |2026-02-16T07:30|2026-02-16T08:00|Mon 08:00 +0:00
winter DST         |Europe/Dublin      |Mon-Fri 08-18    |2026-03-27T19:00|2026-03-30T07:00|Mon 08:00 +1:00
night shift        |Europe/London      |Mon-Fri 22-06    |2026-03-29T12:00|2026-03-30T21:00|Mon 22:00 +1:00
+14, at once       |Pacific/Kiritimati |Mon-Fri 08-18    |2026-03-05T18:30|2026-03-05T18:30|Fri 08:30 +14:00
-11, same instant  |Pacific/Niue       |Mon-Fri 08-18    |2026-03-05T18:30|2026-03-05T19:00|Thu 08:00 -11:00
closed days        |Europe/Berlin      |Mon-Fri 08-18    |2026-12-24T18:00|2026-12-29T07:00|Tue 08:00 +1:00
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_release_follows_the_table(row: list[str]) -> None:
    case, zone, hours, *times, shown = row
    sent, released = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in times)
    receiver = PersonHours(zone, parse_hours(hours), CLOSED if case.startswith("closed") else ())

    release = next_open(receiver, sent)

    assert release == released
    assert is_open(receiver, sent) is (sent == released)
    assert wall_text(released, zone) == shown


def wall_text(instant: datetime, zone: str) -> str:
    wall = wall_at(instant, zone)
    minutes = abs(wall.offset) // timedelta(minutes=1)
    sign = "-" if wall.offset < timedelta() else "+"
    return f"{wall.day:%a} {wall.at:%H:%M} {sign}{minutes // 60}:{minutes % 60:02}"
