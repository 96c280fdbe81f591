"""Programs and results as JSON and back, bit for bit, so that a run can be stored and solved again.

Only whole numbers, texts, lists and objects; weeks are hexadecimal texts because 336 bits are more than a JSON
number can carry. The text is canonical: equal programs give equal bytes, whatever order columns came in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from hashlib import blake2b
from typing import Any, Final, TypeVar

from . import model
from .errors import ProgramError
from .model import Answer, Fairness, Mentees, Mentors, Question, Relation, Rule, Verb
from .program import Program
from .result import Fewer, Figures, LeftOut, Pair, Result, Stats, Unfilled, Why

FORMAT: Final = 1
QUESTIONS: Final[dict[str, type[Question]]] = {
    "overlap": model.Overlap,
    "steps": model.Steps,
    "table": model.Table,
    "same": model.Same,
    "different": model.Different,
    "shared_hours": model.SharedHours,
    "vector": model.Vector,
}
RELATIONS: Final[dict[str, type[Relation]]] = {
    "same_answer": model.SameAnswer,
    "in_common": model.InCommon,
    "steps_between": model.StepsBetween,
    "hours_at_least": model.HoursAtLeast,
    "reporting_line": model.ReportingLine,
    "listed": model.Listed,
}
LATER: Final = {"further": 0, "unfilled": 200_000}  # written only where they say something: older names stay
Data = dict[str, Any]
Kind = TypeVar("Kind")


def fingerprint(program: Program) -> str:
    """A short name of exactly this program: what a result says it answers."""
    return blake2b(program_to_json(program).encode(), digest_size=16).hexdigest()


def program_to_json(program: Program) -> str:
    """The program as canonical JSON."""
    return _text(
        {
            "format": FORMAT,
            "mentees": _side(program.mentees, "left_out", "present") | _changed(program.mentees, "demand", 1),
            "mentors": _side(program.mentors, "capacity", "base_load")
            | _changed(program.mentors, "minimum", 0),
            "questions": [_tagged(question, QUESTIONS) for question in program.questions],
            "rules": [_rule(rule) for rule in program.rules],
            "pins": [list(pin) for pin in program.pins],
            "left_out": program.left_out,
            "balance": program.balance,
            "fairness": _plain(program.fairness),
            "keep": program.keep,
            "lottery_key": program.lottery_key,
        }
        | {name: getattr(program, name) for name, usual in LATER.items() if getattr(program, name) != usual}
    )


def program_from_json(text: str) -> Program:
    """The program a text of ``program_to_json`` describes, equal to the one it was written from.

    Raises ProgramError for a format this version does not read.
    """
    data = _read(text)
    return Program(
        mentees=Mentees(**_people(data["mentees"], "left_out", "present", "demand")),
        mentors=Mentors(**_people(data["mentors"], "capacity", "base_load", "minimum")),
        questions=tuple(_untagged(entry, QUESTIONS) for entry in data["questions"]),
        rules=tuple(_rule_of(entry) for entry in data["rules"]),
        pins=tuple((mentee, mentor) for mentee, mentor in data["pins"]),
        left_out=data["left_out"],
        balance=data["balance"],
        fairness=Fairness(**data["fairness"]),
        keep=data["keep"],
        lottery_key=data["lottery_key"],
        **{name: data[name] for name in LATER if name in data},
    )


def result_to_json(result: Result) -> str:
    """The result as canonical JSON."""
    return _text(
        {
            "format": FORMAT,
            "program": result.program,
            "pairs": [_plain(pair) for pair in result.pairs],
            "left_out": [_plain(entry) for entry in result.left_out],
            "total": result.total,
            "bound": result.bound,
            "prices": [list(price) for price in result.prices],
            "figures": _plain(result.figures),
            "stats": _plain(result.stats),
        }
        | ({"fewer": [_plain(entry) for entry in result.fewer]} if result.fewer else {})
        | ({"unfilled": [_plain(entry) for entry in result.unfilled]} if result.unfilled else {})
    )


def result_from_json(text: str) -> Result:
    """The result a text describes; equal to the one it was written from."""
    data = _read(text)
    return Result(
        program=data["program"],
        pairs=tuple(Pair(**entry) for entry in data["pairs"]),
        left_out=tuple(LeftOut(**{**entry, "why": Why(entry["why"])}) for entry in data["left_out"]),
        total=data["total"],
        bound=data["bound"],
        prices=tuple((mentor, price) for mentor, price in data["prices"]),
        fewer=tuple(Fewer(**entry) for entry in data.get("fewer", ())),
        unfilled=tuple(Unfilled(**entry) for entry in data.get("unfilled", ())),
        figures=Figures(**{name: _tuples(value) for name, value in data["figures"].items()}),
        stats=Stats(**data["stats"]),
    )


# --- reading and writing ---


def _text(data: Data) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _read(text: str) -> Data:
    data: Data = json.loads(text)
    if data.get("format") != FORMAT:
        raise ProgramError("format", f"is {data.get('format')!r}; this version reads {FORMAT}")
    return data


def _plain(thing: object) -> Data:
    """Fields of a frozen dataclass, nested tuples as they are (JSON makes lists of them)."""
    return {entry.name: getattr(thing, entry.name) for entry in fields(thing)}  # type: ignore[arg-type]


def _tagged(thing: Question | Relation, kinds: Mapping[str, type[Any]]) -> Data:
    kind = next(name for name, cls in kinds.items() if type(thing) is cls)
    data: Data = {"kind": kind, **_plain(thing)}
    if isinstance(thing, model.Listed):
        data["pairs"] = sorted(thing.pairs)
    return data


def _untagged(data: Data, kinds: Mapping[str, type[Kind]]) -> Kind:
    given = {name: _tuples(value) for name, value in data.items() if name != "kind"}
    if data["kind"] == "listed":
        given["pairs"] = frozenset(given["pairs"])
    return kinds[data["kind"]](**given)


def _rule(rule: Rule) -> Data:
    return _plain(rule) | {"relation": _tagged(rule.relation, RELATIONS)}


def _rule_of(data: Data) -> Rule:
    return Rule(
        key=data["key"],
        verb=Verb(data["verb"]),
        relation=_untagged(data["relation"], RELATIONS),
        points=data["points"],
    )


def _side(side: model.Side, *attributes: str) -> Data:
    columns = {name: [_answer(answer) for answer in answers] for name, answers in side.columns.items()}
    return {"ids": side.ids, "columns": columns} | {name: getattr(side, name) for name in attributes}


def _changed(side: model.Side, attribute: str, usual: int) -> Data:
    """An attribute that came later, where somebody has another figure than everybody had before."""
    figures = getattr(side, attribute)
    return {} if set(figures) <= {usual} else {attribute: figures}


def _people(data: Data, *attributes: str) -> Data:
    columns = {
        name: tuple(_answer_of(answer) for answer in answers) for name, answers in data["columns"].items()
    }
    given = {name: tuple(data[name]) for name in attributes if name in data}
    return {"ids": tuple(data["ids"]), "columns": columns} | given


def _answer(answer: Answer) -> object:
    """One label as a text; everything else says what it is: {"tags"}, {"points"}, {"week"}, or {"weeks"}: several
    whole numbers, which may be the weeks of clock regimes or a vector."""
    if answer is None or isinstance(answer, str):
        return answer
    if isinstance(answer, frozenset):
        return {"tags": sorted(answer)}
    if isinstance(answer, int):
        return {"week": f"{answer:x}"}
    if all(isinstance(week, int) for week in answer):
        return {"weeks": [f"{week:x}" for week in answer]}
    return {"points": sorted(answer)}


def _answer_of(data: Any) -> Answer:
    if data is None or isinstance(data, str):
        return data
    [(kind, value)] = data.items()
    match kind:
        case "tags":
            return frozenset(value)
        case "week":
            return int(value, 16)
        case "weeks":
            return tuple(int(week, 16) for week in value)
        case _:
            return tuple((tag, points) for tag, points in value)


def _tuples(value: object) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_tuples(entry) for entry in value)
    return value
