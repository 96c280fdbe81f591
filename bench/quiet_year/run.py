"""Years of notices through the real pipeline on a fake clock: `bin/bench quiet_year`. Prints its seed and what it counted.

Each world is two weeks around a clock change, somewhere between 2024 and 2037: people in twelve zones with hours, single days and
seasons of any shape, plans at any minute, outages of the mail server, workers that die while they hand over, machine clocks
that are set back or forward, and people who change their zone or hours. Afterwards a month passes in which everything works.
"""

import argparse
import os
import secrets
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

MEMORY = Path("/dev/shm")  # noqa: S108 - only as a quick place for a database that is thrown away


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench quiet_year")
    parser.add_argument(
        "--plans", type=int, default=100_000, help="at least so many notices (default: 100000)"
    )
    parser.add_argument("--seed", type=int, help="repeats a run")
    options = parser.parse_args()
    seed = secrets.randbits(32) if options.seed is None else options.seed
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as home:
        os.environ |= {
            "ALONGSIDE_HOME": home,
            "ALONGSIDE_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "alongside.settings",
        }
        return _run(seed, options.plans)


def _run(seed: int, plans: int) -> int:
    import django  # noqa: PLC0415 - the home folder has to be named first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from bench.quiet_year.world import World, people  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    random, counts, zones = Random(seed), Counter[str](), set[str]()  # noqa: S311 - cases, not secrets
    crowd, begun = people(), time.monotonic()
    while counts["planned"] < plans:
        world = World(crowd, random)
        world.live()
        counts += world.counts
        zones |= world.zones
        for problem in world.problems[:5]:
            print(problem, flush=True)
    broken = counts["at a closed moment"] + counts["twice"] + counts["lost"]
    for name in ("worlds", "planned", "mails", "in other mails or digests", "ran out or taken back by their own rule",
                 "held for people who are never open", "outages", "crashes while handing over", "refused for now",
                 "clock steps", "changes of hours, zone or season"):  # fmt: skip
        print(f"{counts[name]:>8}  {name}")
    print(f"{len(zones):>8}  zones")
    for name in ("at a closed moment", "twice", "lost"):
        print(f"{counts[name]:>8}  {name}")
    print(f"seed {seed} · {time.monotonic() - begun:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
