"""The golden file of scoring: answers and the figures they come to, worked out by hand from care.md A3."""

import pytest

from alongside.surveys.intervals import mean_interval, share_interval, student_point
from alongside.surveys.scoring import item_score, needs_of, needs_score, quality_index

ITEMS = [
    ("1", False, 0),
    ("2", False, 25),
    ("3", False, 50),
    ("4", False, 75),
    ("5", False, 100),
    ("5", True, 0),
    ("2", True, 75),
]
INDEXES = [
    ("all six", {"CON1": "5", "SAF1": "4", "LIS1": "4", "AGR1": "3", "RHY1": "3", "USE1": "5"}, 75.0),
    ("four of six", {"CON1": "5", "SAF1": "5", "LIS1": "3", "AGR1": "3"}, 75.0),
    ("three of six", {"CON1": "5", "SAF1": "5", "LIS1": "5"}, None),
    ("others do not count", {"CON1": "1", "SAF1": "1", "LIS1": "1", "AGR1": "1", "FLX1": "5"}, 0.0),
    ("nothing", {}, None),
]
NEEDS = [
    ("weights", [(6, "4"), (4, "3")], 65.0),
    ("one need only", [(10, "5"), (0, ""), (0, "")], 100.0),
    ("no points: all alike", [(0, "1"), (0, "5")], 50.0),
    ("a need not rated is missing", [(9, ""), (1, "2")], 25.0),
    ("nothing rated", [(10, "")], None),
]
# From care.md A3: 4 of 5 is 38–96 %, 20 of 25 is 61–91 %, 80 of 100 is 71–87 %.
SHARES = [(4, 5, 38, 96), (20, 25, 61, 91), (80, 100, 71, 87)]
STUDENT = [(1, 12.706), (4, 2.776), (9, 2.262), (11, 2.201), (19, 2.093), (29, 2.045), (99, 1.984)]


@pytest.mark.parametrize(("option", "is_reversed", "score"), ITEMS)
def test_item_score_is_the_one_worked_out(option: str, is_reversed: bool, score: float) -> None:
    assert item_score(option, is_reversed=is_reversed) == score


@pytest.mark.parametrize(
    ("answers", "index"), [case[1:] for case in INDEXES], ids=[case[0] for case in INDEXES]
)
def test_quality_index_is_the_one_worked_out(answers: dict[str, str], index: float | None) -> None:
    assert quality_index(answers) == index


@pytest.mark.parametrize(("needs", "score"), [case[1:] for case in NEEDS], ids=[case[0] for case in NEEDS])
def test_needs_score_is_the_one_worked_out(needs: list[tuple[int, str]], score: float | None) -> None:
    assert needs_score(needs) == score


def test_needs_are_read_from_a_response() -> None:
    assert needs_of({"NEED1P": 7, "NEED1R": "4", "NEED2R": "2"}) == [(7, "4"), (0, "2"), (0, "")]


@pytest.mark.parametrize(("part", "whole", "low", "high"), SHARES)
def test_share_interval_is_that_of_the_design(part: int, whole: int, low: int, high: int) -> None:
    share = share_interval(part, whole)

    assert (round(100 * share.low), round(100 * share.high)) == (low, high)


@pytest.mark.parametrize(("freedom", "point"), STUDENT)
def test_student_point_is_that_of_the_tables(freedom: int, point: float) -> None:
    assert student_point(freedom) == pytest.approx(point, abs=0.001)


def test_mean_interval_stays_on_the_scale() -> None:
    assert mean_interval([100.0] * 9 + [0.0]).high == 100
    assert mean_interval([50.0] * 10).low == 50


@pytest.mark.parametrize("option", ["0", "6"])
def test_a_step_that_is_none_is_refused(option: str) -> None:
    with pytest.raises(ValueError, match="is not one of the five steps"):
        item_score(option)
