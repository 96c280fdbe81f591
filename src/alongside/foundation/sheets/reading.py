"""Bytes to a `Sheet`: decoding, delimiter, quotes, heading line and rows, each with what is wrong in it."""

from __future__ import annotations

from alongside.foundation.sheets.cells import CONTROL, unguard, without_controls
from alongside.foundation.sheets.decoding import REPLACEMENT, Decoded, decode, lines_with
from alongside.foundation.sheets.delimiters import find_delimiter
from alongside.foundation.sheets.model import DEFAULT_LIMITS, Limits, Problem, Row, Sheet, SheetCode, Values
from alongside.foundation.sheets.records import Record, physical_lines, read_records


def read_sheet(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Sheet:
    """The sheet in these bytes. Never raises on content; each line of the file is a row or in a problem.

    Blank lines and rows of empty cells at the end are left out without a word, as are surplus empty cells
    at the end of a row. Time and memory grow with the size of the file and nothing else.
    """
    if len(data) > limits.file_bytes:
        values = {"bytes": len(data), "most": limits.file_bytes}
        return _unread(Problem(0, None, SheetCode.TOO_BIG, values))
    decoded = decode(data)
    if any(problem.code == SheetCode.NOT_TEXT for problem in decoded.problems):
        return _unread(*decoded.problems)
    if not decoded.text.strip():
        return _unread(Problem(0, None, SheetCode.EMPTY))
    return _SheetReader(decoded, limits).read()


def _unread(*problems: Problem) -> Sheet:
    return Sheet("", "", (), 0, (), problems)


class _SheetReader:
    """One reading of one text; the notes it takes on the way become the sheet's problems."""

    def __init__(self, decoded: Decoded, limits: Limits) -> None:
        self.decoded, self.limits = decoded, limits
        self.notes = _Notes(limits.problems)
        self.header: tuple[str, ...] = ()
        self.header_line = 0
        self.header_cells = 0  # the empty ones at the end as well
        self.unnamed: set[int] = set()
        self.rows: list[Row] = []
        self.blank: Problem | None = None
        self.after_quote_fault = False
        self.has_controls = CONTROL.search(decoded.text) is not None
        unreadable = any(problem.code == SheetCode.UNDECODABLE for problem in decoded.problems)
        self.refused = ("\x00", REPLACEMENT) if unreadable else ("\x00",)
        self.has_refused = any(mark in decoded.text for mark in self.refused)

    def read(self) -> Sheet:
        text = self.decoded.text
        delimiter = find_delimiter(text)
        self.notes.add(*self.decoded.problems, *delimiter.problems)
        self.notes.add(*[Problem(line, None, SheetCode.NUL_BYTE) for line in lines_with(text, "\x00")])
        lines = physical_lines(text[delimiter.skipped_characters :])
        for item in read_records(lines, delimiter.character, 1 + delimiter.skipped_lines, self.limits):
            goes_on = self.take_fault(item) if isinstance(item, Problem) else self.take(item)
            if not goes_on:
                break
        if not self.rows and not self.notes.stop:
            self.notes.add(Problem(self.header_line, None, SheetCode.NO_ROWS))
        return Sheet(
            encoding=self.decoded.encoding,
            delimiter=delimiter.character,
            header=self.header,
            header_line=self.header_line,
            rows=tuple(self.rows),
            problems=self.notes.in_order(),
        )

    def take_fault(self, problem: Problem) -> bool:
        """Note a faulty quote. In the heading line it ends the reading: no line after it is the header."""
        self.notes.add(problem)
        self.after_quote_fault = True
        return bool(self.header)

    def take(self, record: Record) -> bool:
        """Take in one record; False when the sheet is over its limits and reading ends here."""
        cells = self.cleaned(record)
        if not any(cell.strip() for cell in cells):
            self.take_blank(record)
            return True
        if not self.header:
            return self.take_header(record.line, cells)
        if self.blank is not None:
            self.notes.add(self.blank)
            self.blank = None
        if len(self.rows) == self.limits.rows:
            values = {"most": self.limits.rows}
            self.notes.add(Problem(record.line, None, SheetCode.TOO_MANY_ROWS, values))
            return False
        self.take_row(record, cells)
        return True

    def take_blank(self, record: Record) -> None:
        """Remember a run of blank lines; it is worth a notice only when more rows follow."""
        if self.header:
            line = self.blank.line if self.blank else record.line
            values = {"last_line": record.last_line}
            self.blank = Problem(line, None, SheetCode.BLANK_LINE, values, stops=False)

    def take_header(self, line: int, cells: list[str]) -> bool:
        headings = tuple(" ".join(cell.split()) for cell in cells)
        while not headings[-1]:
            headings = headings[:-1]
        self.header, self.header_line, self.header_cells = headings, line, len(cells)
        if len(headings) > self.limits.columns:
            values = {"count": len(headings), "most": self.limits.columns}
            self.notes.add(Problem(line, None, SheetCode.TOO_MANY_COLUMNS, values))
            return False
        seen: dict[str, int] = {}
        for column, heading in enumerate(headings, start=1):
            if not heading:
                self.notes.add(Problem(line, column, SheetCode.EMPTY_HEADING, stops=False))
                continue
            first = seen.setdefault(heading.casefold(), column)
            if first != column:
                doubled: Values = {"heading": heading, "first": first}
                self.notes.add(Problem(line, column, SheetCode.DUPLICATE_HEADING, doubled))
        return True

    def take_row(self, record: Record, cells: list[str]) -> None:
        wanted = len(self.header)
        if (
            len(cells) == self.header_cells > wanted
        ):  # nothing has slipped: text beyond stands in unnamed columns
            self.take_unnamed(cells[wanted:])
            del cells[wanted:]
        while len(cells) > wanted and not cells[-1].strip():
            cells.pop()
        if len(cells) != wanted:
            self.note_cell_count(record, len(cells))
            return
        self.after_quote_fault = False
        most = self.limits.cell_characters
        long = [column for column, cell in enumerate(cells, start=1) if len(cell) > most]
        for column in long:
            values: Values = {"most": most, "heading": self.header[column - 1]}
            self.notes.add(Problem(record.line, column, SheetCode.CELL_TOO_LONG, values))
        if not long and not self.is_refused(record):
            self.rows.append(Row(record.line, tuple(cells)))

    def take_unnamed(self, cells: list[str]) -> None:
        """Note the columns at the end that have text and no heading, each once; nothing is read from them."""
        for column, cell in enumerate(cells, start=len(self.header) + 1):
            if cell.strip() and column not in self.unnamed:
                self.unnamed.add(column)
                self.notes.add(Problem(self.header_line, column, SheetCode.EMPTY_HEADING, stops=False))

    def is_refused(self, record: Record) -> bool:
        return self.has_refused and any(mark in cell for mark in self.refused for cell in record.cells)

    def note_cell_count(self, record: Record, found: int) -> None:
        """Right after a faulty quote, odd rows are its shadow: one cause gets one sentence."""
        if self.after_quote_fault:
            return
        code = SheetCode.TOO_FEW_CELLS if found < len(self.header) else SheetCode.TOO_MANY_CELLS
        values = {"found": found, "wanted": len(self.header), "last_line": record.last_line}
        self.notes.add(Problem(record.line, None, code, values))

    def cleaned(self, record: Record) -> list[str]:
        """The cells without apostrophes that guard a formula and without characters nobody can see."""
        cells = [unguard(cell) if cell[:1] == "'" else cell for cell in record.cells]
        if not self.has_controls:
            return cells
        for column, cell in enumerate(cells, start=1):
            found = [character for character in CONTROL.findall(cell) if character != "\x00"]
            if found:
                values: Values = {"character": f"U+{ord(found[0]):04X}", "count": len(found)}
                self.notes.add(Problem(record.line, column, SheetCode.CONTROL_CHARACTER, values, stops=False))
        return [without_controls(cell) for cell in cells]


class _Notes:
    """Problems found so far: the first `most` in full, the others as a number, so memory stays bounded."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: list[Problem] = []
        self.left_out = 0
        self.stop = False

    def add(self, *problems: Problem) -> None:
        for problem in problems:
            self.stop = self.stop or problem.stops
            if len(self.kept) < self.most:
                self.kept.append(problem)
            else:
                self.left_out += 1

    def in_order(self) -> tuple[Problem, ...]:
        """By line, then column; what was left out comes last and stops when any problem stops."""
        ordered = sorted(self.kept, key=lambda problem: (problem.line, problem.column or 0))
        if self.left_out:
            values = {"count": self.left_out}
            ordered.append(Problem(0, None, SheetCode.MORE_PROBLEMS, values, stops=self.stop))
        return tuple(ordered)
