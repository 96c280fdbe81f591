"""The best partners for one person, for programs in which people choose themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import ProgramError
from .model import Points
from .program import Program
from .score import FORBIDDEN, Scorer
from .sheet import Integers


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
    scorer = Scorer(program)
    if person not in scorer.row and person not in scorer.column:
        raise ProgramError("person", "is not in the program", (person,))
    seats = np.maximum(0, scorer.capacity - scorer.base_load)
    mentors: tuple[Ranked, ...] = ()
    mentees: tuple[Ranked, ...] = ()
    if person in scorer.row:
        scores = scorer.scores(np.array([scorer.row[person]]))[0]
        mentors = tuple(
            Ranked(person=scorer.mentors[j], points=int(scores[j]), seats=int(seats[j]))
            for j in _best(scores, count)
        )
    if person in scorer.column:
        j = scorer.column[person]
        scores = scorer.scores_with(j)
        mentees = tuple(
            Ranked(person=scorer.mentees[i], points=int(scores[i]), seats=int(seats[j]))
            for i in _best(scores, count)
        )
    return Ranking(mentors=mentors, mentees=mentees)


def _best(scores: Integers, count: int) -> list[int]:
    allowed = np.flatnonzero(scores > FORBIDDEN)
    return [int(k) for k in allowed[np.argsort(-scores[allowed], kind="stable")][:count]]
