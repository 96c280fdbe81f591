"""Whole sheets: as they really come, as the examples have them, and as anything at all."""

from __future__ import annotations

import runpy
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.enrollment.columns import (
    UK_CIVIL_SERVICE_GRADES,
    CellCode,
    Kind,
    Target,
    convert,
    guess_mapping,
    sentence_for,
)
from alongside.foundation.sheets import Row, Sheet, SheetCode, read_sheet
from tests.enrollment.sign_up import (
    BOTH,
    EMAIL,
    EXAMPLES,
    FOLDER,
    LANGUAGES,
    ROLE,
    options,
    sheet_of,
    sign_up_targets,
)


@pytest.mark.parametrize(("name", "role"), [("mentors.csv", "mentor"), ("mentees.csv", "mentee")])
@pytest.mark.parametrize("folder", sorted({FOLDER, EXAMPLES}), ids=lambda folder: folder.name)
def test_sign_up_sheets_become_fifty_people_each(folder: Path, name: str, role: str) -> None:
    form = sign_up_targets()
    sheet = read_sheet((folder / name).read_bytes())
    targets = form if folder == FOLDER else _with_options_of(sheet, form)

    conversion = convert(sheet, guess_mapping(sheet.header, targets), targets, default_role=role)

    both = Counter(sheet.rows[place].cells[3] for place in range(50))
    assert (sheet.problems, conversion.problems, conversion.unused_columns) == ((), (), ())
    assert len({row.email for row in conversion.rows}) == 50
    assert Counter(row.role for row in conversion.rows) == {"both": both["yes"], role: both["no"]}
    for row, source in zip(conversion.rows, sheet.rows, strict=True):
        assert row.values["name"] == f"{source.cells[0]} {source.cells[1]}"
        assert row.values["grade"] == source.cells[5].lower().replace(" ", "_")


def _with_options_of(sheet: Sheet, targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """The form after its coordinator took in what the sheet's first dry run did not know."""
    first = convert(sheet, guess_mapping(sheet.header, targets), targets, default_role="mentor")
    return tuple(
        target.with_options((*target.options, *options(*first.unknown_options.get(target.key, {}))))
        for target in targets
    )


def test_sign_up_sheets_hold_the_eleven_grades_in_order() -> None:
    grade = next(target for target in sign_up_targets() if target.key == "grade")

    assert [option.label for option in grade.options] == [
        step.label for step in UK_CIVIL_SERVICE_GRADES.steps
    ]


def test_examples_are_what_their_script_writes(tmp_path: Path) -> None:
    copy = tmp_path / "make_sheets.py"
    copy.write_text((EXAMPLES / "make_sheets.py").read_text())

    runpy.run_path(str(copy), run_name="__main__")

    names = ("mentors.csv", "mentees.csv", "broken.csv")
    assert [(tmp_path / name).read_bytes() for name in names] == [
        (EXAMPLES / name).read_bytes() for name in names
    ]


def broken_targets() -> tuple[Target, ...]:
    return (
        EMAIL,
        Target("name", "Name", Kind.NAME, required=True),
        ROLE,
        BOTH,
        Target("capacity", "Capacity", Kind.CAPACITY, most=5),
        Target("grade", "Grade", Kind.ORDERED, options("EO", "Grade 7")),
        Target("org", "Organization", Kind.SINGLE, options("Office of Rivers", "Department of Orchards")),
        Target("languages", "Languages", Kind.MULTIPLE, LANGUAGES),
        Target("years", "Years of experience", Kind.NUMBER, least=0, most=60),
        Target("zone", "Time zone", Kind.ZONE),
        Target("hours", "Weekly hours", Kind.HOURS),
        Target("start", "Can start on", Kind.DATE),
        Target("bio", "Biography", Kind.LONG_TEXT),
    )


def test_broken_example_shows_each_problem_on_its_line() -> None:
    sheet = read_sheet((EXAMPLES / "broken.csv").read_bytes())
    targets = broken_targets()

    conversion = convert(sheet, guess_mapping(sheet.header, targets), targets)

    found = [
        (problem.line, problem.column, problem.code) for problem in (*sheet.problems, *conversion.problems)
    ]
    assert sorted(found, key=lambda place: (place[0], place[1] or 0)) == [
        (1, None, SheetCode.UNKNOWN_DELIMITER),
        (2, 13, SheetCode.EMPTY_HEADING),
        (2, 14, SheetCode.DUPLICATE_HEADING),
        (4, 2, CellCode.BAD_ADDRESS),
        (5, None, SheetCode.TOO_MANY_CELLS),
        (6, None, SheetCode.TOO_FEW_CELLS),
        (7, 2, CellCode.DUPLICATE_ADDRESS),
        (8, 2, CellCode.DUPLICATE_IN_TWO_ROLES),
        (9, 6, CellCode.UNKNOWN_OPTION),
        (10, 8, CellCode.UNKNOWN_OPTION),
        (11, 7, CellCode.ONE_OPTION_ONLY),
        (12, None, SheetCode.BLANK_LINE),
        (14, 5, CellCode.BAD_CAPACITY),
        (15, 3, CellCode.BAD_ROLE),
        (16, 4, CellCode.BAD_YES_NO),
        (17, 10, CellCode.UNKNOWN_ZONE),
        (18, 11, CellCode.BAD_HOURS),
        (19, 12, CellCode.BAD_DATE),
        (20, 9, CellCode.BAD_NUMBER),
        (21, 9, CellCode.OUT_OF_RANGE),
        (22, 1, CellCode.REQUIRED),
        (23, 3, CellCode.REQUIRED),
        (24, 2, CellCode.REQUIRED),
        (25, 1, CellCode.TOO_LONG),
        (26, None, SheetCode.UNDECODABLE),
        (27, None, SheetCode.NUL_BYTE),
        (28, 1, SheetCode.CONTROL_CHARACTER),
        (29, 1, SheetCode.TEXT_AFTER_QUOTE),
        (30, 15, SheetCode.UNCLOSED_QUOTE),
    ]
    assert [row.line for row in conversion.rows] == [3, 28, 31]
    assert conversion.unknown_options == {"grade": {"Grade 77": 1}, "languages": {"Klingon": 1}}


@settings(deadline=None)  # the first reading of a zone loads all zones
@given(st.lists(st.tuples(*[st.text(max_size=20)] * 13), max_size=5))
def test_conversion_never_raises_and_keeps_or_explains_each_row(rows: list[tuple[str, ...]]) -> None:
    targets = broken_targets()
    mapping = {target.key: (place,) for place, target in enumerate(targets)}
    sheet = sheet_of([target.label for target in targets], *rows)

    conversion = convert(sheet, mapping, targets)

    kept = {row.line for row in conversion.rows}
    explained = {problem.line for problem in conversion.problems}
    assert kept | explained == {row.line for row in sheet.rows}
    assert kept & explained == set()
    with translation.override("en"):
        assert all(sentence_for(problem) for problem in conversion.problems)


def test_conversion_of_fifty_thousand_rows_takes_seconds() -> None:
    targets = sign_up_targets()
    sheet = read_sheet((FOLDER / "mentees.csv").read_bytes())
    rows = tuple(
        Row(number + 2, (*row.cells[:2], f"p{number}@example.org", *row.cells[3:]))
        for number, row in enumerate(sheet.rows * 1_000)
    )
    begin = time.process_time()

    conversion = convert(
        replace(sheet, rows=rows), guess_mapping(sheet.header, targets), targets, default_role="mentee"
    )

    assert (len(conversion.rows), conversion.problems) == (50_000, ())
    assert time.process_time() - begin < 10
