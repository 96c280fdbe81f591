"""`alongside match merge`: two sign-up sheets become one, and what does not fit is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.spreadsheets import command

MENTORS = (
    "mail,both,places,skills,team\n"
    'Ada@x.org,yes,2,"sql, talks",north\n'
    "bo@x.org,no,,law,south\n"
)  # fmt: skip
MENTEES = (
    "mail,both,wishes,asks,team\n"
    "cy@x.org,no,sql,yes,north\n"
    "bo@x.org,,talks,no,west\n"
)  # fmt: skip


def _merge(folder: Path, *more: str) -> int:
    names = {"--mentors": "mentors.csv", "--mentees": "mentees.csv", "--out": "people.csv"}
    files = [part for option, name in names.items() for part in (option, str(folder / name))]
    return command.main(["merge", *files, "--id", "mail", *more])


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    (tmp_path / "mentors.csv").write_text(MENTORS)
    (tmp_path / "mentees.csv").write_text(MENTEES)
    return tmp_path


def test_two_sheets_become_one_row_for_each_person(sheets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = _merge(
        sheets, "--both", "both", "--capacity", "places", "--several", "skills", "--only-if", "wishes", "asks"
    )

    assert status == 0
    assert (sheets / "people.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "id,role,capacity,both,skills,team,wishes,asks",
        'ada@x.org,both,2,yes,"sql; talks",north,,',
        "bo@x.org,both,,no,law,south,,no",
        "cy@x.org,mentee,,no,,north,sql,yes",
    ]
    assert capsys.readouterr().out.splitlines() == [
        "“team”: 1 in both sheets answered differently; the mentors’ sheet counts.",
        f"3 people: 2 mentors and 3 mentees, of whom 2 are both. Written to {sheets / 'people.csv'}.",
    ]


def test_columns_keep_their_headings_when_nothing_else_is_said(sheets: Path) -> None:
    _merge(sheets)

    assert (sheets / "people.csv").read_text(encoding="utf-8-sig").splitlines()[:2] == [
        "id,role,both,places,skills,team,wishes,asks",
        'ada@x.org,mentor,yes,2,"sql, talks",north,,',
    ]


@pytest.mark.parametrize(
    ("mentors", "more", "expected"),
    [
        (
            MENTORS.replace("mail", "address"),
            [],
            "mentors.csv, line 1, column 6: there is no column “mail”, named by --id.",
        ),
        (
            MENTORS,
            ["--capacity", "place"],
            "mentors.csv, line 1, column 3: there is no column “place”, named by --capacity. Did you",
        ),
        (
            MENTORS,
            ["--several", "hobbies"],
            "mentees.csv, line 1, column 6: there is no column “hobbies”, named by --several, in",
        ),
        (
            MENTORS.replace("bo@", "ada@"),
            [],
            "mentors.csv, line 3, column 1 “mail”: “ada@x.org” stands in line 2 already.",
        ),
        (MENTORS.replace("bo@x.org", ""), [], "mentors.csv, line 3, column 1 “mail”: the cell is empty."),
        (
            MENTORS.replace(",no", ",maybe"),
            ["--both", "both"],
            "mentors.csv, line 3, column 2 “both”: “maybe” is neither",
        ),
        (
            MENTORS.replace("team", "role"),
            [],
            "mentors.csv, line 1, column 5 “role”: the merged sheet has a column “role”",
        ),
        (
            MENTORS.replace("law", '"law'),
            [],
            "mentors.csv, line 3, column 4 “skills”: a quotation mark opens this cell",
        ),
    ],
)
def test_sheet_that_does_not_fit_is_refused(
    sheets: Path, capsys: pytest.CaptureFixture[str], mentors: str, more: list[str], expected: str
) -> None:
    (sheets / "mentors.csv").write_text(mentors)

    assert _merge(sheets, *more) == 2

    assert f"{sheets}/{expected}" in capsys.readouterr().err
    assert not (sheets / "people.csv").exists()


def test_sheet_that_is_read_is_never_written_over(sheets: Path) -> None:
    assert _merge(sheets, "--out", str(sheets / "mentors.csv")) == 2
    assert (sheets / "mentors.csv").read_text() == MENTORS
