"""The mails a coordinator may word: their own wording, what may stand in braces. Kept wordings are in models."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.foundation.contentfile import Section, read_content, refuse_repeats

TEXTS_FILE = Path(__file__).parent / "data" / "texts.toml"
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class CatalogText:
    """One mail as the product words it. `needs` are the placeholders it cannot do without."""

    key: str
    name: str
    when: str
    placeholders: tuple[str, ...]
    needs: tuple[str, ...]
    subject: str
    body: str


@dataclass(frozen=True)
class TextCatalog:
    version: int
    placeholders: Mapping[str, str]
    texts: tuple[CatalogText, ...]

    def text(self, key: str) -> CatalogText:
        """The mail with this key; KeyError when there is none."""
        for text in self.texts:
            if text.key == key:
                return text
        raise KeyError(key)


@cache
def text_catalog() -> TextCatalog:
    """The catalog as shipped, read once for each process."""
    return load_text_catalog(TEXTS_FILE)


def load_text_catalog(path: Path) -> TextCatalog:
    """Reads a catalog file. Raises ContentError naming file and key when anything in it is amiss."""
    file = read_content(path)
    file.only("version", "placeholders", "text")
    placeholders = file.labels("placeholders")
    texts = file.each("text", lambda section: _text(section, placeholders))
    refuse_repeats(file.file, "text.key", (text.key for text in texts))
    return TextCatalog(file.integer("version", least=1, most=10_000), placeholders, texts)


def placeholders_in(words: str) -> tuple[str, ...]:
    """What stands in braces, in order, each once."""
    return tuple(dict.fromkeys(_BRACES.findall(words)))


def fill(words: str, values: Mapping[str, str]) -> str:
    """The words with every placeholder replaced; one without a value leaves nothing, and no hole of empty lines."""
    filled = _BRACES.sub(lambda found: values.get(found.group(1), ""), words)
    return _EMPTY_LINES.sub("\n\n", filled).strip()


def _text(section: Section, known: Mapping[str, str]) -> CatalogText:
    section.only("key", "name", "when", "placeholders", "needs", "subject", "body")
    allowed = section.texts("placeholders", known)
    text = CatalogText(
        key=section.key("key"),
        name=section.text("name"),
        when=section.text("when"),
        placeholders=allowed,
        needs=section.texts("needs", allowed),
        subject=section.text("subject"),
        body=section.text("body"),
    )
    used = placeholders_in(text.subject + text.body)
    if unknown := [name for name in used if name not in allowed]:
        raise section.error("body", f"{{{unknown[0]}}} is not among its placeholders")
    if absent := [name for name in text.needs if name not in used]:
        raise section.error("body", f"{{{absent[0]}}} is needed")
    return text
