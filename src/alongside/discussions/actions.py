"""Opening topics, writing in them, letting them rest, closing them with what was taken away."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import DateField, DateTimeField, F, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from alongside.discussions.access import check_author
from alongside.discussions.enums import Expectation, Intention, TopicState, Urgency
from alongside.discussions.models import Message, Read, Topic
from alongside.discussions.queries import may_ring
from alongside.foundation import live
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.jobs.actions import enqueue
from alongside.journal.actions import record
from alongside.mentorships.access import check_may_write, check_member
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import partner_in
from alongside.people.actions.settings import stop_ringing
from alongside.people.models import Person
from alongside.people.queries import hours_of
from alongside.vault.actions import seal

LONGEST_TITLE, LONGEST_MESSAGE = 120, 20_000
FURTHEST = timedelta(days=60)  # how far ahead a message may be scheduled
SEND = "discussions.send_scheduled"  # kind of the job that sends a scheduled message


@transaction.atomic
def open_topic(
    *, mentorship: Mentorship, actor: Person, title: str, intention: Intention, now: datetime
) -> Topic:
    """A new topic between the two."""
    check_may_write(actor, mentorship)
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(_("Give it a short title."), field="title")
    topic = Topic(mentorship=mentorship, opened_by=actor, intention=intention, created_at=now)
    topic.title_sealed = _sealed(title, mentorship, actor, f"topic:{topic.public_id}:title") or b""
    topic.save()
    _tell("topic.opened", topic, actor=actor, now=now)
    return topic


def post_message(
    *,
    topic: Topic,
    actor: Person,
    body: str,
    expectation: Expectation = Expectation.WHENEVER,
    reply_by: date | None = None,
    send_at: datetime | None = None,
    urgent: bool = False,
    client_key: str = "",
    now: datetime,
) -> Message:
    """A message in a topic, sent now or kept until `send_at`. Writing wakes a resting topic.

    An `urgent` one rings through outside the partner's hours; Invalid unless `may_ring`.

    With a `client_key` a repeated send gives the message that is there: nothing is ever said twice. Raises Invalid for
    empty or overlong text or a day that does not fit, Conflict when topic or mentorship are closed.
    """
    try:
        with transaction.atomic():
            return _post(topic, actor, body, expectation, reply_by, send_at, urgent, client_key, now)
    except IntegrityError:  # the same send arrived twice at once; the other one was first
        return Message.objects.get(topic=topic, author=actor, client_key=client_key)


@transaction.atomic
def edit_message(*, message: Message, actor: Person, body: str, now: datetime) -> Message:
    """New words for one's own message; the partner sees that it was edited. Raises Conflict once removed."""
    _check_may_change(message, actor)
    if message.deleted_at is not None:
        raise Conflict(_("This message has been removed."))
    text = _checked(body)
    message.body_sealed = _sealed(text, message.topic.mentorship, actor, f"message:{message.public_id}:body")
    message.edited_at = now if message.sent_at else None
    message.save(update_fields=["body_sealed", "edited_at"])
    if message.sent_at:
        _tell_of_message("message.edited", message, actor=actor, now=now)
    return message


@transaction.atomic
def remove_message(*, message: Message, actor: Person, now: datetime) -> Message:
    """Takes one's own words away for good; the place stays. One not sent yet goes without a trace. Idempotent."""
    _check_may_change(message, actor)
    if message.sent_at is None:
        Message.objects.filter(pk=message.pk, sent_at__isnull=True).delete()
        return message
    if message.deleted_at is None:
        message.body_sealed, message.deleted_at = None, now
        message.save(update_fields=["body_sealed", "deleted_at"])
        _tell_of_message("message.removed", message, actor=actor, now=now)
    return message


@transaction.atomic
def send_scheduled_message(*, message_id: int, now: datetime) -> bool:
    """Sends a message whose time has come; False when it was taken back, sent, moved or may not be sent any more."""
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("topic__mentorship", "author")
        .filter(pk=message_id, sent_at__isnull=True, send_at__lte=now)
        .first()
    )
    if message is None or message.topic.state == TopicState.CLOSED:
        return False
    try:
        check_may_write(message.author, message.topic.mentorship)
    except Conflict:  # the mentorship has ended meanwhile: the words stay their author's
        return False
    _send(message, message.author, now)
    return True


