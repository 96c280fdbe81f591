"""What is wrong with a cell, in sentences for people: what stands there, why, and what helps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from alongside.enrollment.columns.targets import CellCode
from alongside.foundation.sheets import Problem, Values, sentences


def sentence_for(problem: Problem) -> str:
    """The sentence for any problem of a sheet or of its cells, in the reader's language."""
    if problem.code in set(CellCode):
        return _SENTENCES[CellCode(problem.code)](problem.values)
    return sentences.sentence_for(problem)


def place_of(problem: Problem) -> str:
    """Where it is: "Line 12, column “grade”", or as for any sheet when no heading is known."""
    heading = problem.values.get("heading")
    if problem.line and heading:
        return _("Line %(line)d, column “%(heading)s”") % {"line": problem.line, "heading": heading}
    return sentences.place_of(problem)


def _bad_address(values: Values) -> str:
    if values["suggestion"]:
        return _("“%(value)s” is not a mail address. Is it “%(suggestion)s”?") % dict(values)
    return _("“%(value)s” is not a mail address. One looks like name@example.org.") % dict(values)


def _unknown_option(values: Values) -> str:
    if values["suggestion"]:
        return _("“%(target)s” has no option “%(value)s”. Is it “%(suggestion)s”?") % dict(values)
    return _("“%(target)s” has no option “%(value)s”. You can add it as a new one.") % dict(values)


def _bad_role(values: Values) -> str:
    if values["suggestion"]:
        return _("“%(value)s” is not a role here. Is it “%(suggestion)s”?") % dict(values)
    return _("“%(value)s” is not a role here. The roles are: %(options)s.") % dict(values)


def _unknown_zone(values: Values) -> str:
    if values["suggestion"]:
        return _("“%(value)s” is not a time zone we know. Is it “%(suggestion)s”?") % dict(values)
    return _("“%(value)s” is not a time zone we know. Please name it by a city, as in Europe/Oslo.") % dict(
        values
    )


def _out_of_range(values: Values) -> str:
    if "least" not in values:
        return _("“%(value)s” is above the highest number, %(most)d.") % dict(values)
    if "most" not in values:
        return _("“%(value)s” is below the lowest number, %(least)d.") % dict(values)
    return _("“%(value)s” is not between %(least)d and %(most)d.") % dict(values)


_SENTENCES: Mapping[CellCode, Callable[[Values], str]] = {
    CellCode.COLUMN_MISSING: lambda values: _("No column is chosen for “%(target)s”.") % dict(values),
    CellCode.COLUMN_GONE: lambda values: (
        _("The column chosen for “%(target)s” is not in this sheet. Please choose again.") % dict(values)
    ),
    CellCode.ROLE_UNKNOWN: lambda values: _(
        "Nothing says who is a mentor and who a mentee. Please choose a column, or one role for the sheet."
    ),
    CellCode.REQUIRED: lambda values: _("“%(target)s” is needed here and the cell is empty.") % dict(values),
    CellCode.BAD_ADDRESS: _bad_address,
    CellCode.DUPLICATE_ADDRESS: lambda values: (
        _("“%(value)s” stands in line %(first_line)d already. Please keep one of the two lines.")
        % dict(values)
    ),
    CellCode.DUPLICATE_IN_TWO_ROLES: lambda values: (
        _("“%(value)s” has another role in line %(first_line)d. Please keep one line with both roles.")
        % dict(values)
    ),
    CellCode.UNKNOWN_OPTION: _unknown_option,
    CellCode.ONE_OPTION_ONLY: lambda values: (
        _("“%(target)s” takes one option, and “%(value)s” names %(count)d.") % dict(values)
    ),
    CellCode.BAD_NUMBER: lambda values: (
        _("“%(value)s” is not a number we can read. Please write it as 1500 or 2.5.") % dict(values)
    ),
    CellCode.OUT_OF_RANGE: _out_of_range,
    CellCode.BAD_CAPACITY: lambda values: (
        _("“%(value)s” is not a number of people from %(least)d to %(most)d.") % dict(values)
    ),
    CellCode.BAD_ROLE: _bad_role,
    CellCode.UNKNOWN_ZONE: _unknown_zone,
    CellCode.BAD_HOURS: lambda values: (
        _("“%(value)s” cannot be read as hours of a week. Please write them as in “Mon-Fri 9:00-17:00”.")
        % dict(values)
    ),
    CellCode.BAD_DATE: lambda values: (
        _("“%(value)s” is not a date we can be sure of. Please write it as 2026-05-14.") % dict(values)
    ),
    CellCode.BAD_YES_NO: lambda values: _("“%(value)s” is neither yes nor no.") % dict(values),
    CellCode.TOO_LONG: lambda values: (
        _("The text has %(count)d characters; there is room for %(most)d.") % dict(values)
    ),
}
