"""Why somebody has no mentor, in a sentence a coordinator can act on."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.engine.matching import Barrier, LeftOut, Why, barriers
from alongside.spreadsheets.programs import Task
from alongside.spreadsheets.solving import Solved

NAMED = 4  # rules named in one sentence


def reasons(task: Task, solved: Solved) -> dict[str, str]:
    """A sentence for every mentee left out, by id."""
    closed_out = [entry.mentee for entry in solved.result.left_out if entry.why is Why.NOBODY_ALLOWED]
    found = barriers(solved.program, closed_out)
    mentors = len(task.program.mentors.ids)
    return {
        entry.mentee: _sentence(task, entry, mentors, found.get(entry.mentee, ()))
        for entry in solved.result.left_out
    }


def _sentence(task: Task, entry: LeftOut, mentors: int, found: Iterable[Barrier]) -> str:
    allowed = "the one allowed mentor" if entry.allowed == 1 else f"the {entry.allowed} allowed mentors"
    match entry.why:
        case Why.NOBODY_ALLOWED:
            return _nobody_allowed(task, mentors, list(found))
        case Why.NO_SEATS:
            has = "has" if entry.allowed == 1 else "have"
            return f"{allowed} {has} no place to give (a capacity of 0, or pinned pairs take all of it)"
        case Why.ALL_FULL:
            short = (
                f"; {entry.short} points more would be needed"
                if entry.short
                else "; equal points, decided by lot"
            )
            return f"{allowed}: every place is worth more to the program with somebody else{short}"
        case Why.NOT_WORTH:
            return f"a place is free, but taking it costs the program more than going without ({allowed})"
        case Why.NOT_REACHED:
            return "not placed before the run ended"


def _nobody_allowed(task: Task, mentors: int, found: list[Barrier]) -> str:
    if not mentors:
        return "there is no mentor in the sheet"
    named = "; ".join(_barrier(task, barrier) for barrier in found[:NAMED])
    more = f"; {len(found) - NAMED} more rules" if len(found) > NAMED else ""
    return f"no mentor is allowed, of {mentors}: {named}{more}"


def _barrier(task: Task, barrier: Barrier) -> str:
    alone = f", {barrier.alone} of them alone" if barrier.alone else ""
    return f"“{task.words(barrier.rule)}” rules out {barrier.mentors}{alone}"
