"""A sheet and a column map to people, or to a line-numbered list of what keeps it from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alongside.enrollment.columns.readers import CellReader, Fault
from alongside.enrollment.columns.targets import (
    CHOICE_KINDS,
    CellCode,
    ColumnMap,
    Conversion,
    Kind,
    PersonRow,
    Target,
    Value,
)
from alongside.enrollment.columns.words import same_words
from alongside.foundation.sheets import Problem, Row, Sheet, Values

BOTH = "both"

_BLANKS = frozenset({"-", "\u2013", "\u2014", "n/a", "#n/a"})
_WORDED = frozenset({Kind.NAME, Kind.TEXT, Kind.LONG_TEXT})
_NOT_VALUES = frozenset({Kind.EMAIL, Kind.ROLE, Kind.BOTH_ROLES})


def convert(
    sheet: Sheet, mapping: ColumnMap, targets: Sequence[Target], *, default_role: str | None = None
) -> Conversion:
    """Every row of the sheet as a person, or with all its problems.

    A row's role is its own, else `default_role`; a yes under "both mentor and mentee" makes it both.
    One address stands for one person: a second line with it is a problem that names the first. Needs
    exactly one target of kind EMAIL. What was wrong with the sheet itself is not repeated.
    """
    return _Converter(sheet, mapping, targets, default_role).convert()


@dataclass(frozen=True, slots=True)
class _Column:
    """A target with the columns that feed it."""

    target: Target
    places: tuple[int, ...]
    reader: CellReader


@dataclass(frozen=True, slots=True)
class _First:
    """The line on which an address stood first, and the role it had there."""

    line: int
    role: str | None


class _Converter:
    """One conversion; gathers people and problems row by row."""

    def __init__(
        self, sheet: Sheet, mapping: ColumnMap, targets: Sequence[Target], default_role: str | None
    ) -> None:
        self.sheet, self.default_role = sheet, default_role
        self.rows: list[PersonRow] = []
        self.problems: list[Problem] = []
        self.unknown: dict[str, Counter[str]] = {}
        self.first_with: dict[str, _First] = {}
        self.columns = [
            _Column(target, mapping[target.key], CellReader(target))
            for target in targets
            if mapping.get(target.key) and self.is_there(target, mapping[target.key])
        ]
        self.check_targets(targets, mapping)

    def convert(self) -> Conversion:
        if not self.problems:
            for row in self.sheet.rows:
                self.take(row)
        used = {place for column in self.columns for place in column.places}
        return Conversion(
            rows=tuple(self.rows),
            problems=tuple(sorted(self.problems, key=lambda problem: (problem.line, problem.column or 0))),
            unknown_options={key: dict(counts.most_common()) for key, counts in self.unknown.items()},
            unused_columns=tuple(
                heading for place, heading in enumerate(self.sheet.header) if place not in used
            ),
        )

    def is_there(self, target: Target, places: tuple[int, ...]) -> bool:
        """False, with a problem, when the map names a column that the sheet does not have."""
        gone = [place for place in places if not 0 <= place < len(self.sheet.header)]
        for place in gone:
            self.note(self.sheet.header_line, place + 1, CellCode.COLUMN_GONE, {"target": target.label})
        return not gone

    def check_targets(self, targets: Sequence[Target], mapping: ColumnMap) -> None:
        """What no row can make good: a required column that is not there, or no way to know a role."""
        for target in targets:
            if _is_needed_of(target, self.default_role) and not mapping.get(target.key):
                values = {"target": target.label}
                self.note(self.sheet.header_line, None, CellCode.COLUMN_MISSING, values)
        has_role = any(column.target.kind is Kind.ROLE for column in self.columns)
        if not has_role and self.default_role is None:
            self.note(self.sheet.header_line, None, CellCode.ROLE_UNKNOWN, {})

    def take(self, row: Row) -> None:
        """One row: a person if nothing is wrong with any cell of it."""
        problems_before = len(self.problems)
        values: dict[str, Value] = {}
        by_kind: dict[Kind, Value] = {}
        for column in self.columns:
            value = self.value_of(row, column)
            if value is None:
                continue
            if column.target.kind in _NOT_VALUES:
                by_kind[column.target.kind] = value
            else:
                values[column.target.key] = value
        role = self.role_of(row, by_kind)
        email = by_kind.get(Kind.EMAIL)
        self.check_required(row, role, values, by_kind)
        self.check_double(row, email, role)
        if len(self.problems) == problems_before:
            self.rows.append(PersonRow(row.line, str(email), str(role), values))

    def value_of(self, row: Row, column: _Column) -> Value | None:
        """The value in the target's columns; None when they are blank or not in order."""
        text = _joined(column, row.cells)
        if _is_blank(text, column):
            return None
        value, faults = column.reader.read(text)
        for fault in faults:
            self.note_fault(row, column, fault)
        return value

    def note_fault(self, row: Row, column: _Column, fault: Fault) -> None:
        values = {**fault.values, "target": column.target.label}
        self.note(row.line, _place_of(fault, column, row.cells), fault.code, values)
        if fault.unknown and column.target.kind in CHOICE_KINDS:
            counts = self.unknown.setdefault(column.target.key, Counter())
            counts.update(fault.unknown)

    def role_of(self, row: Row, by_kind: dict[Kind, Value]) -> str | None:
        """The row's role; None, with a problem, when neither the row nor the sheet tells it."""
        if by_kind.get(Kind.BOTH_ROLES) is True:
            return BOTH
        own = by_kind.get(Kind.ROLE, self.default_role)
        if own is not None:
            return str(own)
        column = next(column for column in self.columns if column.target.kind is Kind.ROLE)
        if _is_blank(_joined(column, row.cells), column):
            self.note(row.line, column.places[0] + 1, CellCode.REQUIRED, {"target": column.target.label})
        return None

    def check_required(
        self, row: Row, role: str | None, values: dict[str, Value], by_kind: dict[Kind, Value]
    ) -> None:
        for column in self.columns:
            target = column.target
            is_given = target.key in values or target.kind in by_kind
            if is_given or not _is_needed_of(target, role):
                continue
            if _is_blank(_joined(column, row.cells), column):
                self.note(row.line, column.places[0] + 1, CellCode.REQUIRED, {"target": target.label})

    def check_double(self, row: Row, email: Value | None, role: str | None) -> None:
        if email is None:
            return
        first = self.first_with.setdefault(str(email), _First(row.line, role))
        if first.line == row.line:
            return
        in_two_roles = {first.role, role} == {"mentor", "mentee"}
        code = CellCode.DUPLICATE_IN_TWO_ROLES if in_two_roles else CellCode.DUPLICATE_ADDRESS
        place = next(column.places[0] for column in self.columns if column.target.kind is Kind.EMAIL)
        self.note(row.line, place + 1, code, {"value": str(email), "first_line": first.line})

    def note(self, line: int, column: int | None, code: CellCode, values: Values) -> None:
        heading = self.sheet.header[column - 1] if column and column <= len(self.sheet.header) else ""
        self.problems.append(Problem(line, column, code, {**values, "heading": heading}))


