"""Pools for the benchmark: one side of a family's people, all peers, the same questions and general rules."""

from __future__ import annotations

from alongside.engine.matching import Listed, Peers, Pool
from bench.matching.population import population


def pool(family: str, people: int, seed: int, *, rules: bool = True) -> Pool:
    """One pool with so many people; the same for the same seed. Lists of single pairs name people of two sides and are
    left away."""
    program = population(family, people, seed)
    return Pool(
        people=Peers(ids=program.mentees.ids, columns=program.mentees.columns),
        questions=program.questions,
        rules=tuple(rule for rule in program.rules if rules and not isinstance(rule.relation, Listed)),
        lottery_key=program.lottery_key,
    )
