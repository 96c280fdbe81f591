"""What stands in links of mails: secrets made from rows, so that the rows need not keep them."""

import base64
import hashlib
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import salted_hmac

from alongside.enrollment.models import Invitation
from alongside.people.models import Person

ADDRESS_SECONDS = 2 * 60 * 60
_INVITATION_SALT = "alongside.enrollment.invitation"
_ADDRESS_SALT = "alongside.enrollment.address"


def invitation_token(invitation: Invitation) -> str:
    """The secret of an invitation's link, 256 bit: whoever has the database alone cannot make it."""
    made = salted_hmac(
        _INVITATION_SALT, f"{invitation.public_id}:{invitation.serial}", algorithm="sha256"
    ).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ProvenAddress:
    """What a link sent to an address proves, and for what it was asked: a program, as a role, by which key."""

    email: str
    program_id: str
    role: str
    key: str


def address_token(address: ProvenAddress) -> str:
    """A signed token that proves the address once, within ADDRESS_SECONDS.

    It carries when the person with that address last signed in: using it signs in, and that ends it.
    """
    parts = [address.email, address.program_id, address.role, address.key, _last_sign_in(address.email)]
    return signing.dumps(parts, salt=_ADDRESS_SALT)


def address_of_token(token: str) -> ProvenAddress | None:
    """What a token proves; None when it was used, is too old or was changed."""
    try:
        email, program_id, role, key, last = signing.loads(token, salt=_ADDRESS_SALT, max_age=ADDRESS_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return ProvenAddress(email, program_id, role, key) if _last_sign_in(email) == last else None


def _last_sign_in(email: str) -> str:
    last = Person.objects.filter(email__iexact=email).values_list("last_login", flat=True).first()
    return last.isoformat() if last else ""
