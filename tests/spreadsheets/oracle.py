"""The contract of docs/reference/match-files.md written a second time, as plainly as can be, from the page alone.

Nothing of the product is imported here: dictionaries, loops and whole numbers.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

Row = Mapping[str, str]
Pairing = dict[str, str]  # mentee -> mentor


def values(cell: str) -> set[str]:
    return {part.strip() for part in cell.split(";") if part.strip()}


@dataclass
class Oracle:
    """A sheet and its rules, as dictionaries."""

    people: Sequence[Row]
    rules: Mapping[str, Any]
    folder: Path

    def __post_init__(self) -> None:
        self.row = {row["id"]: row for row in self.people}
        self.mentees = [row["id"] for row in self.people if row["role"] in ("mentee", "both")]
        self.mentors = [row["id"] for row in self.people if row["role"] in ("mentor", "both")]
        self.capacity = {mentor: int(self.row[mentor].get("capacity") or 1) for mentor in self.mentors}
        self.pins = {
            mentee: mentor
            for rule in self.rules.get("rule", [])
            if rule["kind"] == "pairs_pinned"
            for mentee, mentor in self.listed(rule)
        }

    def listed(self, rule: Mapping[str, Any]) -> list[tuple[str, str]]:
        with (self.folder / rule["file"]).open(newline="") as file:
            return [(row["mentee"], row["mentor"]) for row in csv.DictReader(file)]

    # --- points ---

    def cells(self, asked: Mapping[str, Any], mentee: str, mentor: str) -> tuple[str, str]:
        left = asked.get("column") or asked["mentee"]
        right = asked.get("column") or asked["mentor"]
        return self.row[mentee][left], self.row[mentor][right]

    def points(self, question: Mapping[str, Any], mentee: str, mentor: str) -> int:
        a, b = self.cells(question, mentee, mentor)
        weight = question.get("weight", 0)
        if question["kind"] == "overlap":
            return weight * len(values(a) & values(b)) // len(values(a)) if values(a) else 0
        if question["kind"] == "same":
            return weight if a and a == b else 0
        if question["kind"] == "different":
            return weight if a and b and a != b else 0
        if question["kind"] == "steps":
            scale = question["scale"]
            if a not in scale or b not in scale:
                return 0
            return int(question["points"].get(str(scale.index(b) - scale.index(a)), 0))
        shared = sum(x == y == "1" for x, y in zip(a, b, strict=False))
        return int(weight * min(question["full"], shared) // question["full"])

    def breakdown(self, mentee: str, mentor: str) -> dict[str, int]:
        return {question["key"]: self.points(question, mentee, mentor) for question in self.rules["question"]}

    def score(self, mentee: str, mentor: str) -> int:
        return sum(self.breakdown(mentee, mentor).values())

    # --- rules ---

    def above(self, person: str, rule: Mapping[str, Any]) -> Iterator[str]:
        met: list[str] = []
        while person in self.row and self.row[person][rule["column"]]:
            person = self.row[person][rule["column"]]
            if person in met or len(met) >= rule.get("levels", 10**9):
                return
            met.append(person)
            yield person

    def keeps_apart(self, rule: Mapping[str, Any], mentee: str, mentor: str) -> bool:
        kind = rule["kind"]
        if kind in ("pairs_pinned", "no_mutual"):
            return False
        if kind == "pairs_forbidden":
            return (mentee, mentor) in self.listed(rule)
        if kind == "not_reporting_line":
            return mentor in self.above(mentee, rule) or mentee in self.above(mentor, rule)
        a, b = self.cells(rule, mentee, mentor)
        if kind == "must_equal":
            return not a or a != b
        if kind == "must_differ":
            return bool(a) and a == b
        if kind == "must_share":
            return not values(a) & values(b)
        if kind == "hours_at_least":
            return sum(x == y == "1" for x, y in zip(a, b, strict=False)) < rule["half_hours"]
        scale = rule["scale"]
        if a not in scale or b not in scale:
            return True
        return not rule["min"] <= scale.index(b) - scale.index(a) <= rule["max"]

    def allowed(self, mentee: str, mentor: str) -> bool:
        if mentee == mentor:
            return False
        return not any(self.keeps_apart(rule, mentee, mentor) for rule in self.rules.get("rule", []))

    def one_way(self) -> bool:
        return any(rule["kind"] == "no_mutual" for rule in self.rules.get("rule", []))

    def may_be(self, pairing: Pairing) -> bool:
        """Whether the pairs keep every rule, every capacity and every pin."""
        load = Counter(pairing.values())
        return (
            all(self.allowed(mentee, mentor) for mentee, mentor in pairing.items())
            and all(load[mentor] <= self.capacity[mentor] for mentor in load)
            and all(pairing.get(mentee) == mentor for mentee, mentor in self.pins.items())
            and not (
                self.one_way() and any(pairing.get(mentor) == mentee for mentee, mentor in pairing.items())
            )
        )

    # --- the whole ---

    def value(self, mentee: str, mentor: str) -> int:
        fairness = self.rules.get("fairness", {"target": 0, "factor": 1})
        score = self.score(mentee, mentor)
        score -= (fairness["factor"] - 1) * max(0, fairness["target"] - score)
        column = self.rules.get("keep_column")
        kept = column is not None and self.row[mentee][column] == mentor
        return score + (self.rules.get("keep", 0) if kept else 0)

    def objective(self, pairing: Pairing) -> int:
        total = sum(self.value(mentee, mentor) for mentee, mentor in pairing.items())
        total -= self.rules.get("left_out", 200_000) * (len(self.mentees) - len(pairing))
        for load in Counter(pairing.values()).values():
            total -= sum(self.rules.get("balance", 0) * (k - 1) for k in range(1, load + 1))
        return total

    def best(self) -> int:
        """The highest objective of all choices there are."""
        options = [
            [self.pins[mentee]]
            if mentee in self.pins
            else [None, *(mentor for mentor in self.mentors if self.allowed(mentee, mentor))]
            for mentee in self.mentees
        ]
        pairings = (
            {
                mentee: mentor
                for mentee, mentor in zip(self.mentees, choice, strict=True)
                if mentor is not None
            }
            for choice in product(*options)
        )
        load_fits = (pairing for pairing in pairings if self._fits(pairing))
        return max(self.objective(pairing) for pairing in load_fits)

    def _fits(self, pairing: Pairing) -> bool:
        load = Counter(pairing.values())
        mutual = self.one_way() and any(pairing.get(mentor) == mentee for mentee, mentor in pairing.items())
        return not mutual and all(load[mentor] <= self.capacity[mentor] for mentor in load)

    def bound(self, prices: Mapping[str, int]) -> int:
        """What the prices prove."""
        total = 0
        for mentee in self.mentees:
            margins = {
                mentor: self.value(mentee, mentor) - prices[mentor]
                for mentor in self.mentors
                if self.allowed(mentee, mentor)
            }
            if mentee in self.pins:
                total += margins[self.pins[mentee]]
            else:
                total += max([-self.rules.get("left_out", 200_000), *margins.values()])
        for mentor in self.mentors:
            for k in range(1, self.capacity[mentor] + 1):
                total += max(0, prices[mentor] - self.rules.get("balance", 0) * (k - 1))
        return total
