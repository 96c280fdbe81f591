"""When two wordings count as the same, and which known wording lies nearest."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=4096)
def same_words(text: str) -> str:
    """The text in the form that is compared: case, accents, punctuation and spacing do not count."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(_kept(character) for character in decomposed)
    # Signs that carry the whole meaning ("C++", "C#") must not fall together with the bare letter.
    signs = "".join(character for character in text if character in "+#")
    return " ".join(kept.split()) + signs or text.strip()


def _kept(character: str) -> str:
    """Accents of Latin, Greek and Cyrillic letters go; the vowel signs of other scripts are letters."""
    if "\u0300" <= character <= "\u036f":
        return ""
    return character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "


def nearest(wanted: str, known: Iterable[str]) -> str | None:
    """The known wording that is only a slip of the keys away from `wanted`, or None."""
    by_words = {same_words(wording): wording for wording in known}
    close = difflib.get_close_matches(same_words(wanted), by_words, n=1, cutoff=0.7)
    return by_words[close[0]] if close else None
