"""Finding somebody, asking, answering, as mentee and mentor meet it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.enrollment.models import Participation
from alongside.matching.enums import RequestState
from alongside.matching.models import Request
from alongside.mentorships.models import Mentorship
from alongside.programs.models import Program
from tests import factories as make
from tests.matching import stage

MOST_QUERIES = 15


@pytest.fixture
def program(db: None) -> Program:
    return stage.program(requests_allowed=True, suggestions_allowed=True)


@pytest.fixture
def chi(program: Program) -> Participation:
    return stage.mentee(program, "Chi", ("leading",), values=("calm",), zone="Asia/Kolkata")


@pytest.fixture
def ben(program: Program) -> Participation:
    return stage.mentor(program, "Ben", ("leading",), values=("calm",), zone="Europe/London", unit="Finance")


def page(client: Client, who: Participation, route: str, *args: str) -> str:
    client.force_login(who.person)
    response = client.get(reverse(f"workspace:{route}", args=args), follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_find_shows_why_and_never_a_score(
    program: Program, chi: Participation, ben: Participation, client: Client
) -> None:
    text = page(client, chi, "find")

    assert "Knows what you would like to talk about: Leading" in text
    assert "Calm" not in text  # values are for partners
    assert "Fit" not in text
    program.show_scores = True
    program.save()
    assert "Fit" in page(client, chi, "find")


def test_find_shows_the_clock_only_of_those_who_share_it(
    chi: Participation, ben: Participation, client: Client
) -> None:
    assert "London" in page(client, chi, "find")
    ben.person.preferences.share_clock = False
    ben.person.preferences.save()

    assert "London" not in page(client, chi, "find")


def test_people_without_a_place_are_not_offered(
    program: Program, chi: Participation, ben: Participation, client: Client
) -> None:
    make.mentorship(stage.mentee(program, "Ana"), ben)

    assert "Ben" not in page(client, chi, "find")


def test_asking_and_saying_yes(
    program: Program, chi: Participation, ben: Participation, client: Client
) -> None:
    client.force_login(chi.person)
    there = reverse("workspace:find.person", args=[program.public_id, ben.public_id])
    empty = client.post(there, {"message": ""})
    assert empty.status_code == 422
    response = client.post(there, {"message": "Hello Ben, would you?"})
    row = Request.objects.get()
    assert response.headers["Location"] == reverse("workspace:request", args=[row.public_id])
    assert "You have asked already" in client.get(there).content.decode()

    received = page(client, ben, "request", row.public_id)
    assert "Hello Ben, would you?" in received
    assert "Would like to talk about what you know: Leading" in received
    assert "Calm" not in received
    response = client.post(reverse("workspace:request.acceptance", args=[row.public_id]))

    mentorship = Mentorship.objects.get()
    assert response.headers["Location"] == reverse("workspace:pair.home", args=[mentorship.public_id])
    assert "You have somebody by your side" in page(client, chi, "find")


def test_third_request_is_refused_with_what_was_typed_kept(
    program: Program, chi: Participation, ben: Participation, client: Client
) -> None:
    client.force_login(chi.person)
    for name in ("Eva", "Ivo"):
        mentor = stage.mentor(program, name)
        client.post(
            reverse("workspace:find.person", args=[program.public_id, mentor.public_id]), {"message": "Hi"}
        )

    response = client.post(
        reverse("workspace:find.person", args=[program.public_id, ben.public_id]), {"message": "Dear Ben"}
    )

    assert response.status_code == 409
    assert "Dear Ben" in response.content.decode()
    assert Request.objects.count() == 2


def test_kind_no_reaches_the_mentee(
    program: Program, chi: Participation, ben: Participation, client: Client
) -> None:
    client.force_login(chi.person)
    client.post(reverse("workspace:find.person", args=[program.public_id, ben.public_id]), {"message": "Hi"})
    row = Request.objects.get()
    client.force_login(ben.person)

    client.post(reverse("workspace:request.refusal", args=[row.public_id]), {"words": "In spring, gladly."})

    text = page(client, chi, "request", row.public_id)
    assert "In spring, gladly." in text
    assert "says nothing about you" in text


def test_answer_to_what_is_settled_says_what_is_so(
    chi: Participation, ben: Participation, client: Client, program: Program
) -> None:
    client.force_login(chi.person)
    client.post(reverse("workspace:find.person", args=[program.public_id, ben.public_id]), {"message": "Hi"})
    row = Request.objects.get()
    client.post(reverse("workspace:request.withdrawal", args=[row.public_id]))
    client.force_login(ben.person)

    response = client.post(reverse("workspace:request.acceptance", args=[row.public_id]))

    assert response.status_code == 409
    assert "taken back in the meantime" in response.content.decode()


def test_full_right_now_and_back(
    program: Program, chi: Participation, ben: Participation, client: Client
) -> None:
    client.force_login(chi.person)
    client.post(reverse("workspace:find.person", args=[program.public_id, ben.public_id]), {"message": "Hi"})
    client.force_login(ben.person)

    client.post(reverse("workspace:fullness", args=[program.public_id]))

    assert Request.objects.get().state == RequestState.SUPERSEDED
    assert "You said: full right now" in page(client, ben, "find")
    assert "Ben" not in page(client, chi, "find")
    client.force_login(ben.person)
    client.post(reverse("workspace:places", args=[program.public_id]), {"capacity": 2})
    assert "Ben" in page(client, chi, "find")


def test_wishes_are_kept_in_order(
    program: Program, chi: Participation, ben: Participation, client: Client
) -> None:
    eva = stage.mentor(program, "Eva")
    client.force_login(chi.person)
    there = reverse("workspace:wishes", args=[program.public_id])

    twice = client.post(there, {"first": ben.public_id, "second": ben.public_id})
    assert twice.status_code == 422
    client.post(there, {"first": eva.public_id, "third": ben.public_id})

    assert [wish.mentor for wish in chi.suggestions.order_by("rank")] == [eva, ben]
    assert "Your wishes for the next run" in page(client, chi, "find")


def test_programs_in_which_the_team_decides_show_nobody(
    program: Program, chi: Participation, ben: Participation, client: Client
) -> None:
    program.requests_allowed = program.suggestions_allowed = False
    program.save()

    text = page(client, chi, "find")

    assert "the team brings people together" in text
    assert "Ben" not in text


@pytest.mark.parametrize("route", ["find.program", "find.person", "wishes", "requests", "request"])
def test_pages_do_not_grow_queries_with_people(
    program: Program, chi: Participation, client: Client, route: str
) -> None:
    counts = []
    for start, more in ((0, 1), (1, 2)):
        mentors = [stage.mentor(program, f"Ben{number}") for number in range(start, start + more)]
        later = "2099-01-01T00:00Z"
        rows = [
            Request.objects.create(mentee=chi, mentor=row, remind_at=later, expires_at=later)
            for row in mentors
        ]
        args = {
            "requests": [],
            "request": [rows[0].public_id],
            "find.person": [program.public_id, mentors[0].public_id],
        }.get(route, [program.public_id])
        client.force_login(chi.person)
        address = reverse(f"workspace:{route}", args=args)
        assert (
            client.get(address).status_code == 200
        )  # who helps, shown on every page, is remembered from now on
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES
