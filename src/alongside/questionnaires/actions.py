"""Writing questionnaires and answers. Who may do so, the room that owns the questionnaire decides before it calls."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.actions import record
from alongside.questionnaires.enums import HARD_RULES, Audience, MatchRule, QuestionKind, Visibility
from alongside.questionnaires.fields import Value, field_of
from alongside.questionnaires.models import Answer, AnswerSet, Question, Questionnaire
from alongside.questionnaires.points import as_full_score, match_settings
from alongside.questionnaires.queries import about
from alongside.questionnaires.spec import QuestionSpec, check_spec
from alongside.vault.actions import seal

_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_CIRCLES = tuple(Visibility)  # from the widest to the narrowest
FORM_KEYS = ("csrfmiddlewaretoken", "action", "next")  # names a form page uses itself


@transaction.atomic
def create_questionnaire(
    *, title: str, questions: Iterable[QuestionSpec] = (), intro: str = "", actor_id: int | None
) -> Questionnaire:
    """A questionnaire with these questions in order. Raises Invalid for one that cannot be asked."""
    questionnaire = Questionnaire.objects.create(title=title, intro=intro)
    rows: list[Question] = []
    for position, spec in enumerate(questions):
        check_spec(spec)
        rows.append(_row(questionnaire, spec, position, taken={row.key for row in rows}))
    Question.objects.bulk_create(rows)
    record("questionnaire.created", actor_id=actor_id, subject=questionnaire, data={"questions": len(rows)})
    return questionnaire


@transaction.atomic
def copy_questionnaire(*, questionnaire: Questionnaire, title: str, actor_id: int | None) -> Questionnaire:
    """A questionnaire of its own with the same questions, keys and option ids; no answers, nothing retired."""
    copy = Questionnaire.objects.create(title=title, intro=questionnaire.intro)
    kept = [
        field.attname
        for field in Question._meta.concrete_fields
        if field.name
        not in ("id", "public_id", "created_at", "questionnaire", "gone_options", "version", "retired_at")
    ]
    rows = questionnaire.questions.filter(retired_at=None).values(*kept)
    Question.objects.bulk_create([Question(questionnaire=copy, **row) for row in rows])
    record("questionnaire.copied", actor_id=actor_id, subject=copy, data={"from": questionnaire.pk})
    return copy


@transaction.atomic
def add_question(*, questionnaire: Questionnaire, spec: QuestionSpec, actor_id: int | None) -> Question:
    """The question, last of its step. Its key is made from its words unless given. Raises Invalid."""
    check_spec(spec)
    locked = _lock(questionnaire)
    questions = list(locked.questions.all())
    question = _row(locked, spec, len(questions), taken={row.key for row in questions})
    question.save()
    record("question.added", actor_id=actor_id, subject=question, data={"kind": question.kind})
    return question


@transaction.atomic
def edit_question(
    *, question: Question, spec: QuestionSpec, actor_id: int | None, version: int | None = None
) -> Question:
    """The question with new words and settings; kind and key stay, option ids stay where the id is handed over.

    Options that are gone keep their words for old answers. The weight stays; a hard rule has none. Raises Invalid;
    Conflict when `version` is not the present one, or when given answers would be shown to more people than promised.
    """
    _lock(question.questionnaire)
    row = Question.objects.select_related("questionnaire").get(pk=question.pk)
    if version is not None and version != row.version:
        raise Conflict(_("Somebody else changed this question while you had it open."))
    check_spec(spec)
    _check_promise(row, spec.visibility)
    for name in (
        "label",
        "help",
        "label_for_mentor",
        "step",
        "required",
        "audience",
        "visibility",
        "settings",
    ):
        setattr(row, name, getattr(spec, name))
    row.label = spec.label.strip()
    _set_options(row, spec.options)
    row.match_rule = spec.match_rule
    weightless = spec.match_rule == MatchRule.NONE or spec.match_rule in HARD_RULES
    row.match_weight = 0 if weightless else row.match_weight
    row.match_settings = match_settings(
        spec.match_rule, direction=spec.match_direction, weight=row.match_weight
    )
    row.version += 1
    row.save()
    record("question.edited", actor_id=actor_id, subject=row)
    return row


@transaction.atomic
def place_question(*, question: Question, step: str, index: int, actor_id: int | None) -> None:
    """Puts the question at `index` among the questions in use of `step`; the others keep their order."""
    _lock(question.questionnaire)
    rows = list(question.questionnaire.questions.filter(retired_at=None))
    moved = next((row for row in rows if row.pk == question.pk), None)
    if moved is None:
        raise Conflict(_("This question is no longer asked. Bring it back first."))
    moved.step = step
    others = [row for row in rows if row.pk != moved.pk]
    neighbors = [row for row in others if row.step == step]
    index = max(0, min(index, len(neighbors)))
    at = others.index(neighbors[index]) if index < len(neighbors) else _end_of(others, neighbors)
    others.insert(at, moved)
    for position, row in enumerate(others):
        row.position = position
    Question.objects.bulk_update(others, ["position", "step"])
    record("question.moved", actor_id=actor_id, subject=moved, data={"step": step, "index": index})


@transaction.atomic
def retire_question(*, question: Question, actor_id: int | None, now: datetime) -> None:
    """No longer asked or matched on; answers stay. Without any answer it goes for good. Nothing to do twice."""
    _lock(question.questionnaire)
    row = Question.objects.filter(pk=question.pk, retired_at=None).first()
    if row is None:
        return
    if not row.answers.exists():
        record("question.removed", actor_id=actor_id, subject=row)
        row.delete()
        return
    row.retired_at, row.match_rule, row.match_weight, row.match_settings = now, MatchRule.NONE, 0, {}
    row.version += 1
    row.save()
    record("question.retired", actor_id=actor_id, subject=row)


@transaction.atomic
def restore_question(*, question: Question, actor_id: int | None) -> None:
    """Asked again, as it was, but not matched on. Nothing to do twice."""
    _lock(question.questionnaire)
    if Question.objects.filter(pk=question.pk).exclude(retired_at=None).update(retired_at=None):
        record("question.restored", actor_id=actor_id, subject=question)


@transaction.atomic
def set_weights(
    *, questionnaire: Questionnaire, weights: Mapping[str, int], actor_id: int | None
) -> dict[str, int]:
    """{question key: points} of every matched question, scaled to 100,000 in all; returns them as they are now.

    `weights` are any whole numbers not below 0, in proportion; a question not named counts 0. Raises Invalid.
    """
    rows = [
        row
        for row in _lock(questionnaire).questions.filter(retired_at=None).exclude(match_rule=MatchRule.NONE)
        if row.match_rule not in HARD_RULES
    ]
    wanted = {row.key: weights.get(row.key, 0) for row in rows}
    if any(weight < 0 for weight in wanted.values()):
        raise Invalid(_("A weight cannot be below 0."))
    if rows and not any(wanted.values()):
        raise Invalid(_("Give at least one question some weight."))
    scaled = as_full_score(wanted)
    for row in rows:
        row.match_weight = scaled[row.key]
        row.match_settings = match_settings(
            row.match_rule, direction=row.match_settings.get("direction", ""), weight=row.match_weight
        )
    Question.objects.bulk_update(rows, ["match_weight", "match_settings"])
    record("questionnaire.weighted", actor_id=actor_id, subject=questionnaire, data={"weights": scaled})
    return scaled


@transaction.atomic
def create_answer_set(*, questionnaire: Questionnaire, now: datetime) -> AnswerSet:
    """An empty answer set, for a room that knows whose it is. No other instant than `now` is kept with it."""
    return AnswerSet.objects.create(questionnaire=questionnaire, created_at=now, changed_at=now)


@transaction.atomic
def save_answers(
    *, answer_set: AnswerSet, answers: Mapping[Question, Value], owner_id: int | None, now: datetime
) -> None:
    """Stores these answers; None takes one back. Questions not named stay as they are.

    What only its giver may read is sealed with the key of `owner_id`. Raises Invalid naming the question's key.
    """
    save_many_answers(rows=[(answer_set, answers, owner_id)], now=now)


@transaction.atomic
def save_many_answers(
    *, rows: Sequence[tuple[AnswerSet, Mapping[Question, Value], int | None]], now: datetime
) -> None:
    """As `save_answers` for many respondents, all or nothing, with a number of statements that does not grow with them."""
    kept: list[Answer] = []
    taken_back: dict[int, list[int]] = {}
    for answer_set, answers, owner_id in rows:
        for question, raw in answers.items():
            value = field_of(question).clean(question, raw)
            if value is None:
                taken_back.setdefault(question.pk, []).append(answer_set.pk)
            else:
                kept.append(_answer(answer_set, question, value, owner_id))
    _drop_replaced_files(rows)
    for question_id, sets in taken_back.items():
        Answer.objects.filter(question_id=question_id, answer_set_id__in=sets).delete()
    Answer.objects.bulk_create(
        kept,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["answer_set", "question"],
        update_fields=["value", "sealed", "file"],
    )
    sets = [answer_set.pk for answer_set, _answers, _owner in rows]
    AnswerSet.objects.filter(pk__in=sets).update(changed_at=now)


def _drop_replaced_files(
    rows: Sequence[tuple[AnswerSet, Mapping[Question, Value], int | None]],
) -> None:
    """The bytes of a file that is replaced or taken back go too, once the change is sure."""
    changed = [
        (answer_set.pk, question.pk)
        for answer_set, answers, _owner in rows
        for question in answers
        if question.kind == QuestionKind.FILE
    ]
    if not changed:
        return
    sets, questions = zip(*changed, strict=True)
    kept = Answer.objects.filter(answer_set_id__in=sets, question_id__in=questions).exclude(file="")
    for answer in kept:
        if (answer.answer_set_id, answer.question_id) in changed:
            transaction.on_commit(partial(answer.file.storage.delete, str(answer.file.name)))


def _answer(answer_set: AnswerSet, question: Question, value: Value, owner_id: int | None) -> Answer:
    if question.questionnaire_id != answer_set.questionnaire_id:
        raise NotFound
    answer = Answer(answer_set=answer_set, question=question, value=value)
    if isinstance(value, UploadedFile):
        answer.value = value.name
        answer.file.save(f"{answer_set.public_id}-{question.public_id}", value, save=False)
    if question.visibility == Visibility.ME:
        if owner_id is None:
            raise Invalid(_("A private answer needs to know whose it is."), field=question.key)
        answer.value = None
        answer.sealed = seal(
            json.dumps(value),
            scope=f"answers:{answer_set.public_id}",
            owner_id=owner_id,
            about=about(answer_set, question),
        )
    return answer


def _lock(questionnaire: Questionnaire) -> Questionnaire:
    """Writers of one questionnaire wait for each other here."""
    return Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)


def _row(questionnaire: Questionnaire, spec: QuestionSpec, position: int, *, taken: set[str]) -> Question:
    question = Question(
        questionnaire=questionnaire,
        key=spec.key or _free(slug(spec.label) or spec.kind, taken | set(FORM_KEYS)),
        kind=spec.kind,
        label=spec.label.strip(),
        help=spec.help.strip(),
        label_for_mentor="" if spec.label_for_mentor == spec.label else spec.label_for_mentor.strip(),
        step=spec.step,
        position=position,
        required=spec.required,
        audience=spec.audience or Audience.EVERYONE,
        visibility=spec.visibility,
        fills=spec.fills,
        settings=spec.settings,
        match_rule=spec.match_rule,
        match_weight=spec.match_weight,
        match_settings=match_settings(
            spec.match_rule, direction=spec.match_direction, weight=spec.match_weight
        ),
        construct=spec.construct,
        reversed=spec.reversed,
    )
    _set_options(question, spec.options)
    return question


def _set_options(question: Question, wanted: Sequence[tuple[str, str]]) -> None:
    """Options as wanted. A known id stays; a label that was taken out gets its old id back; others get a new one."""
    gone = dict(question.gone_options)
    before = {option["id"]: option["label"] for option in question.options}
    back = {label.casefold(): option_id for option_id, label in gone.items()}
    given = {option_id for option_id, _label in wanted if option_id}
    fresh = not before and not gone
    options: list[dict[str, str]] = []
    for asked_id, asked_label in wanted:
        label = " ".join(asked_label.split())
        option_id = asked_id if asked_id and (fresh or asked_id in before or asked_id in gone) else ""
        if not option_id:
            used = given | set(before) | set(gone) | {option["id"] for option in options}
            option_id = back.get(label.casefold()) or _free(slug(label) or "option", used)
        options.append({"id": option_id, "label": label})
    present = {option["id"] for option in options}
    question.options = options
    question.gone_options = {key: label for key, label in {**gone, **before}.items() if key not in present}


def _check_promise(question: Question, visibility: str) -> None:
    """Answers are given for a circle of readers: once there are some, it may only become smaller, and "only me" stays."""
    if visibility == question.visibility or not question.answers.exists():
        return
    wider = _CIRCLES.index(Visibility(visibility)) < _CIRCLES.index(Visibility(question.visibility))
    if wider or visibility == Visibility.ME:
        raise Conflict(
            _(
                "People answered this for the readers it named. It can be shown to fewer, not to others: ask anew instead."
            )
        )


def _end_of(rows: list[Question], neighbors: list[Question]) -> int:
    return rows.index(neighbors[-1]) + 1 if neighbors else len(rows)


def slug(words: str) -> str:
    """Words as a stable name for machines, at most 40 characters."""
    return _NOT_IN_KEY.sub("_", slugify(words).lower()).strip("_")[:40].strip("_")


def _free(name: str, taken: Iterable[str]) -> str:
    used, number, free = set(taken), 2, name
    while free in used:
        free, number = f"{name}_{number}", number + 1
    return free
