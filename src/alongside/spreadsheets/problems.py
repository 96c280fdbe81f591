"""What is wrong with somebody's files: where, what, and what to do about it. All of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

SHOWN: Final = 50
KEPT: Final = 1_000


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file. ``line`` is 0 when the whole file is meant, ``column`` 0 when the whole line is."""

    file: str
    line: int = 0
    column: int = 0
    heading: str = ""

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        heading = f" “{self.heading}”" if self.heading else ""
        return f"{self.file}{line}{column}{heading}"


@dataclass(slots=True)
class Problems:
    """Collects problems in the order they are found; tells the first of them and how many more there are."""

    total: int = 0
    _kept: dict[tuple[Place, str], None] = field(default_factory=dict)

    def add(self, place: Place, sentence: str) -> None:
        """One problem; the sentence says what is wrong and what to do."""
        if len(self._kept) == KEPT:
            self.total += 1
        elif (place, sentence) not in self._kept:  # two sides of one column may find the same
            self.total += 1
            self._kept[place, sentence] = None

    def __bool__(self) -> bool:
        return self.total > 0

    def lines(self) -> Iterator[str]:
        """One line for each problem, file by file and from top to bottom, then how many more there are."""
        files = {place.file: None for place, _ in self._kept}
        order = {file: k for k, file in enumerate(files)}
        kept = sorted(self._kept, key=lambda entry: (order[entry[0].file], entry[0].line, entry[0].column))
        for place, sentence in kept[:SHOWN]:
            yield f"{place}: {sentence}"
        if self.total > SHOWN:
            yield f"… and {self.total - SHOWN} more. They show once these are settled."


class BadInput(Exception):
    """Nothing can be matched or checked with these files; ``problems`` says why."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("\n".join(problems.lines()))
        self.problems = problems


def refuse(place: Place, sentence: str) -> BadInput:
    """One problem that leaves nothing else to look at."""
    problems = Problems()
    problems.add(place, sentence)
    return BadInput(problems)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question about the known word closest to this one, else the list of them when it is short.

    >>> did_you_mean("overlop", ["overlap", "steps"])
    'Did you mean “overlap”?'
    >>> did_you_mean("x", ["overlap", "steps"])
    'Known: overlap, steps.'
    """
    words = list(dict.fromkeys(known))
    folded = {other.casefold(): other for other in words}
    close = get_close_matches(word.casefold(), folded, n=1)
    if close:
        return f"Did you mean “{folded[close[0]]}”?"
    return f"Known: {', '.join(words)}." if words and len(words) <= 20 else ""
