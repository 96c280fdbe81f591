"""CSV files as columns of text, with the line and the column of every cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alongside.foundation.sheets import Limits, Sheet, SheetCode, Values, read_sheet
from alongside.foundation.sheets import Problem as SheetProblem
from alongside.foundation.sheets.cells import without_controls
from alongside.foundation.sheets.decoding import REPLACEMENT, decode
from alongside.foundation.sheets.delimiters import find_delimiter
from alongside.foundation.sheets.records import Record, physical_lines, read_records
from alongside.spreadsheets.entries import column_name
from alongside.spreadsheets.formulas import unguard
from alongside.spreadsheets.problems import Place, Problems, did_you_mean

LIMITS: Final = Limits(
    file_bytes=4_000_000_000,
    rows=5_000_000,
    columns=2_000,
    cell_characters=100_000,
    lines_in_a_row=1_000,
    quote_problems=50,
    problems=1_000,
)
_AT_ONCE: Final = 20_000
_SAMPLE: Final = 300_000  # bytes that hold all the characters a delimiter is found by
_UNSEEN: Final = bytes({*range(32)} - set(b"\t\r\n")) + b"\x7f"
_UNSEEN_PAIR: Final = re.compile(rb"\xc2[\x80-\x9f]")  # the same as UTF-8 beyond ASCII

if TYPE_CHECKING:
    from _csv import Reader


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose lines are all in order: one text for each row in each column, without spaces around it."""

    file: str
    header: tuple[str, ...]
    header_line: int
    lines: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    doubled: Mapping[str, Sequence[tuple[Place, str]]] = field(default_factory=dict)  # by case-folded heading

    def place(self, row: int, heading: str) -> Place:
        """Where a cell stands."""
        return Place(self.file, self.lines[row], self.header.index(heading) + 1, heading)

    def lacks(self, heading: str, why: str, problems: Problems) -> bool:
        """Whether a column is not there, which is a problem because of ``why``, or there twice."""
        if heading in self.columns:
            return self.is_doubled(heading, problems)
        hint = did_you_mean(heading, self.header) or "Add the column, or name another one."
        near = [k for k, other in enumerate(self.header, start=1) if hint == f"Did you mean “{other}”?"]
        column = near[0] if near else len(self.header) + 1
        problems.add(
            Place(self.file, self.header_line, column), f"there is no column “{heading}”, {why}. {hint}"
        )
        return True

    def is_doubled(self, heading: str, problems: Problems) -> bool:
        """Whether several columns have this heading, which is a problem for who reads it and for nobody else."""
        faults = self.doubled.get(heading.casefold(), ())
        for place, sentence in faults:
            problems.add(place, sentence)
        return bool(faults)

    def cells(self, heading: str, parse: Callable[[str], object]) -> Iterator[tuple[int, str]]:
        """(row, cell) wherever ``parse`` answers None; it is asked once for each different cell."""
        column = self.columns[heading]
        wrong = {cell for cell in set(column) if parse(cell) is None}
        if wrong:
            yield from ((row, cell) for row, cell in enumerate(column) if cell in wrong)


def read_table(path: Path, problems: Problems, *, may_be_empty: bool = False) -> Table | None:
    """The table in a file; None, and what is wrong, when some line of it cannot be read. A list of pairs may be
    empty: a heading line alone."""
    name = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(Place(name), f"cannot be read: {error.strerror}. Look at the name and the folder.")
        return None
    return _quick(name, data) or _careful(name, data, problems, may_be_empty=may_be_empty)


def _quick(name: str, data: bytes) -> Table | None:
    """The table of a file without a single oddity, some thousand rows at a time; None leaves it to ``_careful``.

    No characters nobody can see, no cell of several lines, no row shorter, longer or emptier than the others.
    """
    if len(data.translate(None, _UNSEEN)) < len(data) or _UNSEEN_PAIR.search(data):
        return None
    delimiter = find_delimiter(data[:_SAMPLE].decode("utf-8-sig", errors="ignore"))
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    reader = csv.reader(lines, delimiter=delimiter.character, skipinitialspace=True, strict=True)
    try:
        lines.read(delimiter.skipped_characters)
        header = tuple(column_name(cell) for cell in next(reader, ()))
        columns = None if delimiter.problems else _columns(reader, len(header), apostrophes=b"'" in data)
    except (csv.Error, UnicodeDecodeError):
        return None
    if not columns or not columns[0] or len({heading.casefold() for heading in header} - {""}) < len(header):
        return None
    first = delimiter.skipped_lines + 1
    return Table(
        name,
        header,
        first,
        range(first + 1, first + 1 + len(columns[0])),
        dict(zip(header, columns, strict=True)),
    )


