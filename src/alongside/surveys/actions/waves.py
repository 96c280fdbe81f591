"""Closing a wave and answering it: what people said, what will change, what cannot."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Invalid
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.access import check_may_change
from alongside.surveys.actions.planning import open_wave
from alongside.surveys.enums import AskState, WaveState
from alongside.surveys.models import Ask, Survey, Wave

LONGEST_CARD = 2000


@transaction.atomic
def close_wave(*, wave: Wave, actor: Person, now: datetime) -> Wave:
    """No more answers come in. Those not asked yet are asked in the next wave, open questions are let go.

    Nothing to do twice. Raises NotFound and NotAllowed.
    """
    row = _locked(wave, actor)
    if row.state == WaveState.CLOSED:
        return row
    row.state, row.closes_on = WaveState.CLOSED, now.date()
    row.save(update_fields=["state", "closes_on"])
    Ask.objects.filter(wave=row, state=AskState.ASKED).update(state=AskState.DROPPED)
    if Ask.objects.filter(wave=row, state=AskState.PLANNED).exists():
        following = open_wave(row.survey, row.turn, now=now)
        Ask.objects.filter(wave=row, state=AskState.PLANNED).update(wave=following)
    record("wave.closed", actor_id=actor.pk, subject=row, program_id=row.survey.program_id, now=now)
    return row


@transaction.atomic
def put_up_card(
    *, wave: Wave, actor: Person, you_said: str, we_will: str, we_cannot: str, now: datetime
) -> Wave:
    """The coordinator's answer to what people said, shown to everyone with the next survey. May be worded anew.

    Raises Invalid without a word of what was said, NotFound and NotAllowed.
    """
    row = _locked(wave, actor)
    if not you_said.strip():
        raise Invalid(_("Begin with what people said."), field="you_said")
    texts = {"you_said": you_said, "we_will": we_will, "we_cannot": we_cannot}
    for name, text in texts.items():
        if len(text.strip()) > LONGEST_CARD:
            raise Invalid(_("Please keep it shorter: people read it in passing."), field=name)
        setattr(row, name, text.strip())
    row.card_at = row.card_at or now
    row.save(update_fields=[*texts, "card_at"])
    record("wave.answered", actor_id=actor.pk, subject=row, program_id=row.survey.program_id, now=now)
    return row


def _locked(wave: Wave, actor: Person) -> Wave:
    check_may_change(actor, wave.survey.program)
    Survey.objects.select_for_update().get(pk=wave.survey_id)  # before the wave, as answering does
    return Wave.objects.select_for_update(of=("self",)).select_related("survey__program").get(pk=wave.pk)
