"""Text to records: cells with the physical lines they came from, past any quote that went wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alongside.foundation.sheets.model import Limits, Problem, SheetCode
from alongside.foundation.sheets.quoting import find_quote_fault


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and its first and last physical line; a blank line has no cells."""

    line: int
    last_line: int
    cells: list[str]


def physical_lines(text: str) -> list[str]:
    """The lines as an editor counts them, ends included: only CR, LF and CRLF end a line."""
    return list(io.StringIO(text, newline=""))


def read_records(
    lines: Sequence[str], delimiter: str, first_line: int, limits: Limits
) -> Iterator[Record | Problem]:
    """Every record of the lines, and in its place a problem for each record whose quotes are not in order.

    Reading goes on at the line after the one where the faulty quote opened, so that one forgotten quote
    does not swallow the rest of the sheet. The work is bounded by `limits` for any input.
    """
    at, faults = 0, 0
    while at < len(lines):
        window = _Window(lines, at, limits.lines_in_a_row)
        reader = csv.reader(window, delimiter=delimiter, skipinitialspace=True, strict=True)
        try:
            for cells in reader:
                yield Record(first_line + window.record_start, first_line + window.at - 1, cells)
                window.begin_record()
            return
        except csv.Error:
            problem = _fault(window, delimiter, first_line)
        yield problem
        faults += 1
        if faults == limits.quote_problems:
            yield Problem(problem.line + 1, None, SheetCode.TOO_MANY_QUOTE_PROBLEMS, {"count": faults})
            return
        at = problem.line - first_line + 1


class _Window:
    """Hands lines to `csv` and remembers where the present record began.

    It runs dry inside a record that spans too many lines, which `csv` takes for an unclosed quote.
    """

    def __init__(self, lines: Sequence[str], at: int, most: int) -> None:
        self.lines, self.at, self.most, self.record_start = lines, at, most, at

    def begin_record(self) -> None:
        self.record_start = self.at

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at == len(self.lines) or self.at - self.record_start == self.most:
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _fault(window: _Window, delimiter: str, first_line: int) -> Problem:
    record = window.lines[window.record_start : window.at]
    fault = find_quote_fault(record, delimiter)
    if fault is None:  # `csv` has a cell limit of its own and says so with the same exception
        return Problem(first_line + window.record_start, None, SheetCode.CELL_TOO_LONG)
    return Problem(first_line + window.record_start + fault.line, fault.column, fault.code)