@transaction.atomic
def answer_ring(*, message: Message, actor: Person, was_fine: bool, now: datetime) -> None:
    """The receiver of an urgent message says whether that was all right; one "rather not" and nothing rings any more.

    Raises NotFound for its author and for messages that did not ring.
    """
    check_member(actor, message.topic.mentorship)
    asked = Message.objects.filter(pk=message.pk).exclude(author=actor).exclude(urgency=Urgency.QUIET)
    if not asked.update(urgency=Urgency.FINE if was_fine else Urgency.NOT_AGAIN):
        raise NotFound
    if not was_fine:
        stop_ringing(actor=actor, now=now)


@transaction.atomic
def rest_topic(*, topic: Topic, actor: Person, now: datetime) -> Topic:
    """Lets a topic rest: it stays, asks nothing, and wakes with the next message. Idempotent."""
    return _move(topic, TopicState.RESTING, frm=(TopicState.OPEN,), verb="topic.rested", actor=actor, now=now)


@transaction.atomic
def close_topic(*, topic: Topic, actor: Person, takeaway: str = "", now: datetime) -> Topic:
    """Closes a topic, with what was taken away from it if somebody wants to say. Idempotent."""
    check_may_write(actor, topic.mentorship)
    row = Topic.objects.select_for_update().get(pk=topic.pk)
    if row.state != TopicState.CLOSED:
        about = f"topic:{topic.public_id}:takeaway"
        row.takeaway_sealed = _sealed(takeaway.strip()[:2000], topic.mentorship, actor, about)
        row.state, row.closed_by, row.closed_at = TopicState.CLOSED, actor, now
        row.save(update_fields=["takeaway_sealed", "state", "closed_by", "closed_at"])
        _tell("topic.closed", row, actor=actor, now=now)
    return row


@transaction.atomic
def reopen_topic(*, topic: Topic, actor: Person, now: datetime) -> Topic:
    """Back in the open, from rest or from its close; a takeaway stays until the next close. Idempotent."""
    return _move(
        topic,
        TopicState.OPEN,
        frm=(TopicState.RESTING, TopicState.CLOSED),
        verb="topic.reopened",
        actor=actor,
        now=now,
    )


@transaction.atomic
def mark_read(*, topic: Topic, reader: Person, until_at: datetime) -> None:
    """Remembers for the reader alone until where they have read. Never moves back, tells nobody."""
    own = Read.objects.filter(topic=topic, person=reader, topic__mentorship__members__person=reader)
    if own.update(until_at=Greatest(F("until_at"), Value(until_at, output_field=DateTimeField()))):
        return
    check_member(reader, topic.mentorship)
    Read.objects.get_or_create(topic=topic, person=reader, defaults={"until_at": until_at})


def _post(
    topic: Topic,
    actor: Person,
    body: str,
    expectation: Expectation,
    reply_by: date | None,
    send_at: datetime | None,
    urgent: bool,
    client_key: str,
    now: datetime,
) -> Message:
    check_may_write(actor, topic.mentorship)
    text = _checked(body)
    _check_days(expectation, reply_by, send_at, now)
    if client_key and (
        there := Message.objects.filter(topic=topic, author=actor, client_key=client_key).first()
    ):
        return there
    if not Topic.objects.filter(pk=topic.pk).exclude(state=TopicState.CLOSED).exists():
        raise Conflict(_("This topic is closed. Reopen it to write on."))
    if urgent:
        _check_may_ring(topic, actor, send_at, now)
    message = Message(
        topic=topic,
        author=actor,
        expectation=expectation,
        urgency=Urgency.ASKED if urgent else Urgency.QUIET,
        reply_by=reply_by if expectation == Expectation.BY_DATE else None,
        send_at=send_at,
        client_key=client_key,
        created_at=now,
    )
    message.body_sealed = _sealed(text, topic.mentorship, actor, f"message:{message.public_id}:body")
    message.save()
    if send_at is None:
        _send(message, actor, now)
    else:
        enqueue(SEND, {"message": message.pk}, run_after=send_at, dedupe=f"{SEND}:{message.pk}")
    return message


