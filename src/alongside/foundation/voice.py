"""How texts for people sound: words we never show, and plain measures of how easily a text reads."""

import re

BANNED_WORDS = (
    "overdue", "failed", "missed", "late", "lazy", "inactive",
    "should have", "don't forget", "last chance", "streak",
)  # fmt: skip

_BANNED = re.compile(r"\b(" + "|".join(BANNED_WORDS) + r")\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[”\"')]*\s+|\n+|[:;]\s+")
_VOWELS = re.compile(r"[aeiouy]+")


def banned_words_in(text: str) -> tuple[str, ...]:
    """The banned words in a text, as whole words in any case, in the order found."""
    return tuple(found.lower() for found in _BANNED.findall(text.replace("’", "'")))


def words_in(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def longest_sentence(text: str) -> int:
    """Words in the longest sentence; a colon, a semicolon and a new line end one too."""
    return max((len(words_in(sentence)) for sentence in _SENTENCE_END.split(text)), default=0)


def reading_ease(text: str) -> float:
    """Flesch reading ease of an English text: 60 and above reads easily, 100 is a very short sentence.

    Syllables are counted as groups of vowels, a silent final e left out, so the figure is an estimate.
    """
    words = words_in(text)
    if not words:
        return 100.0
    sentences = sum(1 for sentence in _SENTENCE_END.split(text) if words_in(sentence))
    syllables = sum(_syllables(word) for word in words)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    plain = word.lower()
    groups = len(_VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee")):
        groups -= 1
    return max(1, groups)
