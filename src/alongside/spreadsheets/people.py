"""PEOPLE.csv: who takes part, in which role, and every column the rules read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from alongside.engine.matching import WEEK_SLOTS, Answer, Mentees, Mentors
from alongside.engine.matching.checks import MOST_WISHES
from alongside.spreadsheets.problems import Place, Problems, did_you_mean
from alongside.spreadsheets.rulebook import Rulebook
from alongside.spreadsheets.tables import Table
from alongside.spreadsheets.uses import Reading, Use

ROLES: Final = {"mentor": (False, True), "mentee": (True, False), "both": (True, True)}
MOST_MENTEES: Final = 100_000
_COUNT: Final = re.compile(r"0*[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class People:
    """The sheet, and the rows of either side; who is both stands in both."""

    table: Table
    mentees: Sequence[int]
    mentors: Sequence[int]

    def side(self, *, mentees: bool) -> Sequence[int]:
        """The rows of one side."""
        return self.mentees if mentees else self.mentors

    def ids(self, *, mentees: bool) -> tuple[str, ...]:
        """The identifiers of one side, in the order of the sheet."""
        column = self.table.columns["id"]
        return tuple(column[row] for row in self.side(mentees=mentees))


def read_people(table: Table, rulebook: Rulebook | None, problems: Problems) -> People | None:
    """Everybody in the sheet, every cell checked that somebody reads; None when sides cannot be told apart."""
    needed = [
        table.lacks("id", "which names everybody", problems),
        table.lacks("role", f"which says {', '.join(ROLES)}", problems),
    ]
    if any(needed):
        return None
    roles = {text: ROLES.get(text.casefold()) for text in set(table.columns["role"])}
    for row, cell in table.cells("role", roles.get):
        problems.add(
            table.place(row, "role"),
            f"“{cell}” is no role. Write {', '.join(ROLES)}. {_closest_role(cell)}".rstrip(),
        )
    _check_ids(table, problems)
    sides = [roles[text] or (False, False) for text in table.columns["role"]]
    people = People(
        table,
        mentees=[row for row, (mentee, _) in enumerate(sides) if mentee],
        mentors=[row for row, (_, mentor) in enumerate(sides) if mentor],
    )
    _check_capacity(people, problems)
    if rulebook is not None:
        for use in rulebook.uses:
            _check_use(people, use, problems)
        if rulebook.keep_column is not None:
            heading, place = rulebook.keep_column
            _check_column(table, heading, place, "keep_column", problems)
        _check_counts(people, rulebook, problems)
    return people


def sides_of(people: People, rulebook: Rulebook) -> tuple[Mentees, Mentors]:
    """The two sides as the engine takes them; the sheet and the rules are known to be in order."""
    columns: tuple[dict[str, list[Answer]], dict[str, list[Answer]]] = ({}, {})
    for use in rulebook.uses:
        answer = _READERS[use.reading]
        for mentees, heading in ((True, use.mentee), (False, use.mentor)):
            name = use.reading.of(heading)
            side = columns[0 if mentees else 1]
            if name not in side:
                cells = people.table.columns[heading]
                side[name] = _answers([cells[row] for row in people.side(mentees=mentees)], answer)
    present: tuple[str | None, ...] = ()
    if rulebook.keep_column is not None:
        cells = people.table.columns[rulebook.keep_column[0]]
        present = tuple(cells[row] or None for row in people.mentees)
    demand = _counts(people, rulebook.demand_column, people.mentees, usual=1)
    minimum = _counts(people, rulebook.minimum_column, people.mentors, usual=0)
    capacity = _capacities(people, minimum)
    return (
        Mentees(ids=people.ids(mentees=True), columns=columns[0], present=present, demand=demand),
        Mentors(ids=people.ids(mentees=False), columns=columns[1], capacity=capacity, minimum=minimum),
    )


# --- cells ---


def _answers(cells: Sequence[str], read: Callable[[str], Answer]) -> list[Answer]:
    """Each different cell is read once: equal cells share one answer."""
    known = {cell: read(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _label(cell: str) -> Answer:
    return cell or None


def _tags(cell: str) -> Answer:
    return frozenset(tag for part in cell.split(";") if (tag := part.strip())) or None


def _week(cell: str) -> Answer:
    """Bit k is the half hour k of the week, from Monday 00:00."""
    return int(cell[::-1], 2) if cell else None


_READERS: Final[dict[Reading, Callable[[str], Answer]]] = {
    Reading.LABEL: _label,
    Reading.TAGS: _tags,
    Reading.WEEK: _week,
}


def _capacities(people: People, minimum: tuple[int, ...]) -> tuple[int, ...]:
    """Seats. More than everybody and one, and than the minimum, cannot be told apart from that, neither by pairs nor by
    prices."""
    cells = people.table.columns.get("capacity")
    if cells is None:
        return (1,) * len(people.mentors)
    enough = len(people.mentees) + 1
    seats = (int(cells[row]) if cells[row] else 1 for row in people.mentors)
    return tuple(min(max(enough, least), most) for most, least in zip(seats, minimum, strict=True))


def _counts(
    people: People, column: tuple[str, Place] | None, rows: Sequence[int], *, usual: int
) -> tuple[int, ...]:
    """A column of numbers, ``usual`` where a cell is empty or there is no such column."""
    if column is None:
        return (usual,) * len(rows)
    cells = people.table.columns[column[0]]
    return tuple(int(cells[row]) if cells[row] else usual for row in rows)


# --- checks ---


def _check_ids(table: Table, problems: Problems) -> None:
    first: dict[str, int] = {}
    for row, person in enumerate(table.columns["id"]):
        if not person:
            problems.add(table.place(row, "id"), "the cell is empty. Give everybody an id of their own.")
        elif first.setdefault(person, row) != row:
            line = table.lines[first[person]]
            problems.add(
                table.place(row, "id"),
                f"“{person}” stands in line {line} already. Give each person one row; who is mentor and mentee has "
                "the role both.",
            )


def _check_capacity(people: People, problems: Problems) -> None:
    table = people.table
    if "capacity" not in table.columns or table.is_doubled("capacity", problems):
        return
    mentors = set(people.mentors)

    def known(cell: str) -> bool | None:
        return True if not cell or (_COUNT.fullmatch(cell) and int(cell) <= MOST_MENTEES) else None

    for row, cell in table.cells("capacity", known):
        if row in mentors:
            problems.add(
                table.place(row, "capacity"),
                f"“{_short(cell)}” is no number of mentees. Write a whole number from 0 to {MOST_MENTEES}, or leave "
                "the cell empty for 1.",
            )


def _check_counts(people: People, rulebook: Rulebook, problems: Problems) -> None:
    """How many mentors somebody would like, and how many mentees a mentor should have: numbers that can come about."""
    table = people.table
    if rulebook.demand_column is not None:
        heading, place = rulebook.demand_column
        if _check_column(table, heading, place, "demand_column", problems):
            for row in people.mentees:
                if not _is_count(table.columns[heading][row], low=1, high=MOST_WISHES):
                    problems.add(
                        table.place(row, heading),
                        f"“{_short(table.columns[heading][row])}” is no number of mentors. Write a whole number from 1 "
                        f"to {MOST_WISHES}, or leave the cell empty for 1.",
                    )
    if rulebook.minimum_column is not None:
        heading, place = rulebook.minimum_column
        if _check_column(table, heading, place, "minimum_column", problems):
            seats = table.columns.get("capacity")
            for row in people.mentors:
                most = int(seats[row]) if seats and seats[row] and _COUNT.fullmatch(seats[row]) else 1
                if not _is_count(table.columns[heading][row], low=0, high=most):
                    problems.add(
                        table.place(row, heading),
                        f"“{_short(table.columns[heading][row])}” is no number of mentees this mentor can have. Write a "
                        f"whole number from 0 to {most}, the capacity, or leave the cell empty for 0.",
                    )


def _is_count(cell: str, *, low: int, high: int) -> bool:
    return not cell or (_COUNT.fullmatch(cell) is not None and low <= int(cell) <= high)


def _check_use(people: People, use: Use, problems: Problems) -> None:
    for mentees, heading in ((True, use.mentee), (False, use.mentor)):
        if _check_column(people.table, heading, use.place, use.about, problems):
            _check_cells(people, use, heading, people.side(mentees=mentees), problems)


def _check_column(table: Table, heading: str, place: Place, about: str, problems: Problems) -> bool:
    return not table.lacks(heading, f"but {about} reads it ({place})", problems)


def _check_cells(people: People, use: Use, heading: str, rows: Sequence[int], problems: Problems) -> None:
    table = people.table
    steps = set(use.scale)
    if use.reading is Reading.WEEK:
        wrong = table.cells(heading, lambda cell: _is_week(cell) or None)
    elif steps:
        wrong = table.cells(heading, lambda cell: (not cell or cell in steps) or None)
    else:
        return
    faults = list(wrong)
    side = set(rows) if faults else set()
    for row, cell in faults:
        if row in side:
            sentence = _bad_week(cell) if use.reading is Reading.WEEK else _bad_step(cell, use)
            problems.add(table.place(row, heading), sentence)


def _is_week(cell: str) -> bool:
    return not cell or (len(cell) == WEEK_SLOTS and not cell.strip("01"))


def _bad_week(cell: str) -> str:
    found = f"{len(cell)} characters" if len(cell) != WEEK_SLOTS else "other characters"
    return (
        f"this is no week: {found}. Write {WEEK_SLOTS} characters 0 or 1, one for each half hour in UTC from Monday "
        "00:00, or leave the cell empty."
    )


def _bad_step(cell: str, use: Use) -> str:
    hint = did_you_mean(cell, use.scale)
    return f"“{_short(cell)}” is not on the scale of {use.about}. {hint} Or add it to the scale.".replace(
        ".  ", ". "
    )


def _closest_role(cell: str) -> str:
    hint = did_you_mean(cell, ROLES)
    return hint if hint.startswith("Did") else ""


def _short(cell: str) -> str:
    return cell if len(cell) <= 60 else f"{cell[:57]}…"
