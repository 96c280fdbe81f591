"""Reading the journal. The calling room decides who may see what."""

from django.db import models

from alongside.journal.models import Entry


def entries_about(subject: models.Model) -> models.QuerySet[Entry]:
    """Entries about one thing, newest first."""
    return Entry.objects.filter(subject_type=subject._meta.model_name, subject_id=subject.pk).order_by(
        "-at", "-id"
    )


def entries_by(person_id: int) -> models.QuerySet[Entry]:
    """What one person did, newest first."""
    return Entry.objects.filter(actor_id=person_id).order_by("-at", "-id")


# What administrators may look back on: accounts, roles, programs, imports, mail. Never what two people do together.
AUDITED = ("person.", "program.", "staff.", "import.", "run.", "account.")


def entries_for_audit() -> models.QuerySet[Entry]:
    """Entries of AUDITED kinds, newest first."""
    audited = models.Q()
    for prefix in AUDITED:
        audited |= models.Q(verb__startswith=prefix)
    return Entry.objects.filter(audited).order_by("-at", "-id")
