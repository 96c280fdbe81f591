"""All data of one person, for that person: every row that is theirs in every room, their own sealed words opened.

The models are asked, not listed: a room that is added later is in the export from its first day. What staff did about
others is listed, and left out: it is data of those others.
"""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.text import capfirst

from alongside.enrollment.models import Participation
from alongside.enrollment.queries import own_not_with
from alongside.journal.queries import entries_by
from alongside.people.models import Person
from alongside.questionnaires.queries import own_answers
from alongside.surveys.queries import own_survey_answers
from alongside.vault.errors import SealBroken
from alongside.vault.queries import is_sealed_with, keys_at_hand, keys_of, open_sealed

SEALED = "_sealed"
# Done as staff, about other people: a run holds everybody's answers, a case what somebody else asked for.
ABOUT_OTHERS = {
    "programs.Program.contact",
    "programs.StaffInvitation.invited_by",
    "enrollment.Invitation.invited_by",
    "enrollment.SheetImport.uploaded_by",
    "matching.Run.by",
    "matching.Override.by",
    "insights.Case.taken_by",
}
# Rows that are somebody's through the row they hang on.
THROUGH = {
    "goals.Step": ("goal__owner",),
    "matching.Request": ("mentee__person", "mentor__person"),
    "matching.Suggestion": ("mentee__person",),
}
# Where rooms seal under another name than the model's or the column's.
PLACES = {"agendaitem": "agenda", "ownanswers": "own_answers"}
# No facts about a person, or secrets that only the machine should hold.
LEFT_OUT = {
    "id",
    "password",
    "token",
    "token_hash",
    "lease",
    "dedupe_key",
    "wrapped",
    "kid",
    "content",
    "last_login",
    # where a device is reached, and what seals a note to it: whoever has them could take it over
    "endpoint",
    "p256dh",
    "auth",
    "session",
    # the team's own words on a case, also where somebody of the team is who asked
    "team_note_sealed",
}
Rows = list[dict[str, Any]]


def own_data(person: Person) -> dict[str, Rows]:
    """{kind of thing: rows}, each row {field: value}: what this person wrote, chose, answered and did.

    A partner's words are not in it: they are the partner's. Survey answers are found through the pseudonym their giver
    has. Of a letter to oneself that stays shut it tells that it is there.
    """
    own = keys_of(person.pk)
    found = {"person": [_row(person, own)]}
    for model, keys in _models_about_people():
        theirs = Q()
        for key in keys:
            theirs |= Q(**{key: person})
        rows = [_row(row, own) for row in model._default_manager.filter(theirs).order_by("pk").distinct()]
        if rows:
            found[str(model._meta.verbose_name or model.__name__)] = rows
    answers = [_answers(participation) for participation in Participation.objects.filter(person=person)]
    surveys = [
        {"survey": survey, "question": question, "answer": ", ".join(lines)}
        for survey, question, lines in own_survey_answers(person)
    ]
    journal = [{"at": entry.at, "what": entry.verb} for entry in entries_by(person.pk)]
    return {
        name: rows
        for name, rows in {
            **found,
            "answers": answers,
            "survey answers": surveys,
            "what I did": journal,
        }.items()
        if rows
    }


def export_zip(person: Person, *, now: datetime) -> bytes:
    """A ZIP of the same data twice: `my-data.html` to read, `my-data.json` for machines; and the files themselves."""
    with keys_at_hand():
        data = own_data(person)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "my-data.json", json.dumps(data, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
        )
        tables = [(capfirst(name), [_shown(row) for row in rows]) for name, rows in data.items()]
        archive.writestr(
            "my-data.html",
            render_to_string("insights/own_data.html", {"tables": tables, "now": now, "name": person.name}),
        )
        if person.photo:
            with person.photo.open() as photo:
                archive.writestr("photo.jpg", photo.read())
    return out.getvalue()


def _models_about_people() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model of ours whose rows are about a person, with the look-ups that say so."""
    for model in apps.get_models():
        if not model.__module__.startswith("alongside."):
            continue
        fields = [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
        keys = [field.name for field in fields if field.related_model is Person]
        keys = [key for key in keys if f"{model._meta.label}.{key}" not in ABOUT_OTHERS]
        keys += THROUGH.get(model._meta.label, ())
        if keys:
            yield model, keys


def _row(row: models.Model, own: frozenset[bytes]) -> dict[str, Any]:
    shown = {}
    for field in row._meta.concrete_fields:
        if field.name in LEFT_OUT or (field.is_relation and field.related_model is Person):
            continue
        name = field.name
        value: Any = field.value_from_object(row)
        if name.endswith(SEALED):
            if getattr(row, "stays_shut", False) or not is_sealed_with(value, own):
                continue  # a letter to oneself opens when its time has come, here too; a partner's words are theirs
            name, value = name.removesuffix(SEALED), _opened(row, name.removesuffix(SEALED), value)
        elif isinstance(field, models.FileField):
            value = value.name
        elif isinstance(field, models.BinaryField):
            continue
        elif field.is_relation:
            value = _related(getattr(row, field.name))
        if value not in (None, "", [], {}):
            shown[name] = value
    return shown


def _related(row: models.Model | None) -> str | None:
    return row.person.name if isinstance(row, Participation) else getattr(row, "public_id", None)


def _opened(row: models.Model, column: str, value: Any) -> str:
    """The words of a sealed column; rooms seal at "model:public id:column" or, with one sealed column, without it."""
    name = str(row._meta.model_name)
    place = f"{PLACES.get(name, name)}:{getattr(row, 'public_id', row.pk)}"
    for about in (f"{place}:{column}", place):
        try:
            return open_sealed(value, about=about)
        except SealBroken:
            continue
    raise SealBroken(f"{place}:{column} does not open at any place it may have been sealed for")


def _answers(participation: Participation) -> dict[str, Any]:
    apart = {"not with": addresses} if (addresses := own_not_with(participation)) else {}
    return {"program": participation.program.name, **own_answers(participation.answers), **apart}


def _shown(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (
            capfirst(name.replace("_", " ")),
            value if isinstance(value, str) else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False),
        )
        for name, value in row.items()
    ]
