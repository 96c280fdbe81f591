"""Doing one simple thing with the link in a mail: saying what became of a talk, hearing of something later. Once each."""

from datetime import datetime

from django.db import transaction

from alongside.delivery.access import LATER, ActOfMail, ActState, was_put_off
from alongside.delivery.actions.planning import plan_notice
from alongside.delivery.enums import OUTCOMES, PUT_OFF, PUT_OFF_VERB, Act
from alongside.delivery.models import Notice
from alongside.delivery.plan import NUDGE_LIFE
from alongside.journal.actions import record
from alongside.meetings.actions import say_outcome
from alongside.meetings.enums import OutcomeKind
from alongside.people.enums import NoticeClass


def do_act(act: ActOfMail, *, now: datetime) -> None:
    """Does what the link is for. Nothing when it was done before, or came to its end: the page says so.

    The link is the permission: it was sent to nobody else. Raises Conflict when the talk or the pair does not allow it.
    """
    if act.state is not ActState.OPEN:
        return
    if act.act in OUTCOMES:
        say_outcome(meeting=act.scene.thing, actor=act.person, kind=OutcomeKind(act.act.value), now=now)
    elif act.act is Act.LATER:
        _put_off(act, now)


@transaction.atomic
def _put_off(act: ActOfMail, now: datetime) -> None:
    """Plans the same once more, in three days and in the person's hours, if it is still so then. Two presses are one."""
    Notice.objects.select_for_update(of=("self",)).get(pk=act.notice.pk)
    if was_put_off(act.notice):
        return
    notice, at = act.notice, now + LATER
    ends = at + NUDGE_LIFE if notice.notice_class == NoticeClass.NUDGE else notice.expires_at
    plan_notice(
        kind=notice.kind,
        about=notice.about,
        person=act.person,
        program=notice.program,
        thread=notice.thread,
        context=notice.context,
        dedupe_key=f"{PUT_OFF}{notice.public_id}",
        earliest_at=at,
        expires_at=ends,
        now=now,
    )
    record(PUT_OFF_VERB, actor_id=act.person.pk, subject=notice, now=now)
