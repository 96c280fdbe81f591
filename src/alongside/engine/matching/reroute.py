"""One shortest path through a proven result: the exact cost of deciding one pair by hand.

In an optimal assignment every change has a reduced cost of 0 or more, so the cheapest rearrangement that forces a
pair is a shortest path: from the mentor who gets one mentee more to the seat that becomes free (or, for somebody
who had none, to wherever the program has room).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from .model import Points
from .result import Result
from .score import Scorer
from .sheet import Integers
from .solve import FAR, NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A mentee who would get another mentor; None is nobody."""

    mentee: str
    before: str | None
    after: str | None


ROOM: Final = -1  # the node of seats that open or close and of people who go without
START: Final = -2


class Reroute:
    """Dijkstra over mentors and the one node ``ROOM``; mentees are passed through at no extra cost.

    ``values(i)`` and ``profit(i)`` give a mentee's row on demand, so only people who could move are looked at.
    """

    def __init__(
        self,
        scorer: Scorer,
        result: Result,
        prices: Integers,
        values: Callable[[int], Integers],
        profit: Callable[[int], Points],
    ) -> None:
        self.scorer, self.prices, self.values, self.profit = scorer, prices, values, profit
        self.balance = scorer.program.balance
        self.mentor_of = np.full(len(scorer.mentees), NOBODY, dtype=np.int64)
        self.load = scorer.base_load.copy()
        self.movable: list[list[int]] = [[] for _ in scorer.mentors]
        pinned = {mentee for mentee, _ in scorer.program.pins}
        for pair in result.pairs:
            i, j = scorer.row[pair.mentee], scorer.column[pair.mentor]
            self.mentor_of[i] = j
            self.load[j] += 1
            if pair.mentee not in pinned:
                self.movable[j].append(i)
        self.without = [scorer.row[entry.mentee] for entry in result.left_out]
        count = prices.size
        self.distance = np.full(count, FAR, dtype=np.int64)
        self.frontier = self.distance.copy()
        self.came_from = np.full(
            count, ROOM, dtype=np.int64
        )  # the mentee who arrives here; ROOM: a seat closes
        self.room, self.room_open, self.room_from = (
            FAR,
            True,
            START,
        )  # room_from: who goes without, START: a new seat

    def force(self, i: int, j: int) -> tuple[Points | None, tuple[Move, ...]]:
        """The exact loss of giving mentee ``i`` mentor ``j``, and who moves; None when nobody can make room."""
        target = int(self.mentor_of[i])
        if target == j:
            return 0, ()
        self._take_out(i)
        self.distance[j] = self.frontier[j] = 0
        self.came_from[j] = START
        if not self._travel(target):
            return None, ()
        path = int(self.room if target == ROOM else self.distance[target])
        cost = path + self.profit(i) + int(self.prices[j]) - int(self.values(i)[j])
        return cost, (self._move(i, target, j), *self._moves(target))

    def _take_out(self, i: int) -> None:
        """The asked mentee is decided; nobody's way leads through them."""
        for people in (*self.movable, self.without):
            if i in people:
                people.remove(i)

    def _travel(self, target: int) -> bool:
        """Visits the nearest node until it is the target; False when the target cannot be reached."""
        while True:
            j = int(self.frontier.argmin())
            near = int(self.frontier[j])
            if self.room_open and self.room <= near:
                if target == ROOM or self.room >= FAR:
                    return self.room < FAR
                self._leave_room()
            elif j == target:
                return True
            else:
                self._leave_mentor(j, near)

    def _leave_mentor(self, j: int, at: int) -> None:
        """From a mentor with one mentee too many: open a seat, or push one of the mentees on."""
        self.frontier[j] = FAR
        if self.load[j] < self.scorer.capacity[j]:
            self._reach_room(at + self.balance * int(self.load[j]) - int(self.prices[j]), START - 1 - j)
        for i in self.movable[j]:
            self._reach_room(at + self.profit(i) + int(self.scorer.left_out[i]), i)
            self._pass_through(i, at)

    def _leave_room(self) -> None:
        """From room somewhere: close a seat that is in use, or give somebody a mentor who went without."""
        self.room_open = False
        used = self.load > self.scorer.base_load
        closing = self.room + self.prices - self.balance * (self.load - 1)
        self._closer(np.flatnonzero(used & (closing < self.distance)), closing, ROOM)
        for i in self.without:
            self._pass_through(i, self.room)

    def _pass_through(self, i: int, at: int) -> None:
        arriving = at + self.profit(i) + self.prices - self.values(i)
        self._closer(np.flatnonzero(arriving < self.distance), arriving, i)

    def _closer(self, columns: Integers, distance: Integers, through: int) -> None:
        self.distance[columns] = self.frontier[columns] = distance[columns]
        self.came_from[columns] = through

    def _reach_room(self, at: int, through: int) -> None:
        if at < self.room:
            self.room, self.room_from = at, through

    def _moves(self, target: int) -> tuple[Move, ...]:
        """The people on the path, from its end to its start."""
        moves: list[Move] = []
        node = target
        while (through := int(self.room_from if node == ROOM else self.came_from[node])) != START:
            if through < START:  # a seat opened at this mentor
                node = START - 1 - through
            elif through == ROOM:  # a seat closed at this mentor
                node = ROOM
            else:
                before = int(self.mentor_of[through])
                moves.append(self._move(through, before, node))
                node = before
        return tuple(reversed(moves))

    def _move(self, i: int, before: int, after: int) -> Move:
        names = self.scorer.mentors
        return Move(
            mentee=self.scorer.mentees[i],
            before=None if before == NOBODY else names[before],
            after=None if after == NOBODY else names[after],
        )
