"""Zones: every name a browser can send, offsets over time, and wall clocks that skip or repeat."""

import os
import struct
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzdata
from hypothesis import given
from hypothesis import strategies as st

from alongside.engine.timing.instants import from_seconds, to_seconds
from alongside.engine.timing.zones import (
    SAMPLING_STEP,
    Resolved,
    Stretch,
    UnknownZone,
    Wall,
    WallKind,
    canonical_zone,
    canonical_zones,
    database_version,
    instant_at,
    offset_at,
    stretches_between,
    wall_at,
    zone_choices,
    zone_info,
)

# Names that browsers are known to send although they are not what the zone database calls the place.
SENT_BY_BROWSERS = {
    "Africa/Asmera": "Africa/Asmara",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Catamarca": "America/Argentina/Catamarca",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Cordoba": "America/Argentina/Cordoba",
    "America/Godthab": "America/Nuuk",
    "America/Indianapolis": "America/Indiana/Indianapolis",
    "America/Jujuy": "America/Argentina/Jujuy",
    "America/Louisville": "America/Kentucky/Louisville",
    "America/Mendoza": "America/Argentina/Mendoza",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Europe/Kiev": "Europe/Kyiv",
    "Pacific/Enderbury": "Pacific/Kanton",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
}
OLD_NAMES = {
    "US/Eastern": "America/New_York",
    "EST5EDT": "America/New_York",
    "PST8PDT": "America/Los_Angeles",
    "GB": "Europe/London",
    "Iceland": "Atlantic/Reykjavik",
    "Japan": "Asia/Tokyo",
    "UTC": "Etc/UTC",
    "Zulu": "Etc/UTC",
    "GMT": "Etc/GMT",
    "Etc/GMT+5": "Etc/GMT+5",
}
DATABASE = resources.files("tzdata") / "zoneinfo"
BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def all_names() -> list[str]:
    names = (resources.files("tzdata") / "zones").read_text(encoding="utf-8").split()
    return [name for name in names if name != "Factory"]


def resolved(text: str, kind: WallKind) -> Resolved:
    return Resolved(datetime.fromisoformat(text).replace(tzinfo=UTC), kind)


@pytest.mark.parametrize(("sent", "stored"), [*SENT_BY_BROWSERS.items(), *OLD_NAMES.items()])
def test_canonical_zone_knows_what_browsers_and_old_systems_send(sent: str, stored: str) -> None:
    assert canonical_zone(sent) == stored


def test_canonical_zone_keeps_the_persons_own_country() -> None:
    assert [canonical_zone(name) for name in ("Europe/Stockholm", "Europe/Oslo", "Africa/Kigali")] == [
        "Europe/Stockholm",
        "Europe/Oslo",
        "Africa/Kigali",
    ]


def test_canonical_zone_knows_every_name_of_the_database_and_keeps_its_clock() -> None:
    days = [to_seconds(datetime(2026, 1, 1, tzinfo=UTC)) + step * 7 * 86_400 for step in range(52 * 3)]
    for name in all_names():
        stored = canonical_zone(name)
        own = zone_file(name)

        assert canonical_zone(stored) == stored
        for seconds in days[:: 1 if stored != name else 40]:
            local = from_seconds(seconds).astimezone(own)
            assert local.utcoffset() == timedelta(seconds=offset_at(stored, seconds)), (name, stored)


def zone_file(name: str) -> ZoneInfo:
    with DATABASE.joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file)


def test_canonical_zone_forgives_case_and_space() -> None:
    assert canonical_zone("  asia/CALCUTTA ") == "Asia/Kolkata"


@pytest.mark.parametrize("name", ["", "Europe/Atlantis", "Factory", "localtime", "../etc/passwd", "+05:30"])
def test_an_unknown_zone_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnknownZone, match="is not a time zone") as caught:
        canonical_zone(name)

    assert caught.value.name == name


