"""From answers to figures: one answer, the index of a relationship, needs people weighed themselves. Pure functions."""

from collections.abc import Mapping, Sequence
from typing import Any

CORE = ("CON1", "SAF1", "LIS1", "AGR1", "RHY1", "USE1")
CORE_NEEDED = 4
AGREE_STEPS = 5
NEEDS = 3


def item_score(option: str, *, is_reversed: bool = False) -> float:
    """An answer on the five steps as 0 to 100; on a reversed item 5 counts as 1.

    >>> item_score("4"), item_score("5", is_reversed=True)
    (75.0, 0.0)
    """
    step = int(option)
    if not 1 <= step <= AGREE_STEPS:
        raise ValueError(f"{option} is not one of the five steps")
    return ((AGREE_STEPS + 1 - step if is_reversed else step) - 1) / (AGREE_STEPS - 1) * 100


def quality_index(answers: Mapping[str, Any]) -> float | None:
    """The relationship quality index: the mean of the core six; None with fewer than four of them answered.

    An item left out ("can't say yet") is missing, never a zero.
    """
    scores = [item_score(answers[key]) for key in CORE if answers.get(key)]
    return sum(scores) / len(scores) if len(scores) >= CORE_NEEDED else None


def needs_score(needs: Sequence[tuple[int, str]]) -> float | None:
    """How well somebody's own needs are met, from (points given, step rated); None when nothing is rated.

    Points are weights in proportion; where nobody gave points, every need counts alike.
    """
    rated = [(points, item_score(step)) for points, step in needs if step]
    whole = sum(points for points, _score in rated)
    if not rated:
        return None
    if not whole:
        return sum(score for _points, score in rated) / len(rated)
    return sum(points * score for points, score in rated) / whole


def needs_of(answers: Mapping[str, Any]) -> list[tuple[int, str]]:
    """The needs of one response as `needs_score` takes them."""
    places = range(1, NEEDS + 1)
    return [(int(answers.get(f"NEED{place}P") or 0), answers.get(f"NEED{place}R") or "") for place in places]
