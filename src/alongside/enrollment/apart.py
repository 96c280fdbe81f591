"""People kept apart on a participant's private wish: addresses as digests that only this installation can make."""

from django.utils.crypto import salted_hmac


def address_digest(email: str) -> str:
    """The digest of an address, the same in any case."""
    return salted_hmac(
        "alongside.enrollment.not_with", email.strip().casefold(), algorithm="sha256"
    ).hexdigest()


def about_wish(participation_public_id: str, digest: str) -> str:
    """The place a sealed address is bound to."""
    return f"not_with:{participation_public_id}:{digest}"
