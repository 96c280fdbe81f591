"""`alongside match verify` believes nothing: every number that is changed is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from .files import TOPICS, Folder, person

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def solved(folder: Folder, capsys: pytest.CaptureFixture[str]) -> Folder:
    """Three mentees, one of them left out, one pinned; everything holds."""
    folder.people(
        [
            person("ada", "mentee", wants="sql; talks"),
            person("bo", "mentee", wants="talks"),
            person("cy", "mentee", wants="sql"),
            person("mia", "mentor", offers="talks"),
            person("noor", "mentor", offers="sql"),
        ]
    )
    folder.rules(
        TOPICS
        | {
            "balance": 10,
            "rule": [
                {"kind": "pairs_pinned", "pairs": [["bo", "mia"]]},
                {"kind": "pairs_forbidden", "pairs": [["ada", "mia"]]},
            ],
        }
    )
    assert folder.match("--proof", "full") == 0
    assert folder.verify() == 0
    capsys.readouterr()
    return folder


def _told(folder: Folder, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert folder.verify() == 1
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.replace(f"{folder.path}/", "").splitlines()


def test_what_holds_is_said(solved: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert solved.verify() == 0
    assert capsys.readouterr().out.splitlines() == [
        "All of it holds: 2 pairs, 0 points in all.",
        "Proven: no other choice of pairs has more points.",
    ]


PAIRS = "mentee,mentor,points,points_topics\nbo,mia,100000,100000\ncy,noor,100000,100000\n"


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            PAIRS.replace("cy,noor,100000", "cy,noor,99999"),
            "pairs.csv, line 3, column 3 “points”: says “99999”; the rules give 100000.",
        ),
        (
            PAIRS.replace("mia,100000,100000", "mia,100000,1"),
            "pairs.csv, line 2, column 4 “points_topics”: says “1”; the rules give 100000.",
        ),
        (
            PAIRS.replace("cy", "zed"),
            "pairs.csv, line 3, column 1 “mentee”: “zed” is no mentee of the sheet.",
        ),
        (
            PAIRS.replace("noor", "ada"),
            "pairs.csv, line 3, column 2 “mentor”: “ada” is no mentor of the sheet.",
        ),
        (
            PAIRS.replace("cy", "bo"),
            "pairs.csv, line 3, column 1 “mentee”: “bo” has a mentor already: “mia”.",
        ),
        (
            PAIRS.replace("noor", "mia"),
            "pairs.csv, line 3, column 2 “mentor”: “mia” has 2 mentees, and a capacity of 1.",
        ),
        (
            PAIRS.replace("bo,", "ada,"),
            "pairs.csv, line 2, column 2 “mentor”: “ada” and “mia” break a rule: pairs_forbidden.",
        ),
        (PAIRS.replace("bo,", "ada,"), "pairs.csv: “bo” is pinned to “mia”, and the pair is not there."),
        (
            PAIRS.replace("bo,mia,100000,100000\n", ""),
            "report.json: “bo” has no mentor and does not stand in “left_out”.",
        ),
        (PAIRS.splitlines()[0], "report.json: “matched” says 2; counted anew it is 0."),
        (
            PAIRS.replace("points_topics", "points_topic"),
            "pairs.csv, line 1, column 4: there is no column “points_topics”, which every file of pairs has. Did you mean "
            "“points_topic”?",
        ),
        (
            PAIRS.replace("cy,noor", 'cy,"noor'),
            "pairs.csv, line 3, column 2 “mentor”: a quotation mark opens this cell and none closes it. Close it, or "
            "write it twice.",
        ),
    ],
)
def test_pairs_that_were_changed_are_found(
    solved: Folder, capsys: pytest.CaptureFixture[str], pairs: str, expected: str
) -> None:
    solved.write("pairs.csv", pairs)

    assert expected in _told(solved, capsys)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda told: told.update(total=5), "“total” says 5; counted anew it is 0."),
        (lambda told: told.update(matched=3), "“matched” says 3; counted anew it is 2."),
        (lambda told: told.update(mean=3.5), "“mean” says 3.5; counted anew it is 100000.0."),
        (lambda told: told.update(mean=None), "“mean” says null; counted anew it is 100000.0."),
        (lambda told: told.update(min=1), "“min” says 1; counted anew it is 100000."),
        (lambda told: told["percentiles"].update({"50": 7}), "“percentiles” says"),
        (lambda told: told.update(load={}), '“load” says {}; counted anew it is {"1": 2}.'),
        (lambda told: told.update(bound=1), "“bound” says 1; the prices prove 0."),
        (lambda told: told.update(gap=1), "“gap” says 1; bound − total is 0."),
        (
            lambda told: told["prices"].pop("mia"),
            "“prices” must be one for every mentor and nobody else: mia.",
        ),
        (
            lambda told: told["prices"].update(zed=1),
            "“prices” must be one for every mentor and nobody else: zed.",
        ),
        (lambda told: told["prices"].update(noor=-(1 << 80)), "“bound” says 0; the prices prove"),
        (lambda told: told["prices"].update(mia="7"), "“prices” is no table of whole numbers"),
        (lambda told: told["prices"].update(noor=0), "“bound” says 0; the prices prove"),
        (lambda told: told["left_out"].append({"id": "ada"}), "“left_out” names “ada” 2 times."),
        (lambda told: told["left_out"].append({"id": "bo"}), "“left_out” names “bo”, who has a mentor."),
        (
            lambda told: told["left_out"].append({"id": "mia"}),
            "“left_out” names “mia”, who is no mentee of the sheet.",
        ),
        (lambda told: told.update(left_out=[]), "“ada” has no mentor and does not stand in “left_out”."),
        (lambda told: told.update(left_out=3), "“left_out” is no list of people with id and reason."),
        (lambda told: told.pop("prices"), "the report does not tell prices. Make it anew."),
    ],
)
def test_report_that_was_changed_is_found(
    solved: Folder, capsys: pytest.CaptureFixture[str], change: Change, expected: str
) -> None:
    told = solved.report()
    change(told)
    solved.write("report.json", json.dumps(told))

    assert any(line.startswith(f"report.json: {expected}") for line in _told(solved, capsys))


def test_rules_that_were_changed_since_are_found(solved: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    solved.rules(TOPICS | {"left_out": 150_000})

    told = _told(solved, capsys)

    assert "report.json: “total” says 0; counted anew it is 50000." in told


def test_report_that_is_no_json_is_told(solved: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    solved.write("report.json", "{")

    [told] = _told(solved, capsys)

    assert told.startswith("report.json: this is not JSON")


def test_sheet_that_cannot_be_read_is_bad_input(solved: Folder) -> None:
    solved.write("people.csv", "")

    assert solved.verify() == 2


def test_mutual_pairs_against_the_rule_are_found(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.people([person("ada", "both"), person("bo", "both")])
    folder.match()
    folder.rules(TOPICS | {"rule": [{"kind": "no_mutual"}]})
    capsys.readouterr()

    assert (
        "pairs.csv, line 3, column 2 “mentor”: “bo” and “ada” are each other’s mentor, against no_mutual."
        in _told(folder, capsys)
    )


def test_gap_that_is_told_honestly_is_no_fault(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.people([person("ada", "both"), person("bo", "both")])
    folder.rules(TOPICS | {"rule": [{"kind": "no_mutual"}]})
    folder.match()
    capsys.readouterr()

    assert folder.verify() == 0
    assert capsys.readouterr().out.splitlines()[1] == (
        "Not proven best: another choice could have at most 200,000 points more."
    )
