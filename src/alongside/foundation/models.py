"""Abstract bases for the rooms' models."""

from django.db import models

from alongside.foundation.clock import now
from alongside.foundation.ids import new_public_id, new_unordered_key


class Row(models.Model):
    """A row that people can be shown: addressed by its public id, with the instant it was made."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.public_id}"


class Unordered(models.Model):
    """A row whose key does not rise with its arrival, so that two tables cannot be joined by the order of their rows.

    The key is the database's own row number where it has one (SQLite), so no hidden order stands behind it either.
    """

    id = models.BigAutoField(primary_key=True, default=new_unordered_key, editable=False)

    class Meta:
        abstract = True
