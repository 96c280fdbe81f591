"""What `alongside match peers` writes, and what it refuses."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from alongside.spreadsheets import command

from .files import TOPICS, Folder, person

KEYS = ["mode", "total", "bound", "gap", "matched", "left_out", "mean", "min", "percentiles", "pairs_scored", "rounds",
        "seconds", "peak_mb", "runs_on", "lottery", "worths", "odd_groups"]  # fmt: skip


def _peers(folder: Folder, *more: str) -> int:
    names = ("people.csv", "rules.toml", "pairs.csv", "report.json")
    people, rules, pairs, report = (str(folder.path / name) for name in names)
    return command.main(["peers", people, "--rules", rules, "--out", pairs, "--report", report, *more])


def _pool(folder: Folder, topics: dict[str, tuple[str, str]], **rules: Any) -> None:
    folder.people(
        [person(name, "both", wants=wants, offers=offers) for name, (wants, offers) in topics.items()]
    )
    folder.rules(TOPICS | rules)


FIVE = {
    "ada": ("sql", "talks"),
    "bo": ("talks", "sql"),
    "cy": ("sql", "sql"),
    "di": ("talks;sql", "rust"),
    "=eve()": ("rust", "talks"),
}


def test_best_pairs_of_the_pool_are_written_with_both_readings(folder: Folder) -> None:
    _pool(folder, FIVE)

    assert _peers(folder) == 0
    assert (folder.path / "pairs.csv").read_text() == (
        "one,other,points,points_topics_one,points_topics_other\n"
        "'=eve(),di,75000,100000,50000\n"
        "ada,bo,100000,100000,100000\n"
    )


def test_report_tells_the_whole_in_a_fixed_order_and_its_worths_prove_it(folder: Folder) -> None:
    _pool(folder, FIVE)
    _peers(folder, "--lottery", "spring")

    report = folder.report()
    assert list(report) == KEYS
    told = {
        key: report[key]
        for key in ("mode", "total", "bound", "gap", "matched", "left_out", "mean", "min", "lottery")
    }
    assert told == {
        "mode": "peers",
        "total": -25_000,
        "bound": -25_000,
        "gap": 0,
        "matched": 4,
        "left_out": [{"id": "cy", "reason": "Everybody allowed is worth more in another pair."}],
        "mean": 87_500,
        "min": 75_000,
        "lottery": "spring",
    }
    sizes: list[int] = []
    for group in report["odd_groups"]:
        sizes.append(len(group["people"]) + sum(sizes[k] for k in group["within"]))
    groups = sum(
        group["worth"] * (size // 2) for group, size in zip(report["odd_groups"], sizes, strict=True)
    )
    assert (sum(report["worths"].values()) + groups) // 2 - 5 * 200_000 == report["total"]


def test_order_of_the_rows_changes_nothing(folder: Folder) -> None:
    _pool(folder, FIVE)
    _peers(folder)
    before = folder.pairs()
    _pool(folder, dict(reversed(FIVE.items())))
    _peers(folder)

    assert folder.pairs() == before


def test_pinned_pair_stays(folder: Folder) -> None:
    _pool(folder, FIVE, rule=[{"kind": "pairs_pinned", "pairs": [["cy", "ada"]]}])

    assert _peers(folder) == 0
    assert ("ada", "cy") in {(row["one"], row["other"]) for row in folder.pairs()}


def test_deadline_that_is_over_writes_pairs_and_an_honest_gap(folder: Folder) -> None:
    _pool(folder, {f"p{k}": (f"t{k % 7};t{k % 5}", f"t{k % 3};t{k % 4}") for k in range(60)})

    status = _peers(folder, "--deadline", "0")

    assert status == 3
    assert folder.report()["gap"] > 0
    assert len(folder.pairs()) > 20


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"role": "mentor"}, "“di” is not"),
        ({"role": "mentee"}, "“di” is not"),
    ],
)
def test_sheet_in_which_somebody_is_not_both_is_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], change: dict[str, str], said: str
) -> None:
    people = [person(name, "both", wants=wants, offers=offers) for name, (wants, offers) in FIVE.items()]
    people[3] |= change
    folder.people(people)

    assert _peers(folder) == 2
    assert said in capsys.readouterr().err
    assert folder.is_empty()


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"rule": [{"kind": "pairs_pinned", "pairs": [["cy", "ada"], ["ada", "bo"]]}]}, "pinned twice"),
        ({"left_out": 3_000_000}, "Lower “left_out”"),
    ],
)
def test_rules_that_contradict_are_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], rules: dict[str, Any], said: str
) -> None:
    _pool(folder, FIVE, **rules)

    assert _peers(folder) == 2
    assert said in capsys.readouterr().err
    assert folder.is_empty()


def test_every_two_of_the_pool_can_be_kept_apart(folder: Folder) -> None:
    apart = [list(pair) for pair in combinations(FIVE, 2)]
    _pool(folder, FIVE, rule=[{"kind": "pairs_forbidden", "pairs": apart}])

    assert _peers(folder) == 0
    assert {entry["reason"] for entry in folder.report()["left_out"]} == {
        "No other person is allowed by the rules."
    }
