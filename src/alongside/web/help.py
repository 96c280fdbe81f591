"""Who helps: the person named at the foot of every page."""

from typing import TYPE_CHECKING, TypedDict

from django.core.cache import cache
from django.urls import reverse

from alongside.enrollment.fellows import contact_for

if TYPE_CHECKING:
    from alongside.people.models import Person
    from alongside.programs.models import Program

REMEMBERED = 300  # seconds


class Helper(TypedDict):
    """A person as the foot shows them."""

    name: str
    photo_url: str
    url: str


def helper_of(person: "Person") -> Helper | None:
    """The contact of the program this person entered last; nobody for somebody in no program, and for the contact.

    Asked on every page, so remembered for a few minutes, that there is nobody included.
    """
    key = f"helper:{person.pk}"
    known: tuple[Helper | None] | None = cache.get(key)
    if known is None:
        known = (_look_up(person),)
        cache.set(key, known, REMEMBERED)
    return known[0]


def helper_in(program: "Program") -> Helper:
    """The contact of the program, for pages of one program; for those only who may know the contact's address."""
    return _shown(program.contact)


def _look_up(person: "Person") -> Helper | None:
    contact = contact_for(person)
    if contact is None or contact.pk == person.pk:
        return None
    return _shown(contact)


def _shown(contact: "Person") -> Helper:
    photo = reverse("me:photo", args=[contact.public_id]) if contact.photo else ""
    return {"name": contact.name, "photo_url": photo, "url": f"mailto:{contact.email}"}
