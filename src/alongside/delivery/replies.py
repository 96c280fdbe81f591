"""Reply addresses: each belongs to one notice, so to one person and one topic, and is signed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.delivery.models import Notice
from alongside.delivery.scenes import Scene
from alongside.discussions.models import Message, Topic
from alongside.foundation.ids import ALPHABET, LENGTH

REPLY_LIFE = timedelta(days=60)
_SALT = "alongside.delivery.reply"
_SIGNATURE = 16  # letters of 27: more than 76 bits


def reply_address(notice: Notice, scenes: Sequence[Scene]) -> str:
    """Where the receiver may answer; empty when answers are not set up or would not know where to go.

    A mail that tells of several topics has none.
    """
    name, _, domain = settings.ENV.reply_address.partition("@")
    topics = {topic_of(scene) for scene in scenes}
    if not domain or notice.person is None or len(topics) != 1 or None in topics:
        return ""
    return f"{name}+{notice.public_id}{_signature(notice.public_id)}@{domain}"


def answered_notice(address: str) -> str | None:
    """The public id of the notice that a reply address belongs to; None for addresses that are not ours."""
    name, _, domain = settings.ENV.reply_address.lower().partition("@")
    local, _, host = address.strip().lower().rpartition("@")
    begun, _, token = local.partition("+")
    if not domain or (begun, host) != (name, domain) or len(token) != LENGTH + _SIGNATURE:
        return None
    public_id, signature = token[:LENGTH], token[LENGTH:]
    return public_id if constant_time_compare(signature, _signature(public_id)) else None


def takes_answers(notice: Notice, now: datetime) -> bool:
    """Whether the address of the notice still takes answers."""
    return now < notice.created_at + REPLY_LIFE


def topic_of(scene: Scene) -> Topic | None:
    """The topic that a scene is about, if it is about one."""
    if isinstance(scene.thing, Message):
        return scene.thing.topic
    return scene.thing if isinstance(scene.thing, Topic) else None


def _signature(public_id: str) -> str:
    """Letters that only this installation can make, in an alphabet that survives any mail program."""
    number = int.from_bytes(salted_hmac(_SALT, public_id, algorithm="sha256").digest())
    letters = []
    for _place in range(_SIGNATURE):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)
