"""Abstract bases for the rooms' models."""

from django.db import models

from alongside.foundation.clock import now
from alongside.foundation.ids import new_public_id


class Row(models.Model):
    """A row that people can be shown: addressed by its public id, with the instant it was made."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.public_id}"
