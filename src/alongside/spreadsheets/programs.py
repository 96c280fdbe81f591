"""From the files to a program the engine can match, or to everything that keeps it from that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from alongside.engine.matching import Listed, Program, ProgramError, Rule, Verb, WeightOverflow
from alongside.engine.matching.checks import REACH
from alongside.spreadsheets.limits import PairList
from alongside.spreadsheets.people import People, read_people, sides_of
from alongside.spreadsheets.problems import BadInput, Place, Problems, did_you_mean
from alongside.spreadsheets.rulebook import Rulebook, read_rulebook
from alongside.spreadsheets.tables import read_table

Way = tuple[str, str]  # (mentee, mentor)
NO_MUTUAL: Final = "no_mutual"
SELF: Final = "self"


@dataclass(frozen=True, slots=True)
class Task:
    """A program, the rules as their file has them, and the name of the sheet. The sheet itself is let go."""

    sheet: str
    rulebook: Rulebook
    program: Program

    @property
    def one_way(self) -> bool:
        """Whether nobody may be the mentor of their own mentor."""
        return self.rulebook.limits.no_mutual

    def words(self, key: str) -> str:
        """A hard rule in the words of the rules file."""
        return {SELF: "nobody is their own mentor", NO_MUTUAL: NO_MUTUAL, **self.rulebook.limits.words}[key]


def read_task(people: Path, rules: Path, *, lottery_key: str = "") -> Task:
    """The matching problem of two files. Raises BadInput with every problem of both and of all pair files."""
    problems = Problems()
    rulebook = read_rulebook(rules, problems)
    table = read_table(people, problems)
    sheet = None if table is None else read_people(table, rulebook, problems)
    if sheet is None or rulebook is None:
        raise BadInput(problems)
    lists = [(entry, _ways(entry, sheet, rules.parent, problems)) for entry in rulebook.limits.lists]
    if problems:
        raise BadInput(problems)
    program = _program(sheet, rulebook, lists, lottery_key, problems)
    pins = [(way, place) for entry, ways in lists if entry.pinned for way, place in ways]
    _check_pins(program, rulebook, pins, problems)
    if problems:
        raise BadInput(problems)
    decided = tuple(dict.fromkeys(way for way, _ in pins))
    return Task(sheet.table.file, rulebook, replace(program, pins=decided) if decided else program)


Placed = list[tuple[Way, Place]]


def _program(
    sheet: People,
    rulebook: Rulebook,
    lists: Sequence[tuple[PairList, Placed]],
    lottery_key: str,
    problems: Problems,
) -> Program:
    mentees, mentors = sides_of(sheet, rulebook)
    forbidden = tuple(
        Rule(key=entry.key, verb=Verb.MUST_NOT, relation=Listed(pairs=frozenset(way for way, _ in ways)))
        for entry, ways in lists
        if not entry.pinned
    )
    try:
        return Program(
            mentees=mentees,
            mentors=mentors,
            questions=rulebook.questions,
            rules=(*rulebook.limits.rules, *forbidden),
            left_out=rulebook.left_out,
            further=rulebook.further,
            unfilled=rulebook.unfilled,
            balance=rulebook.balance,
            fairness=rulebook.fairness,
            keep=rulebook.keep,
            lottery_key=lottery_key,
        )
    except WeightOverflow as error:
        key = rulebook.heaviest(REACH)
        advice = "Lower the target or the factor of “fairness”" if key == "fairness" else f"Lower “{key}”"
        problems.add(rulebook.places[key], f"the points {error.problem}. {advice}.")
    except ProgramError as error:
        problems.add(Place(str(rulebook.file)), f"{error}.")
    raise BadInput(problems)


def _ways(entry: PairList, sheet: People, folder: Path, problems: Problems) -> Placed:
    """The pairs of a list with their places. Strangers are noted, and so is who is pinned on the wrong side; a pair
    forbidden the wrong way round cannot come about anyway."""
    found: Placed = []
    ids = {True: set(sheet.ids(mentees=True)), False: set(sheet.ids(mentees=False))}
    for way, places in _rows(entry, folder, problems):
        known = [
            person in ids[mentee]
            if not entry.pinned and person in ids[not mentee]
            else _is_known(person, ids, mentee, place, problems)
            for person, mentee, place in zip(way, (True, False), places, strict=True)
        ]
        if all(known):
            found.append((way, places[0]))
    return found


def _rows(entry: PairList, folder: Path, problems: Problems) -> Iterator[tuple[Way, tuple[Place, Place]]]:
    if entry.file is None:
        yield from ((way, (entry.place, entry.place)) for way in entry.pairs)
        return
    before = problems.total
    table = read_table(folder / entry.file, problems, may_be_empty=True)
    if table is None:
        problems.add(entry.place, f"{entry.about}: the pairs in “{entry.file}” cannot be read (see there).")
        return
    for heading in ("mentee", "mentor"):
        table.lacks(heading, "which a file of pairs needs", problems)
    if problems.total > before:
        return
    ways = zip(table.columns["mentee"], table.columns["mentor"], strict=True)
    yield from (
        (way, (table.place(row, "mentee"), table.place(row, "mentor"))) for row, way in enumerate(ways)
    )


def _is_known(
    person: str, ids: Mapping[bool, set[str]], mentee: bool, place: Place, problems: Problems
) -> bool:
    if person in ids[mentee]:
        return True
    side, other = ("mentee", "mentor") if mentee else ("mentor", "mentee")
    if person in ids[not mentee]:
        problems.add(place, f"“{person}” takes part as {other} only. Name a {side}.")
    else:
        close = did_you_mean(person, sorted(ids[mentee])) if len(ids[mentee]) <= 5_000 else ""
        hint = close if close.startswith("Did") else f"Write the id of a {side}."
        problems.add(place, f"nobody has the id “{person}”. {hint}")
    return False


# --- pins ---


@dataclass(slots=True)
class _Pins:
    mentors_of: dict[str, list[str]] = field(default_factory=dict)
    load: dict[str, int] = field(default_factory=dict)


def _check_pins(
    program: Program, rulebook: Rulebook, pins: Sequence[tuple[Way, Place]], problems: Problems
) -> None:
    """A pinned pair breaks no rule, no other pin, and finds a seat."""
    row = {person: i for i, person in enumerate(program.mentees.ids)}
    column = {person: j for j, person in enumerate(program.mentors.ids)}
    words = {SELF: "nobody is their own mentor", **rulebook.limits.words}
    taken = _Pins()
    for (mentee, mentor), place in pins:
        others = taken.mentors_of.setdefault(mentee, [])
        if mentor in others:
            continue
        pair = f"the pinned pair “{mentee}” and “{mentor}”"
        for key in program.judge.forbidding(row[mentee], column[mentor]):
            problems.add(place, f"{pair} breaks a rule: {words[key]}. Take away the pin or the rule.")
        wishes = program.mentees.demand[row[mentee]]
        if len(others) == wishes:
            also = "”, “".join(others)
            keep = "Keep one of the two." if wishes == 1 else f"Keep {wishes}."
            problems.add(place, f"{pair}: this mentee is pinned to “{also}” already. {keep}")
            continue
        if rulebook.limits.no_mutual and mentee in taken.mentors_of.get(mentor, ()):
            problems.add(place, f"{pair} is pinned the other way round as well, against no_mutual. Keep one.")
        others.append(mentor)
        taken.load[mentor] = taken.load.get(mentor, 0) + 1
        seats = program.mentors.capacity[column[mentor]]
        if taken.load[mentor] > seats:
            problems.add(
                place, f"{pair}: this mentor has a capacity of {seats}. Raise it, or take away a pin."
            )
