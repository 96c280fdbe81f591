"""The key pair that says to push services who we are (RFC 8292). Made from the secret kept at set-up, always the same."""

from base64 import b64decode, urlsafe_b64encode
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the group of P-256
_BYTES = 48  # half as many again as the order has: then no private key is likelier than another


@cache
def key_of(secret: str) -> ec.EllipticCurvePrivateKey:
    """The private key a kept secret stands for."""
    spread = HKDF(hashes.SHA256(), _BYTES, salt=None, info=b"alongside push").derive(b64decode(secret))
    return ec.derive_private_key(1 + int.from_bytes(spread) % (_ORDER - 1), ec.SECP256R1())


def push_key() -> ec.EllipticCurvePrivateKey:
    """The private key of this installation."""
    return key_of(settings.PUSH_KEY)


def public_push_key() -> str:
    """The public key of this installation as browsers ask for it: uncompressed, base64url."""
    point = push_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()
