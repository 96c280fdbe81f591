"""Every entry of every navigation leads to a page, for everybody who sees the entry."""

import pytest
from django.test import Client

from alongside.web.ui.navigation import (
    ADMINISTRATOR_LINKS,
    OWN_LINKS,
    PLACES,
    SECTIONS,
    STAFF_LINKS,
    SYSTEM,
    Place,
    links,
)
from tests.people import Cast

pytestmark = pytest.mark.django_db
SEEN_BY: tuple[tuple[tuple[Place, ...], tuple[str, ...]], ...] = (
    (PLACES, ("chi", "ben", "dov", "ada", "hal")),
    (OWN_LINKS, ("chi", "ben", "dov", "ada", "hal")),
    (SECTIONS, ("ada",)),
    (STAFF_LINKS, ("ada", "gus")),
    (SYSTEM, ("hal",)),
    (ADMINISTRATOR_LINKS, ("hal",)),
)


@pytest.mark.parametrize(
    ("place", "who"), [(place, who) for places, people in SEEN_BY for place in places for who in people]
)
def test_place_leads_to_a_page_for_whoever_sees_it(
    place: Place, who: str, cast_: Cast, client: Client
) -> None:
    [link] = links([place], path="", arguments={"program_id": cast_.program.public_id})
    client.force_login(getattr(cast_, who))

    assert client.get(link.url, follow=True).status_code == 200
