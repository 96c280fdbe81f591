"""Cells a spreadsheet program could run: an apostrophe keeps them from it, and every other text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from alongside.foundation.sheets.cells import without_controls

_RUNS: Final = r"(?:=|[@+-].*[(!|])"  # -a, +49 or @ada run nothing
_MAY_RUN: Final = re.compile(rf"'*{_RUNS}", re.DOTALL)
_GUARDED: Final = re.compile(rf"'+{_RUNS}", re.DOTALL)
_NEEDS_QUOTES: Final = re.compile(
    r'[,;\t|"\r\n]|^\s|\s$|^sep=', re.IGNORECASE
)  # whatever may pass for a delimiter


def guard(text: str) -> str:
    """The text with an apostrophe before it when it could run.

    >>> guard("=1+1"), guard("-a"), guard("'-a")
    ("'=1+1", '-a', "'-a")
    """
    return f"'{text}" if _MAY_RUN.match(text) else text


def unguard(text: str) -> str:
    """What ``guard`` was given: no two texts become one."""
    return text[1:] if _GUARDED.match(text) else text


def sheet_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A sheet for spreadsheet programs (Excel needs the byte order mark) that reading gives back cell by cell."""
    lines = [",".join(map(_cell, cells)) + "\r\n" for cells in (header, *rows)]
    return "".join(lines).encode("utf-8-sig", errors="replace")


def _cell(text: str) -> str:
    safe = guard(without_controls(text))
    return '"' + safe.replace('"', '""') + '"' if _NEEDS_QUOTES.search(safe) else safe
