"""The best pairs of a pool, proven; what is written down about them, and why somebody has nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from . import scan
from .blossom import NOBODY
from .both_ways import BothWays, PairTier, blocks
from .hunt import Watch
from .match import within
from .model import Points
from .pairing import Pairing
from .pool import Pool
from .result import Figures, Stats, figures
from .score import Scorer
from .sheet import Rows
from .solve import Progress
from .tiers import Tier, tier


class WhyAlone(StrEnum):
    """Why somebody of a pool is in no pair."""

    NOBODY_ALLOWED = "nobody allowed"  # a rule forbids everybody
    ALL_PAIRED = "all paired"  # everybody allowed is worth more to the pool with somebody else
    NOT_WORTH = (
        "not worth"  # somebody allowed is alone too, but the pair would cost more than two who go without
    )
    NOT_REACHED = "not reached"  # the run was stopped before this person was considered


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerPair:
    """Two people, ``one`` before ``other`` by identifier. ``points`` is the score people see; ``value`` is what the
    pair adds to the pool's total."""

    one: str
    other: str
    points: Points
    value: Points
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """Somebody in no pair. ``allowed`` counts the people no rule forbids; ``short`` is how many points the nearest of
    these pairs would have to be better before it could pay (None when there is none)."""

    person: str
    why: WhyAlone
    allowed: int
    short: Points | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OddGroup:
    """An odd number of people, of whom one is always left over, and what that is worth in half points: ``people``, and
    everybody in the groups ``within``, which are places in ``PeersResult.odd_groups`` before this one."""

    people: tuple[str, ...]
    within: tuple[int, ...]
    worth: int


@dataclass(frozen=True, kw_only=True)
class PeersResult:
    """The outcome of one run; pairs, people, worths and sets are sorted by identifier.

    ``total`` is the objective of the pool; ``bound`` is what ``worths`` and ``odd_groups`` prove nothing can exceed, see
    ``certify_peers``. ``pool`` is the fingerprint of the pool this answers.
    """

    pool: str
    pairs: tuple[PeerPair, ...]
    left_out: tuple[Alone, ...]
    total: Points
    bound: Points
    worths: tuple[tuple[str, int], ...]
    odd_groups: tuple[OddGroup, ...]
    figures: Figures
    stats: Stats

    @property
    def gap(self) -> Points:
        """How many points better pairs could have at most; 0 is proof that there are none."""
        return self.bound - self.total

    def partner_of(self, person: str) -> str | None:
        """Whom this run paired somebody with, if anybody."""
        found = (pair for pair in self.pairs if person in (pair.one, pair.other))
        return next((pair.other if pair.one == person else pair.one for pair in found), None)


def peers(
    pool: Pool,
    *,
    progress: Progress | None = None,
    deadline: float | None = None,
    threads: int | None = None,
    on: Tier | None = None,
) -> PeersResult:
    """The best pairs of the pool as a whole, each person in at most one, proven: ``result.gap`` is 0.

    Maximizes the sum of pair values - left_out of everybody in no pair. The same for any order of the input, on every
    tier (``on``), processor and number of threads.

    ``progress(done, of)`` is asked while solving. When it answers False, or after ``deadline`` seconds, the run stops:
    the pairs are the best at hand, the gap is honest and usually above 0, and finding it takes another look or two at
    all pairs. Time grows with the square of the pool, memory with the pool times its answers.
    """
    scorer = Scorer(pool.both_ways)
    report = _Report(pool, scorer, PairTier(on or tier(threads)), Watch(within(deadline, progress)))
    return report.result()


