"""Whatever is wrong is told at once, with file, line, column and what to do; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .files import FOUR, TOPICS, Folder, person

WEEK = "1" * 336


def _told(folder: Folder, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is told of a run that must not succeed, without the folder's name."""
    capsys.readouterr()
    assert folder.match() == 2
    assert folder.is_empty()
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.replace(f"{folder.path}/", "").splitlines()


# --- the sheet ---


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (
            "",
            "people.csv, line 1, column 1: the file is empty. It needs a heading line and a row for each person.",
        ),
        (
            "id,role,wants,offers\n",
            "people.csv, line 1, column 1 “id”: there is a heading line and no row below it. Add a row for each person.",
        ),
        (
            "id,role,wants,offers\na,mentee,sql\n",
            "people.csv, line 2, column 4 “offers”: the row has 3 cells, the heading line 4. Look for a delimiter or quotation "
            "mark that is gone.",
        ),
        (
            "id,role,wants,offers\na,mentee,sql,x,y\n",
            "people.csv, line 2, column 5: the row has 5 cells, the heading line 4. Put cells that hold the delimiter in "
            "quotation marks.",
        ),
        (
            'id,role,wants,offers\na,mentee,"sql,x\nb,mentor,y,z\n',
            "people.csv, line 2, column 3 “wants”: a quotation mark opens this cell and none closes it. Close it, or write "
            "it twice.",
        ),
        (
            'id,role,wants,offers\na,mentee,"sq"l,x\n',
            "people.csv, line 2, column 3 “wants”: text follows a closing quotation mark. Write a quotation mark inside a "
            "quoted cell twice.",
        ),
        (
            "id,role,wants,wants,offers\na,mentee,x,y,z\n",
            "people.csv, line 1, column 4 “wants”: column 3 has the heading “wants” as well. Rename one of them.",
        ),
        (
            "Id,role,wants,offers\na,mentee,x,y\n",
            "people.csv, line 1, column 1: there is no column “id”, which names everybody. Did you mean “Id”?",
        ),
        (
            "id,wants,offers\na,x,y\n",
            "people.csv, line 1, column 4: there is no column “role”, which says mentor, mentee, both. Known: id, wants, offers.",
        ),
        (
            "id,role,offers\na,mentee,y\n",
            "people.csv, line 1, column 4: there is no column “wants”, but question “topics” reads it (rules.toml, line 5, "
            "column 1). Known: id, role, offers.",
        ),
        (
            "id,role,wants,offers\na,menter,x,y\n",
            "people.csv, line 2, column 2 “role”: “menter” is no role. Write mentor, mentee, both. Did you mean “mentor”?",
        ),
        (
            "id,role,wants,offers\n,mentor,x,y\n",
            "people.csv, line 2, column 1 “id”: the cell is empty. Give everybody an id of their own.",
        ),
        (
            "id,role,wants,offers\n\na,mentee,x,y\nb,mentor,x,y\na,mentor,x,y\n",
            "people.csv, line 5, column 1 “id”: “a” stands in line 3 already. Give each person one row; who is mentor and "
            "mentee has the role both.",
        ),
        (
            b"id,role,wants,offers\na,mentee,x,y\nb,mentor,x,\xe9\n",
            "people.csv, line 3, column 4 “offers”: the letters of this file are not stored as UTF-8. Save the "
            "sheet again as “CSV UTF-8”.",
        ),
        (
            b"PK\x03\x04",
            "people.csv, line 1, column 1: this is a file of kind xlsx, not CSV. Save the sheet again as “CSV UTF-8”.",
        ),
        (
            b"id,role,wants,offers\na,mentee\x00,x,y\n",
            "people.csv, line 2, column 2 “role”: the line holds a NUL byte, which text never does. Save "
            "the sheet again as “CSV UTF-8”.",
        ),
    ],
)
def test_sheet_that_cannot_be_read_is_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], sheet: str | bytes, expected: str
) -> None:
    folder.write("people.csv", sheet)

    assert _told(folder, capsys) == [expected]


@pytest.mark.parametrize("capacity", ["-1", "1.5", "two", "1e3", "100001", "9" * 5_000, "٣"])
def test_capacity_that_is_no_number_of_mentees_is_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], capacity: str
) -> None:
    folder.people([*FOUR, person("zoe", "both", capacity=capacity)])

    [told] = _told(folder, capsys)

    assert told.startswith("people.csv, line 6, column 3 “capacity”: “")
    assert told.endswith("Write a whole number from 0 to 100000, or leave the cell empty for 1.")


