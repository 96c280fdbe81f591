"""Giving answers: each goes to the circle it was asked for, and the person to none of those counted in groups."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, NotFound
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.questionnaires.actions import create_answer_set, save_answers
from alongside.questionnaires.enums import Visibility
from alongside.questionnaires.fields import Value
from alongside.questionnaires.models import Question
from alongside.surveys.disclosure import SMALLEST
from alongside.surveys.enums import AskState, WaveState
from alongside.surveys.keys import OWN_SCOPE, giver_in, own_place
from alongside.surveys.models import Ask, OwnAnswers, Response, Shared, Survey, Wave
from alongside.surveys.questions import HAND, QUOTE, QUOTE_NAMED, READERS, STATE, TEAM_READS, WANTS_HAND
from alongside.vault.actions import seal


@transaction.atomic
def answer_survey(*, ask: Ask, actor: Person, answers: Mapping[Question, Value], now: datetime) -> Ask:
    """Takes one person's answers, once. None stands for "can't say yet".

    Guarantees: what only the person may read is sealed with their key; what is counted in groups carries neither
    person nor instant, only a pseudonym; the team reads by name what the person chose to share and nothing else.
    Raises NotFound for somebody else's ask, Conflict when it was answered or is no longer open.
    """
    row = _locked(ask, actor)
    asked = set(row.wave.survey.questionnaire.questions.filter(retired_at=None).values_list("pk", flat=True))
    given = {
        question: value for question, value in answers.items() if value is not None and question.pk in asked
    }
    _keep_own(row, {question.key: value for question, value in given.items() if _is_own(question)})
    _keep_for_groups(row, {question: value for question, value in given.items() if _is_counted(question)})
    _share(row, {question.key: value for question, value in given.items()}, given, now)
    row.state = AskState.ANSWERED
    row.save(update_fields=["state"])
    record(
        "survey.answered",
        actor_id=None,
        subject=row.wave,
        program_id=row.wave.survey.program_id,
        now=_hidden(now),
    )
    return row


def release(wave: Wave) -> None:
    """Shows the answers that wait, once there are five of them: nobody can watch a single one arrive."""
    waiting = Response.objects.filter(wave=wave, batch__isnull=True)
    if waiting.count() < SMALLEST:
        return
    newest = Response.objects.filter(wave=wave).aggregate(newest=Max("batch"))["newest"] or 0
    waiting.update(batch=newest + 1)
    wave.shown = Response.objects.filter(wave=wave, batch__isnull=False).count()
    wave.save(update_fields=["shown"])


def _locked(ask: Ask, actor: Person) -> Ask:
    rows = Ask.objects.select_for_update(of=("self",)).select_related(
        "wave__survey__questionnaire", "mentorship"
    )
    row = rows.get(pk=ask.pk)
    Survey.objects.select_for_update().get(pk=row.wave.survey_id)  # nobody rewords it meanwhile
    if row.person_id != actor.pk:
        raise NotFound
    if row.state == AskState.ANSWERED:
        raise Conflict(_("You have answered this one already. Thank you."))
    if row.state != AskState.ASKED or row.wave.state != WaveState.OPEN:
        raise Conflict(_("This survey is closed now. It is fine not to have answered."))
    return row


def _is_own(question: Question) -> bool:
    return question.visibility == Visibility.ME


def _is_counted(question: Question) -> bool:
    """Counted in groups; the choice about quoting stays with the words it is about."""
    return question.visibility == Visibility.GROUP or question.key == QUOTE


def _keep_own(row: Ask, answers: dict[str, Value]) -> None:
    if not answers:
        return
    own = OwnAnswers(
        wave=row.wave, person_id=row.person_id, mentorship=row.mentorship, created_at=_first_day(row.wave)
    )
    own.sealed = (
        seal(json.dumps(answers), scope=OWN_SCOPE, owner_id=row.person_id, about=own_place(own)) or b""
    )
    own.save()


def _keep_for_groups(row: Ask, answers: dict[Question, Value]) -> None:
    if not answers:
        return
    wave = Wave.objects.select_for_update().get(pk=row.wave_id)  # batches are made one after the other
    first_day = _first_day(wave)
    answer_set = create_answer_set(questionnaire=row.wave.survey.questionnaire, now=first_day)
    save_answers(answer_set=answer_set, answers=answers, owner_id=None, now=first_day)
    Response.objects.create(
        wave=wave,
        answers=answer_set,
        role=row.role,
        pseudonym=giver_in(row.wave.survey.program_id, row.person_id),
        created_at=first_day,
    )
    release(wave)


def _share(row: Ask, by_key: dict[str, Value], given: Mapping[Question, Value], now: datetime) -> None:
    """What the person chose to tell the team by name. A bare "no" to a hand is nothing to tell."""
    shared: dict[str, Value] = {}
    if STATE in by_key:
        shared[STATE] = by_key[STATE]
    if by_key.get(HAND) in WANTS_HAND:
        shared[HAND] = by_key[HAND]
    if by_key.get(READERS) == TEAM_READS:
        shared |= {
            question.key: value
            for question, value in given.items()
            if question.visibility == Visibility.GROUP
        }
    if by_key.get(QUOTE) == QUOTE_NAMED and by_key.get("OPEN2"):
        shared |= {"OPEN2": by_key["OPEN2"], QUOTE: QUOTE_NAMED}
    if not shared:
        return
    kept = Shared.objects.create(
        wave=row.wave, person_id=row.person_id, mentorship=row.mentorship, data=shared, created_at=now
    )
    record(
        "answer.shared",
        actor_id=row.person_id,
        subject=kept,
        program_id=row.wave.survey.program_id,
        data={"person": row.person_id, "mentorship": row.mentorship_id, "hand": shared.get(HAND, "")},
        now=now,
    )


def _first_day(wave: Wave) -> datetime:
    """The one instant all responses of a wave carry."""
    return datetime.combine(wave.opens_on, time(), UTC)


def _hidden(now: datetime) -> datetime:
    """The day without the hour: the journal tells that answers came, not whose came when."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
