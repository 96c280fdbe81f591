"""What a column of a sign-up sheet can be read as. Frozen data; no framework, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from alongside.foundation.sheets import Problem


class Kind(StrEnum):
    """How the cells of a target are read; the comment names the type of the value that comes out."""

    EMAIL = "email"  # str, lower case
    ADDRESS = "address"  # str, lower case; of somebody else
    NAME = "name"  # str; first and last name join when they stand in two columns
    TEXT = "text"  # str, one line
    LONG_TEXT = "long_text"  # str
    SINGLE = "single"  # option id
    ORDERED = "ordered"  # option id; the order of `Target.options` is the order
    MULTIPLE = "multiple"  # option ids in the order of the options
    RANKED = "ranked"  # option ids in the order of the cell
    SCALE = "scale"  # int from `least` to `most`; an option's label stands for its number
    NUMBER = "number"  # Decimal
    DATE = "date"  # date
    CAPACITY = "capacity"  # int, 0 or more
    ROLE = "role"  # becomes `PersonRow.role`
    BOTH_ROLES = "both_roles"  # yes makes `PersonRow.role` "both"
    ZONE = "zone"  # IANA name
    HOURS = "hours"  # weekly hours
    BOOL = "bool"  # bool


CHOICE_KINDS = frozenset({Kind.SINGLE, Kind.ORDERED, Kind.MULTIPLE, Kind.RANKED})


@dataclass(frozen=True, slots=True, order=True)
class WeeklyHours:
    """One block of a week in the person's own zone; weekday 0 is Monday, minutes count from midnight."""

    weekday: int
    start_minute: int
    end_minute: int


Value = str | bool | int | Decimal | date | tuple[str, ...] | tuple[WeeklyHours, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer people can choose; `aliases` are other ways a sheet may write it."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A place for a column's cells: a field of the person or one question of the form.

    `least` and `most` bound numbers, scales and capacities, and `most` the characters of texts. `roles`
    narrows `required` to people in one of these roles; empty means everybody.
    """

    key: str
    label: str
    kind: Kind
    options: tuple[Option, ...] = ()
    aliases: tuple[str, ...] = ()
    required: bool = False
    roles: frozenset[str] = frozenset()
    least: int | None = None
    most: int | None = None

    def with_options(self, options: tuple[Option, ...]) -> Target:
        return replace(self, options=options)


ROLE_OPTIONS = (
    Option("mentor", "Mentor", ("mentors", "as mentor", "as a mentor", "coach")),
    Option("mentee", "Mentee", ("mentees", "as mentee", "as a mentee", "protégé", "protege", "learner")),
    Option("both", "Both", ("mentor and mentee", "mentee and mentor", "mentor/mentee", "both roles")),
    Option("peer", "Peer", ("peers", "as peer")),
)


class CellCode(StrEnum):
    """Everything that can be wrong once it is known what a column means."""

    COLUMN_MISSING = "column_missing"
    COLUMN_GONE = "column_gone"
    ROLE_UNKNOWN = "role_unknown"
    REQUIRED = "required"
    BAD_ADDRESS = "bad_address"
    DUPLICATE_ADDRESS = "duplicate_address"
    DUPLICATE_IN_TWO_ROLES = "duplicate_in_two_roles"
    UNKNOWN_OPTION = "unknown_option"
    ONE_OPTION_ONLY = "one_option_only"
    BAD_NUMBER = "bad_number"
    OUT_OF_RANGE = "out_of_range"
    BAD_CAPACITY = "bad_capacity"
    BAD_ROLE = "bad_role"
    UNKNOWN_ZONE = "unknown_zone"
    BAD_HOURS = "bad_hours"
    BAD_DATE = "bad_date"
    BAD_YES_NO = "bad_yes_no"
    TOO_LONG = "too_long"


# Which columns (counted from 0) feed which target; several are read as one, from left to right.
ColumnMap = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the sheet tells of them. Blank cells have no entry in `values`."""

    line: int
    email: str
    role: str
    values: Mapping[str, Value] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a sheet means. `rows` holds people without a problem, `problems` everybody else, line by line.

    `unknown_options` counts, per target, the values no option stands for, so that a coordinator can take
    them in as new options. `unused_columns` are the headings nothing reads.
    """

    rows: tuple[PersonRow, ...]
    problems: tuple[Problem, ...]
    unknown_options: Mapping[str, Mapping[str, int]] = field(hash=False)
    unused_columns: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Nothing but notices: importing `rows` imports the whole sheet."""
        return not any(problem.stops for problem in self.problems)
