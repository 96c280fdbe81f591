"""`alongside match peers`: the same two files, read as one pool in which everybody may be paired with everybody."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from alongside.engine.matching import (
    Answer,
    PeerPair,
    Peers,
    PeersResult,
    PinConflict,
    Pool,
    ProgramError,
    WeightOverflow,
    WhyAlone,
    peers,
    runs_on,
)
from alongside.spreadsheets.formulas import guard
from alongside.spreadsheets.problems import Place, refuse
from alongside.spreadsheets.programs import Task
from alongside.spreadsheets.solving import Watch
from alongside.spreadsheets.writing import POINTS, peak_megabytes

MOST_PEOPLE: Final = 50_000  # beyond, a run without a deadline could look like one that never ends
WORDS: Final[Mapping[WhyAlone, str]] = {
    WhyAlone.NOBODY_ALLOWED: "No other person is allowed by the rules.",
    WhyAlone.ALL_PAIRED: "Everybody allowed is worth more in another pair.",
    WhyAlone.NOT_WORTH: "A pair with somebody who is left out too would cost more points than it brings.",
    WhyAlone.NOT_REACHED: "The deadline came before this person was considered.",
}


@dataclass(frozen=True, slots=True)
class Paired:
    """What a run found, and whether the deadline ended it."""

    result: PeersResult
    stopped: bool


def pool_of(task: Task) -> Pool:
    """Everybody of the sheet whose role is both. Raises BadInput when there is nobody, or a pin contradicts another."""
    program, place = task.program, Place(task.sheet)
    ids, others = program.mentees.ids, set(program.mentees.ids) ^ set(program.mentors.ids)
    if others or not ids:
        named = f"“{min(others)}” is not" if others else "nobody is"
        raise refuse(
            place, f"in a pool of peers everybody has the role “both”; {named}. Write “both” in every row."
        )
    columns: dict[str, tuple[Answer, ...]] = {}
    for side in (program.mentors, program.mentees):
        columns |= {name: tuple(answers) for name, answers in side.columns.items()}
    try:
        return Pool(
            people=Peers(ids=ids, columns=columns, present=program.mentees.present),
            questions=program.questions,
            rules=program.rules,
            pins=tuple(dict.fromkeys((min(pin), max(pin)) for pin in program.pins)),
            left_out=program.left_out,
            fairness=program.fairness,
            keep=program.keep,
            lottery_key=program.lottery_key,
        )
    except PinConflict as error:
        one, other = error.pin
        rule = (
            "somebody is pinned twice"
            if error.rule == "pin"
            else f"it breaks a rule: {task.words(error.rule)}"
        )
        raise refuse(
            Place(str(task.rulebook.file)),
            f"the pinned pair “{one}” and “{other}”: {rule}. Take away a pin or the rule.",
        ) from None
    except WeightOverflow as error:
        raise refuse(
            task.rulebook.places["left_out"], f"the points of a pair {error.problem}. Lower “left_out”."
        ) from None
    except ProgramError as error:
        raise refuse(Place(str(task.rulebook.file)), f"{error}.") from None


def pair_up(task: Task, pool: Pool, watch: Watch, *, threads: int | None) -> Paired:
    """The best pairs, or the best by the deadline. Raises BadInput for a pool too large to end."""
    count = len(pool.people.ids)
    if count > MOST_PEOPLE and watch.deadline is None:
        raise refuse(
            Place(task.sheet),
            f"{count:,} people, more than {MOST_PEOPLE:,}: a run could take hours. Give --deadline SECONDS for the best "
            "pairs found by then.",
        )
    result = peers(pool, threads=threads, progress=watch.go_on)
    watch.clear()
    return Paired(result, watch.struck and result.gap > 0)


def pairs_csv(task: Task, pool: Pool, result: PeersResult) -> bytes:
    """One row for each pair, with the points of every question as either of the two reads it."""
    keys = task.rulebook.question_keys()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["one", "other", "points", *(f"{POINTS}{key}_{who}" for key in keys for who in ("one", "other"))]
    )
    for pair in result.pairs:
        writer.writerow([guard(pair.one), guard(pair.other), pair.points, *_readings(pool, pair)])
    return text.getvalue().encode()


def _readings(pool: Pool, pair: PeerPair) -> list[int]:
    read = pool.judge.readings(pool.place[pair.one], pool.place[pair.other])
    return [points for _, mine, theirs in read for points in (mine, theirs)]


def report_json(result: PeersResult, pool: Pool, *, seconds: float) -> bytes:
    """The outcome in figures, everybody left out with the reason, and the certificate; keys in a fixed order."""
    figures = result.figures
    points = [pair.points for pair in result.pairs]
    report: dict[str, Any] = {
        "mode": "peers",
        "total": result.total,
        "bound": result.bound,
        "gap": result.gap,
        "matched": 2 * figures.matched,
        "left_out": [{"id": entry.person, "reason": WORDS[entry.why]} for entry in result.left_out],
        "mean": round(sum(points) / len(points), 2) if points else None,
        "min": figures.least,
        "percentiles": {str(share): value for share, value in figures.percentiles},
        "pairs_scored": result.stats.pairs_scored,
        "rounds": result.stats.rounds,
        "seconds": round(seconds, 3),
        "peak_mb": round(peak_megabytes(), 1),
        "runs_on": runs_on(),
        "lottery": pool.lottery_key,
        "worths": dict(result.worths),
        "odd_groups": [
            {"people": list(group.people), "within": list(group.within), "worth": group.worth}
            for group in result.odd_groups
        ],
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()
