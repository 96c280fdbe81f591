"""Quiet hours against the minutes, over every zone name and the years 2024 to 2037: `bin/bench timing-oracle`.

Each name gets as many cases as every other; names whose clocks change get most of theirs within five hours of a change. The
engine's answer is compared with a walk through the minutes; the first case that differs is printed with all it needs.
"""

import argparse
import secrets
import sys
import time
from datetime import UTC, datetime
from random import Random

from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.quiet import is_open, next_open
from alongside.engine.timing.zones import database_version
from tests.engine.timing.oracle import (
    MINUTE,
    NEAR,
    any_hours,
    changes_of,
    clock,
    definition,
    every_name,
    walked,
)

FIRST_YEAR, LAST_YEAR = 2024, 2037
PROBES = 20  # further instants of each case at which `is_open` is asked


def main() -> int:
    options = _options()
    seed = secrets.randbits(32) if options.seed is None else options.seed
    random, names = Random(seed), every_name()  # noqa: S311 - cases, not secrets
    each = -(-options.cases // len(names))
    begun, cases, near, differences = time.monotonic(), 0, 0, 0
    for name in names:
        changes = changes_of(name, FIRST_YEAR, LAST_YEAR)
        for number in range(each):
            moment = _moment(random, changes if number % 4 else ())
            hours = any_hours(name, moment.astimezone(clock(name)).date(), random)
            cases += 1
            near += any(abs(moment - change) <= NEAR for change in changes)
            if not _agrees(hours, moment, name, random):
                differences += 1
                print(f"differs: {name} {moment.isoformat()} {hours}", flush=True)
    print(
        f"seed {seed} · zone data {database_version()} · {len(names)} names, {FIRST_YEAR} to {LAST_YEAR} · {cases} cases, "
        f"{near} within five hours of a clock change · {differences} differences · {time.monotonic() - begun:.0f} s"
    )
    return 1 if differences else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench timing-oracle")
    parser.add_argument("--cases", type=int, default=24_000, help="at least so many (default: 24000)")
    parser.add_argument("--seed", type=int, help="repeats a run")
    return parser.parse_args()


def _moment(random: Random, changes: tuple[datetime, ...]) -> datetime:
    """Within five hours of a change, if there is one; else any minute of the years."""
    if changes:
        return random.choice(changes) + random.randint(-300, 300) * MINUTE
    first, last = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    return first + random.randrange((last - first) // MINUTE) * MINUTE


def _agrees(hours: PersonHours, moment: datetime, name: str, random: Random) -> bool:
    said = definition(hours, name)
    probes = [moment + random.randint(-3000, 3000) * MINUTE for _ in range(PROBES)]
    return next_open(hours, moment) == walked(hours, moment, name) and all(
        is_open(hours, probe) == said(probe) for probe in probes
    )


if __name__ == "__main__":
    sys.exit(main())
