"""``[[question]]``: what makes a pair good."""

from __future__ import annotations

from typing import Final

from alongside.engine.matching import (
    PERFECT,
    WEEK_SLOTS,
    Different,
    Overlap,
    Question,
    Same,
    SharedHours,
    Steps,
)
from alongside.spreadsheets.entries import Entry, step_points
from alongside.spreadsheets.problems import did_you_mean
from alongside.spreadsheets.uses import Reading, Use, use_of

READINGS: Final = {
    "overlap": Reading.TAGS,
    "steps": Reading.LABEL,
    "same": Reading.LABEL,
    "different": Reading.LABEL,
    "shared_hours": Reading.WEEK,
}
WEIGHT: Final = "the points of a perfect answer"
SCALE: Final = 'the steps from low to high, such as scale = ["junior", "senior"]'


def engine_key(key: str) -> str:
    """The engine's name of a question; rules have names of their own there."""
    return f"q:{key}"


def people_key(question: Question) -> str:
    """A question's key as the file has it."""
    return question.key.removeprefix("q:")


def read_question(entry: Entry, number: int, uses: list[Use]) -> Question | None:
    """The question of one entry, None when something in it is wrong; the columns it reads are added to ``uses``."""
    entry.about = f"question {number}: "
    key = entry.text("key", "a short name for explanations")
    if key is not None:
        key = key.strip()
        entry.about = f"question “{key}”: "
    kind = entry.text("kind", f"one of {', '.join(READINGS)}")
    if kind is not None and kind not in READINGS:
        entry.object("kind", f"there is no kind “{kind}”. {did_you_mean(kind, READINGS)}")
        return None
    if kind is None:
        return None
    scale = entry.texts("scale", SCALE) if kind == "steps" else ()
    use = use_of(entry, READINGS[kind], scale or ())
    question = _question(entry, kind, key or "", use)
    entry.close()
    if use is not None and scale is not None:
        uses.append(use)
    return None if key is None or scale is None else question


def _question(entry: Entry, kind: str, key: str, use: Use | None) -> Question | None:
    if kind == "steps":
        return _steps(entry, key, use)
    weight = entry.whole("weight", WEIGHT, high=PERFECT)
    full = (
        entry.whole("full", "the half hours for all points", low=1, high=WEEK_SLOTS)
        if kind == "shared_hours"
        else 0
    )
    if weight is None or full is None or use is None:
        return None
    name, mentee, mentor = engine_key(key), use.reading.of(use.mentee), use.reading.of(use.mentor)
    match kind:
        case "overlap":
            return Overlap(key=name, weight=weight, mentee=mentee, mentor=mentor)
        case "same":
            return Same(key=name, weight=weight, mentee=mentee, mentor=mentor)
        case "different":
            return Different(key=name, weight=weight, mentee=mentee, mentor=mentor)
        case _:
            return SharedHours(key=name, weight=weight, mentee=mentee, mentor=mentor, full=full)


def _steps(entry: Entry, key: str, use: Use | None) -> Question | None:
    points = step_points(entry)
    most = max((value for _, value in points or ()), default=0)
    if entry.has("weight") and points is not None and entry.data["weight"] != most:
        entry.object("weight", f"the weight of steps is their largest entry, {most}. Leave “weight” away.")
        return None
    if points is None or use is None:
        return None
    return Steps(
        key=engine_key(key),
        weight=most,
        mentee=use.reading.of(use.mentee),
        mentor=use.reading.of(use.mentor),
        scale=use.scale,
        points=points,
    )
