"""The pair's room and the participants' own days: members only; staff and administrators are strangers here."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from alongside.discussions.actions import open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.discussions.models import Message, Topic
from alongside.mentorships.actions import propose_agreement
from alongside.mentorships.agreement_form import agreement_form
from tests.factories import NOW
from tests.house.matrix import SIGN_IN, Row
from tests.people import Cast


def _pair(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id]


def _made_topic(cast: Cast) -> Topic:
    return open_topic(mentorship=cast.pair, actor=cast.chi, title="Visa", intention=Intention.ADVICE, now=NOW)


def _topic(cast: Cast) -> Sequence[Any]:
    return [cast.pair.public_id, _made_topic(cast).public_id]


def _message(cast: Cast) -> Sequence[Any]:
    message: Message = post_message(topic=_made_topic(cast), actor=cast.chi, body="Hello", now=NOW)
    return [cast.pair.public_id, message.topic.public_id, message.public_id]


def _agreement(cast: Cast) -> Sequence[Any]:
    lines = dict.fromkeys(agreement_form().keys_that_make_it_usable, "as we like")
    agreement = propose_agreement(
        mentorship=cast.pair, actor=cast.chi, agreed=lines, rhythm_days=21, review_on=None, now=NOW
    )
    return [cast.pair.public_id, agreement.public_id]


# What every page of the room answers: the two may, everybody else finds nothing.
_own = partial(
    Row, anonymous=SIGN_IN, dov=404, chi=200, ben=200, eva=404, ada=404, gus=404, hal=404, args=_pair
)
_post = partial(_own, method="POST", chi=302, ben=302)
_anyone = partial(Row, anonymous=SIGN_IN, dov=200, ada=200, gus=200, hal=200)

ROWS = [
    _anyone("workspace:today", chi=200, ben=200, eva=200),
    _anyone("workspace:pair", chi=302, ben=302, eva=302),
    _own("workspace:pair.home"),
    _own("workspace:pair.about"),
    _post("workspace:pair.rhythm", chi=422, ben=422),
    _post("workspace:pair.end_date", chi=422, ben=422),
    _post("workspace:pair.contact", chi=422, ben=422),
    _post("workspace:pair.introduction"),
    _post("workspace:pair.confirmation"),
    _post("workspace:pair.pause"),
    _post("workspace:pair.resumption"),
    _post("workspace:pair.reopening"),
    _post("workspace:pair.fine", chi=409, ben=409),
    _own("workspace:pair.hand"),
    _post("workspace:pair.hand", chi=422, ben=422),
    _own("workspace:ending"),
    _own("workspace:ending.well"),
    _post("workspace:ending.well"),
    _own("workspace:ending.early"),
    _post("workspace:ending.early", chi=422, ben=422),
    _post("workspace:ending.completion", chi=409, ben=409),
    _own("workspace:ending.help"),
    _own("workspace:agreement"),
    _own("workspace:agreement.own"),
    _post("workspace:agreement.own"),
    _own("workspace:agreement.draft"),
    _post("workspace:agreement.draft", chi=422, ben=422),
    _post("workspace:agreement.signature", args=_agreement),
    _own("workspace:topics"),
    _own("workspace:topics.new"),
    _post("workspace:topics.new", chi=422, ben=422),
    _own("workspace:pair.search"),
    _own("workspace:topic", args=_topic),
    _post("workspace:topic.rest", args=_topic),
    _own("workspace:topic.close", args=_topic),
    _post("workspace:topic.close", args=_topic, chi=422, ben=422),
    _post("workspace:topic.reopening", args=_topic),
    _own("workspace:topic.messages", args=_topic),
    _post("workspace:topic.messages", args=_topic, chi=422, ben=422),
    _own("workspace:message", args=_message),
    _own("workspace:message.edit", args=_message, ben=403),
    _post("workspace:message.edit", args=_message, chi=422, ben=403),
    _post("workspace:message.removal", args=_message, ben=403),
    _post("workspace:message.ring", args=_message, chi=404, ben=404),
]
