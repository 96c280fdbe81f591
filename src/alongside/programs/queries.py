"""Reading programs: lists, set-up and what is left of it, plan, texts, staff."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation.wording import in_words
from alongside.people.models import Person
from alongside.programs.enums import STEPS, Access, ProgramState, StaffRole
from alongside.programs.models import MatchType, PlanStage, Program, Staff, StaffInvitation
from alongside.programs.rules import MatchRules
from alongside.programs.texts import CatalogText, text_catalog
from alongside.questionnaires.enums import HARD_RULES, MatchRule
from alongside.questionnaires.models import Question
from alongside.questionnaires.points import FULL_SCORE
from alongside.questionnaires.queries import questions_of


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the set-up checklist. `page` names the set-up page where it is done."""

    key: str
    title: str
    words: str
    done: bool
    page: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class WordedText:
    """A mail as the program words it: the coordinator's words, or the product's own."""

    catalog: CatalogText
    subject: str
    body: str
    edited: bool


def programs_of(person: Person, *, archived: bool = False) -> QuerySet[Program]:
    """Programs this person is staff of: those under way first, each with `staff_role`; the archive on its own."""
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(_LIST_ORDER)),
        output_field=IntegerField(),
    )
    mine = Program.objects.filter(staff__person=person).annotate(staff_role=models.F("staff__role"))
    wanted = (
        mine.filter(state=ProgramState.ARCHIVED) if archived else mine.exclude(state=ProgramState.ARCHIVED)
    )
    return wanted.select_related("contact").order_by(order, "name", "pk")


def match_type_of(program: Program) -> MatchType:
    """The way this program brings people together. Today each program has one."""
    return program.match_types.order_by("pk")[0]


def match_rules(match_type: MatchType) -> MatchRules:
    return MatchRules.from_json(match_type.rules)


def staff_of(program: Program) -> QuerySet[Staff]:
    """The staff, coordinators first."""
    return program.staff.select_related("person").order_by("-role", "person__name", "pk")


def staff_letters(program: Program) -> QuerySet[StaffInvitation]:
    """Letters to future staff nobody has taken up yet, the newest first."""
    return program.staff_invitations.filter(accepted_at=None).order_by("-created_at", "-pk")


def plan_of(program: Program) -> list[PlanStage]:
    """The stages in order, their items at hand in `items.all()`. Two queries."""
    return list(program.plan_stages.prefetch_related("items"))


def matched_questions(program: Program) -> list[Question]:
    """The questions of the form that give points, in order."""
    return list(
        questions_of(program.form).exclude(match_rule__in=(MatchRule.NONE, *HARD_RULES)).order_by("position")
    )


def hard_questions(program: Program) -> list[Question]:
    """The questions of the form that limit who can be a pair."""
    return list(questions_of(program.form).filter(match_rule__in=HARD_RULES))


def text_for(program: Program, key: str, *, language: str = "en") -> WordedText:
    """The mail `key` as this program words it. KeyError for a mail nobody knows."""
    catalog = in_words(text_catalog()).text(key)
    kept = program.texts.filter(key=key, language=language).first()
    if kept is None:
        return WordedText(catalog, catalog.subject, catalog.body, edited=False)
    return WordedText(catalog, kept.subject, kept.body, edited=True)


def texts_of(program: Program, *, language: str = "en") -> list[WordedText]:
    """Every mail as this program words it, in the order of the catalog. One query."""
    kept = {text.key: text for text in program.texts.filter(language=language)}
    return [
        WordedText(text, kept[text.key].subject, kept[text.key].body, edited=True)
        if text.key in kept
        else WordedText(text, text.subject, text.body, edited=False)
        for text in in_words(text_catalog()).texts
    ]


def next_steps(program: Program) -> tuple[str, ...]:
    """The states this program can step to."""
    return STEPS[program.state]


def step_blocks(program: Program, to: str, *, today: date) -> list[CheckItem]:
    """What has to be done before this step; nothing when it can be taken.

    What only rooms above know, such as pairs that still meet, does not block: people finish in their own time.
    """
    if to in (ProgramState.ENROLLING, ProgramState.MATCHING) and program.state == ProgramState.DRAFT:
        return [item for item in checklist(program, today=today) if item.needed and not item.done]
    if to in (ProgramState.MATCHING, ProgramState.RUNNING):
        weights = _weights(matched_questions(program))
        return [] if weights.done else [weights]
    return []


