"""Handing a note to the push service of a device: sealed for that browser alone, signed by us, and what became of it."""

import json
from email.utils import parseaddr
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings
from django.templatetags.static import static
from webpush import WebPush, WebPushSubscription

from alongside.delivery.channels.mail import Outcome
from alongside.delivery.models import Device
from alongside.delivery.pushes import Push
from alongside.delivery.pushkeys import push_key
from alongside.foundation.net import CutOff, Unreached, Unwelcome, post, target_of

_ICON = "ui/icon-192.png"
_GONE = frozenset({404, 410})
_LATER = frozenset({408, 429})


def hand_over(push: Push, device: Device, *, within: float) -> tuple[Outcome, str]:
    """What became of the note at one device, and why if it was not taken. A push service reads nothing of it.

    Takes at most `within` seconds; NOT_NOW when there are none. A device goes only by what its push service says or by an
    address that is none: what a name stands for decides nothing that anybody could see.
    """
    if within <= 0:
        return Outcome.NOT_NOW, "other devices took the time there was"
    try:
        target = target_of(device.endpoint, own=settings.PUSH_SERVICES)
        body, headers = _sealed(push, device)
        status = post(target, body=body, headers=headers, within=within)
    except (Unwelcome, ValueError) as problem:
        return Outcome.GONE, f"{type(problem).__name__}: {problem}"
    except Unreached as problem:
        return Outcome.NOT_NOW, str(problem)
    except CutOff as problem:
        return Outcome.UNKNOWN, str(problem)
    return _outcome_of(status), "" if 200 <= status < 300 else f"the push service answered {status}"


def _outcome_of(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.TAKEN
    if status in _GONE:
        return Outcome.GONE
    return Outcome.NOT_NOW if status in _LATER or status >= 500 else Outcome.REFUSED


def _sealed(push: Push, device: Device) -> tuple[bytes, dict[str, str]]:
    """Body and headers (RFC 8030). Raises ValueError for keys that are none."""
    told = {"title": push.title, "body": push.body, "url": push.url, "tag": push.tag, "icon": static(_ICON)}
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    subscription = WebPushSubscription.model_validate({"endpoint": device.endpoint, "keys": keys})
    message = _signer().get(json.dumps(told, ensure_ascii=False), subscription)
    return message.encrypted, {
        **message.headers,
        "ttl": str(max(0, int(push.lasts.total_seconds()))),
        "urgency": "high" if push.is_urgent else "normal",
        "topic": push.tag,
        "content-type": "application/octet-stream",
    }


def _signer() -> Any:
    key = push_key()
    return WebPush(
        private_key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        public_key=key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        subscriber=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    )