def test_canonical_zones_are_places_and_utc() -> None:
    zones = canonical_zones()

    assert zones == tuple(sorted(set(zones)))
    assert {"Asia/Kolkata", "Europe/Kyiv", "Europe/Stockholm", "Etc/UTC"} <= set(zones)
    assert {"Asia/Calcutta", "US/Eastern", "EST5EDT", "Etc/GMT+5"} & set(zones) == set()
    assert [canonical_zone(zone) for zone in zones] == list(zones)


def test_zone_choices_run_from_west_to_east_with_the_offset_of_the_moment() -> None:
    winter = {choice.name: choice for choice in zone_choices(NOW)}
    summer = {choice.name: choice for choice in zone_choices(NOW - timedelta(days=150))}

    assert list(winter) == sorted(winter, key=lambda name: (winter[name].offset, name))
    assert set(winter) == set(canonical_zones())
    assert (winter[BERLIN].offset, summer[BERLIN].offset) == (timedelta(hours=1), timedelta(hours=2))
    assert winter["Asia/Kathmandu"].offset == timedelta(hours=5, minutes=45)
    assert (winter["Asia/Kolkata"].countries, winter["Etc/UTC"].countries) == (("IN",), ())


def test_zone_info_reads_the_package_under_the_canonical_name() -> None:
    assert zone_info("Asia/Calcutta").key == "Asia/Kolkata"
    with pytest.raises(UnknownZone):
        zone_info("Europe/Atlantis")


def test_database_version_is_that_of_the_package() -> None:
    assert database_version() == tzdata.IANA_VERSION


def test_the_hosts_zone_files_change_nothing(tmp_path: Path) -> None:
    berlin = tmp_path / "Europe" / "Berlin"
    berlin.parent.mkdir()
    berlin.write_bytes((DATABASE / "Asia" / "Tokyo").read_bytes())
    question = (
        "import zoneinfo, datetime as d; from alongside.engine.timing.zones import offset_at\n"
        "host = d.datetime(2026, 1, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin')).utcoffset()\n"
        "print(int(host.total_seconds()), offset_at('Europe/Berlin', 1767225600))"
    )
    environment = {**os.environ, "PYTHONTZPATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}

    answer = subprocess.run(
        [sys.executable, "-c", question], env=environment, capture_output=True, text=True, check=True
    )

    assert answer.stdout.split() == ["32400", "3600"]


def test_wall_at_shows_date_time_and_offset() -> None:
    shown = wall_at(datetime(2026, 3, 5, 18, 30, tzinfo=UTC), "Pacific/Kiritimati")

    assert shown == Wall(date(2026, 3, 6), time(8, 30), timedelta(hours=14))


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (date(2026, 3, 29), time(1, 59), BERLIN, resolved("2026-03-29T00:59", WallKind.ONCE)),
        (date(2026, 3, 29), time(2, 0), BERLIN, resolved("2026-03-29T01:00", WallKind.SKIPPED)),
        (date(2026, 3, 29), time(2, 30), BERLIN, resolved("2026-03-29T01:30", WallKind.SKIPPED)),
        (date(2026, 3, 29), time(3, 0), BERLIN, resolved("2026-03-29T01:00", WallKind.ONCE)),
        (date(2026, 10, 25), time(2, 30), BERLIN, resolved("2026-10-25T00:30", WallKind.TWICE)),
        (date(2026, 10, 25), time(3, 0), BERLIN, resolved("2026-10-25T02:00", WallKind.ONCE)),
        (date(2011, 12, 30), time(12), "Pacific/Apia", resolved("2011-12-30T22:00", WallKind.SKIPPED)),
        (
            date(2026, 4, 5),
            time(1, 45, 30, 7),
            "Australia/Lord_Howe",
            resolved("2026-04-04T14:45:30.000007", WallKind.TWICE),
        ),
    ],
)
def test_instant_at_reads_wall_times_as_calendars_do(
    day: date, at: time, zone: str, expected: Resolved
) -> None:
    assert instant_at(day, at, zone) == expected


def test_instant_at_gives_the_second_of_a_doubled_time_when_asked() -> None:
    second = instant_at(date(2026, 10, 25), time(2, 30), BERLIN, second=True)

    assert second == resolved("2026-10-25T01:30", WallKind.TWICE)