def checklist(program: Program, *, today: date) -> list[CheckItem]:
    """What set-up needs and what has been done, in the order of doing it. Five queries."""
    questions = list(questions_of(program.form))
    matched = [question for question in questions if question.match_rule not in (MatchRule.NONE, *HARD_RULES)]
    stages = program.plan_stages.filter(items__isnull=False).distinct().count()
    coordinators = program.staff.filter(role=StaffRole.COORDINATOR).count()
    worded = program.texts.count()
    return [
        _basics(program),
        _dates(program, today),
        _access(program),
        CheckItem("match_type", _("Match type"), _match_type_words(program), True, "match_type"),
        CheckItem("form", _("Form"), _form_words(len(questions)), bool(questions), "form"),
        _weights(matched),
        CheckItem("plan", _("Plan"), _plan_words(stages), stages > 0, "plan", needed=False),
        CheckItem("texts", _("Texts"), _texts_words(worded), True, "texts", needed=False),
        CheckItem("staff", _("Staff"), _staff_words(coordinators), coordinators > 1, "staff", needed=False),
    ]


def rules_fingerprint(program: Program) -> str:
    """As `fingerprint`, of the rules and the weights together."""
    weights = {question.key: question.match_weight for question in matched_questions(program)}
    kept = match_rules(match_type_of(program)).to_json()
    return _digest({"rules": kept, "weights": weights})


def fingerprint(row: models.Model, names: Iterable[str]) -> str:
    """A short digest of these fields, by which an editing page tells whether they changed in between."""
    return _digest({name: getattr(row, name) for name in names})


_LIST_ORDER = (
    ProgramState.ENROLLING,
    ProgramState.MATCHING,
    ProgramState.RUNNING,
    ProgramState.CLOSING,
    ProgramState.DRAFT,
    ProgramState.CLOSED,
    ProgramState.ARCHIVED,
)


def _digest(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _basics(program: Program) -> CheckItem:
    done = bool(program.summary.strip() and program.description.strip())
    words = (
        _("Name, summary and description are there.")
        if done
        else _("Say in a few lines what this program is.")
    )
    return CheckItem("basics", _("Basics"), words, done, "basics")


def _dates(program: Program, today: date) -> CheckItem:
    title = _("Dates")
    if program.starts_on is None or program.ends_on is None:
        return CheckItem("dates", title, _("Set when the program starts and when it ends."), False, "dates")
    if program.state == ProgramState.DRAFT and program.enrolls_until and program.enrolls_until < today:
        return CheckItem("dates", title, _("The last day to enroll is over. Move it first."), False, "dates")
    return CheckItem("dates", title, _("Start and end are set. Every date may move."), True, "dates")


def _access(program: Program) -> CheckItem:
    title = _("People and access")
    if program.access == Access.DOMAIN and not program.access_domains:
        return CheckItem("access", title, _("Name the mail domains that may enroll."), False, "access")
    if program.access == Access.CODE and not program.access_code:
        return CheckItem("access", title, _("Choose the code people enroll with."), False, "access")
    return CheckItem("access", title, str(Access(program.access).label), True, "access")


def _weights(matched: list[Question]) -> CheckItem:
    blocks = _matching_blocks(matched)
    words = blocks[0] if blocks else _weights_words(len(matched))
    return CheckItem("rules", _("Rules and weights"), words, not blocks, "rules")


def _matching_blocks(matched: list[Question]) -> list[str]:
    if not matched:
        return [_("Choose at least one question that matching looks at.")]
    if sum(question.match_weight for question in matched) != FULL_SCORE:
        return [_("Give the questions their weights: together 100 %.")]
    return []


def _weights_words(count: int) -> str:
    return ngettext(
        "{count} question counts in matching.", "{count} questions count in matching.", count
    ).format(count=count)


def _match_type_words(program: Program) -> str:
    match_type = match_type_of(program)
    return _("{kind}, {months} months, about every {days} days.").format(
        kind=match_type.get_kind_display(), months=match_type.months, days=match_type.rhythm_days
    )


def _form_words(count: int) -> str:
    if not count:
        return _("Ask at least one question.")
    return ngettext("{count} question.", "{count} questions.", count).format(count=count)


def _plan_words(stages: int) -> str:
    if not stages:
        return _("A plan offers each pair something to start from. You can do without.")
    return ngettext("{count} stage.", "{count} stages.", stages).format(count=stages)


def _texts_words(worded: int) -> str:
    if not worded:
        return _("All mails use our wording. You can put yours in place.")
    return ngettext("{count} mail in your own words.", "{count} mails in your own words.", worded).format(
        count=worded
    )


def _staff_words(coordinators: int) -> str:
    if coordinators > 1:
        return _("{count} coordinators look after it.").format(count=coordinators)
    return _("A second coordinator helps when you are away.")


def all_programs() -> QuerySet[Program]:
    """Every program of the installation, newest first, with its contact; for administrators' overview."""
    return Program.objects.select_related("contact").order_by("-created_at", "pk")
