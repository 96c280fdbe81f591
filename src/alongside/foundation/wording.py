"""Words of the content files in the reader's language: looked up where they are shown, by the words themselves.

Files and rows keep the words they were written in. `bin/messages` hands every one of them to the translators' catalogs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from django.utils.translation import get_language, gettext

from alongside.foundation.contentfile import Words

T = TypeVar("T")

_READ: dict[
    tuple[int, str], tuple[object, object]
] = {}  # (tree, language) → the tree itself, kept alive, and its words


def said(text: str) -> str:
    """A sentence that came from a content file, now in a row, in the reader's language; others' words stay as they are."""
    return gettext(text) if text else text


def in_words(tree: T) -> T:
    """Shipped content in the reader's language: the same tree, its `Words` looked up. Worked out once a language.

    For trees that live as long as the process, as the loaders of content files return them.
    """
    key = (id(tree), get_language() or "")
    if key not in _READ:
        _READ[key] = (tree, _translated(tree))
    return _READ[key][1]  # type: ignore[return-value]  # the tree of this key


def words_of(tree: object) -> Iterator[str]:
    """All words for people in a tree of content, in its order."""
    if isinstance(tree, Words):
        if tree:
            yield str(tree)
    elif is_dataclass(tree):
        for field in fields(tree):
            yield from words_of(getattr(tree, field.name))
    elif isinstance(tree, Mapping):
        for part in tree.values():
            yield from words_of(part)
    elif isinstance(tree, tuple):
        for part in tree:
            yield from words_of(part)


def _translated(tree: Any) -> Any:
    if isinstance(tree, Words):
        return Words(said(str(tree)))
    if is_dataclass(tree) and not isinstance(tree, type):
        told = {field.name: _translated(getattr(tree, field.name)) for field in fields(tree) if field.init}
        return replace(tree, **told)
    if isinstance(tree, Mapping):
        return {key: _translated(part) for key, part in tree.items()}
    if isinstance(tree, tuple):
        return tuple(_translated(part) for part in tree)
    return tree
