"""Putting names into the words of a mail. They are looked up, never evaluated, and what they hold never counts as a mark."""

import re
from collections.abc import Mapping

from alongside.foundation.mail import one_line

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")


class Block(str):
    """A value that is Markdown already, made by us: stands as it is. Everything else is a word to be escaped."""

    __slots__ = ()


def fill_line(template: str, values: Mapping[str, str]) -> str:
    """The template as one line of plain text, for subjects and buttons."""
    return one_line(_PLACEHOLDER.sub(lambda found: values.get(found[1], ""), template))


def fill_markdown(template: str, values: Mapping[str, str]) -> str:
    """The template as Markdown. Values are shown as they are: none of their letters counts as a mark.

    A paragraph that holds nothing but an empty value disappears.
    """
    paragraphs = re.split(r"\n\s*\n", template.strip())
    filled = (_PLACEHOLDER.sub(lambda found: _value(values.get(found[1], "")), part) for part in paragraphs)
    return "\n\n".join(part for part in filled if part.strip())


def escaped(value: str) -> str:
    """One line of Markdown that shows the value as it is: none of its letters counts as a mark."""
    return _SPECIAL.sub(r"\\\1", one_line(value))


def _value(value: str) -> str:
    return value if isinstance(value, Block) else escaped(value)
