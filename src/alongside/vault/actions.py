"""Sealing text, and destroying keys so that what they sealed can never be read again."""

import os

from django.db import IntegrityError, transaction

from alongside.foundation.clock import now
from alongside.vault import sealing
from alongside.vault.models import DataKey
from alongside.vault.queries import forget_keys_at_hand


def seal(text: str, *, scope: str, owner_id: int, about: str) -> bytes | None:
    """`text` sealed with the key of `owner_id` in `scope`, bound to the place `about`; None for empty text.

    `about` names table, row and column ("message:<public id>:body"); the value opens only there.
    """
    if not text:
        return None
    kid, key = _key(scope, owner_id)
    return sealing.encrypt(text, key=key, kid=kid, about=about)


def copied(value: bytes | memoryview | None, *, of: str, about: str) -> bytes | None:
    """The words sealed at `of`, sealed at `about` too, with the key they have: they stay those of whoever wrote them.

    None for none, and for words whose key was destroyed.
    """
    row = DataKey.objects.filter(kid=sealing.kid_of(bytes(value))).first() if value else None
    if value is None or row is None:
        return None
    kid = bytes(row.kid)
    key = sealing.unwrap(bytes(row.wrapped), kid=kid)
    return sealing.encrypt(sealing.decrypt(bytes(value), key=key, about=of), key=key, kid=kid, about=about)


def destroy_keys(*, owner_id: int, scope: str | None = None) -> int:
    """Destroys the keys of a person (in one scope, or all); returns how many. There is no way back."""
    keys = DataKey.objects.filter(owner_id=owner_id)
    if scope is not None:
        keys = keys.filter(scope=scope)
    number = keys.delete()[0]
    forget_keys_at_hand()
    return number


def _key(scope: str, owner_id: int) -> tuple[bytes, bytes]:
    row = DataKey.objects.filter(scope=scope, owner_id=owner_id).first() or _new_key(scope, owner_id)
    kid = bytes(row.kid)
    return kid, sealing.unwrap(bytes(row.wrapped), kid=kid)


def _new_key(scope: str, owner_id: int) -> DataKey:
    kid = os.urandom(sealing.KID)
    wrapped = sealing.wrap(os.urandom(32), kid=kid)
    try:
        with transaction.atomic():  # a savepoint: on PostgreSQL two first writers may meet here
            return DataKey.objects.create(
                kid=kid, scope=scope, owner_id=owner_id, wrapped=wrapped, created_at=now()
            )
    except IntegrityError:
        return DataKey.objects.get(scope=scope, owner_id=owner_id)
