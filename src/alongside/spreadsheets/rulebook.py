"""RULES.toml: what makes a pair good, what it must be, and what the whole is worth."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from alongside.engine.matching import PERFECT, Fairness, Question
from alongside.spreadsheets.entries import Entry, column_name
from alongside.spreadsheets.limits import Limits, read_rule
from alongside.spreadsheets.places import Spots, find_spots
from alongside.spreadsheets.problems import Place, Problems
from alongside.spreadsheets.questions import people_key, read_question
from alongside.spreadsheets.uses import Use

LEFT_OUT: Final = 200_000
UNFILLED: Final = 200_000


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All a RULES.toml says. ``keep_column`` stands for the present mentor's column, with its place; ``demand_column`` and
    ``minimum_column`` likewise for how many mentors a mentee would like and how many mentees a mentor should have;
    ``places`` tells where the figures of the whole stand."""

    file: Path
    questions: tuple[Question, ...]
    uses: tuple[Use, ...]
    limits: Limits
    left_out: int
    balance: int
    keep: int
    keep_column: tuple[str, Place] | None
    fairness: Fairness
    further: int
    demand_column: tuple[str, Place] | None
    unfilled: int
    minimum_column: tuple[str, Place] | None
    places: Mapping[str, Place]

    def heaviest(self, most: int) -> str:
        """The figure to lower when points reach beyond ``most``."""
        if self.balance > most:
            return "balance"
        fairness = 2 * (self.fairness.factor - 1) * self.fairness.target
        shares = {"left_out": self.left_out, "keep": 2 * self.keep, "fairness": fairness}
        if self.minimum_column is not None:
            shares["unfilled"] = self.unfilled
        return max(shares, key=lambda key: shares[key])

    def question_keys(self) -> list[str]:
        """The questions as the file names them."""
        return [people_key(question) for question in self.questions]


def read_rulebook(path: Path, problems: Problems) -> Rulebook | None:
    """The rules of a file; None when it is not TOML at all. Other problems are noted and reading goes on."""
    text = _text(path, problems)
    data = None if text is None else _toml(str(path), text, problems)
    if text is None or data is None:
        return None
    spots = find_spots(text)
    top = Entry(str(path), spots, (), data, problems)
    uses: list[Use] = []
    questions = _questions(top, spots, uses, problems)
    scales = {(use.mentee, use.mentor): use.scale for use in uses if use.scale}
    limits = Limits()
    for number, entry in enumerate(_entries(top, "rule", spots, problems), start=1):
        read_rule(entry, number, scales, limits)
    rulebook = Rulebook(
        path,
        questions,
        (*uses, *limits.uses),
        limits,
        left_out=top.whole("left_out", "points lost per mentee without a mentor", default=LEFT_OUT) or 0,
        balance=top.whole("balance", "points a mentor’s second mentee costs", default=0) or 0,
        keep=top.whole("keep", "bonus for the present pair", default=0) or 0,
        keep_column=_keep_column(top),
        fairness=_fairness(top, spots, problems),
        further=top.whole("further", "points lost per further mentor who is not found", default=0) or 0,
        demand_column=_count_column(top, "demand_column", "further", "mentors somebody would like"),
        unfilled=_unfilled(top),
        minimum_column=_count_column(top, "minimum_column", "unfilled", "mentees a mentor should have"),
        places={key: top.place(key) for key in ("left_out", "balance", "keep", "fairness", "unfilled")},
    )
    if rulebook.further > rulebook.left_out:
        top.object("further", f"“further” is above “left_out”, which is {rulebook.left_out}. Lower it.")
    top.close()
    return rulebook


def _text(path: Path, problems: Problems) -> str | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(Place(str(path)), f"cannot be read: {error.strerror}. Look at the name and the folder.")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        problems.add(
            Place(str(path), line, column), "a letter is not stored as UTF-8. Save the file as UTF-8."
        )
        return None


def _toml(file: str, text: str, problems: Problems) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (
            (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, len(text) - text.rfind("\n"))
        )
        what = re.sub(r" \(at .*\)$", "", str(error)) or "too deeply nested"
        problems.add(Place(file, line, column), f"this is not TOML: {what[:200]}. Mend this line.")
        return None


def _entries(top: Entry, name: str, spots: Spots, problems: Problems) -> list[Entry]:
    if not top.has(name):
        return []
    found = top.data[name]
    if not isinstance(found, list) or not all(isinstance(data, dict) for data in found):
        top.object(name, f"“{name}” must be a list of tables. Write [[{name}]] above each, in two brackets.")
        return []
    return [Entry(top.file, spots, (name, k), data, problems) for k, data in enumerate(found)]


def _questions(top: Entry, spots: Spots, uses: list[Use], problems: Problems) -> tuple[Question, ...]:
    entries = _entries(top, "question", spots, problems)
    read = [read_question(entry, number, uses) for number, entry in enumerate(entries, start=1)]
    questions = tuple(question for question in read if question is not None)
    times = Counter(str(entry.data.get("key", "")).strip() for entry in entries)
    for entry in entries:
        key = str(entry.data.get("key", "")).strip()
        if key and times[key] > 1:
            entry.object("key", f"{times[key]} questions have this key. Give each its own.")
    if len(questions) == len(entries):
        _check_weights(top, questions)
    return questions


def _check_weights(top: Entry, questions: tuple[Question, ...]) -> None:
    total = sum(question.weight for question in questions)
    if total == PERFECT:
        return
    given = (
        ", ".join(f"{people_key(question)} {question.weight}" for question in questions) or "there is none"
    )
    change = f"{'Add' if total < PERFECT else 'Take away'} {abs(PERFECT - total)}"
    top.object(
        "question", f"the weights of all questions add up to {total}, not {PERFECT} ({given}). {change}."
    )


def _keep_column(top: Entry) -> tuple[str, Place] | None:
    if not top.has("keep_column"):
        if top.data.get("keep"):
            top.object("keep", "“keep” needs “keep_column”, the heading of the present mentor’s id. Add it.")
        return None
    heading = top.text("keep_column", "the heading of the present mentor’s id")
    return None if heading is None else (column_name(heading), top.place("keep_column"))


def _count_column(top: Entry, key: str, figure: str, what: str) -> tuple[str, Place] | None:
    if not top.has(key):
        if top.has(figure):
            top.object(figure, f"“{figure}” needs “{key}”, the heading of the number of {what}. Add it.")
        return None
    heading = top.text(key, f"the heading of the number of {what}")
    return None if heading is None else (column_name(heading), top.place(key))


def _unfilled(top: Entry) -> int:
    given = top.whole(
        "unfilled", "points lost per mentee a mentor has less than the minimum", default=UNFILLED
    )
    return 0 if given is None else given


def _fairness(top: Entry, spots: Spots, problems: Problems) -> Fairness:
    if not top.has("fairness"):
        return Fairness()
    data = top.data["fairness"]
    if not isinstance(data, dict):
        top.object("fairness", "“fairness” must be a table: fairness = { target = 60000, factor = 5 }.")
        return Fairness()
    entry = Entry(top.file, spots, ("fairness",), data, problems)
    entry.about = "fairness: "
    target = entry.whole("target", "the points below which a pair counts more", default=0)
    factor = entry.whole("factor", "how many times a missing point counts", low=1, default=1)
    entry.close()
    return Fairness(target=target or 0, factor=factor or 1)
