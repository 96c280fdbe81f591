"""Which character stands between two cells: told by Excel's "sep=" line, or read off the sheet itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from alongside.foundation.sheets.model import Problem, SheetCode

DELIMITERS = ",;\t|"

_SAMPLE_CHARACTERS = 65_536
_SAMPLE_LINES = 50
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SEP_LINE = re.compile(r"sep=([^\r\n]*)(\r\n|\n|\r|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Delimiter:
    """The delimiter, how many characters and lines of the text a "sep=" line took, and any problem."""

    character: str
    skipped_characters: int = 0
    skipped_lines: int = 0
    problems: tuple[Problem, ...] = ()


def find_delimiter(text: str) -> Delimiter:
    """The delimiter of a sheet; a comma when it has one column only.

    The heading line decides, because headings rarely hold punctuation; where two characters both cut it,
    the one that cuts more of the following lines into as many cells wins.
    """
    told = _SEP_LINE.match(text)
    if told is None:
        return Delimiter(_most_regular(text))
    characters, lines = told.end(), 1
    if told.group(1) in DELIMITERS and told.group(1):
        return Delimiter(told.group(1), characters, lines)
    problem = Problem(1, None, SheetCode.UNKNOWN_DELIMITER, {"delimiter": told.group(1)[:20]})
    return Delimiter(_most_regular(text[characters:]), characters, lines, (problem,))


def _most_regular(text: str) -> str:
    bare = _QUOTED.sub("", text[:_SAMPLE_CHARACTERS])
    lines = [line for line in re.split(r"[\r\n]+", bare) if line.strip()][:_SAMPLE_LINES]
    if not lines:
        return ","
    return max(DELIMITERS, key=lambda character: _regularity(character, lines))


def _regularity(character: str, lines: list[str]) -> tuple[float, int]:
    """How many of the lines are cut into as many cells as the heading line, then how many cells that is."""
    counts = [line.count(character) for line in lines]
    if counts[0] == 0:
        return (0.0, 0)
    return (Counter(counts)[counts[0]] / len(lines), counts[0])