@pytest.mark.parametrize("more", ["note,Note", ",note", "note,note"])
def test_headings_nobody_reads_may_be_doubled_or_empty(folder: Folder, more: str) -> None:
    folder.write("people.csv", f"id,role,wants,offers,{more}\na,mentee,x,,1,2\nb,mentor,,x,3,4\n")

    assert folder.match() == 0
    assert folder.verify() == 0


@pytest.mark.parametrize("heading", ["id", "role", "Capacity"])
def test_headings_everybody_has_are_not_doubled(
    folder: Folder, capsys: pytest.CaptureFixture[str], heading: str
) -> None:
    folder.write("people.csv", f"id,role,capacity,wants,offers,{heading}\na,mentee,1,x,,1\nb,mentor,1,,x,1\n")

    [told] = _told(folder, capsys)

    assert told.startswith(f"people.csv, line 1, column 6 “{heading}”: column ")


def test_doubled_heading_over_no_rows_is_told(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.write("people.csv", "id,role,wants,offers,note,note\n")

    assert _told(folder, capsys) == [
        "people.csv, line 1, column 1: there is a heading line and no row below it. Add a row for each person."
    ]


def test_capacity_of_somebody_who_is_mentee_only_is_not_read(folder: Folder) -> None:
    folder.people([*FOUR, person("zoe", "mentee", capacity="when needed")])

    assert folder.match() == 0


HOURS = {
    "question": [{"key": "hours", "kind": "shared_hours", "column": "week", "full": 8, "weight": 100_000}],
}


@pytest.mark.parametrize(
    ("week", "found"),
    [("0101", "4 characters"), (WEEK + "0", "337 characters"), ("2" + WEEK[1:], "other characters")],
)
def test_week_that_is_none_is_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], week: str, found: str
) -> None:
    folder.people([{"id": "a", "role": "mentee", "week": week}, {"id": "m", "role": "mentor", "week": WEEK}])
    folder.rules(HOURS)

    assert _told(folder, capsys) == [
        f"people.csv, line 2, column 3 “week”: this is no week: {found}. Write 336 characters 0 or 1, one for each half "
        "hour in UTC from Monday 00:00, or leave the cell empty."
    ]


