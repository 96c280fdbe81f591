"""The best partners for one person, for programs in which people choose themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .errors import ProgramError
from .model import Points
from .program import Program
from .scan import NEVER
from .score import Scorer
from .sheet import Ints
from .tiers import tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A possible partner, the score of the pair, and the seats the mentor of the two has to give."""

    person: str
    points: Points
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The best allowed partners, best first, ties in lottery order; empty on a side the person is not on."""

    mentors: tuple[Ranked, ...]
    mentees: tuple[Ranked, ...]


def rank(program: Program, person: str, count: int) -> Ranking:
    """The best allowed mentors for a person as mentee and the best allowed mentees for them as mentor.

    Only rules and scores decide, as explained by ``explain``; seats are told, not used, and pins do not matter.
    """
    return Ranker(program).rank(person, count)


class Ranker:
    """``rank`` for many people of one program: its answers are read once."""

    def __init__(self, program: Program) -> None:
        self._scorer = Scorer(program)
        self._sheet = replace(self._scorer.sheet, factor=1, keep=0)  # scores, as people are shown them
        self._seats = np.maximum(0, self._scorer.capacity - self._scorer.base_load)
        self._tier = tier()

    def rank(self, person: str, count: int) -> Ranking:
        """As ``rank``; raises ProgramError for somebody who is not in the program."""
        scorer, seats = self._scorer, self._seats
        row, column = scorer.row.get(person), scorer.column.get(person)
        if row is None and column is None:
            raise ProgramError("person", "is not in the program", (person,))
        mentors: tuple[Ranked, ...] = ()
        mentees: tuple[Ranked, ...] = ()
        if row is not None:
            scores = self._tier.values(self._sheet, np.array([row]))[0]
            mentors = tuple(
                Ranked(person=scorer.mentors[j], points=int(scores[j]), seats=int(seats[j]))
                for j in _best(scores, count)
            )
        if column is not None:
            scores = self._with(column)
            mentees = tuple(
                Ranked(person=scorer.mentees[i], points=int(scores[i]), seats=int(seats[column]))
                for i in _best(scores, count)
            )
        return Ranking(mentors=mentors, mentees=mentees)

    def _with(self, column: int) -> Ints:
        """Scores of every mentee with one mentor."""
        narrow = self._sheet.take(columns=np.array([column]))
        return narrow.values(np.arange(narrow.rows))[:, 0]


def _best(scores: Ints, count: int) -> list[int]:
    """The places of the best, ties in the order of places."""
    allowed = np.flatnonzero(scores > NEVER)
    if 0 < count < allowed.size:
        least = np.partition(scores[allowed], allowed.size - count)[allowed.size - count]
        allowed = allowed[scores[allowed] >= least]
    return [int(k) for k in allowed[np.argsort(-scores[allowed], kind="stable")][:count]]
