"""Matching as coordinators meet it: from readiness to pairs that begin; pages that stay quick with many rows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.matching import actions
from alongside.matching.enums import RunState
from alongside.matching.models import Override, Proposal, Run
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.enums import StaffRole
from alongside.programs.models import Program, Staff
from tests import factories as make
from tests.factories import NOW
from tests.matching import stage

MOST_QUERIES = 15


@pytest.fixture
def ada(db: None) -> Person:
    return make.person("Ada", zone="Europe/Stockholm")


@pytest.fixture
def program(ada: Person) -> Program:
    return stage.program(coordinator=ada)


@pytest.fixture
def desk(client: Client, ada: Person) -> Client:
    client.force_login(ada)
    return client


def people(program: Program, count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        stage.mentee(program, f"Chi{number}", stage.TOPICS[: number % 3 + 1])
        stage.mentor(program, f"Ben{number}", stage.TOPICS[number % 3 :])


def at(route: str, program: Program, *more: Any) -> str:
    return reverse(f"coordinator:{route}", args=[program.public_id, *(row.public_id for row in more)])


def run_of(program: Program, ada: Person) -> Run:
    return actions.start_run(program=program, actor=ada, now=NOW)


def test_from_readiness_to_pairs(program: Program, desk: Client) -> None:
    people(program, 2)
    home = desk.get(at("matching", program))
    assert "2" in home.content.decode()
    response = desk.post(at("matching.runs", program))
    run = Run.objects.get()
    assert response.headers["Location"] == at("run", program, run)
    assert "Proven" in desk.get(response.headers["Location"]).content.decode()
    publication = desk.get(at("run.publication", program, run)).content.decode()
    assert "Publish 2 pairs" in publication
    assert "Knows what you would like to talk about" in publication

    response = desk.post(at("run.publication", program, run))

    assert response.headers["Location"] == at("run", program, run)
    assert Mentorship.objects.count() == 2
    board = desk.get(response.headers["Location"]).content.decode()
    assert "Take it back" in board
    desk.post(at("run.undo", program, run))
    assert Mentorship.objects.count() == 0


def test_what_stands_in_the_way_of_a_run_is_said(program: Program, desk: Client) -> None:
    response = desk.post(at("matching.runs", program), follow=True)

    assert "Nobody waits for a mentor right now." in response.content.decode()


def test_times_of_hearing_are_on_two_clocks(program: Program, desk: Client, ada: Person) -> None:
    stage.mentee(program, "Chi", zone="Asia/Kolkata", hours="Mon-Sun 09:00-09:30")
    stage.mentor(program, "Ben", zone="Asia/Kolkata", hours="Mon-Sun 09:00-09:30")

    text = desk.get(at("run.publication", program, run_of(program, ada))).content.decode()

    assert ", 09:00" in text
    assert "04:30" in text or "05:30" in text


def test_pair_that_is_no_longer_possible_is_shown_and_taken_out(
    program: Program, desk: Client, ada: Person
) -> None:
    people(program, 2)
    run = run_of(program, ada)
    pair = Proposal.objects.filter(run=run).select_related("mentee").first()
    assert pair is not None
    pair.mentee.state = "withdrawn"
    pair.mentee.save()

    refused = desk.post(at("run.publication", program, run))

    assert refused.status_code == 409
    assert "no longer takes part as mentee" in refused.content.decode()
    desk.post(at("run.impossible", program, run))
    desk.post(at("run.publication", program, run))
    assert Mentorship.objects.count() == 1


def test_pair_by_hand_tells_its_cost_before_one_decides(program: Program, desk: Client, ada: Person) -> None:
    chi, ana = (
        stage.mentee(program, "Chi", ("leading",)),
        stage.mentee(program, "Ana", ("leading", "network")),
    )
    ben, _eva = (
        stage.mentor(program, "Ben", ("leading", "network")),
        stage.mentor(program, "Eva", ("network",)),
    )
    run = run_of(program, ada)
    data = {"mentee": ana.public_id, "mentor": ben.public_id}

    page = desk.get(at("pair.new", program, run), data).content.decode()

    assert "The program as a whole loses" in page
    assert "Chi" in page
    response = desk.post(at("pair.new", program, run), data)
    new = Run.objects.latest("pk")
    assert response.headers["Location"] == at("run", program, new)
    assert Proposal.objects.get(run=new, mentee=ana).mentor == ben
    comparison = desk.get(at("run.comparison", program, new)).content.decode()
    assert "points gained in all" in comparison
    assert chi.person.name in comparison


def test_words_about_pairs_are_put_and_taken_back(program: Program, desk: Client, ada: Person) -> None:
    people(program, 1)
    run = run_of(program, ada)
    pair = Proposal.objects.get(run=run)
    board = at("run", program, run)
    data = {
        "mentee": pair.mentee.public_id, "mentor": pair.mentor.public_id, "kind": "forbid", "back": board
    }  # fmt: skip

    response = desk.post(at("matching.overrides", program), data)

    assert response.headers["Location"] == board
    assert "You have decided about one pair" in desk.get(board).content.decode()
    elsewhere = desk.post(at("matching.overrides", program), {**data, "back": "https://example.org/"})
    assert elsewhere.headers["Location"] == at("matching", program)
    desk.post(at("override.removal", program, Override.objects.get()))
    assert not Override.objects.exists()


def test_assistants_look_and_change_nothing(program: Program, client: Client, ada: Person) -> None:
    people(program, 1)
    run = run_of(program, ada)
    assistant = make.person("Ash")
    Staff.objects.create(program=program, person=assistant, role=StaffRole.ASSISTANT)
    client.force_login(assistant)

    assert "Publish …" not in client.get(at("run", program, run)).content.decode()
    for route in ("run.publication", "run.again", "run.setting_aside"):
        assert client.post(at(route, program, run)).status_code == 403
    assert client.post(at("matching.runs", program)).status_code == 403
    assert Mentorship.objects.count() == 0


def test_run_that_is_being_solved_shows_how_far_it_is(program: Program, desk: Client, ada: Person) -> None:
    people(program, 1)
    run = run_of(program, ada)
    Run.objects.filter(pk=run.pk).update(state=RunState.DRAFT, progress=40)

    page = desk.get(at("run", program, run)).content.decode()

    assert 'value="40"' in page
    assert 'http-equiv="refresh"' in page
    desk.post(at("run.stop", program, run))
    assert Run.objects.get(pk=run.pk).stop_asked


def test_sheet_is_text_nothing_runs(program: Program, desk: Client, ada: Person) -> None:
    stage.mentee(program, "=SUM(A1)")
    stage.mentor(program, "Ben")

    response = desk.get(at("run.sheet", program, run_of(program, ada)))

    assert response.headers["Content-Type"].startswith("text/csv")
    assert "\n=SUM" not in response.content.decode("utf-8-sig")


PAGES: dict[str, Callable[[Program, Run], str]] = {
    "matching": lambda program, run: at("matching", program),
    "readiness": lambda program, run: at("matching.readiness", program),
    "board": lambda program, run: at("run", program, run),
    "waiting": lambda program, run: at("run.waiting", program, run),
    "mentors": lambda program, run: at("run.mentors", program, run),
    "sheet": lambda program, run: at("run.sheet", program, run),
    "publication": lambda program, run: at("run.publication", program, run),
    "comparison": lambda program, run: at("run.comparison", program, run),
    "candidates": lambda program, run: at("candidates", program, program.participations.order_by("pk")[0]),
}


@pytest.mark.parametrize("page", PAGES)
def test_pages_do_not_grow_queries_with_people(
    program: Program, desk: Client, ada: Person, page: str
) -> None:
    counts = []
    for start, more in ((0, 1), (1, 2)):
        people(program, more, start)
        stage.mentee(program, f"Waiting{start}", ("balance",))
        run = run_of(program, ada)
        first = Proposal.objects.filter(run=run).order_by("pk").first()
        assert first is not None
        if page == "comparison":
            run_of(program, ada)
        address = PAGES[page](program, run)
        assert (
            desk.get(address).status_code == 200
        )  # who helps, shown on every page, is remembered from now on
        with CaptureQueriesContext(connection) as captured:
            desk.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES, page


def test_undo_is_offered_for_half_an_hour_only(program: Program, desk: Client, ada: Person) -> None:
    people(program, 1)
    run = actions.publish_run(run=run_of(program, ada), actor=ada, now=NOW - timedelta(hours=1))

    assert "Take it back" not in desk.get(at("run", program, run)).content.decode()