def test_step_that_is_not_on_the_scale_is_refused(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.people(
        [{"id": "a", "role": "mentee", "grade": "Grade7"}, {"id": "m", "role": "mentor", "grade": ""}]
    )
    scale = ["HEO", "Grade 7"]
    folder.rules(
        {
            "question": [
                {"key": "g", "kind": "steps", "column": "grade", "scale": scale, "points": {"1": 100_000}}
            ]
        }
    )

    assert _told(folder, capsys) == [
        "people.csv, line 2, column 3 “grade”: “Grade7” is not on the scale of question “g”. Did you mean “Grade 7”? "
        "Or add it to the scale."
    ]


# --- the rules ---

STEPS = {"key": "s", "kind": "steps", "column": "wants", "scale": ["a", "b"], "points": {"1": 100_000}}


def _question(**changes: Any) -> dict[str, Any]:
    return {"question": [TOPICS["question"][0] | changes]}


def _rule(**rule: Any) -> dict[str, Any]:
    return TOPICS | {"rule": [rule]}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            _question(weight=60_000),
            "line 2, column 1: the weights of all questions add up to 60000, not 100000 (topics 60000). Add 40000.",
        ),
        (
            {},
            "line 1, column 1: the weights of all questions add up to 0, not 100000 (there is none). Add 100000.",
        ),
        (
            _question(weight=-5),
            "line 7, column 1: question “topics”: “weight” is -5. Write a whole number, from 0 to 100000: the points of a "
            "perfect answer.",
        ),
        (
            _question(weight=0.5),
            "line 7, column 1: question “topics”: “weight” is 0.5. Write a whole number, from 0 to 100000: the points of "
            "a perfect answer.",
        ),
        (
            _question(kind="overlapp"),
            "line 4, column 1: question “topics”: there is no kind “overlapp”. Did you mean “overlap”?",
        ),
        (
            _question(wieght=3),
            "line 8, column 1: question “topics”: “wieght” means nothing here. Did you mean “weight”?",
        ),
        (
            {"left_outs": 5} | TOPICS,
            "line 1, column 1: “left_outs” means nothing here. Did you mean “left_out”?",
        ),
        (
            {"balance": -1} | TOPICS,
            "line 1, column 1: “balance” is -1. Write a whole number, 0 or more: points a mentor’s second mentee costs.",
        ),
        (
            {"fairness": {"target": 5, "factor": 0}} | TOPICS,
            "line 1, column 1: fairness: “factor” is 0. Write a whole number, 1 or more: how many times a missing point "
            "counts.",
        ),
        (
            {"left_out": 9_000_000} | TOPICS,
            "line 1, column 1: the points reach 9200000, at most 8000000 stays exact. Lower “left_out”.",
        ),
        (
            {"left_out": 5, "balance": 8_000_001} | TOPICS,
            "line 2, column 1: the points reach 8000001, at most 8000000 stays exact. Lower “balance”.",
        ),
        (
            {"left_out": 5, "fairness": {"target": 90_000, "factor": 99}} | TOPICS,
            "line 2, column 1: the points reach 17640005, at most 8000000 stays exact. Lower the target or the factor of "
            "“fairness”.",
        ),
        (
            {"keep": 7} | TOPICS,
            "line 1, column 1: “keep” needs “keep_column”, the heading of the present mentor’s id. Add it.",
        ),
        (
            {"question": [STEPS | {"points": {"1": -4}}]},
            "line 7, column 1: question “s”: “points” gives -4 for “1”. Write a whole number, 0 or more.",
        ),
        (
            {"question": [STEPS | {"weight": 7}]},
            "line 8, column 1: question “s”: the weight of steps is their largest entry, 100000. Leave “weight” away.",
        ),
        (
            {"question": [STEPS | {"scale": ["a", "b", "a"]}]},
            "line 6, column 1: question “s”: “scale” names “a” twice. Write it once.",
        ),
        (
            _rule(kind="must_differs", column="wants"),
            "line 10, column 1: rule 1: there is no kind “must_differs”. Did you mean “must_differ”?",
        ),
        (
            _rule(kind="steps_between", column="wants", scale=["a"], min=2, max=1),
            "line 13, column 1: rule 1 (steps_between): “min” is 2, above “max”, which is 1. No pair could be formed; swap "
            "them.",
        ),
        (
            _rule(kind="steps_between", column="capacity", min=1),
            "line 9, column 1: rule 1 (steps_between): “scale” is missing. Add the steps from low to high, such as scale = "
            '["junior", "senior"].',
        ),
        (
            _rule(kind="hours_at_least", column="capacity", half_hours=337),
            "line 12, column 1: rule 1 (hours_at_least): “half_hours” is 337. Write a whole number, from 0 to 336: the half "
            "hours two people must share.",
        ),
        (
            _rule(kind="must_equal", column="wants", mentee="wants"),
            "line 12, column 1: rule 1 (must_equal): “mentee” and “column” name columns twice. Keep “column”, or the other "
            "two.",
        ),
        (
            _question(key=7),
            "line 3, column 1: question 1: “key” is 7. Write a short name for explanations.",
        ),
        (
            _question(weight=True),
            "line 7, column 1: question “topics”: “weight” is true. Write a whole number, from 0 to 100000: the points of "
            "a perfect answer.",
        ),
        (
            _question(kind=""),
            "line 4, column 1: question “topics”: “kind” is “”. Write one of overlap, steps, same, different, "
            "shared_hours.",
        ),
        (
            {"question": [TOPICS["question"][0] | {"weight": 50_000}] * 2},
            "line 3, column 1: question “topics”: 2 questions have this key. Give each its own.",
        ),
        (
            {"question": [STEPS | {"scale": "a, b"}]},
            "line 6, column 1: question “s”: “scale” is “a, b”. Write the steps from low to high, such as scale = "
            '["junior", "senior"].',
        ),
        (
            {"question": [STEPS | {"points": 5}]},
            "line 7, column 1: question “s”: “points” is 5. Write a table such as points = "
            '{ "1" = 40000, "2" = 30000 }.',
        ),
        (
            {"question": [STEPS | {"points": {"one": 5}}]},
            "line 7, column 1: question “s”: “points” has the entry “one”. Write each difference (mentor step − mentee "
            'step) once, as a whole number in quotation marks, such as "2" or "-1".',
        ),
        (
            {"question": [{key: value for key, value in STEPS.items() if key != "points"}]},
            'line 2, column 1: question “s”: “points” is missing. Add a table such as points = { "1" = 40000, "2" = '
            "30000 }.",
        ),
        (
            {"fairness": 5} | TOPICS,
            "line 1, column 1: “fairness” must be a table: fairness = { target = 60000, factor = 5 }.",
        ),
        (
            _rule(column="wants"),
            "line 9, column 1: rule 1: “kind” is missing. Add one of must_equal, must_share, ",
        ),
        (
            _rule(kind="steps_between", column="wants", scale=["a"]),
            "line 9, column 1: rule 1 (steps_between): neither “min” nor “max” is given. Add one of them or both.",
        ),
        (
            _rule(kind="not_reporting_line", mentee="wants", mentor="offers"),
            "line 11, column 1: rule 1 (not_reporting_line): managers stand in one column. Name it as “column”.",
        ),
        (
            {"question": TOPICS["question"], "rule": {"kind": "no_mutual"}},
            "line 1, column 1: “rule” must be a list of tables. Write [[rule]] above each, in two brackets.",
        ),
    ],
)
def test_rules_that_make_no_sense_are_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], rules: dict[str, Any], expected: str
) -> None:
    if isinstance(rules.get("rule"), dict):
        folder.write("rules.toml", "rule = { kind = 'no_mutual' }\n" + _toml_of(TOPICS))
    else:
        folder.rules(rules)

    told = _told(folder, capsys)

    expected = f"rules.toml{': ' if not expected.startswith('line') else ', '}{expected}"
    assert any(line.startswith(expected) for line in told)


