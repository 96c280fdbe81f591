"""Where the values of a TOML file stand. ``tomllib`` gives values only; people need lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

Path = tuple[str | int, ...]
Spot = tuple[int, int]  # line and column, from 1

_WORD: Final = r"(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)"
_WORDS: Final = rf"{_WORD}(?:\s*\.\s*{_WORD})*"
_HEADER: Final = re.compile(rf"\s*(?P<open>\[\[?)\s*(?P<words>{_WORDS})\s*\]")
_ENTRY: Final = re.compile(rf"(?P<before>\s*)(?P<words>{_WORDS})\s*=(?P<value>.*)")
_TEXT_OR_REMARK: Final = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")


@dataclass(frozen=True, slots=True)
class Spots:
    """The line and column of every key and header that begins a line."""

    known: dict[Path, Spot]

    def of(self, *path: str | int) -> Spot:
        """Where a value stands (a list: its first entry), or else what it stands in."""
        while path and path not in self.known:
            if (*path, 0) in self.known:
                return self.known[(*path, 0)]
            path = path[:-1]
        return self.known.get(path, (0, 0))


def find_spots(text: str) -> Spots:
    """Reads headers and keys line by line; the text is already known to be TOML.

    >>> find_spots('left_out = 5\\n[[rule]]\\nkind = "x"').of("rule", 0, "kind")
    (3, 1)
    """
    known: dict[Path, Spot] = {}
    prefix: Path = ()
    depth = 0  # inside an array that goes on over several lines
    for number, line in enumerate(text.splitlines(), start=1):
        header, entry = _HEADER.match(line), _ENTRY.match(line)
        value = line
        if depth == 0 and header:
            prefix = _prefix(known, header["open"] == "[[", _split(header["words"]))
            known.setdefault(prefix, (number, header.start("open") + 1))
            continue
        if depth == 0 and entry:
            known.setdefault(prefix + _split(entry["words"]), (number, len(entry["before"]) + 1))
            value = entry["value"]
        bare = _TEXT_OR_REMARK.sub("", value)
        depth = max(0, depth + bare.count("[") - bare.count("]"))
    return Spots(known)


def _prefix(known: dict[Path, Spot], listed: bool, words: Path) -> Path:
    """The path of a header: the last entry of every list on the way, a new entry for a list of its own."""
    path: Path = ()
    for place, word in enumerate(words, start=1):
        path = (*path, word)
        count = sum(1 for other in known if other[:-1] == path and isinstance(other[-1], int))
        if listed and place == len(words):
            path = (*path, count)
        elif count:
            path = (*path, count - 1)
    return path


def _split(words: str) -> Path:
    return tuple(word.strip("\"'") for word in re.findall(_WORD, words))
