"""Reading a program at one moment: from rows to the material of a run. What becomes of it, `problem` says.

Ids in the engine are participations' public ids, so a stored run names nobody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from alongside.engine.timing.zones import instant_at, wall_at
from alongside.enrollment.enums import Role
from alongside.enrollment.models import Participation
from alongside.enrollment.queries import answers_for_matching, enrolled, kept_apart
from alongside.matching.columns import Answers, Criterion
from alongside.matching.enums import OverrideKind
from alongside.matching.lines import Lines
from alongside.matching.models import Override, Suggestion
from alongside.matching.problem import APART, HISTORY, PRIVATE, TOGETHER, Entrant, Ids, Material
from alongside.mentorships.enums import OPEN_STATES, MemberRole
from alongside.mentorships.models import Member
from alongside.mentorships.queries import with_load
from alongside.people.enums import Channel
from alongside.people.queries import known_zone, usual_hours
from alongside.programs.models import MatchType, Program
from alongside.programs.queries import match_rules, match_type_of
from alongside.programs.rules import MatchRules
from alongside.questionnaires.enums import HARD_RULES, MatchRule, QuestionKind
from alongside.questionnaires.models import Question

USUAL_IMPORTANCE = 2
WRITTEN = (Channel.TOPICS, Channel.EMAIL)
SHORTEST_PERIOD = timedelta(weeks=4)
_MONTH = timedelta(days=30.4)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The material of a program, with the participations it was read from by public id, and the form's questions by
    key, retired ones included."""

    material: Material
    people: Mapping[str, Participation]
    questions: Mapping[str, Question]


def questions_by_key(program: Program) -> dict[str, Question]:
    """The questions of the program's form, retired ones included: old facts still find their words. One query."""
    rows = Question.objects.filter(questionnaire=program.form_id)
    return {question.key: question for question in rows}


@dataclass(frozen=True, slots=True)
class Focus:
    """One person whose possible partners are wanted, whatever the state of their own place: as whom they look."""

    participation: Participation
    role: str = field(default=Role.MENTEE)


def freeze(
    program: Program,
    *,
    now: datetime,
    present: Mapping[str, str] | None = None,
    focus: Focus | None = None,
    only: Collection[Participation] = (),
) -> Frozen:
    """Everything the next run of this program depends on. About eight queries, however many people.

    On the mentees' side stands whoever has no mentor now; on the mentors' side everybody who mentors, with the places
    that are taken. People who are both stand on both. `present` names the pairs of the draft before, which are kept
    where nothing speaks against it. With `focus` one side holds that person alone. With `only` nobody else is read.
    """
    rows = _enrolled(program, only)
    match_type = rows[0].match_type if rows else match_type_of(program)
    ids = {row.pk: row.public_id for row in rows}
    questions = questions_by_key(program)
    matched = [
        row for row in questions.values() if row.retired_at is None and row.match_rule != MatchRule.NONE
    ]
    rules = match_rules(match_type)
    lines = Lines(rows, levels=rules.reporting_levels)
    reader = _Reader(rows, matched, now, present or {}, lines)
    words = _overrides(match_type, ids)
    material = Material(
        mentees=[reader.entrant(row) for row in rows if _looks(row, focus)],
        mentors=[reader.entrant(row) for row in rows if _offers(row, focus)],
        criteria=[_criterion(question) for question in matched],
        rules=rules,
        period=period_of(program, match_type, now=now),
        apart=_pairs_apart(program, rules, rows, ids)
        | {APART: frozenset(pair for pair, kind in words.items() if kind == OverrideKind.FORBID)},
        wishes=_wishes(program, ids),
        pins=[pair for pair, kind in words.items() if kind == OverrideKind.PIN],
        lottery_key=program.public_id,
        above=lines.above,
    )
    return Frozen(material, {row.public_id: row for row in rows}, questions)


def _enrolled(program: Program, only: Collection[Participation]) -> list[Participation]:
    rows = with_load(enrolled(program))
    return list(rows.filter(pk__in=[row.pk for row in only]) if only else rows)


def period_of(program: Program, match_type: MatchType, *, now: datetime) -> tuple[datetime, datetime]:
    """The time in which new pairs will meet, whose clock changes count: from the start, or today, to the end."""
    zone = known_zone(program.zone)
    today = wall_at(now, zone).day
    starts = max(today, program.starts_on or today)
    begin = instant_at(starts, time(), zone).instant
    usual = begin + match_type.months * _MONTH
    end = instant_at(program.ends_on, time(), zone).instant if program.ends_on else usual
    return begin, max(end, begin + SHORTEST_PERIOD)


