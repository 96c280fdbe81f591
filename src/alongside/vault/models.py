"""Data keys. The master key that wraps them never enters the database."""

from django.db import models


class DataKey(models.Model):
    """One AES key for what one person wrote within one scope (a mentorship, a survey, their own notes).

    `kid` is random and stands in front of every sealed value, so a value says itself which key opens it.
    Deleting a row makes everything sealed with it unreadable, here and in every later backup.
    `owner_id` is a person's id but no foreign key: the vault lies below `people`.
    """

    kid = models.BinaryField(max_length=8, unique=True)
    scope = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["scope", "owner_id"], name="vault_one_key_per_owner_and_scope"),
        )

    def __str__(self) -> str:
        return f"key of {self.owner_id} in {self.scope}"
