"""Sessions that have run out."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction


@transaction.atomic
def forget_ended_sessions(*, now: datetime) -> None:
    """Deletes sessions that have run out, with what hangs on them: nobody is signed in by them any more. Idempotent."""
    Session.objects.filter(expire_date__lt=now).delete()
