"""Rows to CSV that every spreadsheet program opens and none of them runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from alongside.foundation.sheets.cells import guard, without_controls

# Any delimiter a reader may try is quoted, not only the comma, so that no reader takes the wrong one.
_NEEDS_QUOTES = re.compile(r'[,;\t|"\r\n]|^\s|\s$|^sep=', re.IGNORECASE)


def write_sheet(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with byte order mark (Excel needs it), commas, CRLF; cells that could run are guarded.

    `read_sheet` gives back the same cells, apart from control characters, which are left out here, and
    rows that hold nothing at all.
    """
    lines = [_line(header), *(_line(row) for row in rows)]
    return "".join(lines).encode("utf-8-sig", errors="replace")


def _line(cells: Sequence[str]) -> str:
    return ",".join([_cell(cell) for cell in cells]) + "\r\n"


def _cell(text: str) -> str:
    safe = guard(without_controls(text))
    return '"' + safe.replace('"', '""') + '"' if _NEEDS_QUOTES.search(safe) else safe
