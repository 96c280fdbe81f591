"""One run: the best pairs, within the time there is, with progress for somebody who watches."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Final

from alongside.engine.matching import OneWay, Program, Result, match, match_one_way
from alongside.spreadsheets.problems import Place, refuse
from alongside.spreadsheets.programs import Task

MOST_PAIRS: Final = 20_000_000_000  # beyond, a run without a deadline could look like one that never ends
SEARCHED_PAIRS: Final = 5_000_000  # what the search for one-way pairs may look at in all
PAUSE: Final = 0.2  # seconds between two looks of somebody who watches
PROOFS: Final = ("bounds", "full")


class Watch:
    """Counts the seconds of a run, tells a terminal how far it is, and says when the time is up."""

    def __init__(self, deadline: float | None) -> None:
        self.started = time.monotonic()
        self.deadline = deadline
        self.struck = False
        self.told = 0.0
        self.terminal = sys.stderr.isatty()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    def go_on(self, done: int, of: int) -> bool:
        """Tells how far the run is; False once the time is up."""
        now = self.seconds
        if self.deadline is not None and now > self.deadline:
            self.struck = True
        if self.terminal and of and (now - self.told >= PAUSE or done == of):
            self.told = now
            sys.stderr.write(f"\r{100 * done // of:3d} %  {int(now)} s ")
            sys.stderr.flush()
        return not self.struck

    def clear(self) -> None:
        """Takes the progress off the terminal."""
        if self.terminal and self.told:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class Solved:
    """What a run found. ``program`` has the ways forbidden that a search for one-way pairs closed; ``one_way`` is
    the whole outcome of that search."""

    result: Result
    program: Program
    one_way: OneWay | None
    stopped: bool


def solve(task: Task, watch: Watch, *, proof: str, threads: int | None = None) -> Solved:
    """The best pairs of the program, or the best by the deadline. Raises BadInput when it is too large to end."""
    pairs = len(task.program.mentees.ids) * len(task.program.mentors.ids)
    if pairs > MOST_PAIRS and watch.deadline is None:
        place = Place(task.sheet)
        raise refuse(
            place,
            f"{pairs:,} possible pairs, more than {MOST_PAIRS:,}: a run could take hours. Give --deadline SECONDS for "
            "the best pairs found by then, or match parts of the sheet apart.",
        )

    def run(program: Program) -> Result:
        return match(program, proof=proof, threads=threads, progress=watch.go_on)

    found = None
    if task.one_way:
        runs = max(8, min(300, SEARCHED_PAIRS // max(1, pairs)))
        found = match_one_way(task.program, solve=run, most_runs=runs)
        result, program = found.result, found.program
    else:
        result, program = run(task.program), task.program
    watch.clear()
    settled = result.gap == 0 or (found is not None and found.proven)
    return Solved(result, program, found, watch.struck and not settled)
