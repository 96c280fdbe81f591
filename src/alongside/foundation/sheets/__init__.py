"""Sheets people upload and download: bytes to rows with line numbers, and rows to safe CSV.

Nothing here knows what a column means, and nothing here raises on what a person's file contains:
whatever is wrong becomes a `Problem` with a line number. No framework either: only `sentences`, which puts problems
into the reader's language, needs Django, and is imported by those who show them on a page.
"""

from alongside.foundation.sheets.model import DEFAULT_LIMITS, Limits, Problem, Row, Sheet, SheetCode, Values
from alongside.foundation.sheets.reading import read_sheet
from alongside.foundation.sheets.writing import write_sheet

__all__ = [
    "DEFAULT_LIMITS",
    "Limits",
    "Problem",
    "Row",
    "Sheet",
    "SheetCode",
    "Values",
    "read_sheet",
    "write_sheet",
]
