"""The envelope: AES-256-GCM with a random nonce, bound to the place where the value stands.

A sealed value is  version (1 byte) | key id (8) | nonce (12) | ciphertext and tag.
"""

import base64
import hashlib
import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from alongside.vault.errors import SealBroken

VERSION: Final = b"\x01"
KID: Final = 8
NONCE: Final = 12


def encrypt(text: str, *, key: bytes, kid: bytes, about: str) -> bytes:
    nonce = os.urandom(NONCE)
    return VERSION + kid + nonce + AESGCM(key).encrypt(nonce, text.encode(), about.encode())


def decrypt(value: bytes, *, key: bytes, about: str) -> str:
    """The text sealed in `value`. Raises SealBroken when value, key or place do not belong together."""
    nonce, body = value[1 + KID : 1 + KID + NONCE], value[1 + KID + NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, body, about.encode()).decode()
    except InvalidTag:
        raise SealBroken(f"sealed value of {about} does not open") from None


def kid_of(value: bytes) -> bytes:
    return value[1 : 1 + KID]


def wrap(key: bytes, *, kid: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_master_key()).encrypt(nonce, key, b"data-key:" + kid)


def unwrap(wrapped: bytes, *, kid: bytes) -> bytes:
    """The data key inside `wrapped`. Raises SealBroken under another master key."""
    try:
        return AESGCM(_master_key()).decrypt(wrapped[:NONCE], wrapped[NONCE:], b"data-key:" + kid)
    except InvalidTag:
        raise SealBroken("the master key does not open this data key") from None


def pseudonym(text: str) -> str:
    """HMAC-SHA-256 under a key of its own, derived from the master key, in hexadecimal."""
    key = hmac.digest(_master_key(), b"pseudonyms", hashlib.sha256)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _master_key() -> bytes:
    return base64.b64decode(settings.VAULT_KEY)
