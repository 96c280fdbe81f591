import pytest

from alongside.foundation.errors import Invalid
from alongside.people.actions import create_administrator, ensure_person
from alongside.people.models import Person
from alongside.people.queries import has_administrator

pytestmark = pytest.mark.django_db


def test_person_is_made_once_whatever_the_case_of_the_address() -> None:
    first = ensure_person(email="Ana.Rao@Example.org", name="Ana")

    again = ensure_person(email="ana.rao@example.org", name="Somebody")

    assert again == first
    assert Person.objects.count() == 1


def test_person_without_an_address_is_refused_at_the_field() -> None:
    with pytest.raises(Invalid) as refusal:
        ensure_person(email="ana at home")
    assert refusal.value.field == "email"


def test_first_administrator_can_sign_in() -> None:
    assert not has_administrator()

    person = create_administrator(email="sam@example.org", name="Sam", password="a long enough secret")

    assert has_administrator()
    assert person.check_password("a long enough secret")


@pytest.mark.parametrize("password", ["short", "password1234", "sam.okafor@example.org"])
def test_weak_password_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        create_administrator(email="sam.okafor@example.org", name="Sam", password=password)
