"""Random sheets against the contract written a second time: points, rules, capacities, objective, certificate."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from .files import Folder
from .oracle import Oracle

SCALE = ["AA", "AO", "EO", "HEO"]
TAGS = ["sql", "talks", "rust", "numbers"]


def _week(random: Random) -> str:
    return random.choice(["", "".join(random.choice("01") for _ in range(6)) + "0" * 330])


def _several(random: Random) -> str:
    return random.choice([";", "; "]).join(random.sample(TAGS, random.randint(0, 3)))


def _people(random: Random, size: int) -> list[dict[str, str]]:
    ids = [f"p{k}" for k in range(size)]
    return [
        {
            "id": person,
            "role": random.choice(["mentor", "mentee", "mentee", "both"]),
            "capacity": random.choice(["", "0", "1", "2", "3"]),
            "wants": _several(random),
            "offers": _several(random),
            "grade": random.choice([*SCALE, ""]),
            "unit": random.choice(["north", "south", ""]),
            "week": _week(random),
            "boss": random.choice(["", "", *ids, "elsewhere"]),
            "now": random.choice(["", *ids, "gone"]),
            "remark": "kept, and not read",
        }
        for person in ids
    ]


def _questions(random: Random) -> list[dict[str, Any]]:
    a, b, c, d = sorted(random.randint(0, 100_000) for _ in range(4))
    best = b - a
    return [
        {"key": "topics", "kind": "overlap", "mentee": "wants", "mentor": "offers", "weight": a},
        {
            "key": "grade",
            "kind": "steps",
            "column": "grade",
            "scale": SCALE,
            "points": {"1": best, "2": best // 2, "-1": best // 3},
        },
        {"key": "unit", "kind": random.choice(["same", "different"]), "column": "unit", "weight": c - b},
        {
            "key": "hours",
            "kind": "shared_hours",
            "column": "week",
            "full": random.randint(1, 4),
            "weight": d - c,
        },
        {"key": "offers", "kind": "overlap", "column": "offers", "weight": 100_000 - d},
    ]


RULES: list[dict[str, Any]] = [
    {"kind": "must_equal", "column": "unit"},
    {"kind": "must_share", "mentee": "wants", "mentor": "offers"},
    {"kind": "must_differ", "column": "unit"},
    {"kind": "steps_between", "column": "grade", "scale": SCALE, "min": -1, "max": 2},
    {"kind": "hours_at_least", "column": "week", "half_hours": 2},
    {"kind": "not_reporting_line", "column": "boss"},
    {"kind": "not_reporting_line", "column": "boss", "levels": 1},
    {"kind": "pairs_forbidden", "file": "apart.csv"},
    {"kind": "no_mutual"},
]


def _set_up(folder: Folder, seed: int, size: int, rules: int) -> Oracle:
    """A sheet and rules drawn at random, and the oracle's reading of the same dictionaries."""
    random = Random(seed)
    people = _people(random, size)
    chosen = random.sample(RULES, rules)
    book: dict[str, Any] = {
        "left_out": random.choice([0, 30_000, 200_000]),
        "balance": random.choice([0, 700, 40_000]),
        "keep": random.choice([0, 5_000]),
        "keep_column": "now",
        "fairness": random.choice([{"target": 0, "factor": 1}, {"target": 60_000, "factor": 5}]),
        "question": _questions(random),
        "rule": chosen,
    }
    mentees = [row["id"] for row in people if row["role"] != "mentor"]
    mentors = [row["id"] for row in people if row["role"] != "mentee"]
    apart = [(a, b) for a in mentees for b in mentors if random.random() < 0.2]
    folder.write("apart.csv", "mentee,mentor\n" + "".join(f"{a},{b}\n" for a, b in apart or [("", "")]))
    if not apart:
        book["rule"] = chosen = [rule for rule in chosen if rule["kind"] != "pairs_forbidden"]
    oracle = Oracle(people, book, folder.path)
    possible = [(a, b) for a in mentees for b in mentors if oracle.allowed(a, b) and oracle.capacity[b]]
    if possible and random.random() < 0.3:
        a, b = random.choice(possible)
        folder.write("pinned.csv", f"mentee,mentor\n{a},{b}\n")
        book["rule"] = [*chosen, {"kind": "pairs_pinned", "file": "pinned.csv"}]
        oracle = Oracle(people, book, folder.path)
    random.shuffle(people)
    folder.people(people)
    folder.rules(book)
    return oracle


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 1 << 32), size=st.integers(2, 6), rules=st.integers(0, 4))
def test_pairs_and_report_are_what_the_contract_says(seed: int, size: int, rules: int) -> None:
    with TemporaryDirectory() as path:
        folder = Folder(Path(path))
        oracle = _set_up(folder, seed, size, rules)

        status = folder.match("--proof", "full")

        assert status == 0
        pairing = {row["mentee"]: row["mentor"] for row in folder.pairs()}
        report = folder.report()
        assert oracle.may_be(pairing)
        for row in folder.pairs():
            points = oracle.breakdown(row["mentee"], row["mentor"])
            assert {key: int(row[f"points_{key}"]) for key in points} == points
            assert int(row["points"]) == sum(points.values())
        assert [row["mentee"] for row in folder.pairs()] == sorted(pairing)
        assert {entry["id"] for entry in report["left_out"]} == set(oracle.mentees) - set(pairing)
        assert report["total"] == oracle.objective(pairing) == oracle.best()
        assert report["bound"] == oracle.bound(report["prices"]) >= report["total"]
        assert report["gap"] == report["bound"] - report["total"]
        assert report["gap"] == 0 or oracle.one_way()
        assert folder.verify() == 0