class _Reader:
    """Turns participations into entrants; reads what they answered and their hours once for all."""

    def __init__(
        self,
        rows: Sequence[Participation],
        questions: Sequence[Question],
        now: datetime,
        present: Mapping[str, str],
        lines: Lines,
    ) -> None:
        self._weighed = [row.key for row in questions if row.match_rule not in HARD_RULES]
        self._now, self._present, self._lines = now, present, lines
        self._answers: Mapping[int, Answers] = answers_for_matching(rows, questions=questions)

    def entrant(self, row: Participation) -> Entrant:
        person = row.person
        return Entrant(
            id=row.public_id,
            answers=self._answers[row.pk],
            hours=usual_hours(person),
            languages=tuple(person.languages or [person.language]),
            unit=person.unit,
            manager=self._lines.manager_of(row),
            writes=any(entry.get("channel") in WRITTEN for entry in person.preferences.channels),
            boosted=self._boosted(row),
            capacity=row.capacity,
            load=_load(row),
            waited_days=(self._now - (row.approved_at or row.state_since)).days,
            present=self._present.get(row.public_id),
        )

    def _boosted(self, row: Participation) -> frozenset[str]:
        """The questions that matter more to this person than the least of those that matter to them at all."""
        given = {key: int(row.importance.get(key, USUAL_IMPORTANCE)) for key in self._weighed}
        least = min((weight for weight in given.values() if weight > 0), default=0)
        return frozenset(key for key, weight in given.items() if weight > least)


def _load(row: Participation) -> int:
    load: int = row.load  # type: ignore[attr-defined]  # from with_load
    return load


def _looks(row: Participation, focus: Focus | None) -> bool:
    """Whether this person stands on the mentees' side."""
    if focus is not None and focus.role == Role.MENTEE:
        return row.pk == focus.participation.pk
    free = not row.as_mentee  # type: ignore[attr-defined]  # from with_load
    return bool(free) and row.role in (Role.MENTEE, Role.BOTH)


def _offers(row: Participation, focus: Focus | None) -> bool:
    """Whether this person stands on the mentors' side."""
    if focus is not None and focus.role == Role.MENTOR:
        return row.pk == focus.participation.pk
    return row.role in (Role.MENTOR, Role.BOTH)


def _criterion(question: Question) -> Criterion:
    return Criterion(
        key=question.key,
        kind=question.kind,
        rule=question.match_rule,
        weight=question.match_weight,
        settings=question.match_settings,
        steps=_steps(question),
    )


def _steps(question: Question) -> tuple[str, ...]:
    if question.kind == QuestionKind.SCALE:
        least, most = int(question.settings.get("least", 1)), int(question.settings.get("most", 5))
        return tuple(str(step) for step in range(least, most + 1))
    return tuple(question.option_ids)


# --- pairs with a name ---


def _pairs_apart(
    program: Program, rules: MatchRules, rows: Sequence[Participation], ids: Mapping[int, str]
) -> dict[str, frozenset[Ids]]:
    """The pairs that must not be whatever a coordinator says, by the rule that says so."""
    were, are = _mentorships(program, ids)
    private = ((ids[a], ids[b]) for a, b in kept_apart(rows))
    return {
        HISTORY: frozenset(were) if rules.not_again else frozenset(),
        PRIVATE: frozenset(_both_ways(private)),
        TOGETHER: frozenset(_both_ways(are)),
    }


def _mentorships(program: Program, ids: Mapping[int, str]) -> tuple[set[Ids], set[Ids]]:
    """Those who were a pair in this program, and those who are one now. One query."""
    members = Member.objects.filter(mentorship__program=program)
    by_mentorship: dict[int, dict[str, str]] = {}
    states: dict[int, str] = {}
    for pk, state, role, participation in members.values_list(
        "mentorship_id", "mentorship__state", "role", "participation_id"
    ):
        if participation in ids:
            by_mentorship.setdefault(pk, {})[role] = ids[participation]
            states[pk] = state
    pairs = {
        pk: (found[MemberRole.MENTEE], found[MemberRole.MENTOR])
        for pk, found in by_mentorship.items()
        if len(found) == 2
    }
    are = {pair for pk, pair in pairs.items() if states[pk] in OPEN_STATES}
    return set(pairs.values()) - are, are


def _overrides(match_type: MatchType, ids: Mapping[int, str]) -> dict[Ids, str]:
    """The coordinators' words about pairs. One query."""
    rows = Override.objects.filter(match_type=match_type).order_by("pk")
    return {
        (ids[mentee], ids[mentor]): kind
        for mentee, mentor, kind in rows.values_list("mentee_id", "mentor_id", "kind")
        if mentee in ids and mentor in ids
    }


def _wishes(program: Program, ids: Mapping[int, str]) -> dict[int, frozenset[Ids]]:
    if not program.suggestions_allowed:
        return {}
    found: dict[int, set[Ids]] = {}
    rows = Suggestion.objects.filter(mentee__program=program)
    for rank, mentee, mentor in rows.values_list("rank", "mentee_id", "mentor_id"):
        if mentee in ids and mentor in ids:
            found.setdefault(rank, set()).add((ids[mentee], ids[mentor]))
    return {rank: frozenset(pairs) for rank, pairs in found.items()}


def _both_ways(pairs: Iterable[Ids]) -> Iterable[Ids]:
    for a, b in pairs:
        yield a, b
        yield b, a
