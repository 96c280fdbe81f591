"""Devices that show notes: a person adds and removes their own; those that are gone are forgotten by the worker.

A device goes with the session it was added in (see its model), and all of them with a new password.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.delivery.enums import NoticeChannel, NoticeState, Why
from alongside.delivery.models import Device, Notice
from alongside.delivery.queries import devices_of
from alongside.foundation.errors import Conflict, Invalid
from alongside.foundation.net import Unwelcome, target_of
from alongside.journal.actions import record
from alongside.people.models import Person

MOST_DEVICES = 5
LONGEST_ENDPOINT = 800
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")
_SECRET_BYTES = 16


@transaction.atomic
def add_device(
    *, actor: Person, session: str, endpoint: str, p256dh: str, auth: str, name: str = "", now: datetime
) -> Device:
    """From now on this browser shows notes to the actor, and to nobody who used it before. The same again is one device.

    `session` is the key of the session it asks in: a session is one browser, so it has one device, and takes it along when
    it ends. The actor is told of a new one by mail, in case it was not them.

    `endpoint` and keys come from the browser, so they are believed in nothing: raises Invalid for an address that is not
    public https, and for keys that are none. The sixth device takes the place of the first.
    Raises Conflict when the actor's password changed since they were recognized.
    """
    _check(endpoint, p256dh, auth)
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.pk)
    if person.password != actor.password:  # a new one came in between, and has just silenced every device
        raise Conflict(_("Your password was changed a moment ago. Please sign in again."))
    Device.objects.filter(endpoint=endpoint).exclude(person=actor).delete()
    Device.objects.filter(session_id=session).exclude(endpoint=endpoint).delete()
    facts = {"person": actor, "session_id": session, "p256dh": p256dh, "auth": auth, "name": name[:60]}
    device, created = Device.objects.update_or_create(
        endpoint=endpoint, defaults=facts, create_defaults={**facts, "created_at": now}
    )
    if created:
        newest = devices_of(actor).order_by("-pk").values_list("pk", flat=True)[:MOST_DEVICES]
        devices_of(actor).exclude(pk__in=list(newest)).delete()
        data = {"device": device.name}
        record("person.device_added", actor_id=actor.pk, subject=actor, data=data, now=now)
    return device


@transaction.atomic
def remove_device(*, actor: Person, public_id: str, now: datetime) -> None:
    """This device stays silent from now on; with the last of them what was held for devices is canceled. Idempotent."""
    removed, _rows = devices_of(actor).filter(public_id=public_id).delete()
    if not removed:
        return
    record("person.device_removed", actor_id=actor.pk, subject=actor, now=now)
    if not devices_of(actor).exists():
        _cancel_held(actor, now)


@transaction.atomic
def silence_devices(*, person: Person, now: datetime) -> None:
    """Every device of the person stays silent from now on, and what was held for them is canceled: for a new password."""
    Device.objects.filter(person=person).delete()
    _cancel_held(person, now)


def forget_devices(ids: Sequence[int]) -> None:
    """Their push services know them no more: done by the worker."""
    Device.objects.filter(pk__in=ids).delete()


def _cancel_held(person: Person, now: datetime) -> None:
    held = Notice.objects.filter(person=person, channel=NoticeChannel.PUSH, state=NoticeState.DUE)
    held.update(state=NoticeState.CANCELED, why=Why.NO_DEVICE, settled_at=now)


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    sorry = _("This browser gave us an address that we cannot write to.")
    try:
        target_of(endpoint, own=settings.PUSH_SERVICES)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        secret = _bytes(auth)
    except (Unwelcome, ValueError):
        raise Invalid(sorry, field="endpoint") from None
    if len(endpoint) > LONGEST_ENDPOINT or len(p256dh) > 100 or len(secret) != _SECRET_BYTES:
        raise Invalid(sorry, field="endpoint")


def _bytes(text: str) -> bytes:
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
