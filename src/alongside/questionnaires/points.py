"""What a matching rule needs besides its weight, in the engine's words. All of it whole numbers."""

from typing import Any

from alongside.questionnaires.enums import DIRECTIONS, MatchDirection, MatchRule

FULL_SCORE = 100_000  # a perfect pair; 1,000 points are one percent
HALF_HOURS_FOR_FULL_POINTS = 8

# Percent of the weight, by how many steps the one who should be ahead is ahead.
_AHEAD = {-1: 10, 0: 35, 1: 100, 2: 100, 3: 70, 4: 40}
_CLOSE = {-2: 25, -1: 60, 0: 100, 1: 60, 2: 25}


def match_settings(rule: str, *, direction: str = "", weight: int = 0) -> dict[str, Any]:
    """`direction` where the rule has one; `full` half hours; `points` by (mentor - mentee) steps as [[steps, points]]."""
    directions = DIRECTIONS.get(rule, ())
    settings: dict[str, Any] = {}
    if directions:
        settings["direction"] = direction if direction in directions else directions[0].value
    if rule == MatchRule.SHARED_HOURS:
        settings["full"] = HALF_HOURS_FOR_FULL_POINTS
    if rule == MatchRule.STEPS:
        settings["points"] = _step_points(settings["direction"], weight)
    return settings


def as_full_score(parts: dict[str, int]) -> dict[str, int]:
    """The parts in proportion, summing to FULL_SCORE exactly: what rounding leaves goes to the largest remainders.

    All zero, or nothing, stays as it is.
    """
    total = sum(parts.values())
    if not total:
        return dict(parts)
    scaled = {key: part * FULL_SCORE // total for key, part in parts.items()}
    short = FULL_SCORE - sum(scaled.values())
    by_remainder = sorted(parts, key=lambda key: (-(parts[key] * FULL_SCORE % total), key))
    for key in by_remainder[:short]:
        scaled[key] += 1
    return scaled


def _step_points(direction: str, weight: int) -> list[list[int]]:
    table = _CLOSE if direction == MatchDirection.CLOSE else _AHEAD
    sign = -1 if direction == MatchDirection.MENTEE_AHEAD else 1
    return sorted([sign * steps, weight * share // 100] for steps, share in table.items())
