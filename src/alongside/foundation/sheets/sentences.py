"""What is wrong with a sheet, in sentences for people: what stands there, and what helps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation.sheets.model import Problem, SheetCode, Values

_FILE_KINDS = {"xlsx": "XLSX", "xls": "XLS", "pdf": "PDF", "rtf": "RTF"}


def sentence_for(problem: Problem) -> str:
    """What is wrong, why, and what helps, in the reader's language. For the codes of `SheetCode` only."""
    return _SENTENCES[SheetCode(problem.code)](problem.values)


def place_of(problem: Problem) -> str:
    """Where it is: "Line 12, column 3", "Line 12" or "Whole file"."""
    if problem.line == 0:
        return _("Whole file")
    if problem.column is None:
        return _("Line %(line)d") % {"line": problem.line}
    return _("Line %(line)d, column %(column)d") % {"line": problem.line, "column": problem.column}


def _too_big(values: Values) -> str:
    size = {"size": _megabytes(values["bytes"]), "most": _megabytes(values["most"])}
    return _("The file has %(size)s MB; up to %(most)s MB can be read. Please split it.") % size


def _megabytes(count: str | int) -> str:
    return f"{int(count) / 1_000_000:.1f}"


def _cell_too_long(values: Values) -> str:
    if "most" not in values:
        return _("One cell here is far too long to read. Is a quotation mark still open?")
    return _("The cell has more than %(most)d characters. Please shorten it.") % values


def _not_text(values: Values) -> str:
    kind = {"kind": _FILE_KINDS[str(values["kind"])]}
    return _("This is a file of kind %(kind)s. Please save it as “CSV UTF-8” and choose that file.") % kind


def _control_character(values: Values) -> str:
    return ngettext(
        "We left out a character that cannot be seen (%(character)s).",
        "We left out %(count)d characters that cannot be seen (the first is %(character)s).",
        int(values["count"]),
    ) % dict(values)


def _too_few_cells(values: Values) -> str:
    return ngettext(
        "This row has %(found)d cell, the heading line has %(wanted)d. Is a comma or a quotation mark gone?",
        "This row has %(found)d cells, the heading line has %(wanted)d. Is a comma or a quotation mark gone?",
        int(values["found"]),
    ) % dict(values)


def _too_many_cells(values: Values) -> str:
    return _(
        "This row has %(found)d cells, the heading line has %(wanted)d. "
        "Text that holds the delimiter needs quotation marks around it."
    ) % dict(values)


def _blank_line(values: Values) -> str:
    return _("There is nothing here up to line %(last_line)d. We go on after it.") % dict(values)


def _more_problems(values: Values) -> str:
    return ngettext(
        "There is %(count)d more thing to look at. It shows once these are settled.",
        "There are %(count)d more things to look at. They show once these are settled.",
        int(values["count"]),
    ) % dict(values)


_SENTENCES: Mapping[SheetCode, Callable[[Values], str]] = {
    SheetCode.EMPTY: lambda values: _("The file is empty."),
    SheetCode.TOO_BIG: _too_big,
    SheetCode.TOO_MANY_ROWS: lambda values: (
        _("The sheet has more than %(most)d rows. Please split it.") % dict(values)
    ),
    SheetCode.TOO_MANY_COLUMNS: lambda values: (
        _("The sheet has %(count)d columns; up to %(most)d can be read.") % dict(values)
    ),
    SheetCode.CELL_TOO_LONG: _cell_too_long,
    SheetCode.NOT_TEXT: _not_text,
    SheetCode.NUL_BYTE: lambda values: _(
        "This line holds NUL bytes, which text never does. Please save the sheet again as “CSV UTF-8”."
    ),
    SheetCode.UNDECODABLE: lambda values: (
        _("Some letters here cannot be read as %(encoding)s. Please save the sheet as “CSV UTF-8”.")
        % {"encoding": str(values["encoding"]).upper()}
    ),
    SheetCode.ASSUMED_ENCODING: lambda values: _(
        "The file does not say how its letters are stored. We read it as Windows-1252 (Western European). "
        "Please look at a name with accents before you go on."
    ),
    SheetCode.LOST_LETTER: lambda values: _(
        "A letter was lost before this file reached us: “�” stands in its place."
    ),
    SheetCode.CONTROL_CHARACTER: _control_character,
    SheetCode.UNKNOWN_DELIMITER: lambda values: (
        _("The “sep=” line names “%(delimiter)s”. Comma, semicolon, tab and | can be read.") % dict(values)
    ),
    SheetCode.UNCLOSED_QUOTE: lambda values: _(
        "A quotation mark opens a cell here and none closes it. Please close it, or write it twice."
    ),
    SheetCode.TEXT_AFTER_QUOTE: lambda values: _(
        "Text follows a closing quotation mark. A quotation mark inside a quoted cell is written twice."
    ),
    SheetCode.TOO_MANY_QUOTE_PROBLEMS: lambda values: _(
        "So many quotation marks are out of order that we stopped reading here."
    ),
    SheetCode.EMPTY_HEADING: lambda values: _(
        "This column has no heading. Nothing is read from it unless you choose it."
    ),
    SheetCode.DUPLICATE_HEADING: lambda values: (
        _("The heading “%(heading)s” stands in column %(first)d already. Please rename one of them.")
        % dict(values)
    ),
    SheetCode.NO_ROWS: lambda values: _("There is a heading line and no row below it."),
    SheetCode.TOO_FEW_CELLS: _too_few_cells,
    SheetCode.TOO_MANY_CELLS: _too_many_cells,
    SheetCode.BLANK_LINE: _blank_line,
    SheetCode.MORE_PROBLEMS: _more_problems,
}