def test_instant_at_refuses_a_time_with_a_zone_of_its_own() -> None:
    with pytest.raises(ValueError, match="no zone of its own"):
        instant_at(date(2026, 3, 29), time(2, tzinfo=UTC), BERLIN)


@given(
    st.dates(date(1975, 1, 1), date(2060, 1, 1)),
    st.times(),
    st.sampled_from(canonical_zones()),
    st.booleans(),
)
def test_instant_at_agrees_with_folds_of_the_standard_library(
    day: date, at: time, zone: str, second: bool
) -> None:
    found = instant_at(day, at, zone, second=second)

    fold = int(second and found.kind is WallKind.TWICE)
    assert found.instant == datetime.combine(day, at.replace(fold=fold), zone_info(zone)).astimezone(UTC)
    back = wall_at(found.instant, zone)
    assert ((back.day, back.at) == (day, at)) is (found.kind is not WallKind.SKIPPED)


def test_stretches_tile_the_asked_time_with_changing_offsets() -> None:
    start, end = (to_seconds(datetime(year, 1, 1, tzinfo=UTC)) for year in (2024, 2027))
    for zone in ("Africa/Casablanca", BERLIN, "America/New_York", "Asia/Tokyo", "Pacific/Chatham"):
        stretches = list(stretches_between(zone, start, end))

        assert (stretches[0].start, stretches[-1].end) == (start, end)
        assert all(a.end == b.start and a.offset != b.offset for a, b in pairwise(stretches))
        assert all(offset_at(zone, s.start) == s.offset == offset_at(zone, s.end - 1) for s in stretches)


def test_stretches_between_equal_ends_are_none() -> None:
    assert list(stretches_between(BERLIN, 0, 0)) == []


def test_a_stretch_that_begins_with_a_change_has_the_new_offset_alone() -> None:
    change = to_seconds(datetime(2026, 3, 29, 1, tzinfo=UTC))

    assert list(stretches_between(BERLIN, change, change + 60)) == [Stretch(change, change + 60, 7200)]
    assert list(stretches_between(BERLIN, change - 60, change)) == [Stretch(change - 60, change, 3600)]


def test_stretches_find_the_changes_after_the_last_one_on_file() -> None:
    start, end = (to_seconds(datetime(year, 1, 1, tzinfo=UTC)) for year in (2099, 2100))

    changes = [from_seconds(stretch.start) for stretch in stretches_between(BERLIN, start, end)][1:]

    assert changes == [datetime(2099, 3, 29, 1, tzinfo=UTC), datetime(2099, 10, 25, 1, tzinfo=UTC)]


def test_no_zone_changes_its_offset_twice_within_the_sampling_step() -> None:
    closest = min(
        later - earlier for name in all_names() for earlier, later in pairwise(recorded_changes(name))
    )

    assert closest > 3 * SAMPLING_STEP


def recorded_changes(name: str) -> list[int]:
    """The instants since 1970 at which a compiled zone file changes its offset, from its second block."""
    raw = DATABASE.joinpath(*name.split("/")).read_bytes()
    counts = struct.unpack(">6l", raw[20:44])
    begin = 44 + counts[3] * 5 + counts[4] * 6 + counts[5] + counts[2] * 8 + counts[1] + counts[0]
    _, _, _, times, types, _ = struct.unpack(">6l", raw[begin + 20 : begin + 44])
    body = raw[begin + 44 :]
    moments = struct.unpack(f">{times}q", body[: 8 * times])
    kinds = body[8 * times : 9 * times]
    rows = [body[9 * times + 6 * row : 9 * times + 6 * row + 4] for row in range(types)]
    offsets = [int.from_bytes(row, "big", signed=True) for row in rows]
    steps = [(moment, offsets[kind]) for moment, kind in zip(moments, kinds, strict=True)]
    return [now[0] for before, now in pairwise(steps) if before[1] != now[1] and now[0] >= 0]
