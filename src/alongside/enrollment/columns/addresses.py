"""Mail addresses as people type them into sheets."""

from __future__ import annotations

import re

_NAMED = re.compile(r"[^<>]*<([^<>]*)>")
_LOCAL = re.compile(r"[^\s@,;:<>()\[\]\\\"]+")
_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_SLIPS = ((" ", ""), (",", "."), ("..", "."), (";", "."), ("@.", "@"), ("@@", "@"), (" at ", "@"))


def read_address(text: str) -> str | None:
    """The address in lower case, out of "Ada <ada@example.org>" and "mailto:" too; None if it is none."""
    named = _NAMED.fullmatch(text)
    address = (named.group(1) if named else text).strip().removeprefix("mailto:").lower()
    local, at, domain = address.rpartition("@")
    labels = domain.split(".")
    sound = (
        at
        and len(address) <= 254
        and len(local) <= 64
        and _LOCAL.fullmatch(local)
        and not (local.startswith(".") or local.endswith(".") or ".." in local)
        and len(labels) > 1
        and all(len(label) <= 63 and _LABEL.fullmatch(label) and "_" not in label for label in labels)
        and not labels[-1].isdigit()
    )
    return address if sound else None


def likely_address(text: str) -> str | None:
    """What was probably meant by an address with one common slip of the keys, or None."""
    trimmed = text.strip(" .,;:<>\"'")
    for wrong, right in (("", ""), *_SLIPS):
        if address := read_address(trimmed.replace(wrong, right) if wrong else trimmed):
            return address
    return None
