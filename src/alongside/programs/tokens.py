"""What stands in the link of a letter to future staff: signed, so that nobody who has the database alone can make it."""

from django.core import signing

from alongside.programs.models import StaffInvitation

_SALT = "alongside.programs.staff"


def staff_token(invitation: StaffInvitation) -> str:
    """Only the newest link of a letter counts: the serial stands in it."""
    return signing.Signer(salt=_SALT).sign(f"{invitation.public_id}.{invitation.serial}").replace(":", ".")


def parts_of_staff_token(token: str) -> tuple[str, int] | None:
    """(public id, serial) of a link of ours; None for anything else."""
    try:
        public_id, serial = signing.Signer(salt=_SALT).unsign(_signed(token)).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return public_id, int(serial)


def _signed(token: str) -> str:
    """With the colon before the signature that stands as a dot in addresses."""
    told, _dot, signature = token.rpartition(".")
    return f"{told}:{signature}"
