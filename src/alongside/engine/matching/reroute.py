"""What deciding one pair by hand would cost, exactly: the proven result, repaired around the decision.

The first question makes lists as a run does, at the prices of the result. Each question then takes the two people out,
repairs what is left from where it was, which is a search or two, and looks by the staircase whether a pair off the lists
would have been better. Nothing is solved from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

import numpy as np

from .errors import PinConflict
from .hunt import LISTED, SILENT, Hunt
from .market import Market
from .match import match
from .model import Points
from .program import Program
from .result import Result
from .scan import NEVER, SCAN_ROWS, Found
from .score import Scorer
from .sheet import Integers, Ints, Rows
from .sparse import OPEN, Arcs, Seats
from .tiers import Tier

NOBODY: Final = -1
DECIDED: Final = 1 << 40  # a way out nobody leaves: somebody who is pinned takes no part


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A mentee who would get another mentor; None is nobody."""

    mentee: str
    before: str | None
    after: str | None


def solved_again(
    program: Program, result: Result, mentee: str, mentor: str
) -> tuple[Points | None, tuple[Move, ...]]:
    """The exact loss of giving a mentee this mentor, and who moves: a run from where the result is, with the pair
    pinned; in place of the pin of a mentee with one wish, else as one of theirs. None when the mentee's wishes or the
    mentor's seats are all pinned."""
    if mentor in result.mentors_of(mentee):
        return 0, ()
    one = program.mentees.demand[program.mentees.ids.index(mentee)] == 1
    pins = tuple(pin for pin in program.pins if not (one and pin[0] == mentee))
    try:
        pinned = replace(program, pins=(*pins, (mentee, mentor)))
    except PinConflict:
        return None, ()
    after = match(pinned, earlier=result)
    before, now = ({(pair.mentee, pair.mentor) for pair in outcome.pairs} for outcome in (result, after))
    gone, new = sorted(before - now), sorted(now - before)
    moves: list[Move] = []
    for person in sorted({who for who, _ in (*gone, *new)}, key=lambda who: (who != mentee, who)):
        left, joined = ([other for who, other in ways if who == person] for ways in (gone, new))
        moves += [Move(mentee=person, before=a, after=b) for a, b in zip_longest(left, joined)]
    return result.total - after.total, tuple(moves)


class Reroute:
    """A proven result, ready to be asked about one pair after the other."""

    def __init__(self, scorer: Scorer, result: Result, prices: Integers, tier: Tier) -> None:
        self.scorer, self.result, self.prices, self.tier = scorer, result, prices, tier
        self.load = scorer.base_load.copy()
        np.add.at(self.load, [scorer.column[pair.mentor] for pair in result.pairs], 1)
        self.mentor_of = np.full(len(scorer.mentees), NOBODY, dtype=np.int32)
        for pair in result.pairs:
            self.mentor_of[scorer.row[pair.mentee]] = scorer.column[pair.mentor]
        self.pinned = {scorer.row[mentee]: scorer.column[mentor] for mentee, mentor in scorer.program.pins}
        self.arcs, self.bound = self._lists()

    def force(self, i: int, j: int) -> tuple[Points | None, tuple[Move, ...]]:
        """The exact loss of giving mentee ``i`` mentor ``j``, and who moves; None when nobody can make room."""
        if self.mentor_of[i] == j:
            return 0, ()
        pinned = self.pinned | {i: j}
        first = self.scorer.base_load.copy()
        np.add.at(first, [*pinned.values()], 1)
        if first[j] > self.scorer.capacity[j]:
            return None, ()
        way_out = -self.scorer.left_out
        way_out[[*pinned]] = DECIDED
        seats = Seats.of_mentors(
            first=first,
            capacity=self.scorer.capacity,
            balance=self.scorer.program.balance,
            minimum=self.scorer.minimum,
            unfilled=self.scorer.program.unfilled,
        )
        market = Market(sheet=self.scorer.sheet, seats=seats, way_out=way_out, demand=self.scorer.demand)
        hunt = Hunt(market, self.tier, SILENT)
        hunt.start_from(self.mentor_of, self.prices)
        hunt.state.mentor_of[[*pinned]] = OPEN
        hunt.go_on(self.arcs, self.prices, self.bound)
        after = np.maximum(hunt.state.mentor_of, NOBODY)
        after[[*pinned]] = [*pinned.values()]
        moved = [i, *(k for k in np.flatnonzero(after != self.mentor_of).tolist() if k != i)]
        return self.result.total - self._total(after), tuple(self._move(k, int(after[k])) for k in moved)

    def _lists(self) -> tuple[Arcs, Ints]:
        """Everybody's best pairs at the prices of the result, their own among them, and what no other exceeds."""
        sheet = self.scorer.sheet
        everybody = np.arange(sheet.rows)
        floor, widths = (
            np.full(sheet.rows, NEVER, np.int32),
            np.full(-(-sheet.rows // SCAN_ROWS), sheet.columns),
        )
        prices = self.prices.astype(np.int32)
        found = self.tier.best_pairs(sheet, everybody, prices, floor, LISTED, widths)
        on = np.arange(LISTED) < found.count[:, None]
        rows = np.repeat(everybody.astype(np.int32), found.count)
        arcs = Arcs.of(sheet.rows, rows, found.column[on], found.value[on])
        missing = everybody[(self.mentor_of >= 0) & ~self._listed(found)]
        return arcs.joined(
            missing.astype(np.int32), self.mentor_of[missing], self._values(missing)
        ), found.bound

    def _listed(self, found: Found) -> Rows:
        on = np.arange(LISTED) < found.count[:, None]
        return np.asarray(((found.column == self.mentor_of[:, None]) & on).any(axis=1))

    def _values(self, rows: Rows) -> Ints:
        """What these mentees are worth with the mentors they have."""
        judge, scorer = self.scorer.program.judge, self.scorer
        pairs = zip(rows.tolist(), self.mentor_of[rows].tolist(), strict=True)
        values = [judge.value(scorer.mentee_order[i], scorer.mentor_order[j]) for i, j in pairs]
        return np.array(values, dtype=np.int32)

    def _total(self, after: Ints) -> Points:
        """The objective of the result when everybody has the mentor of ``after``; only what changes is counted anew."""
        total, judge, scorer = self.result.total, self.scorer.program.judge, self.scorer
        load = self.load.copy()
        for i in np.flatnonzero(after != self.mentor_of).tolist():
            for j, sign in ((int(self.mentor_of[i]), -1), (int(after[i]), 1)):
                if j == NOBODY:
                    total -= sign * int(scorer.left_out[i])
                    continue
                total += sign * judge.value(scorer.mentee_order[i], scorer.mentor_order[j])
                load[j] += min(sign, 0)
                total -= sign * scorer.program.seat_cost(scorer.mentor_order[j], int(load[j]))
                load[j] += max(sign, 0)
        return total

    def _move(self, i: int, after: int) -> Move:
        names, before = self.scorer.mentors, int(self.mentor_of[i])
        return Move(
            mentee=self.scorer.mentees[i],
            before=None if before == NOBODY else names[before],
            after=None if after == NOBODY else names[after],
        )
