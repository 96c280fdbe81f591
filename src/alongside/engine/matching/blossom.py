"""The last step from half pairs to pairs: an exact matching in a general graph, begun where another search ended.

What goes in is nearly done: worths y >= 0 that cover every edge (y + y >= its value), pairs whose edge is covered
exactly, and a few people who have nobody although they are worth something. One search for each of these makes it
right (Edmonds' blossoms, one tree at a time). It ends at somebody else who has nobody, or at somebody whose worth has
come down to 0, who may go without. Odd rings of people met on the way are taken as one and get a worth of their own.

Kept true from search to search: y + y + (worths of the rings that hold both) >= value on every edge, with equality
for pairs, and in every ring all but one have their partner inside. So the sum of all worths, those of rings times
(size - 1) / 2, is what no matching can exceed, at any moment.

All numbers are whole: values are even, and the worths of whoever is in one tree are all odd or all even. Worths change
lazily: a search has a clock; as it runs, everybody outer becomes cheaper and everybody inner dearer, and a heap knows
when something happens next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from typing import Final

from .rings import Link, Rings

NOBODY: Final = -1
ASK_EVERY: Final = 1_024  # events between two questions whether to go on

FREE, OUTER, INNER = range(3)  # not in the tree; at an even distance from its root; at an odd one
GROW, MEET, OPEN, ZERO = range(4)  # of events at one time, those that find somebody a partner come first

Edges = Sequence[Sequence[tuple[int, int]]]  # for each person (other, value), both ways


class Blossoms:
    """One graph on its way to the optimum; ``partner``, ``worth`` and ``rings`` can be read between searches."""

    def __init__(self, edges: Edges, worth: Iterable[int], partner: Iterable[int]) -> None:
        self.edges, self.partner = edges, list(partner)
        self.rings = Rings(worth)
        self.events = 0

    @property
    def worth(self) -> list[int]:
        """What everybody is worth."""
        return [self.rings.worth(person) for person in range(self.rings.count)]

    def run(self, go_on: Callable[[], bool] = lambda: True) -> bool:
        """Searches for everybody who has nobody and is worth something; False when told to stop before the end."""
        for person in range(self.rings.count):
            left_over = self.partner[person] == NOBODY and self.rings.worth(person)
            if left_over and not _Search(self, person).run(go_on):
                return False
        return True

    def marry(self, person: int, other: int) -> None:
        """Makes two people partners, and everybody else of the rings they are in partners inside."""
        self.rebase(self.rings.top(person), person)
        self.rebase(self.rings.top(other), other)
        self.partner[person], self.partner[other] = other, person

    def rebase(self, thing: int, person: int) -> None:
        """Pairs up the people of a ring so that this one is its base, whose partner is not inside."""
        rings, waiting = self.rings, [(thing, person)]
        while waiting:
            ring, base = waiting.pop()
            if ring < rings.count or rings.base[ring] == base:
                continue
            start = rings.place(ring, base)
            waiting.append((rings.ring[ring].parts[start], base))
            if start:
                way = rings.way(ring, start)
                for k in range(1, len(way), 2):
                    here, there = way[k][1]
                    beyond = way[k + 1][0] if k + 1 < len(way) else rings.ring[ring].parts[0]
                    waiting += [(way[k][0], here), (beyond, there)]
                    self.partner[here], self.partner[there] = there, here
            rings.turn(ring, start, base)


class _Search:
    """One tree, from somebody who has nobody."""

    def __init__(self, graph: Blossoms, root: int) -> None:
        self.graph, self.rings = graph, graph.rings
        self.edges, self.partner = graph.edges, graph.partner
        self.clock = 0
        self.place: dict[int, int] = {}  # of outermost rings and people in the tree
        self.since: dict[int, int] = {}  # of the same: the clock when their worths were last written down
        self.entry: dict[int, Link] = {}  # (somebody one step nearer to the root, somebody here)
        self.heap: list[tuple[int, int, int, int, int]] = []
        self._outer(self.rings.top(root))

    def run(self, go_on: Callable[[], bool]) -> bool:
        """To the end, which leaves one person less to search for; or until told to stop, which leaves all as it is."""
        heap, done, count = self.heap, False, 0
        while not done:
            count += 1
            if count % ASK_EVERY == 0 and not go_on():
                break
            self.clock, kind, one, other, value = heappop(heap)
            if kind == GROW:
                done = self._grow(one, other, value)
            elif kind == MEET:
                self._meet(one, other, value)
            elif kind == OPEN:
                self._open(one)
            else:
                self._turn_over(one, NOBODY)
                done = True
        self.graph.events += count
        for thing in self.place:
            self._write_down(thing)
        return done

    # --- worths ---

    def _now(self, person: int) -> int:
        """What somebody in the tree is worth at this time."""
        top = self.rings.top(person)
        passed = self.clock - self.since[top]
        return self.rings.worth(person) + (passed if self.place[top] == INNER else -passed)

    def _write_down(self, thing: int) -> None:
        """Brings the worths of an outermost part of the tree up to now."""
        passed = self.clock - self.since[thing]
        gained = passed if self.place[thing] == INNER else -passed
        self.rings.gain(thing, gained)
        if thing >= self.rings.count:
            self.rings.ring[thing].worth -= 2 * gained
        self.since[thing] = self.clock

    def _enter(self, thing: int, place: int) -> None:
        self.place[thing], self.since[thing] = place, self.clock

    # --- the tree ---

    def _outer(self, thing: int) -> None:
        self._enter(thing, OUTER)
        for person in self.rings.people(thing):
            self._look_around(person)

    def _inner(self, thing: int) -> None:
        self._enter(thing, INNER)
        if thing >= self.rings.count:
            self._push(self.rings.ring[thing].worth // 2, OPEN, thing, thing, 0)

    def _push(self, wait: int, kind: int, one: int, other: int, value: int) -> None:
        heappush(self.heap, (self.clock + wait, kind, one, other, value))

    def _look_around(self, person: int) -> None:
        """Somebody has become outer: when will what happen along their edges, and when are they worth nothing?"""
        top, place_of, home = self.rings.top, self.place, self.rings.top(person)
        own, worth = self._now(person), self.rings.worth
        self._push(own, ZERO, person, person, 0)
        for other, value in self.edges[person]:
            there = top(other)
            place = place_of.get(there, FREE)
            if place == FREE:
                self._push(own + worth(other) - value, GROW, person, other, value)
            elif place == OUTER and there != home:
                self._push((own + self._now(other) - value) // 2, MEET, person, other, value)

    def _grow(self, one: int, other: int, value: int) -> bool:
        """An edge leads out of the tree: to somebody who has nobody (the end), or to two more for the tree."""
        there = self.rings.top(other)
        if self.place.get(there, FREE) != FREE or self._now(one) + self.rings.worth(other) != value:
            return False
        base = self.rings.base[there]
        mate = self.partner[base]
        if mate == NOBODY:
            self._turn_over(one, other)
            return True
        self.entry[there] = (one, other)
        self._inner(there)
        beyond = self.rings.top(mate)
        self.entry[beyond] = (base, mate)
        self._outer(beyond)
        return False

    def _turn_over(self, person: int, other: int) -> None:
        """Whoever had nobody gets a partner: along the way from the root everybody takes the next; ``person`` takes
        ``other``, or goes without."""
        top, graph = self.rings.top, self.graph
        for thing in self.place:
            self._write_down(thing)
        if other == NOBODY:
            graph.rebase(top(person), person)
            leaving = self.entry.get(top(person))
            self.partner[person] = NOBODY
        else:
            leaving = self.entry.get(top(person))
            graph.marry(person, other)
        while leaving:
            nearer, here = self.entry[top(leaving[0])]
            leaving = self.entry.get(top(nearer))
            graph.marry(nearer, here)

    # --- rings ---

    def _meet(self, one: int, other: int, value: int) -> None:
        """An edge joins two outer parts: they and their ways to where these meet become a ring."""
        rings = self.rings
        left, right = rings.top(one), rings.top(other)
        if left == right or self._now(one) + self._now(other) != value:
            return
        mine, theirs = self._ways(left, right)
        parts, links = mine[::-1], [self.entry[part] for part in mine[-2::-1]]
        links.append((one, other))
        for part in theirs[:-1]:
            parts.append(part)
            links.append(self.entry[part][::-1])
        waking = [part for part in parts if self.place[part] == INNER]
        for part in parts:
            self._write_down(part)
        newly = [person for part in waking for person in rings.people(part)]
        ring = rings.gather(parts, links)
        self.place[ring], self.since[ring] = OUTER, self.clock
        if parts[0] in self.entry:
            self.entry[ring] = self.entry[parts[0]]
        for part in parts:
            del self.place[part]
        for person in newly:
            self._look_around(person)

    def _ways(self, left: int, right: int) -> tuple[list[int], list[int]]:
        """From both parts towards the root, up to and with the first part on both ways."""
        ways, met = ([left], [right]), {left: 0, right: 1}
        ends: list[int | None] = [left, right]
        while True:
            for side in (0, 1):
                at = ends[side]
                if at is None or at not in self.entry:
                    ends[side] = None
                    continue
                at = self.rings.top(self.entry[at][0])
                ends[side] = at
                ways[side].append(at)
                if met.setdefault(at, side) != side:
                    other = ways[1 - side]
                    del other[other.index(at) + 1 :]
                    return ways

    def _open(self, ring: int) -> None:
        """An inner ring is worth nothing: the even way through it stays in the tree, the rest leaves."""
        rings = self.rings
        if self.place.get(ring) != INNER or ring in rings.parent:
            return
        self._write_down(ring)
        nearer, here = self.entry.pop(ring)
        way = rings.way(ring, rings.place(ring, here))
        last = rings.ring[ring].parts[0]
        parts = rings.take_apart(ring)
        del self.place[ring]
        chain = [part for part, _ in way] + [last]
        self.entry[chain[0]] = (nearer, here)
        for (_, link), part in zip(way, chain[1:], strict=True):
            self.entry[part] = link
        for part in chain[::2]:
            self._inner(part)
        for part in chain[1::2]:
            self._enter(part, OUTER)
        for part in chain[1::2]:
            for person in rings.people(part):
                self._look_around(person)
        for part in parts:
            if part not in self.place:
                for person in rings.people(part):
                    self._look_back(person)

    def _look_back(self, person: int) -> None:
        """Somebody has left the tree: when does an edge from an outer person lead to them?"""
        worth = self.rings.worth(person)
        for other, value in self.edges[person]:
            if self.place.get(self.rings.top(other), FREE) == OUTER:
                self._push(self._now(other) + worth - value, GROW, other, person, value)