def _toml_of(rules: dict[str, Any]) -> str:
    from .files import toml

    return toml(rules)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "left_out = 1\nbalance = = 2\n",
            "line 2, column 11: this is not TOML: Invalid value. Mend this line.",
        ),
        ("[[question]\n", "line 1, column 11: this is not TOML: "),
        (b"# caf\xe9\n", "line 1, column 6: a letter is not stored as UTF-8. Save the file as UTF-8."),
        ("x = " + "[" * 5_000, "line 1"),
    ],
)
def test_rules_that_are_not_toml_are_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], text: str | bytes, expected: str
) -> None:
    folder.write("rules.toml", text)

    [told] = _told(folder, capsys)

    assert told.startswith(f"rules.toml, {expected}")


# --- pair files ---


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            "bo,zed\n",
            "pinned.csv, line 2, column 2 “mentor”: nobody has the id “zed”. Write the id of a mentor.",
        ),
        ("bo,nor\n", "pinned.csv, line 2, column 2 “mentor”: nobody has the id “nor”. Did you mean “noor”?"),
        (
            "mia,noor\n",
            "pinned.csv, line 2, column 1 “mentee”: “mia” takes part as mentor only. Name a mentee.",
        ),
        (
            "ada,mia\nada,noor\n",
            "pinned.csv, line 3, column 1 “mentee”: the pinned pair “ada” and “noor”: this mentee is pinned to “mia” "
            "already. Keep one of the two.",
        ),
        (
            "ada,mia\nbo,mia\n",
            "pinned.csv, line 3, column 1 “mentee”: the pinned pair “bo” and “mia”: this mentor has a capacity of 1. Raise "
            "it, or take away a pin.",
        ),
        (
            "bo,noor\n",
            "pinned.csv, line 2, column 1 “mentee”: the pinned pair “bo” and “noor” breaks a rule: must_share wants / "
            "offers. Take away the pin or the rule.",
        ),
    ],
)
def test_pins_that_cannot_be_kept_are_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], pairs: str, expected: str
) -> None:
    folder.write("pinned.csv", f"mentee,mentor\n{pairs}")
    rules = [{"kind": "pairs_pinned", "file": "pinned.csv"}]
    if "must_share" in expected:
        rules.append({"kind": "must_share", "mentee": "wants", "mentor": "offers"})
    folder.rules(TOPICS | {"rule": rules})

    assert _told(folder, capsys) == [expected]


def test_pins_that_are_mutual_against_the_rule_are_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.people([person("ada", "both"), person("bo", "both")])
    folder.rules(
        TOPICS
        | {"rule": [{"kind": "no_mutual"}, {"kind": "pairs_pinned", "pairs": [["ada", "bo"], ["bo", "ada"]]}]}
    )

    [told] = _told(folder, capsys)

    assert "is pinned the other way round as well, against no_mutual. Keep one." in told


