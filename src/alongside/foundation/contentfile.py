"""Typed reading of the content files (TOML) that ship with the product. No domain word lives here."""

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

T = TypeVar("T")


class Words(str):
    """Words for people in a shipped file, in the language they were written in. Everything else there is for machines."""

    __slots__ = ()


class ContentError(ValueError):
    """A content file says something its loader does not understand; the text names file and key."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        self.file = file
        self.key = key
        super().__init__(f"{file}: {key}: {problem}")


@dataclass(frozen=True)
class Section:
    """One table of a content file. Every reader returns the stated type or raises ContentError."""

    file: str
    path: str
    values: Mapping[str, object]

    def error(self, key: str, problem: str) -> ContentError:
        return ContentError(self.file, f"{self.path}.{key}" if self.path else key, problem)

    def only(self, *known: str) -> None:
        """Refuse keys nobody reads: a misspelled key must not vanish in silence."""
        for key in self.values:
            if key not in known:
                raise self.error(key, "nobody reads this key; is it misspelled?")

    def has(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        """Words for people: not blank, without white space around them. A default may be blank."""
        return Words(self.name(key, default))

    def name(self, key: str, default: str | None = None) -> str:
        """A text that only the code reads: a name, a number of a list. Nobody translates it."""
        if key not in self.values and default is not None:
            return default
        value = self._value(key, str, "a text").strip()
        if not value:
            raise self.error(key, "the text is empty")
        return value

    def key(self, key: str) -> str:
        """A stable name for machines: lower case letters, digits, - and _."""
        value = self.name(key)
        if not KEY.fullmatch(value):
            raise self.error(key, f"{value!r} is not a key of a-z, 0-9, - and _")
        return value

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self.name(key, default)
        if value not in allowed:
            raise self.error(key, f"{value!r} is none of {', '.join(sorted(allowed))}")
        return value

    def integer(self, key: str, *, least: int, most: int, default: int | None = None) -> int:
        if key not in self.values and default is not None:
            return default
        value = self._value(key, int, "a whole number")
        if isinstance(value, bool) or not least <= value <= most:
            raise self.error(key, f"{value!r} is not a whole number from {least} to {most}")
        return value

    def boolean(self, key: str, default: bool | None = None) -> bool:
        if key not in self.values and default is not None:
            return default
        return self._value(key, bool, "true or false")

    def time(self, key: str) -> dt.time:
        return self._value(key, dt.time, "a time such as 09:30:00")

    def texts(
        self, key: str, allowed: Collection[str] | None = None, default: Iterable[str] | None = None
    ) -> tuple[str, ...]:
        """A list of texts without repeats; each one of `allowed` where given, else words for people."""
        if key not in self.values and default is not None:
            return tuple(default)
        found: list[str] = []
        for value in self._value(key, list, "a list of texts"):
            if not isinstance(value, str) or not value.strip():
                raise self.error(key, f"{value!r} is not a text")
            if allowed is not None and value not in allowed:
                raise self.error(key, f"{value!r} is none of {', '.join(sorted(allowed))}")
            if value in found:
                raise self.error(key, f"{value!r} stands here twice")
            found.append(value if allowed is not None else Words(value))
        return tuple(found)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts that only the code reads, without repeats."""
        return tuple(str(value) for value in self.texts(key))

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; absent means none."""
        if key not in self.values:
            return ()
        found = []
        for value in self._value(key, list, "a list of whole numbers"):
            if isinstance(value, bool) or not isinstance(value, int):
                raise self.error(key, f"{value!r} is not a whole number")
            found.append(value)
        return tuple(found)

    def table(self, key: str) -> "Section":
        return Section(self.file, self._path(key), self._value(key, dict, "a table"))

    def labels(self, key: str) -> dict[str, str]:
        """A table of key = \"label\" lines."""
        table = self.table(key)
        return {name: table.text(name) for name in table.values}

    def sections(self, key: str, *, optional: bool = False) -> tuple["Section", ...]:
        """A list of tables, in the order of the file."""
        if optional and key not in self.values:
            return ()
        found = []
        for number, value in enumerate(self._value(key, list, "a list of tables"), start=1):
            if not isinstance(value, dict):
                raise self.error(f"{key}[{number}]", "this is not a table")
            found.append(Section(self.file, self._path(f"{key}[{number}]"), value))
        return tuple(found)

    def each(self, key: str, read: Callable[["Section"], T], *, optional: bool = False) -> tuple[T, ...]:
        return tuple(read(section) for section in self.sections(key, optional=optional))

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _value(self, key: str, kind: type[T], described: str) -> T:
        if key not in self.values:
            raise self.error(key, "this key is needed")
        value = self.values[key]
        if not isinstance(value, kind):
            raise self.error(key, f"{value!r} is not {described}")
        return value


def read_content(path: Path) -> Section:
    """The whole file as one Section; a file that is not TOML raises ContentError too."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ContentError(path.name, "the whole file", str(problem)) from problem
    return Section(path.name, "", values)


def refuse_repeats(file: str, key: str, names: Iterable[str]) -> None:
    """Raise ContentError when a name stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ContentError(file, key, f"{name!r} stands here twice")
        seen.add(name)
