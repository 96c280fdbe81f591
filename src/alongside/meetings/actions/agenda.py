"""What the two want to talk about and what they take along to do; wishes for the talk; goals tucked away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, Invalid
from alongside.foundation.wording import in_words
from alongside.meetings.actions._row import line, locked, sealed
from alongside.meetings.agendas import talk_help
from alongside.meetings.enums import WishKind
from alongside.meetings.models import AgendaItem, Meeting, Wish
from alongside.people.models import Person

MOST_ITEMS = 40


@transaction.atomic
def add_agenda_item(
    *, meeting: Meeting, actor: Person, text: str, is_action: bool = False, now: datetime
) -> AgendaItem:
    """A line of the agenda, or something to do after the talk, which carries over to the next until it is done."""
    row = locked(meeting, actor=actor)
    return _add(row, actor, line(text), is_action, now)


@transaction.atomic
def use_agenda(*, meeting: Meeting, actor: Person, key: str, now: datetime) -> int:
    """Puts the parts of a shipped agenda on this talk's own, those that are not there; returns how many.

    "Life first" opens every talk anyway and is left out.
    """
    row = locked(meeting, actor=actor)
    agenda = {agenda.key: agenda for agenda in in_words(talk_help()).agendas}.get(key)
    if agenda is None:
        raise Invalid(_("There is no such agenda."), field="key")
    if row.agenda_key == key and row.agenda.filter(is_action=False).exists():
        return 0
    for part in agenda.parts[1:]:
        _add(row, actor, part.title, False, now)
    row.agenda_key = key
    row.save(update_fields=["agenda_key"])
    return len(agenda.parts) - 1


@transaction.atomic
def tick_agenda_item(*, item: AgendaItem, actor: Person, done: bool, now: datetime) -> AgendaItem:
    """Done, or open again; said by either of the two. Idempotent."""
    locked(item.meeting, actor=actor)
    if (item.done_at is not None) != done:
        item.done_at = now if done else None
        item.save(update_fields=["done_at"])
    return item


@transaction.atomic
def remove_agenda_item(*, item: AgendaItem, actor: Person) -> None:
    """Takes a line away; either of the two may. Does nothing when it is gone."""
    locked(item.meeting, actor=actor)
    AgendaItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def set_wish(*, meeting: Meeting, actor: Person, wish: WishKind | None) -> None:
    """What would make this talk good for the actor; None takes it back."""
    row = locked(meeting, actor=actor)
    if wish is None:
        Wish.objects.filter(meeting=row, person=actor).delete()
    else:
        Wish.objects.update_or_create(meeting=row, person=actor, defaults={"kind": wish})


@transaction.atomic
def set_goals_tucked_away(*, meeting: Meeting, actor: Person, tucked_away: bool) -> None:
    """Leaves goals out of this talk, or lets them back in; for both. Idempotent."""
    row = locked(meeting, actor=actor)
    if row.goals_tucked_away != tucked_away:
        row.goals_tucked_away = tucked_away
        row.save(update_fields=["goals_tucked_away"])


def _add(row: Meeting, actor: Person, words: str, is_action: bool, now: datetime) -> AgendaItem:
    last = row.agenda.order_by("-position").values_list("position", flat=True).first()
    if row.agenda.count() >= MOST_ITEMS:
        raise Conflict(_("This agenda is full. Some of it could wait for the next talk."))
    item = AgendaItem(
        meeting=row,
        by=actor,
        is_action=is_action,
        position=0 if last is None else last + 1,
        created_at=now,
    )
    about = f"agenda:{item.public_id}:text"
    item.text_sealed = sealed(words, meeting=row, owner=actor, about=about) or b""
    item.save()
    return item
