"""Forms and sheets that the tests of reading columns share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alongside.enrollment.columns import (
    ROLE_OPTIONS,
    Kind,
    Option,
    Target,
    distinct_values,
    in_known_order,
)
from alongside.foundation.sheets import Row, Sheet, read_sheet

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
REAL = ROOT.parent / "shared" / "data" / "uk-civil-service"
FOLDER = REAL if REAL.is_dir() else EXAMPLES

EMAIL = Target("email", "E-mail", Kind.EMAIL)
LANGUAGES = (
    Option("fr", "French", ("français",)),
    Option("no", "Norwegian"),
    Option("law", "Law, ethics"),
    Option("cpp", "C++"),
    Option("c", "C"),
)


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(label.lower().replace(" ", "_"), label) for label in labels)


def sheet_of(header: Sequence[str], *rows: Sequence[str]) -> Sheet:
    numbered = tuple(Row(line, tuple(row)) for line, row in enumerate(rows, start=2))
    return Sheet("utf-8", ",", tuple(header), 1, numbered, ())


ROLE = Target("role", "Role", Kind.ROLE, ROLE_OPTIONS)
BOTH = Target("both", "Both roles", Kind.BOTH_ROLES)


def sign_up_targets() -> tuple[Target, ...]:
    """The form a coordinator would have for these sheets, its options taken from the sheets themselves."""
    sheets = [read_sheet((FOLDER / name).read_bytes()) for name in ("mentors.csv", "mentees.csv")]

    def seen(*headings: str) -> tuple[Option, ...]:
        values = [
            piece.strip()
            for sheet in sheets
            for heading in headings
            if heading in sheet.header
            for value in distinct_values(sheet, sheet.header.index(heading))
            for piece in value.split(",")
        ]
        return options(*in_known_order(values))

    return (
        Target("email", "E-mail", Kind.EMAIL),
        Target("name", "Name", Kind.NAME, required=True),
        Target("role", "Role", Kind.ROLE, ROLE_OPTIONS),
        Target("both", "Both roles", Kind.BOTH_ROLES),
        Target("job", "Job title", Kind.TEXT),
        Target("grade", "Grade", Kind.ORDERED, seen("grade"), required=True),
        Target("org", "Organization", Kind.SINGLE, seen("organisation"), required=True),
        Target("prof", "Profession", Kind.SINGLE, seen("profession"), required=True),
        Target("wish", "Match with someone of a similar identity", Kind.BOOL, roles=frozenset({"mentee"})),
        Target("identity", "Identity", Kind.MULTIPLE, seen("characteristics", "identity to match")),
        Target("bio", "About you", Kind.LONG_TEXT),
    )
