"""Who knows whom: people of one program, and those who run it."""

from django.db.models import Q

from alongside.people.models import Person


def person_seen_by(viewer: Person, public_id: str) -> Person | None:
    """The person with this id if the viewer may know them: oneself, or somebody of a program both are in or one runs."""
    together = (
        Q(participations__program__participations__person=viewer)
        | Q(participations__program__staff__person=viewer)
        | Q(staff_roles__program__participations__person=viewer)
        | Q(staff_roles__program__staff__person=viewer)
    )
    return (
        Person.objects.filter(Q(pk=viewer.pk) | together, public_id=public_id, is_active=True)
        .distinct()
        .first()
    )


def contact_for(person: Person) -> Person | None:
    """Whom this person can ask for help: the contact of the program they entered last. One query."""
    return (
        Person.objects.filter(contact_of__participations__person=person, is_active=True)
        .order_by("-contact_of__participations__pk")
        .first()
    )
