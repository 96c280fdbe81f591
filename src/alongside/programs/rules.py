"""How a match type weighs and limits: the numbers of the engine, with the names people read. Kept in MatchType.rules."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

ANY_LEVEL = 20  # no organization is deeper
PERFECT = 100_000  # points of a perfect pair; 1,000 points are one percent


@dataclass(frozen=True, kw_only=True)
class MatchRules:
    """`left_out`: points lost for each mentee without a mentor. `balance`: points lost for a mentor's second mentee,
    twice that for the third, and so on. `keep`: bonus for a pair of the draft before. `fairness`: each point below the
    target counts `fairness_factor` times. `half_hours_at_least`: shared half hours a week a pair needs, unless
    `written_is_enough` and both like writing. `not_again`: no pair that was one before in this program.
    `reporting_levels`: nobody is paired with a manager of theirs, so many levels up; 0 for not looked at.
    """

    left_out: int = 2 * PERFECT
    balance: int = 2_000
    keep: int = 1_000
    fairness_target: int = 60_000
    fairness_factor: int = 5
    half_hours_at_least: int = 0
    written_is_enough: bool = False
    shared_language: bool = False
    different_unit: bool = False
    not_again: bool = True
    lottery_key: str = ""
    reporting_levels: int = 0

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "MatchRules":
        """The kept rules; what is not there has its default, what is no longer known is left out."""
        return cls(**{field.name: kept[field.name] for field in fields(cls) if field.name in kept})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
