"""Several mentors for a mentee, and mentors who should have some, from the sheet to the check."""

from __future__ import annotations

from typing import Any

import pytest

from .files import TOPICS, Folder, person

RULES = TOPICS | {
    "demand_column": "mentors wanted",
    "further": 30_000,
    "minimum_column": "at least",
    "unfilled": 70_000,
}


def _row(id: str, role: str, wanted: str = "", least: str = "", **cells: str) -> dict[str, str]:
    return person(id, role, **cells) | {"mentors wanted": wanted, "at least": least}


ROWS = [
    _row("ada", "mentee", wanted="3", wants="sql; talks"),
    _row("bo", "mentee", wants="talks"),
    _row("mia", "mentor", offers="talks", capacity="2"),
    _row("noor", "mentor", offers="sql"),
    _row("zoe", "mentor", least="2", capacity="3", offers="planning"),
]


@pytest.fixture
def solved(folder: Folder, capsys: pytest.CaptureFixture[str]) -> Folder:
    folder.people(ROWS)
    folder.rules(RULES)
    assert folder.match("--proof", "full") == 0
    capsys.readouterr()
    return folder


def test_mentees_get_several_mentors_and_mentors_their_minimum(solved: Folder) -> None:
    """A mentee for zoe spares 70,000 points: ada as her third, and bo, who would have 100,000 with mia."""
    ways = [(row["mentee"], row["mentor"], row["points"]) for row in solved.pairs()]
    report = solved.report()

    assert ways == [
        ("ada", "mia", "50000"),
        ("ada", "noor", "50000"),
        ("ada", "zoe", "0"),
        ("bo", "mia", "100000"),
    ]
    assert report["fewer"] == []
    assert report["unfilled"] == [{"id": "zoe", "missing": 1}]
    assert (report["total"], report["gap"], report["matched"]) == (200_000 - 70_000, 0, 4)
    assert solved.verify() == 0


def test_who_has_fewer_than_they_would_like_is_told(folder: Folder) -> None:
    folder.people([*ROWS[:3], ROWS[3]])
    folder.rules(RULES)

    assert folder.match() == 0

    assert folder.report()["fewer"] == [{"id": "ada", "missing": 1}]
    assert folder.report()["total"] == 200_000 - 30_000
    assert "unfilled" not in folder.report()
    assert folder.verify() == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ada,zoe,0,0", "ada,noor,50000,50000", "“ada” has a mentor already: “mia”, “noor”."),
        ("bo,mia,100000,100000", "bo,mia,100000,100000\nbo,noor,0,0", "“bo” has a mentor already: “mia”."),
        ("ada,zoe,0,0\n", "", "“fewer” says []; counted anew it is"),
        ("ada,zoe,0,0\n", "", "“unfilled” says"),
    ],
)
def test_pairs_that_were_changed_are_found(
    solved: Folder, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    text = (solved.path / "pairs.csv").read_text()
    assert old in text
    solved.write("pairs.csv", text.replace(old, new))

    assert solved.verify() == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rules", "rows", "told"),
    [
        ({"further": 200_001}, {}, "“further” is above “left_out”, which is 200000. Lower it."),
        ({}, {"mentors wanted": "0"}, "“0” is no number of mentors. Write a whole number from 1 to 20,"),
        ({}, {"mentors wanted": "some"}, "“some” is no number of mentors."),
        ({"unfilled": 9_000_000}, {}, "Lower “unfilled”."),
        ({"demand_column": "gone"}, {}, "there is no column “gone”, but demand_column reads it"),
        ({"minimum_column": "gone"}, {}, "there is no column “gone”, but minimum_column reads it"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    folder: Folder,
    capsys: pytest.CaptureFixture[str],
    rules: dict[str, Any],
    rows: dict[str, str],
    told: str,
) -> None:
    folder.people([ROWS[0] | rows, *ROWS[1:]])
    folder.rules(RULES | rules)

    assert folder.match() == 2
    assert told in capsys.readouterr().err
    assert folder.is_empty()


@pytest.mark.parametrize("least", ["4", "-1", "two"])
def test_a_minimum_beyond_the_capacity_is_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], least: str
) -> None:
    folder.people([*ROWS[:4], ROWS[4] | {"at least": least}])
    folder.rules(RULES)

    assert folder.match() == 2
    assert f"“{least}” is no number of mentees this mentor can have. Write a whole number from 0 to 3," in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize(("figure", "column"), [("further", "demand_column"), ("unfilled", "minimum_column")])
def test_a_figure_without_its_column_is_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], figure: str, column: str
) -> None:
    folder.people(ROWS)
    folder.rules(TOPICS | {figure: 7})

    assert folder.match() == 2
    assert f"“{figure}” needs “{column}”" in capsys.readouterr().err


def test_pins_are_some_of_several_and_no_more(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.people(ROWS)
    pins = [["ada", "zoe"], ["ada", "noor"]]
    folder.rules(RULES | {"rule": [{"kind": "pairs_pinned", "pairs": pins}]})
    assert folder.match() == 0
    assert {("ada", "zoe"), ("ada", "noor")} <= {(row["mentee"], row["mentor"]) for row in folder.pairs()}
    assert folder.verify() == 0

    folder.people([ROWS[0] | {"mentors wanted": ""}, *ROWS[1:]])
    capsys.readouterr()

    assert folder.match() == 2
    assert "this mentee is pinned to “zoe” already. Keep one of the two." in capsys.readouterr().err
