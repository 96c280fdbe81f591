import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

import alongside
from alongside.journal.actions import record
from alongside.journal.queries import AUDITED
from alongside.people.models import Person
from alongside.web.operator.words import DONE
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_administrator_gives_and_takes_the_role(client: Client, cast_: Cast) -> None:
    client.force_login(cast_.hal)

    client.post(f"/system/people/{cast_.dov.public_id}/administrator/yes/")
    assert Person.objects.get(pk=cast_.dov.pk).is_administrator
    client.post(f"/system/people/{cast_.dov.public_id}/administrator/no/")
    assert not Person.objects.get(pk=cast_.dov.pk).is_administrator


def test_closed_account_is_signed_out_at_once(client: Client, cast_: Cast) -> None:
    theirs = Client()
    theirs.force_login(cast_.dov)
    client.force_login(cast_.hal)

    client.post(f"/system/people/{cast_.dov.public_id}/account/no/")

    assert theirs.get("/me/").status_code == 302


def test_address_that_is_none_is_refused_and_kept(client: Client, cast_: Cast) -> None:
    client.force_login(cast_.hal)

    response = client.post("/system/people/", {"name": "Kim", "email": "kim at work"})

    assert response.status_code == 422
    assert "kim at work" in response.content.decode()


def test_list_of_people_does_not_grow_queries(
    client: Client, cast_: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast_.hal)
    with django_assert_num_queries(5):
        client.get("/system/people/")
    for _ in range(20):
        make.person()
    with django_assert_num_queries(5):
        client.get("/system/people/")


def test_audit_tells_what_was_done_in_words(client: Client, cast_: Cast) -> None:
    program = cast_.program
    record("program.copied", actor_id=cast_.ada.pk, subject=program, program_id=program.pk, now=NOW)
    client.force_login(cast_.hal)

    page = client.get("/system/audit/").content.decode()

    assert "Copied a program" in page
    assert f">{program.name}</span>" in page
    assert "program.copied" not in page


def test_everything_the_audit_shows_has_words() -> None:
    """Every verb of an audited kind that an action or a job writes down."""
    kinds = "|".join(re.escape(kind) for kind in AUDITED)
    verb = re.compile(rf'"((?:{kinds})[a-z_]+)"')
    rooms = Path(alongside.__file__).parent
    files = [file for file in rooms.rglob("*.py") if {"actions", "actions.py", "jobs.py"} & set(file.parts)]
    written = {found for file in files for found in verb.findall(file.read_text(encoding="utf-8"))}

    assert written - set(DONE) == set()
    assert len(written) >= 20
