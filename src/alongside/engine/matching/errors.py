"""What can be wrong with a program before it is matched. Doors turn these into sentences for people."""

from __future__ import annotations

from collections.abc import Iterable


class MatchingError(Exception):
    """The root of everything this engine raises on purpose."""


class ProgramError(MatchingError):
    """The input cannot be matched: ``field`` names where, ``ids`` names whom, ``problem`` names what.

    ``field`` is a dotted path such as ``questions.topics.weight`` or ``mentors.capacity``.
    """

    def __init__(self, field: str, problem: str, ids: Iterable[str] = ()) -> None:
        self.field = field
        self.problem = problem
        self.ids = tuple(ids)
        people = f" ({', '.join(self.ids)})" if self.ids else ""
        super().__init__(f"{field}: {problem}{people}")


class PinConflict(ProgramError):
    """A pinned pair contradicts a hard rule, another pin or the mentor's seats; ``rule`` names which."""

    def __init__(self, pin: tuple[str, str], rule: str) -> None:
        self.pin = pin
        self.rule = rule
        super().__init__("pins", f"contradicts {rule!r}", pin)


class WeightOverflow(ProgramError):
    """The points are so large that exact integer arithmetic could no longer be promised."""


class NotProven(MatchingError):
    """An exact question was asked of a result whose optimality is not proven (its gap is above 0)."""