class _Report:
    """Turns positions in lottery order into identifiers, and adds up total and bound."""

    def __init__(self, pool: Pool, scorer: Scorer, on: PairTier, watch: Watch) -> None:
        self.pool, self.scorer, self.tier = pool, scorer, on
        self.costs = scorer.left_out
        self.sheet = BothWays.of(scorer.sheet, self.costs)
        self.pins = [(scorer.row[one], scorer.row[other]) for one, other in pool.pins]
        pinned = np.array([place for pin in self.pins for place in pin], dtype=np.int64)
        self.open = np.setdiff1d(np.arange(self.sheet.rows), pinned)
        market = self.sheet.take(self.open, self.open) if pinned.size else self.sheet
        self.pairing = Pairing(market, on, watch)

    def result(self) -> PeersResult:
        pairing = self.pairing
        pairing.run()
        found = [(self._at(a), self._at(b)) for a, b in enumerate(pairing.partner) if a < b]
        pairs = [self._pair(one, other, pinned=False) for one, other in found]
        pairs += [self._pair(one, other, pinned=True) for one, other in self.pins]
        alone = np.flatnonzero(np.array(pairing.partner, dtype=np.int64) == NOBODY)
        left_out = [entry for rows in blocks(alone) for entry in self._alone(rows)]
        value = sum(pair.value for pair in pairs)
        pinned = sum(pair.value for pair in pairs if pair.pinned)
        return PeersResult(
            pool=self.pool.fingerprint,
            pairs=tuple(sorted(pairs, key=lambda pair: pair.one)),
            left_out=tuple(sorted(left_out, key=lambda entry: entry.person)),
            total=value - int(self.costs[self.open[alone]].sum()),
            bound=pinned + pairing.proof.total // 2 - int(self.costs[self.open].sum()),
            worths=tuple(
                sorted(zip(map(self._name, self.open.tolist()), pairing.proof.worth.tolist(), strict=True))
            ),
            odd_groups=self._odd_groups(),
            figures=figures([pair.points for pair in pairs], [], alone.size),
            stats=Stats(pairs_scored=pairing.scored, rows_searched=pairing.searched, rounds=pairing.rounds),
        )

    def _name(self, place: int) -> str:
        return self.scorer.mentees[place]

    def _at(self, place: int) -> int:
        """The position in lottery order of a position among those who are not pinned."""
        return int(self.open[place])

    def _pair(self, one: int, other: int, *, pinned: bool) -> PeerPair:
        """Points and values come from the judge: what people are shown never comes out of an array."""
        i, j = sorted((one, other), key=self._name)
        order = self.scorer.mentee_order
        return PeerPair(
            one=self._name(i),
            other=self._name(j),
            points=self.pool.judge.points(order[i], order[j]),
            value=self.pool.judge.value(order[i], order[j]),
            pinned=pinned,
        )

    def _odd_groups(self) -> tuple[OddGroup, ...]:
        return tuple(
            OddGroup(
                people=tuple(sorted(self._name(self._at(place)) for place in group.people)),
                within=group.within,
                worth=group.worth,
            )
            for group in self.pairing.proof.nest.sets
        )

    def _alone(self, rows: Rows) -> Iterable[Alone]:
        """Why these, by position among those who are not pinned, have nobody."""
        pairing, proof = self.pairing, self.pairing.proof
        everywhere = self.tier.values(self.sheet, self.open[rows]) > scan.NEVER
        values = self.tier.values(pairing.sheet, rows).astype(np.int64)
        missing = proof.worth[rows, None] + proof.worth - 2 * values
        for k, place in enumerate(rows.tolist()):
            missing[k] += proof.nest.row(place)
        missing[values < scan.NEVER] = np.iinfo(np.int64).max
        nobody = np.array(pairing.partner, dtype=np.int64) == NOBODY
        free = ((values > scan.NEVER) & nobody).any(axis=1)
        nearest = missing.min(axis=1, initial=np.iinfo(np.int64).max)
        counted = zip(
            rows.tolist(), everywhere.sum(axis=1).tolist(), free.tolist(), nearest.tolist(), strict=True
        )
        for place, allowed, somebody, short in counted:
            yield Alone(
                person=self._name(self._at(place)),
                why=self._why(allowed, somebody),
                allowed=allowed,
                short=(short + 1) // 2 if short < np.iinfo(np.int64).max else None,
            )

    def _why(self, allowed: int, somebody: bool) -> WhyAlone:
        if not allowed:
            return WhyAlone.NOBODY_ALLOWED
        if not self.pairing.complete:
            return WhyAlone.NOT_REACHED
        return WhyAlone.NOT_WORTH if somebody else WhyAlone.ALL_PAIRED
