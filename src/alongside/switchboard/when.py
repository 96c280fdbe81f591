"""`alongside when`: when somebody may next be disturbed, and why not sooner. docs/reference/when.md is its contract.

Answers about a zone and hours come from the engine alone: no framework is loaded, no database is asked.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from alongside.engine.timing.hours import PersonHours, WeeklyWindow
from alongside.engine.timing.notation import format_hours, parse_hours
from alongside.engine.timing.quiet import HORIZON, Reason, next_moment
from alongside.engine.timing.zones import wall_at, zone_info
from alongside.foundation.clock import now
from alongside.switchboard import start

BAD_INPUT = 2
KEYS = ("zone", "hours", "at")
_IN_MEMORY = 64 * 1024 * 1024  # answers of a batch beyond this wait on disk

_WORDS = {
    Reason.OPEN: "within their hours",
    Reason.OUTSIDE_HOURS: "outside their hours",
    Reason.DAY_OFF: "and that date is closed or has hours of its own",
    Reason.AWAY: "and they are away",
    Reason.LIGHTER: "an hour they gave up for these lighter weeks",
    Reason.NO_HOURS: "and no hours are set",
}


class BadInput(ValueError):
    """Why a question cannot be answered, in one sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """When they are open (in UTC; None for never within two weeks), what their wall shows then, and why."""

    opens: datetime | None
    local: datetime | None
    reason: Reason

    def line(self) -> dict[str, str | None]:
        """As one JSON line says it."""
        opens, local = (at.isoformat() if at is not None else None for at in (self.opens, self.local))
        return {"opens": opens, "local": local, "reason": self.reason.value}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Makes `alongside when` known to the command line."""
    parser = commands.add_parser("when", help="say when somebody may next be disturbed, and why")
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--zone", help="time zone, such as Asia/Kathmandu; asks for --hours as well")
    whom.add_argument("--person", metavar="EMAIL", help="somebody of this installation")
    whom.add_argument(
        "--batch", metavar="FILE", help="JSON lines with zone, hours and at; - reads standard input"
    )
    parser.add_argument("--hours", help='such as "Mon-Fri 08:00-18:00, Sat 10:00-12:00"')
    parser.add_argument("--at", metavar="INSTANT", help="such as 2026-03-04T01:00:00+00:00 (default: now)")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """One question, or a batch of them. Returns 2 for input that cannot be read, having said why."""
    try:
        if options.batch is not None:
            return _batch(options)
        asked = now() if options.at is None else _instant(options.at)
        hours = _hours_of_person(options) if options.person is not None else _hours_given(options)
        print(_told(hours, asked))
    except BadInput as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    return 0


def answer(hours: PersonHours, asked: datetime) -> Answer:
    """When a person with these hours may be disturbed, from the moment asked about on.

    Raises ValueError for years in which nobody plans.
    """
    moment = next_moment(hours, asked)
    local = None if moment.at is None else moment.at.astimezone(zone_info(hours.zone))
    return Answer(moment.at, local, moment.reason)


def answer_line(line: bytes) -> Answer:
    """The answer to one JSON line. Raises ValueError with a sentence that says what is wrong with it."""
    try:
        asked: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise BadInput("this is not JSON") from None
    if not isinstance(asked, dict):
        raise BadInput('this is not an object such as {"zone": …, "hours": …, "at": …}')
    for key in KEYS:
        if not isinstance(asked.get(key), str):
            raise BadInput(f"“{key}” is missing" if key not in asked else f"“{key}” is not a text")
    return answer(_hours(asked["zone"], asked["hours"]), _instant(asked["at"]))


def _batch(options: argparse.Namespace) -> int:
    """All answers in the order of the questions, or none: then every line that cannot be read is named."""
    if options.hours is not None or options.at is not None:
        raise BadInput("--batch reads hours and instants from its lines; leave --hours and --at out")
    with _opened(options.batch) as lines, SpooledTemporaryFile(_IN_MEMORY) as answers:
        good = True
        for number, line in _numbered(lines):
            try:
                answers.write(json.dumps(answer_line(line).line()).encode() + b"\n")
            except ValueError as problem:
                good = False
                print(f"line {number}: {problem}", file=sys.stderr)
        if not good:
            return BAD_INPUT
        answers.seek(0)
        shutil.copyfileobj(answers, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    return 0


def _opened(name: str) -> IO[bytes]:
    try:
        return open(sys.stdin.fileno(), "rb", closefd=False) if name == "-" else Path(name).open("rb")
    except OSError as problem:
        raise BadInput(f"{name} cannot be read: {problem.strerror}") from None


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines that say something, with their numbers as editors count them."""
    for number, line in enumerate(lines, 1):
        said = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not said.isspace() and said:
            yield number, said


def _instant(text: str) -> datetime:
    written = text.strip()
    if written[-1:] == "z":
        written = written[:-1] + "Z"
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        raise BadInput(f"“{text}” is not an instant such as 2026-03-04T01:00:00+00:00") from None
    if instant.tzinfo is None:
        raise BadInput(f"“{text}” needs its distance from UTC at the end, such as +05:45 or Z")
    return instant


@lru_cache(maxsize=65_536)
def _hours(zone: str, hours: str) -> PersonHours:
    return PersonHours(zone, _windows(hours))


@lru_cache(maxsize=4096)
def _windows(hours: str) -> tuple[WeeklyWindow, ...]:
    return parse_hours(hours)


def _hours_given(options: argparse.Namespace) -> PersonHours:
    if options.hours is None:
        raise BadInput('--zone asks for --hours as well, such as --hours "Mon-Fri 08:00-18:00"')
    try:
        return _hours(options.zone, options.hours)
    except ValueError as problem:
        raise BadInput(str(problem)) from None


def _hours_of_person(options: argparse.Namespace) -> PersonHours:
    """What holds for somebody of this installation: their hours, single days and seasons."""
    if options.hours is not None:
        raise BadInput("--person has hours already; leave --hours out")
    start.choose_home(empty=False)
    start.set_up()
    from alongside.delivery.queries import hours_for  # noqa: PLC0415
    from alongside.people.signin import active_person  # noqa: PLC0415

    person = active_person(options.person)
    if person is None:
        raise BadInput(f"“{options.person}” is nobody's address in {os.environ['ALONGSIDE_HOME']}")
    return hours_for(person, None)


def _told(hours: PersonHours, asked: datetime) -> str:
    """An answer in words, for a person at a terminal."""
    try:
        found, wall = answer(hours, asked), wall_at(asked, hours.zone)
    except ValueError as problem:
        raise BadInput(str(problem)) from None
    usual = f" ({format_hours(hours.windows)})" if hours.windows else ""
    why = (
        f"it is {wall.day:%A} {wall.at:%H:%M} there at the moment asked about, {_WORDS[found.reason]}{usual}"
    )
    if found.opens is None or found.local is None:
        return f"opens  never within {HORIZON.days} days\nlocal  -\nwhy    {why}"
    local = f"{found.local.isoformat()} ({found.local:%A} {found.local:%H:%M}, {hours.zone})"
    return f"opens  {found.opens.isoformat()}\nlocal  {local}\nwhy    {why}"
