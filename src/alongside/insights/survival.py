"""How many pairs still meet after so many months (Kaplan–Meier). Pure; a good ending and the present are no event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

from alongside.surveys.intervals import Z

MONTH = 30.4  # days
ENOUGH = 10  # pairs still watched below which the curve ends


@dataclass(frozen=True, slots=True)
class Course:
    """One mentorship: how many days it was watched, and whether it ended early then."""

    days: int
    ended_early: bool


@dataclass(frozen=True, slots=True)
class Stair:
    """The share of pairs that still meet after `month` months, with its 95 % interval."""

    month: int
    share: float
    low: float
    high: float


def course(started_on: date, until: date, *, ended_early: bool) -> Course:
    return Course(max(0, (until - started_on).days), ended_early)


def still_meeting(courses: Sequence[Course], *, months: int = 12) -> list[Stair]:
    """One stair a month from the start on, as long as ten pairs are watched; nothing for fewer.

    The interval is the one that stays within 0 and 1 (log minus log of the share).

    >>> [stair.share for stair in still_meeting([Course(40, True)] * 2 + [Course(70, False)] * 18)]
    [1.0, 1.0, 0.9]
    """
    if len(courses) < ENOUGH:
        return []
    stairs, share, spread = [Stair(0, 1.0, 1.0, 1.0)], 1.0, 0.0
    for month in range(1, months + 1):
        first, last = (month - 1) * MONTH, month * MONTH
        for day in sorted({one.days for one in courses if one.ended_early and first <= one.days < last}):
            watched = sum(one.days >= day for one in courses)
            ended = sum(one.days == day and one.ended_early for one in courses)
            share *= 1 - ended / watched
            spread += ended / (watched * (watched - ended)) if watched > ended else 0.0
        if sum(one.days >= last for one in courses) < ENOUGH:
            break
        stairs.append(Stair(month, share, *_ends(share, spread)))
    return stairs if len(stairs) > 1 else []


def _ends(share: float, spread: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    half = Z * sqrt(spread) / log(share)
    return share ** exp(-half), share ** exp(half)
