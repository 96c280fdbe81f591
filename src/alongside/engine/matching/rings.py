"""Odd rings of people that a search takes as one, rings within rings; see ``blossom``, which works on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .sheet import Integers

Link = tuple[int, int]  # (somebody of one part of a ring, somebody of the next)


@dataclass(slots=True)
class Ring:
    """An odd ring of parts, each a person or a ring. ``parts[0]`` holds its base, the one person whose partner is
    outside, or who has none; ``links[k]`` joins ``parts[k]`` with the next. ``worth`` covers the edges inside."""

    parts: list[int]
    links: list[Link]
    worth: int = 0


class Rings:
    """People are 0 .. count - 1, rings are count, count + 1, ...; ``base`` and ``size`` are of either.

    People of one outermost ring are a group. What all of them gain or lose is written down once, for the group, so
    that a large ring costs no more than a small one.
    """

    def __init__(self, worth: Iterable[int]) -> None:
        self._worth = list(worth)
        self.count = len(self._worth)
        self.ring: dict[int, Ring] = {}
        self.parent: dict[int, int] = {}
        self.base = list(range(self.count))
        self.size = [1] * self.count
        self._group = list(range(self.count))
        self._head = list(range(self.count))  # of groups: their outermost ring, or person
        self._gained = [0] * self.count  # of groups

    def top(self, person: int) -> int:
        """The outermost ring that holds a person, or the person."""
        return self._head[self._group[person]]

    def worth(self, person: int) -> int:
        """What is written down for somebody."""
        return self._worth[person] + self._gained[self._group[person]]

    def gain(self, thing: int, points: int) -> None:
        """Everybody of something outermost is worth so much more."""
        self._gained[self._group[self.base[thing]]] += points

    def people(self, thing: int) -> Iterator[int]:
        """Everybody in a ring, in the order of its parts."""
        waiting = [thing]
        while waiting:
            part = waiting.pop()
            if part < self.count:
                yield part
            else:
                waiting.extend(reversed(self.ring[part].parts))

    def gather(self, parts: list[int], links: list[Link]) -> int:
        """A new ring of what were outermost parts; the largest one's group takes the others in."""
        made, widest = len(self.base), max(parts, key=self.size.__getitem__)
        self.ring[made] = Ring(parts, links)
        self.base.append(self.base[parts[0]])
        self.size.append(sum(self.size[part] for part in parts))
        group = self._group[self.base[widest]]
        for part in parts:
            self.parent[part] = made
            if part != widest:
                self._regroup(part, group)
        self._head[group] = made
        return made

    def take_apart(self, ring: int) -> list[int]:
        """Dissolves an outermost ring; its parts are outermost then."""
        parts = self.ring.pop(ring).parts
        widest = max(parts, key=self.size.__getitem__)
        self._head[self._group[self.base[widest]]] = widest
        for part in parts:
            del self.parent[part]
            if part != widest:
                self._head.append(part)
                self._gained.append(0)
                self._regroup(part, len(self._head) - 1)
        return parts

    def _regroup(self, part: int, group: int) -> None:
        before = self._gained[self._group[self.base[part]]] - self._gained[group]
        for person in self.people(part):
            self._worth[person] += before
            self._group[person] = group

    def place(self, ring: int, person: int) -> int:
        """Which part of a ring holds a person."""
        part = person
        while self.parent[part] != ring:
            part = self.parent[part]
        return self.ring[ring].parts.index(part)

    def way(self, ring: int, start: int) -> list[tuple[int, Link]]:
        """From a part the even way round to the base's part: (part, link to the next as (from here, from there))."""
        parts, links = self.ring[ring].parts, self.ring[ring].links
        if start % 2:
            return [(parts[k], links[k]) for k in range(start, len(parts))]
        return [(parts[k], links[k - 1][::-1]) for k in range(start, 0, -1)]

    def turn(self, ring: int, start: int, base: int) -> None:
        """Makes a part the first of its ring."""
        here = self.ring[ring]
        here.parts = here.parts[start:] + here.parts[:start]
        here.links = here.links[start:] + here.links[:start]
        self.base[ring] = base

    def nest(self) -> Nest:
        """The rings that are worth something, inner ones first; what is worth nothing is seen through."""
        number: dict[int, int] = {}
        sets: list[OddSet] = []
        for ring in self._inner_first():
            if self.ring[ring].worth:
                people, within = self._within(ring, number)
                number[ring] = len(sets)
                sets.append(OddSet(people, within, self.ring[ring].worth))
        return Nest(self.count, sets)

    def _inner_first(self) -> list[int]:
        waiting, found = [ring for ring in self.ring if ring not in self.parent], []
        while waiting:
            ring = waiting.pop()
            found.append(ring)
            waiting.extend(part for part in self.ring[ring].parts if part >= self.count)
        return found[::-1]

    def _within(self, ring: int, number: dict[int, int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """People and numbered rings of a ring."""
        people, within, waiting = [], [], list(self.ring[ring].parts)
        while waiting:
            part = waiting.pop()
            if part < self.count:
                people.append(part)
            elif part in number:
                within.append(number[part])
            else:
                waiting.extend(self.ring[part].parts)
        return tuple(sorted(people)), tuple(sorted(within))


class OddSet(NamedTuple):
    """An odd number of people: some by themselves, some in smaller odd sets; one is always left over."""

    people: tuple[int, ...]
    within: tuple[int, ...]
    worth: int


class Nest:
    """Odd sets, smaller ones first, each in at most one other; laid out so that each is one stretch of a line."""

    def __init__(self, count: int, sets: Sequence[OddSet]) -> None:
        self.sets = tuple(sets)
        self.size: list[int] = []
        self._parent, self._home = [-1] * len(self.sets), [-1] * count
        for k, here in enumerate(self.sets):
            self.size.append(len(here.people) + sum(self.size[inner] for inner in here.within))
            for inner in here.within:
                self._parent[inner] = k
            for person in here.people:
                self._home[person] = k
        self._start, self._at = [0] * len(self.sets), np.zeros(count, dtype=np.intp)
        self._depth = [0] * (len(self.sets) + 1)  # the last is that of no set, which is -1
        self._changes, self._open = np.zeros(count + 1, dtype=np.int64), -1
        self._lay_out()
        self.line = np.argsort(self._at)

    def _lay_out(self) -> None:
        end = 0
        for k in reversed(range(len(self.sets))):
            self._depth[k] = self._depth[self._parent[k]] + 1
            if self._parent[k] < 0:
                self._start[k], end = end, end + self.size[k]
            place = self._start[k]
            for person in self.sets[k].people:
                self._at[person], place = place, place + 1
            for inner in self.sets[k].within:
                self._start[inner], place = place, place + self.size[inner]
        alone = [person for person, home in enumerate(self._home) if home < 0]
        self._at[alone] = np.arange(end, end + len(alone))

    @property
    def total(self) -> int:
        """What the sets add to the bound."""
        return sum(here.worth * (size // 2) for here, size in zip(self.sets, self.size, strict=True))

    def row(self, person: int) -> Integers:
        """For everybody, the worths of the sets that hold both. Quickest when asked in the order of the line."""
        self._move(self._home[person])
        line: Integers = self._changes.cumsum()[self._at]
        return line

    def _move(self, home: int) -> None:
        """Leaves and enters sets until those are open that hold whoever is in this one."""
        entered = []
        while self._open != home:
            if self._depth[self._open] >= self._depth[home]:
                self._mark(self._open, -1)
                self._open = self._parent[self._open]
            else:
                entered.append(home)
                home = self._parent[home]
        for inner in reversed(entered):
            self._mark(inner, 1)
            self._open = inner

    def _mark(self, k: int, sign: int) -> None:
        self._changes[self._start[k]] += sign * self.sets[k].worth
        self._changes[self._start[k] + self.size[k]] -= sign * self.sets[k].worth

    def holds(self, person: int) -> bool:
        """Whether somebody is in any set."""
        return self._home[person] >= 0
