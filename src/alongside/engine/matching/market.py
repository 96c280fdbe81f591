"""What a hunt is about: open wishes on one side, seats on the other."""

from __future__ import annotations

from dataclasses import dataclass

from .sheet import Integers, Rows, Sheet
from .sparse import Seats


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Mentees with open wishes and mentors who have a seat: pins are taken out, no seat is taken beyond the first.

    ``way_out``: what doing without the first of a mentee's wishes brings (at most 0). ``demand``: how many wishes each
    mentee has, each for another mentor; ``further``: what each but the first costs that is not met.
    """

    sheet: Sheet
    seats: Seats
    way_out: Integers
    demand: Integers
    further: int = 0

    def take(self, rows: Rows, columns: Rows) -> Market:
        """The market of some mentees and some mentors."""
        return Market(
            sheet=self.sheet.take(rows, columns),
            seats=self.seats.take(columns),
            way_out=self.way_out[rows],
            demand=self.demand[rows],
            further=self.further,
        )
