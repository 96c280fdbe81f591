"""From columns to people: guesses, values, and every problem with its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from alongside.enrollment.columns import (
    UK_CIVIL_SERVICE_GRADES,
    CellCode,
    Conversion,
    Kind,
    Option,
    Target,
    Value,
    WeeklyHours,
    convert,
    guess_mapping,
    in_known_order,
    known_scale,
    place_of,
    sentence_for,
)
from alongside.enrollment.columns.sentences import _SENTENCES
from alongside.foundation.sheets import Problem, SheetCode, read_sheet
from tests.enrollment.sign_up import (
    BOTH,
    EMAIL,
    FOLDER,
    LANGUAGES,
    ROLE,
    options,
    sheet_of,
    sign_up_targets,
)


def read_cells(target: Target, *cells: str, role: str = "mentee") -> Conversion:
    """A sheet with an address and one more column, read."""
    rows = [(f"p{number}@example.org", cell) for number, cell in enumerate(cells)]
    mapping = {"email": (0,), target.key: (1,)}
    return convert(sheet_of(("email", "cell"), *rows), mapping, (EMAIL, target), default_role=role)


def value_of(target: Target, cell: str) -> Value | None:
    conversion = read_cells(target, cell)
    assert conversion.problems == ()
    return conversion.rows[0].values.get(target.key)


def only_problem(target: Target, cell: str) -> tuple[int, int | None, str, dict[str, str | int]]:
    (problem,) = read_cells(target, cell).problems
    values = {key: value for key, value in problem.values.items() if key not in {"target", "heading"}}
    return problem.line, problem.column, problem.code, values


# -- guessing


def test_guess_finds_the_columns_of_both_sign_up_sheets() -> None:
    targets = sign_up_targets()

    mentors = guess_mapping(read_sheet((FOLDER / "mentors.csv").read_bytes()).header, targets)
    mentees = guess_mapping(read_sheet((FOLDER / "mentees.csv").read_bytes()).header, targets)

    shared = {
        "email": (2,),
        "name": (0, 1),
        "both": (3,),
        "job": (4,),
        "grade": (5,),
        "org": (6,),
        "prof": (7,),
    }
    assert mentors == {**shared, "identity": (8,), "bio": (9,)}
    assert mentees == {**shared, "wish": (8,), "identity": (9,), "bio": (10,)}


def test_guess_own_wording_goes_before_common_headings() -> None:
    targets = (
        Target("a", "Organization", Kind.SINGLE),
        Target("b", "Which team?", Kind.SINGLE, aliases=("Department",)),
    )

    assert guess_mapping(["department", "Organisation"], targets) == {"a": (1,), "b": (0,)}


def test_guess_full_name_goes_before_its_parts() -> None:
    targets = (Target("name", "Name to use", Kind.NAME),)

    assert guess_mapping(["First Name", "Surname", "Full name"], targets) == {"name": (2,)}
    assert guess_mapping(["First Name", "Surname"], targets) == {"name": (0, 1)}
    assert guess_mapping(["Surname", "E-Mail"], targets) == {"name": (0,)}
    assert guess_mapping(["shoe size"], targets) == {}


def test_guess_gives_each_column_away_once() -> None:
    targets = (Target("one", "Grade", Kind.TEXT), Target("two", "Level", Kind.TEXT))

    assert guess_mapping(["grade"], targets) == {"one": (0,)}


@pytest.mark.parametrize("heading", ["E-MAIL", "email_address", " Email  Address ", "e mail"])
def test_guess_ignores_case_spacing_and_punctuation(heading: str) -> None:
    assert guess_mapping([heading], (Target("x", "Address", Kind.EMAIL),)) == {"x": (0,)}


# -- values


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.TEXT, "  Team \r\n lead ", "Team lead"),
        (Kind.TEXT, "Zoe\u0308", "Zoë"),
        (Kind.TEXT, "-", "-"),
        (Kind.LONG_TEXT, " one\r\n\r\ntwo\rthree ", "one\n\ntwo\nthree"),
        (Kind.NUMBER, "1500", Decimal(1500)),
        (Kind.NUMBER, "2,5", Decimal("2.5")),
        (Kind.NUMBER, "-0.25", Decimal("-0.25")),
        (Kind.NUMBER, "n/a", None),
        (Kind.DATE, "2026-05-14", date(2026, 5, 14)),
        (Kind.DATE, "14.5.2026", date(2026, 5, 14)),
        (Kind.CAPACITY, "0", 0),
        (Kind.CAPACITY, "3.0", 3),
        (Kind.CAPACITY, " - ", None),
        (Kind.BOOL, "Yes", True),
        (Kind.BOOL, "x", True),
        (Kind.BOOL, "FALSE", False),
        (Kind.BOOL, "nein", False),
        (Kind.ZONE, "europe/oslo", "Europe/Oslo"),
        (Kind.ZONE, "New York", "America/New_York"),
        (Kind.ZONE, "São Paulo", "America/Sao_Paulo"),
        (Kind.ZONE, "Buenos Aires", "America/Argentina/Buenos_Aires"),
        (Kind.ZONE, "Istanbul", "Europe/Istanbul"),
        (Kind.ZONE, "Asia/Calcutta", "Asia/Calcutta"),
        (Kind.ZONE, "utc", "UTC"),
    ],
)
def test_value_of_a_cell(kind: Kind, cell: str, value: Value | None) -> None:
    assert value_of(Target("cell", "Cell", kind), cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.SINGLE, "FRENCH", "fr"),
        (Kind.SINGLE, "Francais", "fr"),
        (Kind.SINGLE, "Law, ethics", "law"),
        (Kind.SINGLE, "C++", "cpp"),
        (Kind.SINGLE, "c", "c"),
        (Kind.MULTIPLE, "Norwegian, French", ("fr", "no")),
        (Kind.MULTIPLE, "Law, ethics, French", ("fr", "law")),
        (Kind.MULTIPLE, "Norwegian; law, ethics;norwegian;", ("no", "law")),
        (Kind.RANKED, "Norwegian | French", ("no", "fr")),
    ],
)
def test_value_of_options(kind: Kind, cell: str, value: Value) -> None:
    assert value_of(Target("cell", "Cell", kind, LANGUAGES), cell) == value


def test_value_of_a_scale_is_its_number_or_its_label() -> None:
    target = Target(
        "cell", "Cell", Kind.SCALE, (Option("1", "Never"), Option("5", "Always")), least=1, most=5
    )

    assert [value_of(target, cell) for cell in ("3", "always", "5")] == [3, 5, 5]


@pytest.mark.parametrize(
    ("cell", "blocks"),
    [
        ("Mon 9-17", [(0, 540, 1020)]),
        ("monday to tuesday 9:30\u201312.00", [(0, 570, 720), (1, 570, 720)]),
        ("Sat, Sun 10-11; Wed 0-24", [(2, 0, 1440), (5, 600, 660), (6, 600, 660)]),
        ("Sun-Mon 8-9", [(0, 480, 540), (6, 480, 540)]),
        ("weekends 8-9", [(5, 480, 540), (6, 480, 540)]),
    ],
)
def test_value_of_hours(cell: str, blocks: list[tuple[int, int, int]]) -> None:
    assert value_of(Target("cell", "Cell", Kind.HOURS), cell) == tuple(
        WeeklyHours(*block) for block in blocks
    )


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("ADA@Example.org", "ada@example.org"),
        ("Ada Lovelace <ada@example.org>", "ada@example.org"),
        ("mailto:a.b+c@sub.example.org ", "a.b+c@sub.example.org"),
        ("o'darragh@bücher.example", "o'darragh@bücher.example"),
    ],
)
def test_value_of_an_address(cell: str, address: str) -> None:
    conversion = convert(sheet_of(["email"], [cell]), {"email": (0,)}, (EMAIL,), default_role="mentor")

    assert [(row.email, row.role) for row in conversion.rows] == [(address, "mentor")]


def test_columns_joined_leave_no_gap_where_one_is_blank() -> None:
    name = Target("name", "Name", Kind.NAME)
    rows = [("a@example.org", "Ada", "Lovelace"), ("b@example.org", "", "Prince")]

    conversion = convert(
        sheet_of(["email", "f", "l"], *rows),
        {"email": (0,), "name": (1, 2)},
        (EMAIL, name),
        default_role="mentor",
    )

    assert [row.values for row in conversion.rows] == [{"name": "Ada Lovelace"}, {"name": "Prince"}]


def test_columns_joined_for_options_add_up_and_name_the_column_at_fault() -> None:
    target = Target("languages", "Languages", Kind.MULTIPLE, LANGUAGES)
    rows = [("a@example.org", "French", "Norwegian"), ("b@example.org", "French", "Klingon")]

    conversion = convert(
        sheet_of(["email", "first", "second"], *rows),
        {"email": (0,), "languages": (1, 2)},
        (EMAIL, target),
        default_role="mentor",
    )

    assert [row.values for row in conversion.rows] == [{"languages": ("fr", "no")}]
    assert [(problem.line, problem.column) for problem in conversion.problems] == [(3, 3)]


# -- roles


def roles(*rows: tuple[str, str], default: str | None) -> tuple[list[str], list[tuple[int, int | None, str]]]:
    numbered = [(f"p{number}@example.org", *row) for number, row in enumerate(rows)]
    mapping = {"email": (0,), "role": (1,), "both": (2,)}
    conversion = convert(
        sheet_of(["email", "role", "both"], *numbered), mapping, (EMAIL, ROLE, BOTH), default_role=default
    )
    found = [(problem.line, problem.column, problem.code) for problem in conversion.problems]
    return [row.role for row in conversion.rows], found


def test_role_of_the_row_goes_before_the_sheet_and_both_before_all() -> None:
    rows = (("Mentee", "no"), ("", ""), ("", "yes"), ("as a mentor", "yes"), ("Mentor / mentee", "no"))

    assert roles(*rows, default="mentor") == (["mentee", "mentor", "both", "both", "both"], [])


def test_role_is_needed_in_each_row_when_the_sheet_has_none() -> None:
    assert roles(("mentee", ""), ("", "no"), ("", "yes"), default=None) == (
        ["mentee", "both"],
        [(3, 2, "required")],
    )


def test_role_unknown_names_the_nearest_one() -> None:
    assert roles(("mentr", ""), default="mentee") == ([], [(2, 2, "bad_role")])


def test_role_that_nothing_tells_is_one_problem_of_the_sheet() -> None:
    conversion = convert(sheet_of(["email"], ["a@example.org"]), {"email": (0,)}, (EMAIL,))

    assert [(problem.line, problem.code) for problem in conversion.problems] == [(1, "role_unknown")]
    assert conversion.rows == ()


# -- problems of a cell


@pytest.mark.parametrize(
    ("cell", "suggestion"),
    [
        ("ada@example", ""),
        ("ada.example.org", ""),
        ("ada@example,org", "ada@example.org"),
        ("ada@example..org", "ada@example.org"),
        ("ada @example.org", "ada@example.org"),
        ("ada@example.org.", "ada@example.org"),
        ("a@example.org; b@example.org", ""),
        ("@example.org", ""),
        (".ada@example.org", "ada@example.org"),
        ("ada@-example.org", ""),
        ("ada@192.0.2.1", ""),
        ("a" * 65 + "@example.org", ""),
    ],
)
def test_problem_bad_address(cell: str, suggestion: str) -> None:
    sheet = sheet_of(["email"], ["fine@example.org"], [cell])
    conversion = convert(sheet, {"email": (0,)}, (EMAIL,), default_role="mentor")

    values = {"value": cell, "suggestion": suggestion, "target": "E-mail", "heading": "email"}
    assert conversion.problems == (Problem(3, 1, CellCode.BAD_ADDRESS, values),)
    assert [row.line for row in conversion.rows] == [2]


def test_problem_duplicate_names_the_first_line_whatever_the_case() -> None:
    sheet = sheet_of(
        ["email"], ["ada@example.org"], ["ben@example.org"], ["ADA@example.org"], ["ada@example.org"]
    )
    conversion = convert(sheet, {"email": (0,)}, (EMAIL,), default_role="mentor")

    found = [(problem.line, problem.code, problem.values["first_line"]) for problem in conversion.problems]
    assert found == [(4, "duplicate_address", 2), (5, "duplicate_address", 2)]
    assert [row.line for row in conversion.rows] == [2, 3]


def test_problem_duplicate_in_two_roles_is_told_apart() -> None:
    sheet = sheet_of(["email", "role"], ["ada@example.org", "mentor"], ["ada@example.org", "mentee"])
    conversion = convert(sheet, {"email": (0,), "role": (1,)}, (EMAIL, ROLE))

    assert [(problem.line, problem.code) for problem in conversion.problems] == [
        (3, "duplicate_in_two_roles")
    ]


@pytest.mark.parametrize(
    ("target", "cell", "code", "values"),
    [
        (
            Target("cell", "Cell", Kind.SINGLE, LANGUAGES),
            "Frensh",
            CellCode.UNKNOWN_OPTION,
            {"value": "Frensh", "suggestion": "French"},
        ),
        (
            Target("cell", "Cell", Kind.MULTIPLE, LANGUAGES),
            "French, Klingon",
            CellCode.UNKNOWN_OPTION,
            {"value": "Klingon", "suggestion": ""},
        ),
        (
            Target("cell", "Cell", Kind.ORDERED, LANGUAGES),
            "French, Norwegian",
            CellCode.ONE_OPTION_ONLY,
            {"value": "French, Norwegian", "count": 2},
        ),
        (Target("cell", "Cell", Kind.NUMBER), "1,000", CellCode.BAD_NUMBER, {"value": "1,000"}),
        (
            Target("cell", "Cell", Kind.NUMBER, most=60),
            "61",
            CellCode.OUT_OF_RANGE,
            {"value": "61", "most": 60},
        ),
        (
            Target("cell", "Cell", Kind.SCALE, least=1, most=5),
            "0",
            CellCode.OUT_OF_RANGE,
            {"value": "0", "least": 1, "most": 5},
        ),
        (
            Target("cell", "Cell", Kind.SCALE, least=1, most=5),
            "2.5",
            CellCode.BAD_NUMBER,
            {"value": "2.5", "least": 1, "most": 5},
        ),
        (
            Target("cell", "Cell", Kind.CAPACITY),
            "two",
            CellCode.BAD_CAPACITY,
            {"value": "two", "least": 0, "most": 50},
        ),
        (
            Target("cell", "Cell", Kind.CAPACITY, most=5),
            "6",
            CellCode.BAD_CAPACITY,
            {"value": "6", "least": 0, "most": 5},
        ),
        (
            Target("cell", "Cell", Kind.CAPACITY),
            "-1",
            CellCode.BAD_CAPACITY,
            {"value": "-1", "least": 0, "most": 50},
        ),
        (
            Target("cell", "Cell", Kind.ZONE),
            "Europe/Olso",
            CellCode.UNKNOWN_ZONE,
            {"value": "Europe/Olso", "suggestion": "Europe/Oslo"},
        ),
        (
            Target("cell", "Cell", Kind.ZONE),
            "UTC+5:30",
            CellCode.UNKNOWN_ZONE,
            {"value": "UTC+5:30", "suggestion": ""},
        ),
        (Target("cell", "Cell", Kind.HOURS), "Mon 17-9", CellCode.BAD_HOURS, {"value": "Mon 17-9"}),
        (Target("cell", "Cell", Kind.HOURS), "T 9-17", CellCode.BAD_HOURS, {"value": "T 9-17"}),
        (Target("cell", "Cell", Kind.DATE), "05/06/2026", CellCode.BAD_DATE, {"value": "05/06/2026"}),
        (Target("cell", "Cell", Kind.DATE), "2026-02-30", CellCode.BAD_DATE, {"value": "2026-02-30"}),
        (Target("cell", "Cell", Kind.BOOL), "maybe", CellCode.BAD_YES_NO, {"value": "maybe"}),
        (Target("cell", "Cell", Kind.TEXT, most=3), "four", CellCode.TOO_LONG, {"count": 4, "most": 3}),
    ],
)
def test_problem_of_a_cell_says_where_and_what(
    target: Target, cell: str, code: CellCode, values: dict[str, str | int]
) -> None:
    assert only_problem(target, cell) == (2, 2, code, values)


def test_problem_required_cell_is_blank() -> None:
    target = Target("cell", "Cell", Kind.TEXT, required=True)

    assert only_problem(target, "  ") == (2, 2, CellCode.REQUIRED, {})


def test_problem_required_is_asked_of_its_roles_only() -> None:
    target = Target("cell", "Cell", Kind.CAPACITY, required=True, roles=frozenset({"mentor"}))

    assert read_cells(target, "", role="mentee").problems == ()
    assert [problem.code for problem in read_cells(target, "", role="mentor").problems] == ["required"]
    assert [problem.code for problem in read_cells(target, "", role="both").problems] == ["required"]


def test_problem_required_column_is_missing_once_for_the_sheet() -> None:
    name = Target("name", "Name", Kind.NAME, required=True)
    sheet = sheet_of(["x"], ["1"], ["2"])
    conversion = convert(sheet, {}, (EMAIL, name), default_role="mentor")

    assert [(problem.line, problem.code, problem.values["target"]) for problem in conversion.problems] == [
        (1, "column_missing", "E-mail"),
        (1, "column_missing", "Name"),
    ]


def test_problem_column_chosen_is_gone() -> None:
    sheet = sheet_of(["email"], ["ada@example.org"])
    conversion = convert(sheet, {"email": (3,)}, (EMAIL,), default_role="mentor")

    assert [(problem.line, problem.column, problem.code) for problem in conversion.problems] == [
        (1, 4, "column_gone")
    ]


def test_problems_of_one_row_are_all_told() -> None:
    targets = (EMAIL, Target("capacity", "Capacity", Kind.CAPACITY), Target("zone", "Zone", Kind.ZONE))
    sheet = sheet_of(["email", "capacity", "zone"], ["nobody", "lots", "Atlantis"])
    conversion = convert(sheet, guess_mapping(sheet.header, targets), targets, default_role="mentor")

    assert [(problem.line, problem.column, problem.code) for problem in conversion.problems] == [
        (2, 1, "bad_address"),
        (2, 2, "bad_capacity"),
        (2, 3, "unknown_zone"),
    ]


def test_unknown_options_are_counted_so_that_they_can_be_taken_in() -> None:
    target = Target("org", "Organization", Kind.SINGLE, options("Office of Rivers"))
    cells = ("Night Trains", "Office of rivers", "Orchards", "Night Trains")

    first = read_cells(target, *cells)
    added = replace(target, options=(*target.options, *options(*first.unknown_options["org"])))
    second = read_cells(added, *cells)

    assert first.unknown_options == {"org": {"Night Trains": 2, "Orchards": 1}}
    assert [problem.line for problem in first.problems] == [2, 4, 5]
    assert second.is_sound
    assert [row.values["org"] for row in second.rows] == [
        "night_trains",
        "office_of_rivers",
        "orchards",
        "night_trains",
    ]


def test_unused_columns_are_told() -> None:
    sheet = sheet_of(["shoe size", "email"], ["42", "ada@example.org"])
    conversion = convert(sheet, {"email": (1,)}, (EMAIL,), default_role="mentor")

    assert conversion.unused_columns == ("shoe size",)


# -- known orders


def test_known_scale_puts_the_eleven_grades_in_order() -> None:
    shuffled = ("SCS4", "Grade 6", "AA", "SEO", "Grade 7", "SCS1", "EO", "AO", "SCS3", "HEO", "SCS2")

    assert known_scale(shuffled) is UK_CIVIL_SERVICE_GRADES
    assert in_known_order(shuffled) == tuple(step.label for step in UK_CIVIL_SERVICE_GRADES.steps)
    assert in_known_order(("G6", "g7", "", "G6")) == ("g7", "G6")


def test_known_scale_is_none_when_one_value_is_strange() -> None:
    assert known_scale(("AA", "Boss")) is None
    assert known_scale(()) is None
    assert in_known_order(("Boss", "AA", "Boss")) == ("Boss", "AA")


def test_known_scale_lets_a_form_understand_short_forms() -> None:
    target = Target("grade", "Grade", Kind.ORDERED, options("EO", "Grade 7", "SCS1"))

    conversion = read_cells(target, "G7", "Executive Officer", "SCS 1")

    assert [row.values["grade"] for row in conversion.rows] == ["grade_7", "eo", "scs1"]


# -- sentences


@pytest.mark.parametrize("code", CellCode)
def test_sentence_exists_for_every_code(code: CellCode) -> None:
    values: dict[str, str | int] = {"target": "Grade", "heading": "grade", "value": "x", "suggestion": ""}
    values |= {"options": "Mentor, Mentee", "count": 2, "first_line": 3, "least": 1, "most": 5}

    with translation.override("en"):
        sentences = [
            sentence_for(Problem(2, 1, code, {**values, "suggestion": suggestion}))
            for suggestion in ("", "EO")
        ]

    assert all(sentence[-1] in ".?" and "%(" not in sentence for sentence in sentences)
    assert set(_SENTENCES) == set(CellCode)


def test_sentence_and_place_in_full() -> None:
    target = Target("grade", "Grade", Kind.ORDERED, options("EO", "Grade 7"))
    (problem,) = read_cells(target, "Grade 77").problems

    with translation.override("en"):
        assert (place_of(problem), sentence_for(problem)) == (
            "Line 2, column “cell”",
            "“Grade” has no option “Grade 77”. Is it “Grade 7”?",
        )
        assert sentence_for(Problem(1, None, SheetCode.NO_ROWS)) == (
            "There is a heading line and no row below it."
        )
        assert place_of(Problem(3, 2, SheetCode.CONTROL_CHARACTER)) == "Line 3, column 2"


@pytest.mark.parametrize(
    ("bounds", "sentence"),
    [
        ({"least": 1}, "“9” is below the lowest number, 1."),
        ({"most": 5}, "“9” is above the highest number, 5."),
        ({"least": 1, "most": 5}, "“9” is not between 1 and 5."),
    ],
)
def test_sentence_names_the_bounds_there_are(bounds: dict[str, int], sentence: str) -> None:
    with translation.override("en"):
        assert sentence_for(Problem(2, 1, CellCode.OUT_OF_RANGE, {"value": "9", **bounds})) == sentence
