"""Checks circles by themselves: allowed, counted right, and no further from the best possible than they say.

An independent path, like ``certify_peers``: the judge for everything a result states, the ledger for all pairs, whole
numbers only. For any price for each person, no circles of at least k + 1 members can have a higher total than

    sum over people of max( -left_out, price + mean of the k highest (value - price) of possible others )

rounded down. Others are possible whom no rule forbids and with whom enough hours are shared; somebody with fewer than k
of them brings -left_out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from . import criteria
from .certify_peers import both_readings
from .circles import Circle, CirclesResult
from .model import Points
from .pool import Pool


class CircleFault(StrEnum):
    """What can be wrong with a result."""

    OTHER_POOL = "answers another pool"
    UNKNOWN_PERSON = "names somebody who is not in the pool"
    PLACED_TWICE = "places somebody more than once"
    FORGOTTEN = "neither places somebody nor says that they are left out"
    WRONG_SIZE = "has a circle that is too small or too large"
    FORBIDDEN_PAIR = "puts two people together whom a rule keeps apart"
    HOURS = "states the wrong number of common half hours, or has a circle with too few"
    WRONG_POINTS = "states the wrong points or value of a circle"
    WRONG_TOTAL = "states the wrong total"
    PRICES = "does not give everybody exactly one price"
    WRONG_BOUND = "states the wrong bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleFlaw:
    """One thing that is wrong: what, about whom, what was to be expected and what was found."""

    fault: CircleFault
    people: tuple[str, ...] = ()
    rule: str | None = None
    expected: int | str | None = None
    found: int | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleCertificate:
    """The verdict. ``total`` and ``bound`` are counted anew; ``flaws`` is empty when everything holds."""

    total: Points | None
    bound: Points | None
    flaws: tuple[CircleFlaw, ...]

    @property
    def holds(self) -> bool:
        """Allowed, and every number right: the share stated is at most the true one."""
        return not self.flaws


def certify_circles(pool: Pool, result: CirclesResult) -> CircleCertificate:
    """Whether the result is what it says: allowed circles, their numbers, and a bound that holds."""
    check = _Check(pool, result)
    check.people()
    if check.flaws:  # the numbers below would be about nobody in particular
        return CircleCertificate(total=None, bound=None, flaws=tuple(check.flaws))
    for circle in result.circles:
        check.circle(circle)
    total, bound = check.total(), check.bound()
    if result.total != total:
        check.object(CircleFault.WRONG_TOTAL, expected=total, found=result.total)
    if result.bound != bound:
        check.object(CircleFault.WRONG_BOUND, expected=bound, found=result.bound)
    return CircleCertificate(total=total, bound=bound, flaws=tuple(check.flaws))


class _Check:
    def __init__(self, pool: Pool, result: CirclesResult) -> None:
        self.pool, self.result, self.place = pool, result, pool.place
        self.flaws: list[CircleFlaw] = []

    def object(
        self,
        fault: CircleFault,
        *people: str,
        rule: str | None = None,
        expected: int | str | None = None,
        found: int | str | None = None,
    ) -> None:
        self.flaws.append(CircleFlaw(fault=fault, people=people, rule=rule, expected=expected, found=found))

    def people(self) -> None:
        """Everybody is known and has one place and one price, and the result answers this pool."""
        result, fingerprint = self.result, self.pool.fingerprint
        if result.pool != fingerprint:
            self.object(CircleFault.OTHER_POOL, expected=fingerprint, found=result.pool)
        times = Counter(person for circle in result.circles for person in circle.members)
        times.update(entry.person for entry in result.left_out)
        for person, count in sorted(times.items()):
            if person not in self.place:
                self.object(CircleFault.UNKNOWN_PERSON, person)
            elif count > 1:
                self.object(CircleFault.PLACED_TWICE, person, expected=1, found=count)
        for person in sorted(self.place.keys() - times.keys()):
            self.object(CircleFault.FORGOTTEN, person)
        prices = Counter(person for person, _ in result.prices)
        for person in sorted(prices.keys() | self.place.keys()):
            if prices[person] != 1 or person not in self.place:
                self.object(
                    CircleFault.PRICES, person, expected=int(person in self.place), found=prices[person]
                )

    def circle(self, circle: Circle) -> None:
        """Size, rules, hours and the numbers of one circle."""
        judge, members = self.pool.judge, circle.members
        least, most = self.result.size
        if not least <= len(members) <= most:
            self.object(CircleFault.WRONG_SIZE, *members, expected=f"{least} to {most}", found=len(members))
            return
        places = [self.place[person] for person in members]
        pairs = [(i, j) for k, i in enumerate(places) for j in places[:k]]
        for i, j in pairs:
            for rule in judge.forbidding(i, j):
                ids = self.pool.people.ids
                self.object(CircleFault.FORBIDDEN_PAIR, *sorted((ids[i], ids[j])), rule=rule)
        points = sum(judge.points(i, j) for i, j in pairs) // len(pairs)
        value = 2 * sum(judge.value(i, j) for i, j in pairs) // (len(members) - 1)
        for expected, found in ((points, circle.points), (value, circle.value)):
            if expected != found:
                self.object(CircleFault.WRONG_POINTS, *members, expected=expected, found=found)
        self._hours(circle, places)

    def _hours(self, circle: Circle, places: list[int]) -> None:
        common = self.result.common
        if common is None:
            expected, enough = None, True
        else:
            answers = self.pool.people.columns[common.column]
            shared: list[int] | None = None
            for place in places:
                weeks = criteria.week_regimes(answers[place])
                if shared is None:
                    shared = list(weeks)
                shared = [one & other for one, other in zip(shared, weeks, strict=False)]
            expected = min((week.bit_count() for week in shared or ()), default=0)
            enough = expected >= common.half_hours
        if not enough or circle.half_hours != expected:
            self.object(CircleFault.HOURS, *circle.members, expected=expected, found=circle.half_hours)

    def total(self) -> Points:
        """The objective, counted from the circles alone."""
        judge, total = self.pool.judge, 0
        for circle in self.result.circles:
            places = [self.place[person] for person in circle.members]
            pairs = [(i, j) for k, i in enumerate(places) for j in places[:k]]
            total += 2 * sum(judge.value(i, j) for i, j in pairs) // max(1, len(places) - 1)
        return total - sum(
            self.pool.left_out_cost(self.place[entry.person]) for entry in self.result.left_out
        )

    def bound(self) -> Points:
        """What the prices prove."""
        price_of, others = dict(self.result.prices), self.result.size[0] - 1
        prices = [price_of[person] for person in self.pool.people.ids]
        brought = 0
        for i, values, allowed in both_readings(self.pool):
            margins = [
                value - prices[j]
                for j, (value, may) in enumerate(zip(values.tolist(), allowed.tolist(), strict=True))
                if may and self._share_hours(i, j)
            ]
            way_out = -others * self.pool.left_out_cost(i)
            best = sorted(margins, reverse=True)[:others]
            brought += max(way_out, others * prices[i] + sum(best)) if len(best) == others else way_out
        return brought // others

    def _share_hours(self, i: int, j: int) -> bool:
        common = self.result.common
        if common is None:
            return True
        answers = self.pool.people.columns[common.column]
        return criteria.common_week(answers[i], answers[j]).bit_count() >= common.half_hours
