"""One table of a TOML file, read value by value; whatever is wrong is noted with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from alongside.spreadsheets.places import Spots
from alongside.spreadsheets.problems import Place, Problems, did_you_mean

MOST: Final = 1_000_000_000  # no figure of the rules has a use for more


class Entry:
    """A table of the rules, such as one ``[[question]]``. Values are asked for by key; ``close`` names keys nobody
    asked for. ``about`` begins every sentence."""

    def __init__(
        self,
        file: str,
        spots: Spots,
        path: tuple[str | int, ...],
        data: Mapping[str, Any],
        problems: Problems,
    ) -> None:
        self.file, self.spots, self.path, self.data, self.problems = file, spots, path, data, problems
        self.about = ""
        self.asked: dict[str, None] = {}

    def place(self, key: str | None = None) -> Place:
        """Where a key stands, or the table."""
        path = self.path if key is None else (*self.path, key)
        line, column = self.spots.of(*path)
        return Place(self.file, line or 1, column or 1)

    def object(self, key: str | None, sentence: str) -> None:
        """Notes a problem."""
        self.problems.add(self.place(key), f"{self.about}{sentence}")

    def has(self, key: str) -> bool:
        """Whether the key was written."""
        self.asked[key] = None
        return key in self.data

    def raw(self, key: str, expected: str) -> Any:
        """The value as it is, ``None`` with a problem when it is missing."""
        if not self.has(key):
            self.object(None, f"“{key}” is missing. Add {expected}.")
            return None
        return self.data[key]

    def text(self, key: str, expected: str) -> str | None:
        """A text that is not empty."""
        value = self.raw(key, expected)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.object(key, f"“{key}” is {_shown(value)}. Write {expected}.")
        return None

    def whole(
        self, key: str, expected: str, *, low: int = 0, high: int = MOST, default: int | None = None
    ) -> int | None:
        """A whole number from ``low`` to ``high``."""
        if default is not None and not self.has(key):
            return default
        value = self.raw(key, expected)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            span = f"from {low} to {high}" if high < MOST else f"{low} or more"
            self.object(key, f"“{key}” is {_shown(value)}. Write a whole number, {span}: {expected}.")
            return None
        return value

    def texts(self, key: str, expected: str) -> tuple[str, ...] | None:
        """A list of different texts."""
        value = self.raw(key, expected)
        if value is None:
            return None
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(v, str) and v.strip() for v in value)
        ):
            self.object(key, f"“{key}” is {_shown(value)}. Write {expected}.")
            return None
        texts = tuple(text.strip() for text in value)
        double = [text for text in dict.fromkeys(texts) if texts.count(text) > 1]
        for text in double:
            self.object(key, f"“{key}” names “{text}” twice. Write it once.")
        return None if double else texts

    def close(self) -> None:
        """Notes keys that mean nothing here."""
        for key in (key for key in self.data if key not in self.asked):
            self.object(key, f"“{key}” means nothing here. {did_you_mean(key, self.asked)}".rstrip())


def column_name(text: str) -> str:
    """A heading as the reader of sheets gives it: one space between words."""
    return " ".join(text.split())


def step_points(entry: Entry) -> tuple[tuple[int, int], ...] | None:
    """The table of points by difference of steps."""
    expected = 'a table such as points = { "1" = 40000, "2" = 30000 }'
    value = entry.raw("points", expected)
    if value is None:
        return None
    if not isinstance(value, dict) or not value:
        entry.object("points", f"“points” is {_shown(value)}. Write {expected}.")
        return None
    points: dict[int, int] = {}
    good = True
    for key, number in value.items():
        if not re.fullmatch(r"[+-]?[0-9]{1,6}", key) or int(key) in points:
            entry.object(
                "points",
                f"“points” has the entry “{key}”. Write each difference (mentor step − mentee step) once, as a "
                'whole number in quotation marks, such as "2" or "-1".',
            )
            good = False
        elif not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST:
            entry.object(
                "points", f"“points” gives {_shown(number)} for “{key}”. Write a whole number, 0 or more."
            )
            good = False
        else:
            points[int(key)] = number
    return tuple(sorted(points.items())) if good else None


def way_list(entry: Entry) -> Sequence[tuple[str, str]] | None:
    """Pairs written into the rules themselves."""
    value = entry.raw("pairs", 'pairs = [["mentee", "mentor"]]')
    pairs = [
        (pair[0].strip(), pair[1].strip())
        for pair in (value if isinstance(value, list) else ())
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(person, str) for person in pair)
    ]
    if not isinstance(value, list) or len(pairs) != len(value):
        entry.object("pairs", 'Write “pairs” as a list: pairs = [["mentee id", "mentor id"]].')
        return None
    return pairs


def _shown(value: object) -> str:
    text = str(value)
    if isinstance(value, str):
        text = f"“{text}”"
    elif isinstance(value, bool):
        text = text.lower()
    return text if len(text) <= 60 else f"{text[:57]}…"
