"""From a pool to pairs with a proof: half pairs by the bipartite engine, then blossoms on the few edges that matter.

1. **Half pairs.** Everybody is put on both sides, and the assignment of one side to the other is solved exactly
   (``hunt``). Prices and profits add up to a worth for everybody which covers every pair; what was assigned is pairs,
   even rings and chains (pairs, once every second step of them is taken), and a few odd rings, which leave one over.
2. **Nearest.** Each person lists the few pairs that are closest to their worths.
3. **Blossoms** (``blossom``) on the listed pairs, one search for each person who is left over.
4. **Cover.** One walk over all pairs looks whether the worths of the end cover those that were not listed. What they
   do not cover is listed too, and step 3 begins again from where step 1 ended; until everything is covered. Then
   nothing better exists among all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from . import scan
from .blossom import NOBODY, Blossoms
from .both_ways import AtHand, BothWays, PairTier, blocks
from .hunt import Hunt, Stopped, Watch
from .market import Market
from .rings import Nest
from .sheet import BARRED, Integers, Ints, Rows
from .sparse import Seats

LISTED: Final = 16  # pairs each person lists
ADDED: Final = 8  # pairs each person may add in a round
ONLY_BEST_PRICES: Final = (
    1  # a level of the hunt at which it does not go on to the lowest of all exact prices
)


@dataclass(slots=True, kw_only=True)
class Proof:
    """Worths and worths of odd sets, in half points above going without; ``total`` is what they prove."""

    worth: Integers
    nest: Nest

    @property
    def total(self) -> int:
        return int(self.worth.sum()) + self.nest.total


class Pairing:
    """One pool without its pins on its way to the optimum, by position in the sheet.

    Afterwards ``partner`` has everybody's partner or NOBODY, ``proof`` covers every pair, and ``complete`` says
    whether nobody said stop. The counters are the same on every machine.
    """

    def __init__(self, sheet: BothWays, on: PairTier, watch: Watch) -> None:
        self.sheet, self.tier, self.watch = sheet, on, watch
        self.everybody = np.arange(sheet.rows)
        self.partner = [NOBODY] * sheet.rows
        self.scored = self.searched = self.rounds = 0
        self.complete = True

    def run(self) -> None:
        nothing = np.zeros(self.sheet.rows, dtype=np.int64)
        hunt = Hunt(self._market(nothing), self.tier, self.watch, level=ONLY_BEST_PRICES)
        try:
            hunt.run()
            profits = hunt.state.profits
        except Stopped:
            self.complete = False
            best = self.tier.row_best(self.sheet, self.everybody, hunt.state.prices.astype(np.int32))
            profits = np.maximum(0, best.astype(np.int64))
        self.scored, self.searched, self.rounds = hunt.scored, hunt.state.searched, hunt.rounds
        worth = profits + hunt.state.prices
        self.proof = Proof(worth=worth, nest=Nest(self.sheet.rows, ()))
        self.partner = _unrolled(hunt.state.mentor_of.tolist(), worth.tolist())
        if self.complete:
            self._close(worth)
        if not self.complete:
            self._fill()

    def _market(self, nothing: Integers) -> Market:
        one = nothing + 1
        seats = Seats.of_mentors(first=nothing, capacity=one, balance=0, minimum=nothing, unfilled=0)
        return Market(sheet=self.sheet, seats=seats, way_out=nothing, demand=one)

    # --- from half pairs to pairs ---

    def _close(self, worth: Integers) -> None:
        """Blossoms and cover in turn, until everything is covered or somebody says stop."""
        start = self.partner
        if all(mate != NOBODY or not own for mate, own in zip(start, worth.tolist(), strict=True)):
            return
        edges = self._look(Proof(worth=worth, nest=Nest(self.sheet.rows, ())), LISTED, all_pairs=True)[0]
        while True:
            graph = Blossoms(_both_ends(self.sheet.rows, edges), worth.tolist(), start)
            self.complete = graph.run(lambda: self.watch.alive(70))
            self.searched += graph.events
            self.rounds += 1
            self.partner = graph.partner
            proof = Proof(worth=np.array(graph.worth, dtype=np.int64), nest=graph.rings.nest())
            found, short = self._look(proof, ADDED)
            proof.worth += (short + 1) // 2  # both of a pair are lifted
            if proof.total < self.proof.total:
                self.proof = proof
            if not found.size or not self.complete:
                return
            self.complete = self.watch.alive(90)
            if not self.complete:
                return
            edges = np.concatenate([edges, found], axis=1)

    def _look(self, proof: Proof, most: int, *, all_pairs: bool = False) -> tuple[Integers, Integers]:
        """At all pairs once: for each person the ``most`` pairs (person, other, twice the value) that worths cover
        least, or only those they do not cover; and by how much they fall short for each person."""
        own = proof.worth.astype(np.int32)
        floor = np.full_like(own, scan.NEVER) if all_pairs else own
        width, edges, short = np.array([self.sheet.columns]), [], np.zeros_like(proof.worth)
        for rows in blocks(proof.nest.line):
            twice = self._twice(rows)
            known = AtHand.of(self._uncovered(twice, rows, proof))
            found = scan.best_pairs(known, np.arange(rows.size), own, floor[rows], most, width)
            on = np.arange(most) < found.count[:, None]
            place, column = np.repeat(np.arange(rows.size), found.count), found.column[on]
            edges.append(np.stack([rows[place], column, twice[place, column]]).astype(np.int64))
            margin = found.value[:, 0] - own[found.column[:, 0]] - own[rows]
            short[rows] = np.where(found.count > 0, np.maximum(0, margin), 0)
        self.scored += self.sheet.rows * self.sheet.columns
        return np.concatenate(edges, axis=1), short

    def _twice(self, rows: Rows) -> Ints:
        """Twice the values of some rows, BARRED where a rule forbids."""
        values = self.tier.values(self.sheet, rows)
        barred = values < scan.NEVER
        values *= 2
        values[barred] = BARRED
        return values

    @staticmethod
    def _uncovered(twice: Ints, rows: Rows, proof: Proof) -> Ints:
        """Values less the worths of the sets that hold both."""
        if not proof.nest.sets:
            return twice
        known = twice.copy()
        for place, person in enumerate(rows.tolist()):
            if proof.nest.holds(person):
                known[place] -= proof.nest.row(person).astype(np.int32)
        known[twice < scan.NEVER] = BARRED
        return known

    # --- a stopped run ---

    def _fill(self) -> None:
        """Gives everybody who is not decided the best partner of those left, if that beats going without."""
        for person in self.everybody.tolist():
            if self.partner[person] != NOBODY:
                continue
            taken = np.array([mate != NOBODY for mate in self.partner])
            values = np.where(taken, BARRED, self.tier.values(self.sheet, np.array([person]))[0])
            other = int(values.argmax())
            if values[other] >= 0:
                self.partner[person], self.partner[other] = other, person


def _both_ends(count: int, edges: Integers) -> list[list[tuple[int, int]]]:
    """Each pair once at either of its people, in the order of the others."""
    one, other = np.minimum(edges[0], edges[1]), np.maximum(edges[0], edges[1])
    _, first = np.unique(one * count + other, return_index=True)
    beside: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for a, b, value in zip(one[first].tolist(), other[first].tolist(), edges[2][first].tolist(), strict=True):
        beside[a].append((b, value))
        beside[b].append((a, value))
    return beside


def _unrolled(next_of: list[int], worth: list[int]) -> list[int]:
    """Pairs out of an assignment: every second step of its chains and rings; of an odd one, somebody who is worth
    least is left over."""
    partner, before = [NOBODY] * len(next_of), [NOBODY] * len(next_of)
    for person, other in enumerate(next_of):
        if other >= 0:
            before[other] = person
    seen = [False] * len(next_of)
    heads = [person for person, last in enumerate(before) if last == NOBODY]
    for head in (*heads, *range(len(next_of))):
        walk, person = [], head
        while person >= 0 and not seen[person]:
            seen[person] = True
            walk.append(person)
            person = next_of[person]
        if len(walk) % 2:  # of a chain both ends are worth nothing
            least = (
                min(range(len(walk)), key=lambda k: (worth[walk[k]], k)) if before[walk[0]] != NOBODY else 0
            )
            walk = walk[least + 1 :] + walk[:least]
        for one, other in zip(walk[::2], walk[1::2], strict=True):
            partner[one], partner[other] = other, one
    return partner
