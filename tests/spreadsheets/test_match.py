"""What `alongside match` writes, when, and what it never does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from random import Random
from typing import Any

import pytest

from alongside.spreadsheets.processors import LIBRARIES, limit_processors

from .files import TOPICS, Folder, person

KEYS = ["total", "bound", "gap", "proof", "matched", "left_out", "mean", "min", "percentiles", "load", "pairs_scored",
        "rounds", "seconds", "peak_mb", "runs_on", "lottery", "prices"]  # fmt: skip


def _with(**changes: Any) -> dict[str, Any]:
    return TOPICS | changes


def test_best_pairs_of_all_are_written_with_the_points_of_each_question(folder: Folder) -> None:
    status = folder.match()

    assert status == 0
    assert (folder.path / "pairs.csv").read_text() == (
        "mentee,mentor,points,points_topics\nada,noor,50000,50000\nbo,mia,100000,100000\n"
    )


def test_report_tells_the_whole_in_a_fixed_order(folder: Folder) -> None:
    folder.match("--lottery", "spring")

    report = folder.report()
    assert list(report) == KEYS
    told = {
        key: report[key]
        for key in KEYS
        if key not in ("pairs_scored", "rounds", "seconds", "peak_mb", "runs_on", "prices")
    }
    assert told == {
        "total": 150_000,
        "bound": 150_000,
        "gap": 0,
        "proof": "bounds",
        "matched": 2,
        "left_out": [],
        "mean": 75_000,
        "min": 50_000,
        "percentiles": {"1": 50_000, "5": 50_000, "25": 50_000, "50": 50_000, "75": 100_000, "95": 100_000},
        "load": {"1": 2},
        "lottery": "spring",
    }
    assert report["pairs_scored"] >= 4
    assert report["prices"].keys() == {"mia", "noor"}


def test_order_of_rows_and_columns_changes_nothing(folder: Folder) -> None:
    people = [
        person(f"p{k:02}", ["mentor", "mentee", "both"][k % 3], wants="sql", offers="sql") for k in range(20)
    ]
    written = set()
    for seed in range(4):
        Random(seed).shuffle(people)
        columns = Random(seed).sample(sorted(people[0]), 5)
        folder.people([{column: row[column] for column in columns} for row in people])
        folder.match("--lottery", "spring")
        report = folder.report()
        written.add(
            (str(folder.pairs()), str([report[key] for key in KEYS if key not in ("seconds", "peak_mb")]))
        )

    assert len(written) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_sheet_is_read_with_any_delimiter_and_line_end(
    folder: Folder, delimiter: str, encoding: str, end: str
) -> None:
    rows = [
        ["id", "role", "wants", "offers"],
        ["zoë", "mentee", '"sql;talks"', ""],
        ["mia", "Mentor", "", '"talks"'],
    ]
    folder.write("people.csv", end.join(delimiter.join(row) for row in rows).encode(encoding))

    assert folder.match() == 0
    assert [tuple(row.values()) for row in folder.pairs()] == [("zoë", "mia", "50000", "50000")]


def test_cell_of_several_lines_is_read_as_one(folder: Folder) -> None:
    folder.write(
        "people.csv", 'id,role,wants,offers,about\na,mentee,sql,,"two\nlines"\nm,mentor,,sql,"O\'Hara"\n'
    )

    assert folder.match() == 0
    assert folder.report()["total"] == 100_000


# --- everybody left out learns why ---


def _reason(folder: Folder, people: list[dict[str, str]], **rules: Any) -> str:
    folder.people(people)
    folder.rules(_with(**rules))
    assert folder.match() == 0
    [entry] = folder.report()["left_out"]
    return str(entry["reason"])


def test_reason_names_the_rules_that_leave_nobody(folder: Folder) -> None:
    people = [
        person("ada", "mentee", wants="sql", offers="x"),
        person("mia", "mentor", offers="x", wants="y"),
        person("noor", "mentor", offers="z", wants="sql"),
    ]
    rules = [
        {"kind": "must_differ", "column": "offers", "key": "not in the same team"},
        {"kind": "must_share", "mentee": "wants", "mentor": "wants"},
        {"kind": "must_differ", "column": "wants"},
    ]

    assert _reason(folder, people, rule=rules) == (
        "rules leave none of 2 mentors: “must_differ wants” keeps 1 away (1 on its own); "
        "“not in the same team” keeps 1 away; “must_share wants” keeps 1 away"
    )


def test_reason_names_the_nearest_place_and_its_price(folder: Folder) -> None:
    people = [
        person("ada", "mentee", wants="sql; talks"),
        person("bo", "mentee", wants="sql"),
        person("mia", "mentor", offers="sql"),
    ]

    assert _reason(folder, people) == (
        "the one allowed mentor is full; the nearest place, with “mia”, has a price of 250,000: taking it would add "
        "nothing"
    )


def test_reason_tells_what_a_full_place_would_cost_the_others(folder: Folder) -> None:
    people = [person(f"p{k}", "mentee", wants="sql") for k in range(2)]
    people += [person("mia", "mentor", offers="sql", capacity="2"), person("zoe", "mentee")]

    assert _reason(folder, people).startswith(
        "the one allowed mentor is full; the nearest place, with “mia”, has a price of "
    )


def test_reason_is_short_where_too_many_are_left_out_to_read_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.spreadsheets.reasons.DETAILED", 0)
    people = [person("ada", "mentee"), person("bo", "mentee"), person("mia", "mentor")]

    assert _reason(folder, people).startswith("the one allowed mentor is full: taking a place would ")


def test_reason_tells_of_a_place_that_costs_more_than_it_gives(folder: Folder) -> None:
    people = [person("ada", "mentee"), person("bo", "mentee"), person("mia", "mentor", capacity="5")]

    assert _reason(folder, people, balance=300_000) == (
        "a place is free with the one allowed mentor, but taking it costs the program more than going without"
    )


def test_reason_tells_of_mentors_without_places(folder: Folder) -> None:
    people = [person("ada", "mentee"), person("mia", "mentor", capacity="0")]

    assert _reason(folder, people) == (
        "the one allowed mentor has no place to give: a capacity of 0, or pinned pairs take all of it"
    )


def test_one_person_alone_is_told_that_there_is_no_mentor(folder: Folder) -> None:
    assert _reason(folder, [person("ada", "mentee")]) == "there is no mentor in the sheet"


def test_somebody_who_is_both_and_alone_is_not_their_own_mentor(folder: Folder) -> None:
    assert _reason(folder, [person("ada", "both")]) == (
        "rules leave none of 1 mentors: “nobody is their own mentor” keeps 1 away (1 on its own)"
    )


def test_sheet_without_mentees_has_no_pairs(folder: Folder) -> None:
    folder.people([person("mia", "mentor")])

    assert folder.match("--proof", "full") == 0
    report = folder.report()
    assert (report["matched"], report["mean"], report["min"], report["total"], report["gap"]) == (
        0,
        None,
        None,
        0,
        0,
    )
    assert folder.verify() == 0


# --- rules that tie pairs together ---


def test_mutual_pairs_are_allowed_until_a_rule_forbids_them(folder: Folder) -> None:
    people = [
        person("ada", "both", wants="sql", offers="sql"),
        person("bo", "both", wants="sql", offers="sql"),
    ]
    folder.people(people)
    folder.match()
    assert len(folder.pairs()) == 2

    folder.rules(_with(rule=[{"kind": "no_mutual"}]))
    assert folder.match() == 0

    report = folder.report()
    assert len(folder.pairs()) == 1
    assert (report["total"], report["gap"]) == (-100_000, 300_000)
    assert report["no_mutual"] == {"best_bound": -100_000, "proven": True}
    assert folder.verify() == 0


def _scale_of(folder: Folder, rule: dict[str, Any]) -> list[tuple[str, str]]:
    """Pairs of people on a scale of three under one rule; every pair that is allowed is worth the same."""
    steps = ["low", "middle", "high"]
    folder.people(
        [{"id": f"e-{step}", "role": "mentee", "step": step} for step in steps]
        + [{"id": f"r-{step}", "role": "mentor", "step": step} for step in steps]
    )
    points = {str(difference): 100_000 for difference in range(-2, 3)}
    question = {"key": "step", "kind": "steps", "column": "step", "scale": steps, "points": points}
    folder.rules({"question": [question], "rule": [rule]})
    assert folder.match() == 0
    return [(row["mentee"], row["mentor"]) for row in folder.pairs()]


def test_steps_between_may_be_open_upwards_and_takes_the_scale_of_the_question(folder: Folder) -> None:
    pairs = _scale_of(folder, {"kind": "steps_between", "column": "step", "min": 1})

    assert pairs == [("e-low", "r-middle"), ("e-middle", "r-high")]


def test_steps_between_may_be_open_downwards(folder: Folder) -> None:
    pairs = _scale_of(folder, {"kind": "steps_between", "column": "step", "max": -1})

    assert pairs == [("e-high", "r-middle"), ("e-middle", "r-low")]


def test_circle_of_managers_ends_where_it_closes(folder: Folder) -> None:
    folder.people(
        [
            person(f"p{k}", "mentee" if k % 2 else "mentor") | {"boss": f"p{k - 1}" if k else "p299"}
            for k in range(300)
        ]
    )
    rules = [{"kind": "not_reporting_line", "column": "boss"}, {"kind": "must_share", "column": "wants"}]
    folder.rules(TOPICS | {"rule": rules})

    assert folder.match() == 0
    report = folder.report()
    assert (report["matched"], len(report["left_out"])) == (0, 150)
    assert report["left_out"][0]["reason"] == (
        "rules leave none of 150 mentors: “not_reporting_line boss” keeps 150 away; “must_share wants” keeps 150 away"
    )


# --- time, terminals and files ---


def test_deadline_writes_the_best_pairs_found_by_then(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [
        person(f"p{k}", "mentee" if k % 2 else "mentor", wants=f"t{k % 7}", offers=f"t{k % 5}")
        for k in range(400)
    ]
    folder.people(people)

    status = folder.match("--deadline", "0")

    report = folder.report()
    assert (status, report["gap"] > 0) in ((3, True), (0, False))
    assert report["bound"] - report["total"] == report["gap"]
    assert report["matched"] + len(report["left_out"]) == 200
    assert folder.verify() == 0


def test_pairs_go_down_a_pipe_as_well(folder: Folder) -> None:
    pipe = folder.path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert folder.match("--out", str(pipe)) == 0
        assert os.read(reader, 4_096).decode().splitlines()[1] == "ada,noor,50000,50000"
    finally:
        os.close(reader)
    assert folder.report()["matched"] == 2


def test_nothing_is_told_of_progress_where_nobody_watches(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.match("--proof", "full")

    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.splitlines()[:2] == [
        "2 pairs, 0 left out, 150,000 points in all.",
        "Proven: no other choice of pairs has more points.",
    ]


def test_somebody_at_a_terminal_sees_how_far_it_is(
    folder: Folder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("alongside.spreadsheets.solving.PAUSE", 0.0)

    folder.match("--proof", "full")

    assert re.search(r"\r *\d+ %", capsys.readouterr().err)


def test_interrupted_run_leaves_nothing_behind(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("alongside.spreadsheets.command.solve", interrupted)

    assert folder.match() == 130
    assert folder.is_empty()


def test_files_are_replaced_whole(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("pairs.csv", "of last year")
    folder.write("report.json", "of last year")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", full)
        assert folder.match() == 2
    assert (
        (folder.path / "pairs.csv").read_text() == (folder.path / "report.json").read_text() == "of last year"
    )
    assert len(list(folder.path.iterdir())) == 4

    assert folder.match() == 0
    assert len(folder.pairs()) == 2


def test_command_starts_without_framework_settings_or_home(folder: Folder) -> None:
    names = [str(folder.path / name) for name in ("people.csv", "rules.toml", "pairs.csv", "report.json")]
    code = (
        "import sys, os; from alongside.switchboard.cli import main\n"
        "status = main(['match', sys.argv[1], '--rules', sys.argv[2], '--out', sys.argv[3], '--report', sys.argv[4]])\n"
        "print(status, sorted({'django', 'pydantic'} & set(sys.modules)), 'DJANGO_SETTINGS_MODULE' in os.environ)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, *names],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder.path,
        env={"PYTHONPATH": ":".join(sys.path)},
    )

    assert done.stdout.splitlines()[-1] == "0 [] False"
    assert {file.name for file in folder.path.iterdir()} == {
        "people.csv",
        "rules.toml",
        "pairs.csv",
        "report.json",
    }


@pytest.mark.parametrize(
    "arguments", [["match"], ["match", "people.csv"], ["match", "verify", "one"], ["match", "merge"]]
)
def test_missing_arguments_are_bad_input(arguments: list[str]) -> None:
    from alongside.switchboard.cli import main

    with pytest.raises(SystemExit) as left:
        main(arguments)

    assert left.value.code == 2


@pytest.mark.parametrize(
    "option", [("--deadline", "-1"), ("--deadline", "soon"), ("--threads", "0"), ("--proof", "all")]
)
def test_options_without_sense_are_bad_input(folder: Folder, option: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as left:
        folder.match(*option)

    assert left.value.code == 2
    assert folder.is_empty()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["p.csv", "--threads", "3"], "3"),
        (["--threads=2", "p.csv"], "2"),
        (["p.csv"], None),
        (["--threads"], None),
        (["--threads", "none"], None),
    ],
)
def test_threads_are_told_to_the_libraries_before_they_load(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str | None
) -> None:
    monkeypatch.setattr("os.environ", {})

    limit_processors(arguments)

    assert os.environ == ({} if expected is None else dict.fromkeys(LIBRARIES, expected))


def test_help_lists_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    from alongside.switchboard.cli import main

    with pytest.raises(SystemExit):
        main(["--help"])

    assert "match" in capsys.readouterr().out


def test_too_many_pairs_need_a_deadline(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("alongside.spreadsheets.solving.MOST_PAIRS", 3)

    assert folder.match() == 2
    assert "--deadline SECONDS" in capsys.readouterr().err
    assert folder.is_empty()
    assert folder.match("--deadline", "60") == 0


def test_ids_come_back_as_they_were_written(folder: Folder) -> None:
    mentees = ["-a", "'-a", "+49 30", "@ada", "=1+1", "@SUM(A1)", "-2|x"]
    folder.people([*(person(id, "mentee") for id in mentees), person("mia", "mentor", capacity="9")])

    assert folder.match() == 0
    assert sorted(row["mentee"] for row in folder.pairs()) == sorted(
        ["-a", "'-a", "+49 30", "@ada", "'=1+1", "'@SUM(A1)", "'-2|x"]
    )
    assert folder.verify() == 0