def _joined(column: _Column, cells: Sequence[str]) -> str:
    """The cells of a target as one: options on lines of their own, everything else side by side."""
    if len(column.places) == 1:
        return cells[column.places[0]]
    parts = [cells[place] for place in column.places if cells[place].strip()]
    return ("\n" if column.target.kind in CHOICE_KINDS else " ").join(parts)


def _place_of(fault: Fault, column: _Column, cells: Sequence[str]) -> int:
    """The column (from 1) that holds what is wrong: of several, the one with the unknown piece in it."""
    for piece in fault.unknown:
        for place in column.places:
            if piece in cells[place]:
                return place + 1
    return column.places[0] + 1


def _is_blank(text: str, column: _Column) -> bool:
    stripped = text.strip()
    if not stripped:
        return True
    if stripped.casefold() not in _BLANKS or column.target.kind in _WORDED:
        return False
    return same_words(stripped) not in column.reader.wordings


def _is_needed_of(target: Target, role: str | None) -> bool:
    """Whether a person in this role (None: in a role yet unknown) must have the target filled."""
    if target.kind in {Kind.EMAIL, Kind.ROLE}:
        return target.kind is Kind.EMAIL
    return target.required and (not target.roles or role in {*target.roles, BOTH, None})


def distinct_values(sheet: Sheet, place: int) -> tuple[str, ...]:
    """The different values of a column (from 0) as they come, blank ones aside."""
    cells: Iterable[str] = (row.cells[place].strip() for row in sheet.rows)
    return tuple(dict.fromkeys(cell for cell in cells if cell))
