"""Bytes to text. Says which encoding it took and why, and never guesses silently."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from itertools import islice

from alongside.foundation.sheets.model import Problem, SheetCode

REPLACEMENT = "\ufffd"

# The first bytes of files that people take for a CSV file, and what they are called.
_SIGNATURES = (
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
)
_MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was read as, and what that reading has to say."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded:
    """Text by byte order mark, else UTF-8, else Windows-1252 with a notice.

    Bytes that fit no letter become U+FFFD, and each line that holds one is named. Text in which UTF-8
    letters outnumber the broken ones is taken as damaged UTF-8: reading it as Windows-1252 would
    succeed and quietly turn every é into Ã©.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return Decoded("", "", (Problem(0, None, SheetCode.NOT_TEXT, {"kind": kind}),))
    if data.startswith(codecs.BOM_UTF8):
        return _decode_as(data[3:], "utf-8", name="utf-8-sig")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        little = data.startswith(codecs.BOM_UTF16_LE)
        return _decode_as(data[2:], "utf-16-le" if little else "utf-16-be", name="utf-16")
    try:
        return _checked(data.decode("utf-8"), "utf-8", assumed=False)
    except UnicodeDecodeError:
        if _is_mostly_utf8(data):
            return _decode_as(data, "utf-8", name="utf-8")
        return _decode_as(data, "cp1252", name="windows-1252", assumed=True)


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    broken = text.count(REPLACEMENT)
    letters = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    return letters > broken


def _decode_as(data: bytes, codec: str, *, name: str, assumed: bool = False) -> Decoded:
    try:
        return _checked(data.decode(codec), name, assumed=assumed)
    except UnicodeDecodeError:
        text = data.decode(codec, errors="replace")
    problems = [
        Problem(line, None, SheetCode.UNDECODABLE, {"encoding": name})
        for line in lines_with(text, REPLACEMENT)
    ]
    return Decoded(text, name, tuple(_notice_of(name, assumed) + problems))


def _checked(text: str, name: str, *, assumed: bool) -> Decoded:
    """A clean decoding, with a notice for letters that an earlier program had already lost."""
    lost = [Problem(line, None, SheetCode.LOST_LETTER, stops=False) for line in lines_with(text, REPLACEMENT)]
    return Decoded(text, name, tuple(_notice_of(name, assumed) + lost))


def _notice_of(name: str, assumed: bool) -> list[Problem]:
    return [Problem(0, None, SheetCode.ASSUMED_ENCODING, {"encoding": name}, stops=False)] if assumed else []


def lines_with(text: str, wanted: str) -> list[int]:
    """The first thousand physical lines (from 1) that hold `wanted`; only CR, LF and CRLF end a line."""
    if wanted not in text:
        return []
    lines = enumerate(io.StringIO(text, newline=""), start=1)
    return list(islice((number for number, line in lines if wanted in line), _MOST_LINES))
