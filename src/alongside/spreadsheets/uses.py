"""What the rules read from the sheet: which columns, understood how, and who asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from alongside.spreadsheets.entries import Entry, column_name
from alongside.spreadsheets.problems import Place


class Reading(Enum):
    """How the cells of a column are understood; one column may be understood in several ways."""

    LABEL = "label"  # the whole cell
    TAGS = "tags"  # several values, separated by semicolons
    WEEK = "week"  # 336 characters 0 or 1

    def of(self, heading: str) -> str:
        """The engine's name of a column understood in this way."""
        return f"{self.value}:{heading}"


@dataclass(frozen=True, slots=True)
class Use:
    """One question or rule and the columns it reads on either side. ``scale`` lists all a cell may say."""

    place: Place
    about: str
    reading: Reading
    mentee: str
    mentor: str
    scale: tuple[str, ...] = ()


def use_of(entry: Entry, reading: Reading, scale: tuple[str, ...] = ()) -> Use | None:
    """The columns an entry names: ``column`` for both sides, or ``mentee`` and ``mentor``."""
    about = entry.about.removesuffix(": ")
    if entry.has("column"):
        both = entry.text("column", "the heading of a column")
        for side in ("mentee", "mentor"):
            if entry.has(side):
                entry.object(
                    side, f"“{side}” and “column” name columns twice. Keep “column”, or the other two."
                )
        return (
            None
            if both is None
            else Use(entry.place("column"), about, reading, column_name(both), column_name(both), scale)
        )
    mentee = entry.text("mentee", "the heading the mentees’ answer stands under (or “column” for both sides)")
    mentor = entry.text("mentor", "the heading the mentors’ answer stands under (or “column” for both sides)")
    if mentee is None or mentor is None:
        return None
    return Use(entry.place("mentee"), about, reading, column_name(mentee), column_name(mentor), scale)
