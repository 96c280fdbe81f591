"""An answer by mail becomes a message in its topic, once; or its writer is told, kindly, why not."""

import logging
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from alongside.delivery.actions.calendar_answers import take_calendar_answer
from alongside.delivery.actions.posting import post_letter
from alongside.delivery.answers import Answer, read_answer, receivers_of
from alongside.delivery.calendars import person_of_calendar_address, whose_calendar
from alongside.delivery.letters import language_of
from alongside.delivery.links import page_of
from alongside.delivery.models import Notice
from alongside.delivery.replies import REPLY_LIFE, answered_notice, takes_answers, topic_of
from alongside.delivery.scenes import Scene, load_scene
from alongside.delivery.texts import escaped
from alongside.discussions.access import get_topic
from alongside.discussions.actions import post_message
from alongside.foundation.errors import AlongsideError
from alongside.foundation.mail import Action, Letter
from alongside.people.models import Person

log = logging.getLogger(__name__)


class Taken(StrEnum):
    """What became of a mail that came in."""

    POSTED = "posted"
    NO_ADDRESS = "no_address"  # not for one of our reply addresses: nobody is written to
    AUTOMATIC = "automatic"  # written by a machine: passed over, so that two machines never talk
    EXPIRED = "expired"
    OTHER_SENDER = "other_sender"
    TOO_LARGE = "too_large"
    NO_WORDS = "no_words"
    CALENDAR = "calendar"  # a calendar's answer to the time of a talk: applied, or explained to its owner
    NOT_POSSIBLE = "not_possible"  # the topic or the relationship is closed, or the words are too many


def take_answer(raw: bytes, *, receivers: Sequence[str] = (), whole: bool = True, now: datetime) -> Taken:
    """Posts the words of a mail in the topic it answers. `receivers` are those of the envelope, if known.

    The same mail again posts nothing twice. Only the person the address was made for may answer, from their own address;
    what cannot be posted is explained to that address, never to another. `whole` is False when only the headers of a mail
    that is too large were read. A mail to somebody's calendar address is their calendar's answer about a talk.
    """
    named = (*receivers, *receivers_of(raw))
    if not any(answered_notice(address) or whose_calendar(address) for address in named):
        return Taken.NO_ADDRESS  # a stranger's mail is not read further
    answer = read_answer(raw)
    owner = next(filter(None, map(person_of_calendar_address, named)), None)
    if owner is not None:
        done = take_calendar_answer(raw, person=owner, whole=whole, is_automatic=answer.is_automatic, now=now)
        log.info("A calendar's answer by mail: %s", done.outcome)
        return Taken.CALENDAR
    public_id = next(filter(None, map(answered_notice, named)), None)
    notice = (
        Notice.objects.select_related("person__preferences", "program")
        .filter(public_id=public_id or "")
        .first()
    )
    if notice is None or notice.person is None or not notice.person.is_active:
        return Taken.NO_ADDRESS
    if answer.is_automatic:
        return Taken.AUTOMATIC
    scene = load_scene(notice.about, notice.context)
    with override(language_of(notice.person)):
        taken, words = _post(answer, notice, notice.person, scene, whole, now)
        if words:
            _write_back(notice.person, words, page_of(notice, scene) if scene else "", now)
    log.info("An answer by mail: %s", taken)
    return taken


def _post(
    answer: Answer, notice: Notice, person: Person, scene: Scene | None, whole: bool, now: datetime
) -> tuple[Taken, str]:
    """What becomes of an answer, and the words for its writer if there is something to say."""
    topic = topic_of(scene) if scene is not None else None
    if answer.sender != person.email.lower():
        return Taken.OTHER_SENDER, _(
            "An answer to one of our mails came from another address. Only yours can write in this topic, so it was left out. "
            "If it was you, please answer from {address}."
        ).format(address=escaped(person.email))
    if not takes_answers(notice, now):
        return Taken.EXPIRED, _(
            "A mail can be answered for {days} days, and this one is older. Your mail program has kept your words: you can "
            "write them in the topic itself."
        ).format(days=REPLY_LIFE.days)
    if not whole:
        return Taken.TOO_LARGE, _(
            "Your mail is larger than 10 MB, so it was not read. Words alone find their way."
        )
    if not answer.words:
        return Taken.NO_WORDS, _("We found no words of yours in your answer, only what it quotes.")
    try:
        if topic is None:
            return Taken.NOT_POSSIBLE, _("What you answered to is not there any more.")
        own = get_topic(person, topic.public_id)
        post_message(topic=own, actor=person, body=answer.words, client_key=answer.key, now=now)
    except AlongsideError as problem:
        return Taken.NOT_POSSIBLE, problem.message or _("You cannot write in this topic any more.")
    if not answer.files:
        return Taken.POSTED, ""
    return Taken.POSTED, ngettext(
        "Your words are in the topic. The file that came with them was not kept: files cannot come by mail.",
        "Your words are in the topic. The files that came with them were not kept: files cannot come by mail.",
        answer.files,
    )


def _write_back(person: Person, words: str, url: str, now: datetime) -> None:
    """A few words to the person's own address, at once: they are waiting for what became of their mail."""
    action = Action(_("Open the topic"), url) if url else None
    post_letter(
        Letter(
            to=person.email,
            subject=_("About your answer"),
            body=words,
            action=action,
            language=person.language,
        ),
        now=now,
    )
