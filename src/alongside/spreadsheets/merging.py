"""Two sign-up sheets into one PEOPLE.csv: one row for each person, every column under its own heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from alongside.spreadsheets.entries import column_name
from alongside.spreadsheets.formulas import sheet_csv
from alongside.spreadsheets.problems import BadInput, Place, Problems
from alongside.spreadsheets.tables import Table, read_table

YES: Final = frozenset({"yes", "y", "true", "1"})
NO: Final = frozenset({"no", "n", "false", "0", ""})
OWN: Final = ("id", "role", "capacity")
_BETWEEN: Final = re.compile(r"[,;|\n]")


@dataclass(frozen=True, slots=True)
class Merge:
    """What a coordinator says about two sheets: the files, and which heading means what."""

    mentors: Path
    mentees: Path
    id: str
    both: str | None = None
    capacity: str | None = None
    several: tuple[str, ...] = ()
    only_if: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged sheet, what it holds, and what a coordinator may want to know: columns in which people who stand in
    both sheets gave two different answers, with how many of them (the mentors’ sheet counts)."""

    data: bytes
    people: int
    mentors: int
    mentees: int
    both: int
    differing: Mapping[str, int]


@dataclass(slots=True)
class _Person:
    is_mentor: bool
    is_mentee: bool
    cells: dict[str, str] = field(default_factory=dict)


def merge(asked: Merge) -> Merged:
    """One sheet of two. Raises BadInput with every problem of both sheets."""
    problems = Problems()
    tables = {"mentor": read_table(asked.mentors, problems), "mentee": read_table(asked.mentees, problems)}
    mentors, mentees = tables["mentor"], tables["mentee"]
    if mentors is None or mentees is None:
        raise BadInput(problems)
    headings = _Headings(asked)
    headings.check(mentors, mentees, problems)
    if problems:
        raise BadInput(problems)
    people: dict[str, _Person] = {}
    differing: Counter[str] = Counter()
    for role, table in (("mentor", mentors), ("mentee", mentees)):
        _take(table, role, headings, people, differing, problems)
    if problems:
        raise BadInput(problems)
    columns = _columns(headings, mentors, mentees)
    rows = [
        [person, _role(found), *(found.cells.get(c, "") for c in columns)] for person, found in people.items()
    ]
    return Merged(
        data=sheet_csv(["id", "role", *columns], rows),
        people=len(people),
        mentors=sum(found.is_mentor for found in people.values()),
        mentees=sum(found.is_mentee for found in people.values()),
        both=sum(found.is_mentor and found.is_mentee for found in people.values()),
        differing=differing,
    )


class _Headings:
    """The headings a merge asks for, written as the reader of sheets gives them."""

    def __init__(self, asked: Merge) -> None:
        self.id = column_name(asked.id)
        self.both = column_name(asked.both) if asked.both else None
        self.capacity = column_name(asked.capacity) if asked.capacity else None
        self.several = tuple(column_name(heading) for heading in asked.several)
        self.only_if = tuple((column_name(column), column_name(answer)) for column, answer in asked.only_if)

    def check(self, mentors: Table, mentees: Table, problems: Problems) -> None:
        """Everybody has an id; the mentors’ sheet tells capacities; other columns stand in one of the sheets."""
        for table in (mentors, mentees):
            for heading in table.doubled:
                table.is_doubled(heading, problems)
            table.lacks(self.id, "named by --id", problems)
            for heading in OWN:
                renamed = {"id": self.id, "capacity": self.capacity}.get(heading)
                if (
                    heading in table.columns
                    and heading != renamed
                    and not (heading == "capacity" and not renamed)
                ):
                    place = Place(table.file, table.header_line, table.header.index(heading) + 1, heading)
                    problems.add(
                        place, f"the merged sheet has a column “{heading}” of its own. Rename this one."
                    )
        if self.capacity is not None:
            mentors.lacks(self.capacity, "named by --capacity", problems)
        wanted = [("--both", self.both)] if self.both else []
        wanted += [("--several", heading) for heading in self.several]
        wanted += [("--only-if", heading) for pair in self.only_if for heading in pair]
        for option, heading in wanted:
            if heading not in mentors.columns and heading not in mentees.columns:
                mentees.lacks(str(heading), f"named by {option}, in either sheet", problems)


def _take(
    table: Table,
    role: str,
    headings: _Headings,
    people: dict[str, _Person],
    differing: Counter[str],
    problems: Problems,
) -> None:
    """Adds the people of one sheet; whoever is known from the other sheet becomes both."""
    first: dict[str, int] = {}
    for row, written in enumerate(table.columns[headings.id]):
        person = written.casefold() if "@" in written else written
        if not person:
            problems.add(
                table.place(row, headings.id), "the cell is empty. Give everybody an id of their own."
            )
            continue
        if first.setdefault(person, row) != row:
            line = table.lines[first[person]]
            problems.add(
                table.place(row, headings.id),
                f"“{written}” stands in line {line} already. Keep one of the two.",
            )
            continue
        cells = _cells(table, row, headings, problems)
        both = headings.both is not None and cells.get(headings.both, "").casefold() in YES
        known = people.setdefault(person, _Person(is_mentor=False, is_mentee=False))
        known.is_mentor = known.is_mentor or both or role == "mentor"
        known.is_mentee = known.is_mentee or both or role == "mentee"
        for heading, cell in cells.items():
            if cell and known.cells.setdefault(heading, cell) not in ("", cell):
                differing[heading] += 1
            elif cell:
                known.cells[heading] = cell


def _cells(table: Table, row: int, headings: _Headings, problems: Problems) -> dict[str, str]:
    """What one row says, by heading of the merged sheet."""
    cells = {heading: column[row] for heading, column in table.columns.items() if heading != headings.id}
    for heading in headings.several:
        if heading in cells:
            cells[heading] = "; ".join(
                part.strip() for part in _BETWEEN.split(cells[heading]) if part.strip()
            )
    asked = [answer for _, answer in headings.only_if] + ([headings.both] if headings.both else [])
    for answer in dict.fromkeys(asked):
        if answer in cells and cells[answer].casefold() not in YES | NO:
            problems.add(
                table.place(row, answer), f"“{cells[answer]}” is neither yes nor no. Write one of them."
            )
    for heading, answer in headings.only_if:
        if heading in cells and cells.get(answer, "").casefold() not in YES:
            cells[heading] = ""
    if headings.capacity is not None and headings.capacity in cells:
        cells["capacity"] = cells.pop(headings.capacity)
    return cells


def _columns(headings: _Headings, *tables: Table) -> list[str]:
    """The capacity first, then what the mentors’ sheet has, then what only the mentees’ sheet has."""
    known = dict.fromkeys(heading for table in tables for heading in table.columns)
    gone = {headings.id, headings.capacity}
    capacity = ["capacity"] if headings.capacity or "capacity" in known else []
    return capacity + [heading for heading in known if heading not in gone and heading not in OWN]


def _role(person: _Person) -> str:
    if person.is_mentor and person.is_mentee:
        return "both"
    return "mentor" if person.is_mentor else "mentee"