def _columns(reader: Reader, width: int, *, apostrophes: bool) -> list[list[str]] | None:
    """The columns of all rows, None when some row is not like the others."""
    columns: list[list[str]] = [[] for _ in range(width)]
    while True:
        before = reader.line_num
        rows = list(islice(reader, _AT_ONCE))
        if not rows:
            return columns
        if {len(row) for row in rows} != {width} or reader.line_num - before != len(rows):
            return None
        bare = [[cell.strip() for cell in cells] for cells in zip(*rows, strict=True)]
        if not all(map(any, zip(*bare, strict=True))):
            return None
        if apostrophes and any(cell[:1] == "'" for cells in bare for cell in cells):  # may guard a formula
            return None
        for column, cells in zip(columns, bare, strict=True):
            column.extend(cells)


def _careful(name: str, data: bytes, problems: Problems, *, may_be_empty: bool = False) -> Table | None:
    """The table of any file, or every line of it that is out of order."""
    sheet = read_sheet(data, limits=LIMITS)
    told = {SheetCode.ASSUMED_ENCODING} if may_be_empty else {SheetCode.ASSUMED_ENCODING, SheetCode.NO_ROWS}
    faults = [
        found
        for found in sheet.problems
        if found.code in told or (found.stops and found.code != SheetCode.NO_ROWS)
    ]
    doubled: dict[str, list[tuple[Place, str]]] = {}
    stopped = False
    for fault in faults:
        place = _place(name, data, sheet, fault)
        if fault.code == SheetCode.DUPLICATE_HEADING:
            doubled.setdefault(place.heading.casefold(), []).append((place, _sentence(fault)))
        else:
            problems.add(place, _sentence(fault))
            stopped = True
    if (
        not stopped and not sheet.rows and not may_be_empty
    ):  # a doubled heading keeps the reader from saying so
        problems.add(Place(name, sheet.header_line, 1), _SENTENCES[SheetCode.NO_ROWS])
        stopped = True
    if stopped:
        return None
    rows = _as_written(data, sheet) if b"'" in data else [row.cells for row in sheet.rows]
    cells = list(zip(*rows, strict=True)) or [()] * len(sheet.header)
    columns = {
        heading: [cell.strip() for cell in column]
        for heading, column in zip(sheet.header, cells, strict=True)
        if heading
    }
    return Table(name, sheet.header, sheet.header_line, [row.line for row in sheet.rows], columns, doubled)


def _as_written(data: bytes, sheet: Sheet) -> list[Sequence[str]]:
    """The rows, without those apostrophes only that guard a formula here: the reader of sheets takes more away."""
    text = decode(data).text
    delimiter = find_delimiter(text)
    lines = physical_lines(text[delimiter.skipped_characters :])
    written = {
        record.line: record.cells
        for record in read_records(lines, delimiter.character, 1 + delimiter.skipped_lines, LIMITS)
        if isinstance(record, Record)
    }
    return [
        [
            unguard(without_controls(raw).strip()) if raw[:1] == "'" else cell
            for raw, cell in zip(written[row.line], row.cells, strict=False)
        ]
        for row in sheet.rows
    ]


