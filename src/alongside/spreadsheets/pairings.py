"""PAIRS.csv as somebody hands it in: who has whom, checked against people and rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from alongside.spreadsheets.problems import BadInput, Place, Problems
from alongside.spreadsheets.programs import NO_MUTUAL, Task
from alongside.spreadsheets.tables import Table, read_table
from alongside.spreadsheets.writing import POINTS


@dataclass(slots=True)
class Pairings:
    """The pairs, their points as counted here, and everybody's position in the program."""

    row: dict[str, int]
    column: dict[str, int]
    pairs: dict[tuple[str, str], None] = field(default_factory=dict)
    has: Counter[str] = field(default_factory=Counter)  # mentors of each mentee
    points: list[int] = field(default_factory=list)


def read_pairings(task: Task, path: Path, problems: Problems) -> Pairings:
    """The pairs of a file: known people, no more mentors than a mentee would like, no rule broken, no mentor over capacity, pins
    kept, and right points. Whatever is not so is noted; raises BadInput when the file cannot be read."""
    program = task.program
    pairings = Pairings(
        row={person: i for i, person in enumerate(program.mentees.ids)},
        column={person: j for j, person in enumerate(program.mentors.ids)},
    )
    unread = Problems()
    table = read_table(path, unread, may_be_empty=True)  # a run that matched nobody
    if table is None:
        raise BadInput(unread)
    check = _Check(task, pairings, problems)
    check.table(table)
    check.pins(Place(str(path)))
    return pairings


class _Check:
    def __init__(self, task: Task, pairings: Pairings, problems: Problems) -> None:
        self.task, self.pairings, self.problems = task, pairings, problems
        self.judge = task.program.judge
        self.load: Counter[str] = Counter()

    def table(self, table: Table) -> None:
        """Row by row."""
        keys = self.task.rulebook.question_keys()
        needed = ["mentee", "mentor", "points", *(f"{POINTS}{key}" for key in keys)]
        if any([table.lacks(heading, "which every file of pairs has", self.problems) for heading in needed]):
            return
        ways = zip(table.columns["mentee"], table.columns["mentor"], strict=True)
        for row, (mentee, mentor) in enumerate(ways):
            if self._is_known(table, row, mentee, mentor):
                self._rules(table, row, mentee, mentor)
                self._points(table, row, mentee, mentor)

    def pins(self, place: Place) -> None:
        """Pairs decided beforehand are kept."""
        for mentee, mentor in self.task.program.pins:
            if (mentee, mentor) not in self.pairings.pairs:
                self.problems.add(place, f"“{mentee}” is pinned to “{mentor}”, and the pair is not there.")

    def _is_known(self, table: Table, row: int, mentee: str, mentor: str) -> bool:
        strangers = [
            (heading, person)
            for heading, person, side in (
                ("mentee", mentee, self.pairings.row),
                ("mentor", mentor, self.pairings.column),
            )
            if person not in side
        ]
        for heading, person in strangers:
            self.problems.add(table.place(row, heading), f"“{person}” is no {heading} of the sheet.")
        if strangers:
            return False
        most = self.task.program.mentees.demand[self.pairings.row[mentee]]
        if self.pairings.has[mentee] == most or (mentee, mentor) in self.pairings.pairs:
            others = "”, “".join(other for one, other in self.pairings.pairs if one == mentee)
            self.problems.add(table.place(row, "mentee"), f"“{mentee}” has a mentor already: “{others}”.")
            return False
        return True

    def _rules(self, table: Table, row: int, mentee: str, mentor: str) -> None:
        place = table.place(row, "mentor")
        i, j = self.pairings.row[mentee], self.pairings.column[mentor]
        for key in self.judge.forbidding(i, j):
            self.problems.add(place, f"“{mentee}” and “{mentor}” break a rule: {self.task.words(key)}.")
        if self.task.one_way and (mentor, mentee) in self.pairings.pairs:
            self.problems.add(
                place, f"“{mentee}” and “{mentor}” are each other’s mentor, against {NO_MUTUAL}."
            )
        self.pairings.pairs[mentee, mentor] = None
        self.pairings.has[mentee] += 1
        self.load[mentor] += 1
        seats = self.task.program.mentors.capacity[j]
        if self.load[mentor] > seats:
            self.problems.add(
                place, f"“{mentor}” has {self.load[mentor]} mentees, and a capacity of {seats}."
            )

    def _points(self, table: Table, row: int, mentee: str, mentor: str) -> None:
        breakdown = self.judge.breakdown(self.pairings.row[mentee], self.pairings.column[mentor])
        right = {f"{POINTS}{key.removeprefix('q:')}": value for key, value in breakdown}
        score = sum(right.values())
        self.pairings.points.append(score)
        for heading, value in (right | {"points": score}).items():
            cell = table.columns[heading][row]
            if cell != str(value):
                self.problems.add(table.place(row, heading), f"says “{cell}”; the rules give {value}.")
