"""What a read sheet is: rows, physical line numbers, and what is wrong with them. Frozen data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# What fills a sentence: counts, headings, the text that was found.
Values = Mapping[str, str | int]


class SheetCode(StrEnum):
    """Everything that can be wrong with a sheet before anybody asks what its columns mean."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"
    NOT_TEXT = "not_text"
    NUL_BYTE = "nul_byte"
    UNDECODABLE = "undecodable"
    ASSUMED_ENCODING = "assumed_encoding"
    LOST_LETTER = "lost_letter"
    CONTROL_CHARACTER = "control_character"
    UNKNOWN_DELIMITER = "unknown_delimiter"
    UNCLOSED_QUOTE = "unclosed_quote"
    TEXT_AFTER_QUOTE = "text_after_quote"
    TOO_MANY_QUOTE_PROBLEMS = "too_many_quote_problems"
    EMPTY_HEADING = "empty_heading"
    DUPLICATE_HEADING = "duplicate_heading"
    NO_ROWS = "no_rows"
    TOO_FEW_CELLS = "too_few_cells"
    TOO_MANY_CELLS = "too_many_cells"
    BLANK_LINE = "blank_line"
    MORE_PROBLEMS = "more_problems"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to know about a sheet; `line` counts physical lines from 1, `column` cells from 1.

    `line` is 0 when the whole file is meant. `stops` tells a problem, which keeps the sheet from being
    imported, from a notice, which does not. `values` fill the sentence that is made for people.
    """

    line: int
    column: int | None
    code: str
    values: Values = field(default_factory=dict, hash=False)
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read. The defaults are far above any real sign-up sheet."""

    file_bytes: int = 20_000_000
    rows: int = 50_000
    columns: int = 200
    cell_characters: int = 20_000
    lines_in_a_row: int = 1_000
    quote_problems: int = 50
    problems: int = 1_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """One record: as many cells as the header has, and the physical line it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read. Rows with a problem of their own are left out; `problems` says which and why."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """Nothing but notices: every line of the file is in `rows`."""
        return not any(problem.stops for problem in self.problems)