def _place(name: str, data: bytes, sheet: Sheet, fault: SheetProblem) -> Place:
    """Where a fault stands, down to the cell."""
    line, column = fault.line or 1, fault.column or 1
    match fault.code:
        case SheetCode.MORE_PROBLEMS:
            return Place(name)
        case SheetCode.TOO_FEW_CELLS:
            column = int(fault.values["found"]) + 1
        case SheetCode.TOO_MANY_CELLS:
            column = int(fault.values["wanted"]) + 1
        case SheetCode.TOO_MANY_COLUMNS:
            column = int(fault.values["most"]) + 1
        case SheetCode.ASSUMED_ENCODING:
            try:
                data.decode()
            except UnicodeDecodeError as error:
                before = physical_lines(data[: error.start].decode() + "?")
                line, column = len(before), _cells_in(before[-1], sheet)
        case SheetCode.NUL_BYTE | SheetCode.UNDECODABLE:
            mark = "\x00" if fault.code == SheetCode.NUL_BYTE else REPLACEMENT
            text = physical_lines(decode(data).text)[line - 1]
            column = _cells_in(text[: text.find(mark)] + "?", sheet)
    heading = sheet.header[column - 1] if column <= len(sheet.header) else ""
    return Place(name, line, column, heading)


def _cells_in(line: str, sheet: Sheet) -> int:
    return len(next(csv.reader([line], delimiter=sheet.delimiter or ",", skipinitialspace=True)))


def _sentence(fault: SheetProblem) -> str:
    return _SENTENCES[SheetCode(fault.code)].format_map(_Spoken(fault.values))


class _Spoken(dict[str, object]):
    """What fills a sentence; figures nobody gave are left away."""

    def __init__(self, values: Values) -> None:
        super().__init__(values)

    def __missing__(self, key: str) -> str:
        return "some"


_SAVE_AGAIN: Final = "Save the sheet again as “CSV UTF-8”."
_SENTENCES: Final[Mapping[SheetCode, str]] = {
    SheetCode.EMPTY: "the file is empty. It needs a heading line and a row for each person.",
    SheetCode.TOO_BIG: "the file has {bytes} bytes, more than {most}. Split it.",
    SheetCode.TOO_MANY_ROWS: "more than {most} rows. Split the sheet.",
    SheetCode.TOO_MANY_COLUMNS: "{count} columns, more than {most}. Leave away those no rule needs.",
    SheetCode.CELL_TOO_LONG: "a cell is far too long. Shorten it, or look for a quotation mark left open.",
    SheetCode.NOT_TEXT: f"this is a file of kind {{kind}}, not CSV. {_SAVE_AGAIN}",
    SheetCode.NUL_BYTE: f"the line holds a NUL byte, which text never does. {_SAVE_AGAIN}",
    SheetCode.UNDECODABLE: f"some letters here are not {{encoding}}. {_SAVE_AGAIN}",
    SheetCode.ASSUMED_ENCODING: f"the letters of this file are not stored as UTF-8. {_SAVE_AGAIN}",
    SheetCode.LOST_LETTER: "a letter was lost: “�” stands in its place.",
    SheetCode.CONTROL_CHARACTER: "a character nobody can see ({character}). Delete it.",
    SheetCode.UNKNOWN_DELIMITER: "the “sep=” line names “{delimiter}”. Use a comma, a semicolon or a tab.",
    SheetCode.UNCLOSED_QUOTE: "a quotation mark opens this cell and none closes it. Close it, or write it twice.",
    SheetCode.TEXT_AFTER_QUOTE: (
        "text follows a closing quotation mark. Write a quotation mark inside a quoted cell twice."
    ),
    SheetCode.TOO_MANY_QUOTE_PROBLEMS: "reading stops here: too many quotation marks are out of order.",
    SheetCode.EMPTY_HEADING: "a column without a heading. Give it one.",
    SheetCode.DUPLICATE_HEADING: "column {first} has the heading “{heading}” as well. Rename one of them.",
    SheetCode.NO_ROWS: "there is a heading line and no row below it. Add a row for each person.",
    SheetCode.TOO_FEW_CELLS: (
        "the row has {found} cells, the heading line {wanted}. Look for a delimiter or quotation mark that is gone."
    ),
    SheetCode.TOO_MANY_CELLS: (
        "the row has {found} cells, the heading line {wanted}. Put cells that hold the delimiter in quotation marks."
    ),
    SheetCode.BLANK_LINE: "there is nothing here. Delete the line.",
    SheetCode.MORE_PROBLEMS: "{count} more lines like these. They show once these are settled.",
}
