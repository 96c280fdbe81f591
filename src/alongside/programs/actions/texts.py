"""Wording mails for one program."""

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.foundation.errors import Conflict, NotFound
from alongside.journal.actions import record
from alongside.people.models import Person
from alongside.programs.actions._editing import locked_program
from alongside.programs.models import Program, ProgramText
from alongside.programs.queries import WordedText, text_for
from alongside.programs.texts import CatalogText, Wording, check_wording, text_catalog


@transaction.atomic
def word_text(
    *,
    program: Program,
    actor: Person,
    key: str,
    subject: str,
    body: str,
    language: str = "en",
    seen: tuple[str, str] | None = None,
) -> WordedText:
    """Keeps the coordinator's wording; our own wording again is the same as a reset.

    `seen` is (subject, body) as the editor read them. Raises Invalid for words in braces that this mail cannot fill
    or that it needs, Conflict when the wording changed in between, NotFound for a mail nobody knows.
    """
    row = locked_program(program, actor=actor)
    catalog = _catalog_text(key)
    present = text_for(row, key, language=language)
    if seen is not None and seen != (present.subject, present.body):
        raise Conflict(_("Somebody else changed this text while you had it open."))
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    check_wording(catalog, Wording(subject, body))
    if (subject, body) == (catalog.subject, catalog.body):
        return reset_text(program=row, actor=actor, key=key, language=language)
    ProgramText.objects.update_or_create(
        program=row, key=key, language=language, defaults={"subject": subject, "body": body}
    )
    record("text.worded", actor_id=actor.pk, subject=row, program_id=row.pk, data={"key": key})
    return text_for(row, key, language=language)


@transaction.atomic
def reset_text(*, program: Program, actor: Person, key: str, language: str = "en") -> WordedText:
    """Our own wording again. Nothing to do twice."""
    row = locked_program(program, actor=actor)
    _catalog_text(key)
    deleted, _rows = row.texts.filter(key=key, language=language).delete()
    if deleted:
        record("text.reset", actor_id=actor.pk, subject=row, program_id=row.pk, data={"key": key})
    return text_for(row, key, language=language)


def _catalog_text(key: str) -> CatalogText:
    text = text_catalog().every.get(key)
    if text is None or text.fixed:
        raise NotFound
    return text