def test_file_of_pairs_that_is_not_there_is_named_in_the_rules(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.rules(TOPICS | {"rule": [{"kind": "pairs_forbidden", "file": "gone.csv"}]})

    assert _told(folder, capsys) == [
        "gone.csv: cannot be read: No such file or directory. Look at the name and the folder.",
        "rules.toml, line 11, column 1: rule 1 (pairs_forbidden): the pairs in “gone.csv” cannot be read (see there).",
    ]


@pytest.mark.parametrize("key", ["file", "pairs"])
def test_file_of_pairs_may_hold_none_yet(folder: Folder, key: str) -> None:
    folder.write("apart.csv", "mentee,mentor\n")
    folder.rules(TOPICS | {"rule": [{"kind": "pairs_forbidden", key: "apart.csv"}]})

    assert folder.match() == 0
    assert len(folder.pairs()) == 2


def test_forbidden_pair_the_wrong_way_round_is_skipped(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write("apart.csv", "mentee,mentor\nmia,ada\nada,mia\nada,bo\n")
    folder.rules(TOPICS | {"rule": [{"kind": "pairs_forbidden", "file": "apart.csv"}]})

    assert folder.match() == 0
    assert ("ada", "mia") not in {(row["mentee"], row["mentor"]) for row in folder.pairs()}

    (folder.path / "pairs.csv").unlink()
    (folder.path / "report.json").unlink()
    folder.write("apart.csv", "mentee,mentor\nmia,zed\n")
    assert [line.split(":")[0] for line in _told(folder, capsys)] == ["apart.csv, line 2, column 2 “mentor”"]


@pytest.mark.parametrize("pairs", [[["ada"]], 5, [["ada", 7]]])
def test_pairs_that_are_no_pairs_are_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], pairs: object
) -> None:
    folder.rules(TOPICS | {"rule": [{"kind": "pairs_forbidden", "pairs": pairs}]})

    assert _told(folder, capsys) == [
        "rules.toml, line 11, column 1: rule 1 (pairs_forbidden): Write “pairs” as a list: pairs = "
        '[["mentee id", "mentor id"]].'
    ]


# --- all at once ---


def test_problems_of_all_files_are_told_at_once(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.people([*FOUR, person("ada", "coach", capacity="-3")])
    folder.write("apart.csv", "mentee,mentor\nzed,mia\n")
    folder.rules(
        {"balance": -1}
        | TOPICS
        | {"rule": [{"kind": "pairs_forbidden", "file": "apart.csv"}, {"kind": "odd"}]}
    )

    told = [line.split(":")[0] for line in _told(folder, capsys)]

    assert told == [
        "rules.toml, line 1, column 1",
        "rules.toml, line 15, column 1",
        "people.csv, line 6, column 1 “id”",
        "people.csv, line 6, column 2 “role”",
        "apart.csv, line 2, column 1 “mentee”",
    ]


def test_many_problems_are_counted_and_the_first_are_told(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.people([person(f"p{k}", "coach") for k in range(3_000)])

    told = _told(folder, capsys)

    assert len(told) == 51
    assert told[0].startswith("people.csv, line 2, column 2")
    assert told[-1] == "… and 2950 more. They show once these are settled."


@pytest.mark.parametrize("name", ["people.csv", "rules.toml"])
def test_file_that_is_read_is_never_written_over(folder: Folder, name: str) -> None:
    before = (folder.path / name).read_bytes()

    assert folder.match("--out", str(folder.path / name)) == 2
    assert (folder.path / name).read_bytes() == before


def test_folder_that_does_not_exist_is_told_before_any_work(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.match("--report", str(folder.path / "gone" / "report.json")) == 2
    assert "the folder of --report does not exist" in capsys.readouterr().err


def test_two_results_in_one_file_are_refused(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = Path(folder.path / "pairs.csv")

    assert folder.match("--report", str(pairs)) == 2
    assert "--report and --out are the same file" in capsys.readouterr().err


def test_rules_that_are_not_there_are_told(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.path / "rules.toml").unlink()

    assert _told(folder, capsys) == [
        "rules.toml: cannot be read: No such file or directory. Look at the name and the folder."
    ]


def test_folder_in_place_of_a_file_is_told(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.match("--out", str(folder.path)) == 2
    assert "--out is a folder. Name a file in it." in capsys.readouterr().err


def test_folder_nobody_may_write_in_is_told(
    folder: Folder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)

    assert folder.match() == 2
    assert "the folder of --out cannot be written. Name another one." in capsys.readouterr().err


def test_same_pin_twice_is_one_pin(folder: Folder) -> None:
    folder.rules(TOPICS | {"rule": [{"kind": "pairs_pinned", "pairs": [["bo", "noor"], ["bo", "noor"]]}]})

    assert folder.match() == 0
    assert ("bo", "noor") in {(row["mentee"], row["mentor"]) for row in folder.pairs()}
    assert folder.verify() == 0


def test_sheet_that_is_not_there_is_told(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.path / "people.csv").unlink()

    assert _told(folder, capsys) == [
        "people.csv: cannot be read: No such file or directory. Look at the name and the folder."
    ]
