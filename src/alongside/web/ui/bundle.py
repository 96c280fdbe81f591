"""One style sheet out of many: `ui/app.css` is `ui/all.css` with its imports put in place.

It is a staticfiles finder, so the development server, collectstatic and tests all meet the same file. Equal sources
give an equal bundle, byte for byte.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, overload

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

SOURCE = Path(__file__).parent / "static/ui"
ENTRY = SOURCE / "all.css"
NAME = "app.css"
PREFIX = "ui"

_IMPORT = re.compile(r'@import url\("(?P<name>[\w-]+\.css)"\);\n?')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s*\n\s*")
_workshop = TemporaryDirectory(prefix="alongside-ui-")


def bundle(entry: Path = ENTRY) -> str:
    """The entry and everything it imports, in order, without comments and indentation."""
    whole = _IMPORT.sub(
        lambda match: (entry.parent / match["name"]).read_text(encoding="utf-8"),
        entry.read_text(encoding="utf-8"),
    )
    return _BLANKS.sub("\n", _COMMENT.sub("", whole)).strip() + "\n"


class BundleFinder(BaseFinder):
    """Offers `ui/app.css`, written anew whenever a source changed."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    @overload
    def find(self, path: str, find_all: Literal[False] = False) -> str | None: ...
    @overload
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...
    def find(self, path: str, find_all: bool = False) -> str | list[str] | None:
        if path != f"{PREFIX}/{NAME}":
            return [] if find_all else None
        file = str(_write())
        return [file] if find_all else file

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        storage = FileSystemStorage(location=_write().parent)
        storage.prefix = PREFIX  # type: ignore[attr-defined]  # read by collectstatic
        yield NAME, storage


def _write() -> Path:
    file = Path(_workshop.name) / NAME
    text = bundle()
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
    return file
