"""The timing engine against plain loops over zoneinfo, in one run: `bin/bench timing`. See bench/README.md.

Every answer that is timed is also compared with the plain loop's.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.notation import parse_hours
from alongside.engine.timing.overlap import good_hours_per_week, rank_times
from alongside.engine.timing.quiet import is_open
from alongside.engine.timing.stretch import Side
from alongside.engine.timing.weeks import week_bits
from alongside.engine.timing.zones import canonical_zones, database_version, zone_info

SEED = 20260304
WEEKS = (
    "Mon-Fri 08:00-18:00",
    "Mon-Thu 09:00-17:00, Sat 10:00-12:00",
    "Mon Wed Fri 17:00-22:00",
    "Sun-Thu 22:00-06:00",
)
FIRST, LAST = datetime(2026, 2, 2, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)
WORDS = 6  # 336 bits in words of 64
MINUTE, HOUR, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(weeks=1)
MEETING, AHEAD = HOUR, 8 * WEEK


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench timing")
    parser.add_argument("--pairs", type=int, default=1_000_000, help="persons and instants")
    parser.add_argument("--people", type=int, default=10_000, help="on each side of the matching")
    parser.add_argument("--lines", type=int, default=100_000, help="of a batch of `alongside when`")
    parser.add_argument("--out", type=Path, default=Path("bench/results/timing.json"))
    options = parser.parse_args()
    random = Random(SEED)  # noqa: S311 - cases, not secrets
    result = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "zone data": database_version(),
        "seed": SEED,
        "is_open": _open_pairs(options.pairs, random),
        "good hours": _good_hours(options.people, random),
        "rank_times": _ranked(random),
        "when --batch": _batch(options.lines, random),
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))
    return 0


def _person(random: Random) -> PersonHours:
    return PersonHours(random.choice(canonical_zones()), parse_hours(random.choice(WEEKS)))


def _instant(random: Random) -> datetime:
    return FIRST + random.randrange((LAST - FIRST) // MINUTE) * MINUTE


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time: the machine may have other work."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def _open_pairs(pairs: int, random: Random) -> dict[str, float]:
    people = [_person(random) for _ in range(1000)]
    asked = [(random.choice(people), _instant(random)) for _ in range(pairs)]
    loops = {id(hours): plain(hours) for hours in people}
    for hours, instant in asked[:20_000]:  # both warm
        is_open(hours, instant), loops[id(hours)](instant)
    engine, found = _timed(lambda: [is_open(hours, instant) for hours, instant in asked])
    loop, expected = _timed(lambda: [loops[id(hours)](instant) for hours, instant in asked])
    _must_agree(found, expected)
    return {
        "pairs": pairs,
        "seconds": _rounded(engine),
        "plain loop": _rounded(loop),
        "ratio": _rounded(engine / loop),
    }


def plain(hours: PersonHours) -> Callable[[datetime], bool]:
    """What one would write without an engine: local time, then each window of today and of last night."""
    zone: ZoneInfo = zone_info(hours.zone)
    windows = [
        (w.weekday, w.start.hour * 60 + w.start.minute, w.end.hour * 60 + w.end.minute) for w in hours.windows
    ]

    def said(instant: datetime) -> bool:
        local = instant.astimezone(zone)
        weekday, minute = local.weekday(), local.hour * 60 + local.minute
        for day, start, end in windows:
            if day == weekday and start <= minute and (minute < end or end <= start):
                return True
            if end <= start and (day + 1) % 7 == weekday and minute < end:
                return True
        return False

    return said


def _good_hours(people: int, random: Random) -> dict[str, float]:
    mentors, mentees = ([_person(random) for _ in range(people)] for _ in range(2))
    making, bits = _timed(
        lambda: [[week_bits(hours, FIRST, LAST) for hours in side] for side in (mentors, mentees)]
    )
    left, right = (_words(side) for side in bits)
    comparing, most = _timed(lambda: _shared(left, right))
    probes = [(random.randrange(people), random.randrange(people)) for _ in range(40)]
    _must_agree(
        [int(most[a, b]) for a, b in probes], [(bits[0][a] & bits[1][b]).bit_count() for a, b in probes]
    )
    exact, shares = _timed(
        lambda: [good_hours_per_week(mentors[a], mentees[b], FIRST, LAST) for a, b in probes]
    )
    if any(share.least < int(most[a, b]) * 30 * MINUTE for share, (a, b) in zip(shares, probes, strict=True)):
        raise SystemExit("a week shares less than its bits promise")
    loop, _ = _timed(lambda: [_half_hours_by_loop(mentors[a], mentees[b]) for a, b in probes[:3]])
    each = comparing / people**2
    return {
        "people a side": people,
        "making all bits, seconds": _rounded(making),
        "comparing all pairs, seconds": _rounded(comparing),
        "nanoseconds a pair": _rounded(each * 1e9),
        "good_hours_per_week of one pair, milliseconds": _rounded(exact / len(probes) * 1e3),
        "times faster than half hours through zoneinfo": _rounded(loop / 3 / each),
    }


def _words(bits: list[int]) -> np.ndarray:
    raw = b"".join(week.to_bytes(WORDS * 8, "little") for week in bits)
    return np.frombuffer(raw, dtype="<u8").reshape(len(bits), WORDS)


def _shared(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """How many half hours each of the left shares with each of the right: 0 to 336, in blocks that fit the cache."""
    found = np.zeros((len(left), len(right)), dtype=np.uint16)
    for row in range(len(left)):
        for word in range(WORDS):
            found[row] += np.bitwise_count(left[row, word] & right[:, word])
    return found


def _half_hours_by_loop(a: PersonHours, b: PersonHours) -> int:
    """How many half hours of the whole period two people share, each asked for on both walls."""
    said, other = plain(a), plain(b)
    halves = (FIRST + step * 30 * MINUTE for step in range((LAST - FIRST) // (30 * MINUTE)))
    return sum(said(half) and other(half) for half in halves)


def _ranked(random: Random) -> dict[str, float]:
    pairs = [
        (PersonHours(a, parse_hours(WEEKS[0])), PersonHours(b, parse_hours(WEEKS[0])))
        for a, b in _zones(random)
    ]
    times, offers = [], []
    for a, b in pairs:
        start = _instant(random)
        asked = ([Side("a", a), Side("b", b)], MEETING, start, start + AHEAD)
        rank_times(*asked)
        seconds, found = min(
            (_timed(lambda asked=asked: rank_times(*asked)) for _ in range(3)), key=lambda one: one[0]
        )
        times.append(seconds * 1e3)
        offers.append(len(found))
    return {
        "pairs": len(pairs),
        "median milliseconds": _rounded(statistics.median(times)),
        "slowest of a hundred": _rounded(max(times)),
        "median offers": statistics.median(offers),
    }


def _zones(random: Random) -> list[tuple[str, str]]:
    return [(random.choice(canonical_zones()), random.choice(canonical_zones())) for _ in range(100)]


def _batch(lines: int, random: Random) -> dict[str, float]:
    asked = "".join(
        json.dumps(
            {
                "zone": random.choice(canonical_zones()),
                "hours": random.choice(WEEKS),
                "at": _instant(random).isoformat(),
            }
        )
        + "\n"
        for _ in range(lines)
    )
    command = [sys.executable, "-m", "alongside", "when", "--batch", "-"]
    before = os.times()
    done = subprocess.run(command, input=asked.encode(), capture_output=True, check=True)
    after = os.times()
    if done.stdout.count(b"\n") != lines:
        raise SystemExit("a line was not answered")
    return {
        "lines": lines,
        "seconds": _rounded(
            after.children_user + after.children_system - before.children_user - before.children_system
        ),
    }


def _must_agree(found: list[Any], expected: list[Any]) -> None:
    if found != expected:
        raise SystemExit("the engine and the plain loop disagree")


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


if __name__ == "__main__":
    sys.exit(main())
