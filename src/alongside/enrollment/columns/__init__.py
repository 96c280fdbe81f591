"""What the columns of a sign-up sheet mean: guessed, corrected by a coordinator, read. No database."""

from alongside.enrollment.columns.conversion import convert, distinct_values
from alongside.enrollment.columns.headings import guess_mapping
from alongside.enrollment.columns.scales import (
    KNOWN_SCALES,
    UK_CIVIL_SERVICE_GRADES,
    KnownScale,
    in_known_order,
    known_scale,
)
from alongside.enrollment.columns.sentences import place_of, sentence_for
from alongside.enrollment.columns.targets import (
    ROLE_OPTIONS,
    CellCode,
    ColumnMap,
    Conversion,
    Kind,
    Option,
    PersonRow,
    Target,
    Value,
    WeeklyHours,
)

__all__ = [
    "KNOWN_SCALES",
    "ROLE_OPTIONS",
    "UK_CIVIL_SERVICE_GRADES",
    "CellCode",
    "ColumnMap",
    "Conversion",
    "Kind",
    "KnownScale",
    "Option",
    "PersonRow",
    "Target",
    "Value",
    "WeeklyHours",
    "convert",
    "distinct_values",
    "guess_mapping",
    "in_known_order",
    "known_scale",
    "place_of",
    "sentence_for",
]
