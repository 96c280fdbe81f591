"""One reader per kind: the text of a cell to its value, or to what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from alongside.enrollment.columns.addresses import likely_address, read_address
from alongside.enrollment.columns.hours import read_hours
from alongside.enrollment.columns.options import option_wordings, split_options
from alongside.enrollment.columns.targets import CellCode, Kind, Target, Value
from alongside.enrollment.columns.words import nearest, same_words
from alongside.enrollment.columns.zones import nearest_zone, read_zone
from alongside.foundation.sheets import Values

DEFAULT_MOST = {Kind.NAME: 150, Kind.TEXT: 300, Kind.LONG_TEXT: 10_000, Kind.CAPACITY: 50}

_YES = frozenset(["yes", "y", "true", "1", "x", "ja", "j", "oui", "o", "si", "sim", "on"])
_NO = frozenset(["no", "n", "false", "0", "nein", "non", "nao", "off"])
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,6}|,\d{1,2})?")
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"),
    re.compile(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell; `unknown` lists pieces that could become options."""

    code: CellCode
    values: Values = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


class CellReader:
    """Reads the cells of one target. Remembers what it compared, so that 50,000 rows stay quick."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.wordings = option_wordings(target)
        self.most = target.most if target.most is not None else DEFAULT_MOST.get(target.kind)
        self.suggestions: dict[str, str] = {}
        self.read_text = _READERS[target.kind]

    def read(self, text: str) -> tuple[Value | None, tuple[Fault, ...]]:
        """The value, or None with every fault found. `text` is not blank."""
        result = self.read_text(self, text)
        if isinstance(result, Fault):
            return None, (result,)
        if isinstance(result, list):
            return None, tuple(result)
        return result, ()

    def suggestion(self, piece: str) -> str:
        """The nearest label, or an empty text."""
        if piece not in self.suggestions:
            self.suggestions[piece] = nearest(piece, [option.label for option in self.target.options]) or ""
        return self.suggestions[piece]

    def unknown_option(self, piece: str) -> Fault:
        values = {"value": piece, "suggestion": self.suggestion(piece)}
        return Fault(CellCode.UNKNOWN_OPTION, values, (piece,))


Result = Value | Fault | list[Fault]


def one_line(text: str) -> str:
    """The text in composed form on one line, single spaces between its words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _email(reader: CellReader, text: str) -> Result:
    address = read_address(text.strip())
    if address:
        return address
    return Fault(CellCode.BAD_ADDRESS, {"value": text.strip(), "suggestion": likely_address(text) or ""})


def _line_of_text(reader: CellReader, text: str) -> Result:
    return _within_length(reader, one_line(text))


def _long_text(reader: CellReader, text: str) -> Result:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _within_length(reader, lines.strip())


def _within_length(reader: CellReader, text: str) -> Result:
    if reader.most is not None and len(text) > reader.most:
        return Fault(CellCode.TOO_LONG, {"count": len(text), "most": reader.most})
    return text


def _one_option(reader: CellReader, text: str) -> Result:
    whole = reader.wordings.get(same_words(text))
    if whole:
        return whole
    known, unknown = split_options(text, reader.wordings)
    if len(known) > 1 and not unknown:
        return Fault(CellCode.ONE_OPTION_ONLY, {"value": one_line(text), "count": len(known)})
    return reader.unknown_option(one_line(text))


def _several_options(reader: CellReader, text: str) -> Result:
    known, unknown = split_options(text, reader.wordings)
    if unknown:
        return [reader.unknown_option(piece) for piece in unknown]
    if reader.target.kind is Kind.RANKED:
        return tuple(known)
    return tuple(option.id for option in reader.target.options if option.id in known)


def _scale(reader: CellReader, text: str) -> Result:
    step = reader.wordings.get(same_words(text), text.strip())
    return _whole_number(reader, step, bad=CellCode.BAD_NUMBER, beyond=CellCode.OUT_OF_RANGE)


