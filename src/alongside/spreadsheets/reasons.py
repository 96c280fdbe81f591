"""Why somebody has no mentor, in a sentence a coordinator can act on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from alongside.engine.matching import Barrier, LeftOut, Why, barriers, nearest
from alongside.spreadsheets.programs import SELF, Task
from alongside.spreadsheets.solving import Solved

NAMED: Final = 4  # rules named in one sentence
DETAILED: Final = 20_000  # so many people are told which place was nearest; beyond, nobody reads it


def reasons(task: Task, solved: Solved) -> dict[str, str]:
    """A sentence for every mentee left out, by id: which rules bind, or which place was nearest and what it is worth."""
    left_out = solved.result.left_out
    prices = dict(solved.result.prices)
    closed = barriers(solved.program, _of(left_out, Why.NOBODY_ALLOWED))
    full = _of(left_out, Why.ALL_FULL)
    near = nearest(solved.program, prices, full) if len(full) <= DETAILED else {}
    words = {}
    for entry in left_out:
        if entry.why is Why.NOBODY_ALLOWED:
            words[entry.mentee] = _nobody_allowed(task, closed[entry.mentee])
        else:
            mentor = near.get(entry.mentee)
            words[entry.mentee] = _allowed(entry, mentor, prices.get(mentor or "", 0))
    return words


def _of(left_out: Iterable[LeftOut], why: Why) -> list[str]:
    return [entry.mentee for entry in left_out if entry.why is why]


def _allowed(entry: LeftOut, mentor: str | None, price: int) -> str:
    one = entry.allowed == 1
    who = "the one allowed mentor" if one else f"the {entry.allowed} allowed mentors"
    match entry.why:
        case Why.NO_SEATS:
            has = "has" if one else "have"
            return f"{who} {has} no place to give: a capacity of 0, or pinned pairs take all of it"
        case Why.ALL_FULL:
            verb = "is" if one else "are all"
            loss = (
                f"would cost the program {entry.short:,} points or more"
                if entry.short
                else "would add nothing"
            )
            if mentor is None:
                return f"{who} {verb} full: taking a place {loss}"
            return f"{who} {verb} full; the nearest place, with “{mentor}”, has a price of {price:,}: taking it {loss}"
        case Why.NOT_WORTH:
            return f"a place is free with {who}, but taking it costs the program more than going without"
        case _:
            return "not placed before the run ended"


def _nobody_allowed(task: Task, found: Sequence[Barrier]) -> str:
    mentors = len(task.program.mentors.ids)
    if not mentors:
        return "there is no mentor in the sheet"
    binding = [barrier for barrier in found if barrier.rule != SELF or barrier.alone]
    named = "; ".join(_barrier(task, barrier) for barrier in binding[:NAMED])
    more = f"; and {len(binding) - NAMED} more" if len(binding) > NAMED else ""
    return f"rules leave none of {mentors} mentors: {named}{more}"


def _barrier(task: Task, barrier: Barrier) -> str:
    alone = f" ({barrier.alone} on its own)" if barrier.alone else ""
    return f"“{task.words(barrier.rule)}” keeps {barrier.mentors} away{alone}"
