"""Checks pairs and a report against people and rules: every number is counted anew, nothing of them is believed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from alongside.engine.matching import ProgramError, bound
from alongside.engine.matching.result import figures
from alongside.spreadsheets.pairings import Pairings, read_pairings
from alongside.spreadsheets.problems import Place, Problems, refuse
from alongside.spreadsheets.programs import Task

Progress = Callable[[int, int], object]
Missing = dict[str, str | int]
TOLD: Final = ("total", "bound", "gap", "matched", "mean", "min", "percentiles", "load", "left_out", "prices")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was counted here; ``problems`` is empty when the files say the same. ``bound`` is None when the prices
    prove nothing."""

    problems: Problems
    matched: int
    total: int
    bound: int | None


def verify(task: Task, pairs: Path, report: Path, *, progress: Progress | None = None) -> Verdict:
    """Scores, rules, capacities, figures and certificate. Raises BadInput when a file cannot be opened at all."""
    problems = Problems()
    told = _read_report(report)
    pairings = read_pairings(task, pairs, problems)
    check = _Check(task, pairings, told, Place(str(report)), problems)
    check.everybody()
    check.figures()
    proven = check.certificate(progress)
    return Verdict(problems, len(pairings.pairs), check.total, proven)


def _read_report(path: Path) -> dict[str, Any]:
    place = Place(str(path))
    try:
        told = json.loads(path.read_bytes())
    except OSError as error:
        raise refuse(place, f"cannot be read: {error.strerror}. Look at the name and the folder.") from None
    except (ValueError, RecursionError) as error:
        raise refuse(place, f"this is not JSON: {error}. Make the report anew.") from None
    missing = [key for key in TOLD if key not in told] if isinstance(told, dict) else list(TOLD)
    if missing:
        raise refuse(place, f"the report does not tell {', '.join(missing)}. Make it anew.")
    return dict(told)


class _Check:
    def __init__(
        self, task: Task, pairings: Pairings, told: dict[str, Any], place: Place, problems: Problems
    ) -> None:
        self.program, self.pairings, self.told, self.place = task.program, pairings, told, place
        self.problems = problems
        self.total = self._total()

    def object(self, sentence: str) -> None:
        self.problems.add(self.place, sentence)

    def everybody(self) -> None:
        """Each mentee has a mentor or stands among those left out, once."""
        entries = self.told["left_out"]
        if not isinstance(entries, list) or not all(isinstance(e, dict) and "id" in e for e in entries):
            self.object("“left_out” is no list of people with id and reason.")
            return
        named = Counter(str(entry["id"]) for entry in entries)
        for person, times in sorted(named.items()):
            if person not in self.pairings.row:
                self.object(f"“left_out” names “{person}”, who is no mentee of the sheet.")
            elif self.pairings.has[person]:
                self.object(f"“left_out” names “{person}”, who has a mentor.")
            elif times > 1:
                self.object(f"“left_out” names “{person}” {times} times.")
        for person in self.program.mentees.ids:
            if person not in named and not self.pairings.has[person]:
                self.object(f"“{person}” has no mentor and does not stand in “left_out”.")

    def figures(self) -> None:
        """What the report says of the pairs is what the pairs are."""
        points, load = self.pairings.points, self._load()
        left_out = sum(not self.pairings.has[mentee] for mentee in self.program.mentees.ids)
        counted = figures(points, [load[mentor] for mentor in self.program.mentors.ids], left_out)
        expected: dict[str, object] = {
            "total": self.total,
            "matched": counted.matched,
            "min": counted.least,
            "percentiles": {str(share): value for share, value in counted.percentiles},
            "load": {str(mentees): mentors for mentees, mentors in counted.load},
            **self._missing(),
        }
        for key, value in expected.items():
            if self.told.get(key) != value:
                self.object(f"“{key}” says {_shown(self.told.get(key))}; counted anew it is {_shown(value)}.")
        mean, right = self.told["mean"], sum(points) / len(points) if points else None
        if not (mean is right or (right is not None and _is_number(mean) and abs(mean - right) < 1)):
            self.object(f"“mean” says {_shown(mean)}; counted anew it is {_shown(right)}.")

    def certificate(self, progress: Progress | None) -> int | None:
        """The bound the prices prove, which no choice of pairs can exceed, whoever found the prices."""
        prices = self.told["prices"]
        if not isinstance(prices, dict) or not all(_is_whole(price) for price in prices.values()):
            self.object("“prices” is no table of whole numbers, one for each mentor.")
            return None
        try:
            proven = bound(self.program, prices, progress=progress)
        except ProgramError as error:
            people = ", ".join(error.ids[:5]) + (" …" if len(error.ids) > 5 else "")
            self.object(f"“prices” {error.problem}: {people}.")
            return None
        if self.told["bound"] != proven:
            self.object(f"“bound” says {_shown(self.told['bound'])}; the prices prove {proven}.")
        if self.told["gap"] != proven - self.total:
            self.object(f"“gap” says {_shown(self.told['gap'])}; bound − total is {proven - self.total}.")
        return proven

    def _total(self) -> int:
        """The objective: values of the pairs, what those left out cost, what crowded mentors cost."""
        program, load = self.program, self._load()
        row, column = self.pairings.row, self.pairings.column
        total = sum(
            program.judge.value(row[mentee], column[mentor]) for mentee, mentor in self.pairings.pairs
        )
        for mentee, i in row.items():
            total -= sum(program.wish_costs(i, held=self.pairings.has[mentee]))
        for mentor, j in column.items():
            total -= sum(program.seat_cost(j, k) for k in range(load[mentor])) + program.spared(j)
        return total

    def _load(self) -> Counter[str]:
        return Counter(mentor for _, mentor in self.pairings.pairs)

    def _missing(self) -> dict[str, list[Missing]]:
        """Who has fewer mentors than they would like, and who fewer mentees than they should, where somebody could."""
        program, load = self.program, self._load()
        wishes = zip(program.mentees.ids, program.mentees.demand, strict=True)
        short = (
            (mentee, most - self.pairings.has[mentee]) for mentee, most in wishes if self.pairings.has[mentee]
        )
        minimums = zip(program.mentors.ids, program.mentors.minimum, strict=True)
        empty = ((mentor, least - load[mentor]) for mentor, least in minimums)
        lists = {"fewer": short, "unfilled": empty}
        asked = {
            "fewer": max(program.mentees.demand, default=1) > 1,
            "unfilled": any(program.mentors.minimum),
        }
        return {
            key: [{"id": person, "missing": missing} for person, missing in sorted(found) if missing > 0]
            for key, found in lists.items()
            if asked[key] or key in self.told
        }


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