def _number(reader: CellReader, text: str) -> Result:
    number = _decimal(text)
    if number is None:
        return Fault(CellCode.BAD_NUMBER, {"value": text.strip()})
    return _within_range(reader, number, text, CellCode.OUT_OF_RANGE)


def _capacity(reader: CellReader, text: str) -> Result:
    return _whole_number(reader, text, bad=CellCode.BAD_CAPACITY, beyond=CellCode.BAD_CAPACITY)


def _whole_number(reader: CellReader, text: str, *, bad: CellCode, beyond: CellCode) -> Result:
    number = _decimal(text)
    if number is None or number != number.to_integral_value():
        return Fault(bad, {"value": text.strip(), **_range(reader)})
    result = _within_range(reader, number, text, beyond)
    return result if isinstance(result, Fault) else int(number)


def _within_range(reader: CellReader, number: Decimal, text: str, code: CellCode) -> Decimal | Fault:
    bounds = _range(reader)
    if number < bounds.get("least", number) or number > bounds.get("most", number):
        return Fault(code, {"value": text.strip(), **bounds})
    return number


def _range(reader: CellReader) -> dict[str, int]:
    """The bounds there are; a capacity is never below 0."""
    least = reader.target.least
    if least is None and reader.target.kind is Kind.CAPACITY:
        least = 0
    bounds = {"least": least, "most": reader.most}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _decimal(text: str) -> Decimal | None:
    """3, 3.0 and 3,5 are numbers; 1,000 is not, since it means one thing here and another there."""
    compact = text.strip()
    return Decimal(compact.replace(",", ".")) if _NUMBER.fullmatch(compact) and compact.isascii() else None


def _date(reader: CellReader, text: str) -> Result:
    """2026-05-14 and 14.05.2026. With slashes nobody can tell May 6 from June 5."""
    for form in _DATES:
        if found := form.fullmatch(text.strip()):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                break
    return Fault(CellCode.BAD_DATE, {"value": text.strip()})


def _role(reader: CellReader, text: str) -> Result:
    role = reader.wordings.get(same_words(text))
    if role:
        return role
    labels = ", ".join(option.label for option in reader.target.options)
    values = {"value": one_line(text), "suggestion": reader.suggestion(one_line(text)), "options": labels}
    return Fault(CellCode.BAD_ROLE, values)


def _zone(reader: CellReader, text: str) -> Result:
    zone = read_zone(text)
    if zone:
        return zone
    piece = one_line(text)
    if piece not in reader.suggestions:
        reader.suggestions[piece] = nearest_zone(piece) or ""
    return Fault(CellCode.UNKNOWN_ZONE, {"value": piece, "suggestion": reader.suggestions[piece]})


def _hours(reader: CellReader, text: str) -> Result:
    return read_hours(text) or Fault(CellCode.BAD_HOURS, {"value": one_line(text)})


def _yes_no(reader: CellReader, text: str) -> Result:
    word = same_words(text)
    if word in _YES or word in _NO:
        return word in _YES
    return Fault(CellCode.BAD_YES_NO, {"value": one_line(text)})


_READERS: dict[Kind, Callable[[CellReader, str], Result]] = {
    Kind.EMAIL: _email,
    Kind.ADDRESS: _email,
    Kind.NAME: _line_of_text,
    Kind.TEXT: _line_of_text,
    Kind.LONG_TEXT: _long_text,
    Kind.SINGLE: _one_option,
    Kind.ORDERED: _one_option,
    Kind.MULTIPLE: _several_options,
    Kind.RANKED: _several_options,
    Kind.SCALE: _scale,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CAPACITY: _capacity,
    Kind.ROLE: _role,
    Kind.BOTH_ROLES: _yes_no,
    Kind.ZONE: _zone,
    Kind.HOURS: _hours,
    Kind.BOOL: _yes_no,
}
