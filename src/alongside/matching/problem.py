"""What is known of the people of a program, put together as one problem for the engine. Pure: no database, no clock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from alongside.engine import matching as engine
from alongside.engine.timing.hours import PersonHours
from alongside.engine.timing.weeks import HALF_HOURS, regimes, week_bits_at
from alongside.matching import columns
from alongside.matching.columns import MENTEE, MENTOR, QUESTION, Answers, Criterion, Labels
from alongside.programs.rules import MatchRules
from alongside.questionnaires.enums import MatchRule

Ids = tuple[str, str]  # the public ids of a mentee's and a mentor's participation

# Rules over named pairs. PRIVATE never appears in a reason, a page or a file.
PRIVATE, HISTORY, TOGETHER, APART = "pairs:private", "pairs:history", "pairs:together", "pairs:apart"
LANGUAGE, UNIT, HOURS, LINE = "rule:language", "rule:unit", "rule:hours", "rule:line"
WISH: Final = "wish:"
WISH_POINTS: Final = {1: 10_000, 2: 7_000, 3: 4_000}  # what a mentee's first, second and third wish adds
WAIT_POINTS: Final = 1_000  # points that each day of waiting adds to what leaving somebody out costs
LONGEST_WAIT: Final = 90  # days; from then on everybody waits alike
WRITING: Final = "writing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """One person on one side. `boosted` are the questions that matter more to them than the others."""

    id: str
    answers: Answers
    hours: PersonHours
    languages: tuple[str, ...] = ()
    unit: str = ""
    manager: str | None = None
    writes: bool = False
    boosted: frozenset[str] = frozenset()
    capacity: int = 0
    load: int = 0
    waited_days: int = 0
    present: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything a run depends on, read at one moment. `apart` holds forbidden pairs by the rule that forbids them.

    `above` goes on with reporting lines over people who do not take part: (somebody, their manager).
    """

    mentees: Sequence[Entrant]
    mentors: Sequence[Entrant]
    criteria: Sequence[Criterion]
    rules: MatchRules
    period: tuple[datetime, datetime]
    apart: Mapping[str, frozenset[Ids]] = field(default_factory=dict)
    wishes: Mapping[int, frozenset[Ids]] = field(default_factory=dict)
    pins: Sequence[Ids] = ()
    lottery_key: str = ""
    above: tuple[Ids, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """The engine's program, and the pins a limit did not let stand."""

    program: engine.Program
    set_aside: tuple[Ids, ...] = ()


def build(material: Material) -> Problem:
    """The problem the engine solves; equal material gives an equal program, bit for bit.

    A pin that contradicts a limit, or finds no seat, is set aside and told of: it never stops the run.
    """
    week = weeks_of(material)
    program = engine.Program(
        mentees=_mentees(material, week),
        mentors=_mentors(material, week),
        questions=columns.questions(_soft(material), _boosted(material)),
        rules=tuple(_rules(material)),
        left_out=material.rules.left_out,
        balance=material.rules.balance,
        fairness=engine.Fairness(
            target=material.rules.fairness_target, factor=max(1, material.rules.fairness_factor)
        ),
        keep=material.rules.keep,
        lottery_key=material.rules.lottery_key or material.lottery_key,
    )
    kept, set_aside = _possible_pins(program, material.pins)
    return Problem(replace(program, pins=kept) if kept else program, set_aside)


Week = Callable[[Entrant], tuple[int, ...]]


def weeks_of(material: Material) -> Week:
    """The week of a person in each clock regime of the period, so that the scantest one counts."""
    begins = _regimes_of(material)
    usual: dict[PersonHours, tuple[int, ...]] = {}

    def week(person: Entrant) -> tuple[int, ...]:
        hours = person.hours.usual()
        if hours not in usual:
            usual[hours] = tuple(week_bits_at(hours, begin) for begin in begins)
        return usual[hours]

    return week


def _mentees(material: Material, week: Week) -> engine.Mentees:
    people = material.mentees
    return engine.Mentees(
        ids=tuple(person.id for person in people),
        columns=_columns(material, people, MENTEE, week),
        left_out=tuple(material.rules.left_out + _waiting(person) for person in people),
        present=tuple(person.present for person in people),
    )


def _mentors(material: Material, week: Week) -> engine.Mentors:
    people = material.mentors
    return engine.Mentors(
        ids=tuple(person.id for person in people),
        columns=_columns(material, people, MENTOR, week),
        capacity=tuple(person.capacity for person in people),
        base_load=tuple(person.load for person in people),
    )


def _waiting(person: Entrant) -> int:
    return WAIT_POINTS * max(0, min(person.waited_days, LONGEST_WAIT))


def _columns(
    material: Material, people: Sequence[Entrant], side: str, week: Week
) -> dict[str, tuple[engine.Answer, ...]]:
    """Every column the questions and rules read, whether anybody answered or not."""
    found: dict[str, tuple[engine.Answer, ...]] = {columns.NOTHING: (None,) * len(people)}
    everybody = [person.answers for person in (*material.mentees, *material.mentors)]
    for criterion in material.criteria:
        labels = columns.labels_of(criterion, everybody)
        cells = tuple(_cell(criterion, person, side, labels, week) for person in people)
        found[QUESTION + criterion.key] = cells
        found[columns.boost_key(criterion.key, side)] = tuple(
            answer if criterion.key in person.boosted else None
            for person, answer in zip(people, cells, strict=True)
        )
    rules = material.rules
    if rules.shared_language:
        found[LANGUAGE] = tuple(
            frozenset(code.split("-")[0] for code in person.languages) for person in people
        )
    if rules.different_unit:
        units = Labels(person.unit for person in (*material.mentees, *material.mentors))
        found[UNIT] = tuple(units.of(person.unit) for person in people)
    if rules.reporting_levels:
        found[LINE] = tuple(person.manager for person in people)
    if rules.half_hours_at_least and rules.written_is_enough:
        for number, tags in enumerate(_stretches(people, rules.half_hours_at_least, week)):
            found[f"{HOURS}:{number}"] = tags
    elif rules.half_hours_at_least:
        found[HOURS] = tuple(week(person) for person in people)
    return found


def _cell(criterion: Criterion, person: Entrant, side: str, labels: Labels, week: Week) -> engine.Answer:
    if criterion.rule == MatchRule.SHARED_HOURS:
        return week(person)
    return columns.cell(criterion, person.answers.get(criterion.key), side=side, labels=labels)


def _stretches(
    people: Sequence[Entrant], half_hours: int, week: Week
) -> Iterable[tuple[frozenset[str], ...]]:
    """For each clock regime, where so many half hours in a row are open; writing is a stretch of its own.

    Two people who both write, or share a stretch, then have something in common.
    """
    weeks = [week(person) for person in people]
    own = [frozenset({WRITING}) if person.writes else frozenset() for person in people]
    for regime in range(len(weeks[0]) if weeks else 0):
        yield tuple(
            frozenset(str(slot) for slot in _starts(bits[regime], half_hours)) | writing
            for bits, writing in zip(weeks, own, strict=True)
        )


def _starts(bits: int, length: int) -> list[int]:
    """The half hours from which `length` of them in a row are open; a week runs on into the next."""
    doubled = bits | bits << HALF_HOURS
    return [slot for slot in range(HALF_HOURS) if doubled >> slot & (1 << length) - 1 == (1 << length) - 1]


def _soft(material: Material) -> list[Criterion]:
    return [criterion for criterion in material.criteria if not criterion.hard]


def _boosted(material: Material) -> dict[str, frozenset[str]]:
    sides = {MENTEE: material.mentees, MENTOR: material.mentors}
    return {
        side: frozenset(key for person in people for key in person.boosted) for side, people in sides.items()
    }


def _rules(material: Material) -> Iterable[engine.Rule]:
    rules = material.rules
    yield from columns.limits(criterion for criterion in material.criteria if criterion.hard)
    if rules.shared_language:
        yield _must(LANGUAGE, engine.InCommon(mentee=LANGUAGE, mentor=LANGUAGE))
    if rules.different_unit:
        relation = engine.SameAnswer(mentee=UNIT, mentor=UNIT)
        yield engine.Rule(key=UNIT, verb=engine.Verb.MUST_NOT, relation=relation)
    if rules.reporting_levels:
        line = engine.ReportingLine(column=LINE, levels=rules.reporting_levels, above=material.above)
        yield engine.Rule(key=LINE, verb=engine.Verb.MUST_NOT, relation=line)
    if rules.half_hours_at_least:
        yield from _hours_rules(material)
    for key, pairs in sorted(material.apart.items()):
        if pairs:
            yield engine.Rule(key=key, verb=engine.Verb.MUST_NOT, relation=engine.Listed(pairs=pairs))
    for place, pairs in sorted(material.wishes.items()):
        if pairs:
            yield engine.Rule(
                key=f"{WISH}{place}",
                verb=engine.Verb.PREFER,
                relation=engine.Listed(pairs=pairs),
                points=WISH_POINTS[place],
            )


def _hours_rules(material: Material) -> Iterable[engine.Rule]:
    """Enough hours in common, in each clock regime where writing may stand for them."""
    if not material.rules.written_is_enough:
        needed = material.rules.half_hours_at_least
        yield _must(HOURS, engine.HoursAtLeast(mentee=HOURS, mentor=HOURS, half_hours=needed))
        return
    for number, _begin in enumerate(_regimes_of(material)):
        column = f"{HOURS}:{number}"
        yield _must(column, engine.InCommon(mentee=column, mentor=column))


def _must(key: str, relation: engine.Relation) -> engine.Rule:
    return engine.Rule(key=key, verb=engine.Verb.MUST, relation=relation)


def _regimes_of(material: Material) -> Sequence[datetime]:
    people = (*material.mentees, *material.mentors)
    return regimes((person.hours.zone for person in people), *material.period)


def _possible_pins(program: engine.Program, pins: Sequence[Ids]) -> tuple[tuple[Ids, ...], tuple[Ids, ...]]:
    """The pins that can stand, and those that contradict a limit or find no seat. People not here are left out."""
    rows = {person: place for place, person in enumerate(program.mentees.ids)}
    places = {person: place for place, person in enumerate(program.mentors.ids)}
    seats = [
        capacity - load
        for capacity, load in zip(program.mentors.capacity, program.mentors.base_load, strict=True)
    ]
    kept: list[Ids] = []
    refused: list[Ids] = []
    for mentee, mentor in sorted(pins):
        if mentee not in rows or mentor not in places:
            continue
        i, j = rows[mentee], places[mentor]
        if seats[j] > 0 and program.judge.allowed(i, j):
            seats[j] -= 1
            kept.append((mentee, mentor))
        else:
            refused.append((mentee, mentor))
    return tuple(kept), tuple(refused)
