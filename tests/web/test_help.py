"""Who helps: the person named at the foot of every page."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.enrollment.enums import ParticipationState, Role
from alongside.people.models import Person
from alongside.web.help import helper_of
from tests import factories as make
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _helper_is_known() -> Iterator[None]:
    """Here the look-up is the real one, with nothing remembered of other tests."""
    cache.clear()
    yield
    cache.clear()


def _foot(client: Client, person: Person | None, route: str = "workspace:today") -> str:
    if person is not None:
        client.force_login(person)
    page = client.get(reverse(route)).content.decode()
    return page[page.index('<footer class="foot">') :]


def test_participants_see_the_contact_of_their_program(cast_: Cast, client: Client) -> None:
    for person in (cast_.chi, cast_.ben, cast_.eva):
        foot = _foot(client, person)

        assert "<b>Ada</b> is here to help." in foot
        assert f'href="mailto:{cast_.ada.email}"' in foot
        assert "Gus" not in foot


@pytest.mark.parametrize("name", ["dov", "ada", "hal"])
def test_nobody_is_named_to_who_is_in_no_program_or_helps_themself(
    cast_: Cast, client: Client, name: str
) -> None:
    make.participation(cast_.program, cast_.ada, Role.MENTOR)

    assert "is here to help" not in _foot(client, getattr(cast_, name))


def test_nobody_is_named_before_sign_in(cast_: Cast, client: Client) -> None:
    assert "mailto:" not in client.get("/").content.decode()


def test_program_entered_last_names_who_helps(cast_: Cast) -> None:
    make.participation(cast_.other_program, cast_.chi, Role.MENTEE, state=ParticipationState.STARTED)

    assert helper_of(cast_.chi) == {"name": "Gus", "photo_url": "", "url": f"mailto:{cast_.gus.email}"}
    assert helper_of(cast_.ben) == {"name": "Ada", "photo_url": "", "url": f"mailto:{cast_.ada.email}"}


def test_contact_whose_account_is_gone_is_not_named(cast_: Cast) -> None:
    Person.objects.filter(pk=cast_.ada.pk).update(is_active=False)

    assert helper_of(cast_.chi) is None


def test_helper_comes_with_their_photo(cast_: Cast) -> None:
    cast_.ada.photo.save("ada.jpg", ContentFile(b"jpg"))

    found = helper_of(cast_.chi)

    assert found is not None
    assert found["photo_url"] == reverse("me:photo", args=[cast_.ada.public_id])


@pytest.mark.parametrize("name", ["chi", "dov"])
def test_look_up_costs_one_query_and_then_none(
    cast_: Cast, django_assert_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    person = getattr(cast_, name)
    with django_assert_num_queries(1):
        first = helper_of(person)

    with django_assert_num_queries(0):
        assert helper_of(person) == first


def test_what_is_remembered_is_each_persons_own(cast_: Cast) -> None:
    make.participation(cast_.other_program, cast_.dov, Role.MENTEE)

    assert [
        found["name"] if (found := helper_of(person)) else "" for person in (cast_.chi, cast_.dov, cast_.ada)
    ] == [
        "Ada",
        "Gus",
        "",
    ]