def _send(message: Message, actor: Person, now: datetime) -> None:
    """Makes a message readable for both, wakes its topic, counts as contact, tells the house and open pages.

    Rows are changed in one order, message, topic, mentorship, so that writers wait for each other and never in a circle.
    """
    message.sent_at = now
    message.save(update_fields=["sent_at"])
    moment = Value(now, output_field=DateTimeField())
    Topic.objects.filter(pk=message.topic_id).update(
        last_message_at=Greatest(Coalesce(F("last_message_at"), moment), moment), state=TopicState.OPEN
    )
    today = now.date()
    day = Value(today, output_field=DateField())
    Mentorship.objects.filter(
        Q(other_contact_on__isnull=True) | Q(other_contact_on__lt=today), pk=message.topic.mentorship_id
    ).update(other_contact_on=today, last_contact_on=Greatest(Coalesce(F("last_contact_on"), day), day))
    _tell_of_message("message.posted", message, actor=actor, now=now)


def _move(
    topic: Topic, state: TopicState, *, frm: tuple[TopicState, ...], verb: str, actor: Person, now: datetime
) -> Topic:
    check_may_write(actor, topic.mentorship)
    row = Topic.objects.select_for_update().get(pk=topic.pk)
    if row.state == state:
        return row
    if row.state not in frm:
        raise Conflict(_("This topic is closed. Reopen it to write on."))
    row.state = state
    row.save(update_fields=["state"])
    _tell(verb, row, actor=actor, now=now)
    return row


def _check_may_change(message: Message, actor: Person) -> None:
    check_author(actor, message)
    check_may_write(actor, message.topic.mentorship)


def _checked(body: str) -> str:
    text = body.strip()
    if not text:
        raise Invalid(_("There are no words yet."), field="body")
    if len(text) > LONGEST_MESSAGE:
        raise Invalid(
            _("This is longer than one message can hold. Two messages will do."),
            field="body",
        )
    return text


def _check_may_ring(topic: Topic, actor: Person, send_at: datetime | None, now: datetime) -> None:
    """Of two urgent messages at the same moment the second one sees the first: they wait for each other here.

    Rows are locked in the order in which `_send` changes them.
    """
    mentorship = topic.mentorship
    for rows in (Topic.objects.filter(pk=topic.pk), Mentorship.objects.filter(pk=mentorship.pk)):
        rows.select_for_update(of=("self",), no_key=True).get()
    partner = partner_in(mentorship, actor)
    if send_at is not None or not may_ring(mentorship, partner, hours_of(partner), now=now):
        raise Invalid(_("This cannot ring through now. Your words can still go quietly."), field="urgent")


def _check_days(
    expectation: Expectation, reply_by: date | None, send_at: datetime | None, now: datetime
) -> None:
    if expectation == Expectation.BY_DATE and (
        reply_by is None or reply_by < (now - timedelta(days=1)).date()
    ):
        raise Invalid(_("Choose the day you would like an answer by."), field="reply_by")
    if send_at is not None and not now < send_at <= now + FURTHEST:
        raise Invalid(_("Choose a moment in the coming two months."), field="send_at")


def _sealed(text: str, mentorship: Mentorship, owner: Person, about: str) -> bytes | None:
    return seal(text, scope=mentorship.scope, owner_id=owner.pk, about=about)


def _tell(verb: str, topic: Topic, *, actor: Person, now: datetime) -> None:
    mentorship = topic.mentorship
    record(
        verb,
        actor_id=actor.pk,
        subject=topic,
        program_id=mentorship.program_id,
        data={"mentorship": mentorship.pk},
        now=now,
    )
    live.publish(f"topic:{topic.public_id}", "topic.changed", topic.public_id)


def _tell_of_message(verb: str, message: Message, *, actor: Person, now: datetime) -> None:
    mentorship = message.topic.mentorship
    record(
        verb,
        actor_id=actor.pk,
        subject=message,
        program_id=mentorship.program_id,
        data={
            "mentorship": mentorship.pk,
            "topic": message.topic_id,
            "expectation": message.expectation,
            "reply_by": str(message.reply_by or ""),
            **({"urgent": True} if message.urgency else {}),
        },
        now=now,
    )
    live.publish(f"topic:{message.topic.public_id}", verb, message.public_id)
