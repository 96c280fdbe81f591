"""What may stand in one cell: control characters taken out, and formulas kept from running."""

from __future__ import annotations

import re

# C0 and C1 but tab and line ends: PostgreSQL refuses NUL, and people see none of the others.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

_SPACED = {0x0B: " ", 0x0C: " "}

# What spreadsheet programs take for the start of a formula, full-width forms included.
_FORMULA = r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_MAY_RUN = re.compile(rf"'*{_FORMULA}")
_GUARDED = re.compile(rf"'+{_FORMULA}")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def without_controls(text: str) -> str:
    """The text without characters that cannot be seen; tabs and line ends stay.

    Word's soft line break and a form feed stand between two words, so a space takes their place.
    """
    return CONTROL.sub("", text.translate(_SPACED))


def guard(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet program could run it as a formula."""
    if _MAY_RUN.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def unguard(text: str) -> str:
    """What `guard` was given. Text that nobody guarded comes back as it is, unless it looks guarded."""
    return text[1:] if _GUARDED.match(text) else text
