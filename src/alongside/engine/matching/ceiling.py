"""What no circles can exceed: a bound from prices, brought down round by round.

Each member of a circle of k counts the mean of k - 1 pairs, and is counted once altogether in the means of the others.
So for any price for each person (of either sign), a member brings at most their own price and the mean of the best
(least - 1) values less the others' prices; whoever is left out brings -cost. The sum of the larger of both over all
people is a bound. Prices rise for people many others would choose, and fall for those few would.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from .gathering import Crowd
from .sheet import Integers

WORK: Final = 200_000_000  # pairs looked at, about; a round looks at all of them
ROUNDS: Final = (8, 120)  # at least and at most
FAR: Final = 1 << 40


def ceiling(crowd: Crowd, reached: int, go_on: Callable[[], bool]) -> tuple[int, Integers]:
    """(bound in points times (least - 1), prices). ``reached`` is what circles are known to be worth, in points."""
    prices = np.zeros(crowd.count, dtype=np.int64)
    best, best_prices = _round(crowd, prices)[0], prices
    fewest, most = ROUNDS
    stale = 0
    for _ in range(min(most, max(fewest, WORK // max(1, crowd.count**2)))):
        bound, excess = _round(crowd, prices)
        if bound < best:
            best, best_prices, stale = bound, prices, 0
        else:
            stale += 1
        length = int((excess * excess).sum())
        if not length or not go_on():
            break
        gap = bound - reached * (crowd.least - 1)
        prices = prices + excess * max(1, gap >> stale // 4) // length
    return best, best_prices


def _round(crowd: Crowd, prices: Integers) -> tuple[int, Integers]:
    """The bound at these prices, times (least - 1), and how much more often than others each person is chosen."""
    others = crowd.least - 1
    margins = np.where(crowd.barred, -FAR, crowd.values - prices)
    np.fill_diagonal(margins, -FAR)
    if crowd.count <= others:
        return -others * int(crowd.costs.sum()), np.zeros(crowd.count, dtype=np.int64)
    chosen = np.argpartition(margins, crowd.count - others, axis=1)[:, crowd.count - others :]
    brings = np.take_along_axis(margins, chosen, axis=1).sum(axis=1) + others * prices
    inside = brings > -others * crowd.costs
    bound = int(np.where(inside, brings, -others * crowd.costs).sum())
    times = np.bincount(chosen[inside].ravel(), minlength=crowd.count)
    return bound, times - others * inside
