"""PAIRS.csv and REPORT.json, written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

from alongside.engine.matching import Result, runs_on
from alongside.spreadsheets.formulas import guard
from alongside.spreadsheets.problems import Place, Problems
from alongside.spreadsheets.programs import Task
from alongside.spreadsheets.reasons import reasons
from alongside.spreadsheets.solving import Solved

POINTS = "points_"


def check_writable(files: Mapping[str, Path], read: Mapping[str, Path], problems: Problems) -> None:
    """Notes, before any work, files that cannot be written or would write over what is read."""
    taken = {path.resolve(): name for name, path in read.items()}
    for name, path in files.items():
        folder = path.resolve().parent
        other = taken.setdefault(path.resolve(), name)
        if other != name:
            problems.add(Place(str(path)), f"{name} and {other} are the same file. Give another name.")
        elif path.is_dir():
            problems.add(Place(str(path)), f"{name} is a folder. Name a file in it.")
        elif not folder.is_dir():
            problems.add(
                Place(str(path)), f"the folder of {name} does not exist. Make it, or name another one."
            )
        elif not os.access(folder, os.W_OK):
            problems.add(Place(str(path)), f"the folder of {name} cannot be written. Name another one.")


def pairs_csv(task: Task, result: Result) -> bytes:
    """One row for each pair, by the mentee's id, with the points of every question."""
    program = task.program
    row = {person: i for i, person in enumerate(program.mentees.ids)}
    column = {person: j for j, person in enumerate(program.mentors.ids)}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["mentee", "mentor", "points", *(f"{POINTS}{key}" for key in task.rulebook.question_keys())]
    )
    for pair in sorted(result.pairs, key=lambda pair: (pair.mentee, pair.mentor)):
        points = [value for _, value in program.judge.breakdown(row[pair.mentee], column[pair.mentor])]
        writer.writerow([guard(pair.mentee), guard(pair.mentor), pair.points, *points])
    return text.getvalue().encode()


def report_json(task: Task, solved: Solved, *, proof: str, seconds: float) -> bytes:
    """The outcome in figures, everybody left out with the reason, and the certificate; keys in a fixed order."""
    result, figures = solved.result, solved.result.figures
    why = reasons(task, solved)
    report: dict[str, Any] = {
        "total": result.total,
        "bound": result.bound,
        "gap": result.gap,
        "proof": proof,
        "matched": figures.matched,
        "left_out": [{"id": person, "reason": why[person]} for person in sorted(why)],
        "mean": mean_of(result),
        "min": figures.least,
        "percentiles": {str(share): points for share, points in figures.percentiles},
        "load": {str(mentees): mentors for mentees, mentors in figures.load},
        "pairs_scored": result.stats.pairs_scored,
        "rounds": result.stats.rounds,
        "seconds": round(seconds, 3),
        "peak_mb": round(peak_megabytes(), 1),
        "runs_on": runs_on(),
        "lottery": task.program.lottery_key,
    }
    if max(task.program.mentees.demand, default=1) > 1:
        report["fewer"] = [{"id": entry.mentee, "missing": entry.missing} for entry in result.fewer]
    if any(task.program.mentors.minimum):
        report["unfilled"] = [{"id": entry.mentor, "missing": entry.missing} for entry in result.unfilled]
    if solved.one_way is not None:
        report["no_mutual"] = {"best_bound": solved.one_way.best, "proven": solved.one_way.proven}
    report["prices"] = dict(sorted(result.prices))
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def mean_of(result: Result) -> float | None:
    """The mean points of a pair, to the hundredth."""
    points = [pair.points for pair in result.pairs]
    return round(sum(points) / len(points), 2) if points else None


def write_all(files: Mapping[Path, bytes]) -> None:
    """All of them or none: each is written beside its place, and only then they take their places."""
    beside: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            target = path.resolve()
            if target.exists() and not target.is_file():  # a pipe or a terminal has no place to take
                target.write_bytes(data)
                continue
            fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
            beside.append((fresh, target))
            fresh.write_bytes(data)
        for fresh, target in beside:
            fresh.replace(target)
    finally:
        for fresh, _ in beside:
            fresh.unlink(missing_ok=True)


def peak_megabytes() -> float:
    """The most memory this process has had."""
    peak = getrusage(RUSAGE_SELF).ru_maxrss
    return peak / 1_048_576 if sys.platform == "darwin" else peak / 1_024
