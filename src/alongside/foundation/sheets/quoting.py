"""Finds where a quote went wrong. Runs only on the few lines that `csv` refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from alongside.foundation.sheets.model import SheetCode


@dataclass(frozen=True, slots=True)
class QuoteFault:
    """The line (from 0, among those given) and the cell (from 1) whose quote opened, and what is wrong."""

    line: int
    column: int
    code: SheetCode


class _Place(Enum):
    START = auto()
    BARE = auto()
    QUOTED = auto()
    AFTER_QUOTE = auto()


def find_quote_fault(lines: Sequence[str], delimiter: str) -> QuoteFault | None:
    """The first quote fault of one record, or None when its quotes are in order.

    A quote that opens on one line and is followed by stray text on a later one counts as unclosed, since
    the quote that ended it was almost always meant to open another cell.
    """
    place, column, opened = _Place.START, 1, (0, 1)
    for number, line in enumerate(lines):
        for character in line:
            if place is _Place.START and character == " ":
                continue
            if place is _Place.START and character == '"':
                place, opened = _Place.QUOTED, (number, column)
            elif place is _Place.QUOTED:
                place = _Place.AFTER_QUOTE if character == '"' else place
            elif place is _Place.AFTER_QUOTE and character == '"':
                place = _Place.QUOTED
            elif character == delimiter:
                place, column = _Place.START, column + 1
            elif place is _Place.AFTER_QUOTE and character not in "\r\n":
                same_line = opened[0] == number
                return QuoteFault(
                    *opened, SheetCode.TEXT_AFTER_QUOTE if same_line else SheetCode.UNCLOSED_QUOTE
                )
            elif character not in "\r\n":
                place = _Place.BARE
    return QuoteFault(*opened, SheetCode.UNCLOSED_QUOTE) if place is _Place.QUOTED else None
