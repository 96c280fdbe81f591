"""One entry per thing that happened. Append-only; holds ids, never foreign keys or words of people."""

from django.db import models


class Entry(models.Model):
    """What happened: who did what to which thing, when. `data` holds facts (states, dates, ids), never content.

    Ids instead of foreign keys: the journal lies below everything it tells of and outlives it.
    Never read it by "id greater than the last one seen": ids commit out of order on PostgreSQL.
    """

    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # None: the system itself
    program_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"
        indexes = (
            models.Index(fields=["subject_type", "subject_id", "at"], name="journal_of_subject"),
            models.Index(fields=["program_id", "at"], name="journal_of_program"),
            models.Index(fields=["actor_id", "at"], name="journal_of_actor"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"
