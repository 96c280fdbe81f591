"""`alongside when`: the contract of docs/reference/when.md, which checks from outside rely on."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from alongside.people.enums import SeasonKind
from alongside.people.models import Season
from alongside.switchboard import cli
from tests.people import Cast

WEEKDAYS = "Mon-Fri 08:00-18:00"

# zone | hours | at | opens | local | reason
TABLE = """
Asia/Kathmandu      |Mon-Fri 08:00-18:00|2026-03-04T01:00:00+00:00|2026-03-04T02:15:00+00:00|2026-03-04T08:00:00+05:45|outside
asia/katmandu       |Mon-Fri 08:00-18:00|2026-03-04T02:15:00Z     |2026-03-04T02:15:00+00:00|2026-03-04T08:00:00+05:45|open
Asia/Kathmandu      |Mon-Fri 08:00-18:00|2026-03-04T06:45:00+05:45|2026-03-04T02:15:00+00:00|2026-03-04T08:00:00+05:45|outside
Australia/Lord_Howe |Mon-Sun 02:15-10:00|2026-10-03T15:00:00z     |2026-10-03T15:30:00+00:00|2026-10-04T02:30:00+11:00|outside
Australia/LHI       |Mon-Sun 01:45-10:00|2026-04-04T14:00:00Z     |2026-04-04T14:45:00+00:00|2026-04-05T01:45:00+11:00|outside
Pacific/Apia        |Mon-Fri 08:00-18:00|2011-12-30T05:00:00Z     |2012-01-01T18:00:00+00:00|2012-01-02T08:00:00+14:00|outside
Europe/Berlin       |Mon-Sun 02:15-02:45|2026-03-29T00:30:00Z     |2026-03-30T00:15:00+00:00|2026-03-30T02:15:00+02:00|outside
Europe/Berlin       |Mon-Sun 02:30-10:00|2026-10-25T00:00:00Z     |2026-10-25T00:30:00+00:00|2026-10-25T02:30:00+02:00|outside
Europe/Berlin       |Mon-Sun 00:00-02:30|2026-10-25T00:45:00Z     |2026-10-25T01:00:00+00:00|2026-10-25T02:00:00+01:00|outside
Europe/London       |Mon-Fri 22:00-06:00|2026-03-29T12:00:00Z     |2026-03-30T21:00:00+00:00|2026-03-30T22:00:00+01:00|outside
Europe/London       |Fri 22:00-06:00    |2026-03-07T05:59:00Z     |2026-03-07T05:59:00+00:00|2026-03-07T05:59:00+00:00|open
America/New_York    |Sat 10:00-24:00    |2026-03-08T04:59:59Z     |2026-03-08T04:59:59+00:00|2026-03-07T23:59:59-05:00|open
US/Eastern          |Sat 10:00-24:00    |2026-03-08T05:00:00Z     |2026-03-14T14:00:00+00:00|2026-03-14T10:00:00-04:00|outside
Asia/Calcutta       |Tue 09:00-09:00    |2026-03-04T03:29:00Z     |2026-03-04T03:29:00+00:00|2026-03-04T08:59:00+05:30|open
Pacific/Niue        |Thu 08-12, Mon 11-12|2026-03-05T18:30:00Z|2026-03-05T19:00:00+00:00|2026-03-05T08:00:00-11:00|outside
Europe/Kiev         |                   |2026-03-05T18:30:00Z     |||none
"""
ROWS = [[cell.strip() for cell in row.split("|")] for row in TABLE.strip().splitlines()]
QUESTIONS = [dict(zip(("zone", "hours", "at"), row, strict=False)) for row in ROWS]
REASONS = {"open": "open", "outside": "outside_hours", "none": "no_hours"}
ANSWERS = [
    {"opens": opens or None, "local": local or None, "reason": REASONS[reason]}
    for *_, opens, local, reason in ROWS
]


def batch(path: Path, *lines: Any) -> int:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return cli.main(["when", "--batch", str(path)])


def test_a_batch_is_answered_line_by_line(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    status = batch(tmp_path / "asked", *QUESTIONS)

    said = capfdbinary.readouterr()
    assert [json.loads(line) for line in said.out.splitlines()] == ANSWERS
    assert (status, said.err) == (0, b"")


def test_a_batch_with_bad_lines_names_each_and_answers_none(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    good = QUESTIONS[0]
    status = batch(
        tmp_path / "asked",
        good,
        {**good, "zone": "Mars/Olympus"},
        "",
        {**good, "hours": "Mon 25:00-26:00"},
        {**good, "at": "2026-03-04T01:00:00"},
        {**good, "at": "tomorrow"},
        {**good, "at": "9999-12-31T23:59:59Z"},
        {"zone": "UTC", "hours": WEEKDAYS},
        {**good, "hours": None},
        "[1]",
        "{",
        good,
    )

    said = capfdbinary.readouterr()
    assert (status, said.out) == (2, b"")
    assert said.err.decode().splitlines() == [
        "line 2: “Mars/Olympus” is not a time zone this installation knows",
        "line 4: “25:00” is not a time of day",
        "line 5: “2026-03-04T01:00:00” needs its distance from UTC at the end, such as +05:45 or Z",
        "line 6: “tomorrow” is not an instant such as 2026-03-04T01:00:00+00:00",
        "line 7: the year 9999 is not one that people plan in",
        "line 8: “at” is missing",
        "line 9: “hours” is not a text",
        'line 10: this is not an object such as {"zone": …, "hours": …, "at": …}',
        "line 11: this is not JSON",
    ]


def test_blank_lines_a_byte_order_mark_and_further_keys_are_passed_over(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status = batch(
        tmp_path / "asked", "\ufeff" + json.dumps({**QUESTIONS[0], "id": 7}), " ", QUESTIONS[1], ""
    )

    said = capfdbinary.readouterr()
    assert [json.loads(line) for line in said.out.splitlines()] == ANSWERS[:2]
    assert status == 0


def test_the_command_reads_standard_input_and_loads_no_framework() -> None:
    code = (
        "import sys; from alongside.switchboard.cli import main; status = main(['when', '--batch', '-']);"
        "print(sorted({'django', 'numpy', 'pydantic'} & set(sys.modules))); sys.exit(status)"
    )
    asked = "\n".join(map(json.dumps, QUESTIONS))

    done = subprocess.run(
        [sys.executable, "-c", code], input=asked, capture_output=True, text=True, check=True
    )

    *answers, loaded = done.stdout.splitlines()
    assert [json.loads(answer) for answer in answers] == ANSWERS
    assert loaded == "[]"


def test_one_question_is_answered_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--zone", "Asia/Katmandu", "--hours", WEEKDAYS, "--at", "2026-03-04T01:00:00+00:00"]

    status = cli.main(["when", *asked])

    assert (status, capsys.readouterr().out.splitlines()) == (
        0,
        [
            "opens  2026-03-04T02:15:00+00:00",
            "local  2026-03-04T08:00:00+05:45 (Wednesday 08:00, Asia/Kathmandu)",
            "why    it is Wednesday 06:45 there at the moment asked about, outside their hours (Mon-Fri 08:00-18:00)",
        ],
    )


def test_somebody_without_hours_is_never_disturbed(capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["when", "--zone", "UTC", "--hours", "", "--at", "2026-03-04T01:00:00Z"])

    assert (status, capsys.readouterr().out.splitlines()) == (
        0,
        [
            "opens  never within 14 days",
            "local  -",
            "why    it is Wednesday 01:00 there at the moment asked about, and no hours are set",
        ],
    )


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (["--zone", "Mars/Olympus", "--hours", WEEKDAYS], "“Mars/Olympus” is not a time zone this installation knows"),
        (["--zone", "UTC", "--hours", "Mon 8"], "“8” is not a span of time, such as “08:00-18:00”"),
        (["--zone", "UTC"], '--zone asks for --hours as well, such as --hours "Mon-Fri 08:00-18:00"'),
        (
            ["--zone", "UTC", "--hours", WEEKDAYS, "--at", "9999-01-01T00:00Z"],
            "the year 9999 is not one that people plan in",
        ),
        (["--batch", "-", "--hours", WEEKDAYS], "--batch reads hours and instants from its lines; leave --hours and --at out"),
        (["--batch", "/nowhere/at/all"], "/nowhere/at/all cannot be read: No such file or directory"),
        (["--person", "ben@example.org", "--hours", WEEKDAYS], "--person has hours already; leave --hours out"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_ends_with_2(
    asked: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["when", *asked]) == 2
    assert capsys.readouterr().err == f"{problem}\n"


@pytest.mark.parametrize("asked", [[], ["--zone", "UTC", "--person", "a@example.org"], ["--where"]])
def test_a_question_that_is_none_ends_with_2(asked: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["when", *asked])
    assert ended.value.code == 2


@pytest.mark.django_db
def test_a_person_of_the_installation_has_their_own_hours_and_seasons(
    cast_: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    preferences = cast_.ben.preferences
    preferences.zone, preferences.hours = "Asia/Kathmandu", WEEKDAYS
    preferences.zone_confirmed_at = datetime(2026, 1, 1, tzinfo=UTC)
    preferences.save()
    Season.objects.create(
        person=cast_.ben, kind=SeasonKind.AWAY, from_on=date(2026, 3, 3), until_on=date(2026, 3, 5)
    )

    status = cli.main(["when", "--person", cast_.ben.email.upper(), "--at", "2026-03-04T01:00:00+00:00"])

    assert (status, capsys.readouterr().out.splitlines()) == (
        0,
        [
            "opens  2026-03-06T02:15:00+00:00",
            "local  2026-03-06T08:00:00+05:45 (Friday 08:00, Asia/Kathmandu)",
            "why    it is Wednesday 06:45 there at the moment asked about, and they are away (Mon-Fri 08:00-18:00)",
        ],
    )


@pytest.mark.django_db
def test_an_address_of_nobody_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))

    assert cli.main(["when", "--person", "nobody@example.org"]) == 2
    assert capsys.readouterr().err == f"“nobody@example.org” is nobody's address in {tmp_path}\n"
