"""Pages of goals and activities, as the two meet them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.activities import actions as activities
from alongside.activities.models import Activity
from alongside.activities.queries import activity_lines
from alongside.foundation import clock
from alongside.goals import actions
from alongside.goals.enums import GoalState
from alongside.goals.models import Goal
from alongside.goals.queries import goal_line
from alongside.mentorships.actions import end_early
from alongside.mentorships.enums import EndReason
from alongside.programs.models import PlanItem, PlanStage
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def chi(cast_: Cast, client: Client) -> Client:
    client.force_login(cast_.chi)
    return client


def _at(route: str, cast: Cast, *more: Any) -> str:
    return reverse(f"workspace:{route}", args=[cast.pair.public_id, *more])


def _goal(cast: Cast, title: str = "Speak up", **more: Any) -> Goal:
    return actions.add_goal(mentorship=cast.pair, actor=cast.chi, title=title, now=NOW, **more)


def test_new_goal_is_written_private_by_default(cast_: Cast, chi: Client) -> None:
    response = chi.post(
        _at("goals.new", cast_),
        {"title": "Speak up", "why": "I wait.", "state": "idea", "around_on": "2026-09-01"},
    )

    goal = Goal.objects.get()
    assert response.headers["Location"] == _at("goal", cast_, goal.public_id)
    assert (goal.state, goal.shared, goal.around_on) == (GoalState.IDEA, False, date(2026, 9, 1))
    page = chi.get(response.headers["Location"]).content.decode()
    assert "Only you. Nobody else, the team neither." in page
    assert "around" in chi.get(_at("goals", cast_)).content.decode()


def test_goal_without_words_comes_back_as_it_was_typed(cast_: Cast, chi: Client) -> None:
    response = chi.post(_at("goals.new", cast_), {"title": " ", "why": "I wait.", "state": "idea"})

    assert response.status_code == 422
    assert "I wait." in response.content.decode()
    assert Goal.objects.count() == 0


def test_partner_reads_what_is_shared_and_nothing_else(cast_: Cast, client: Client) -> None:
    _goal(cast_, "Private words")
    shared = _goal(cast_, "Shared words", shared=True)
    client.force_login(cast_.ben)

    board = client.get(_at("goals", cast_)).content.decode()
    page = client.get(_at("goal", cast_, shared.public_id)).content.decode()

    assert "Shared words" in board
    assert "Private words" not in board
    assert "only Chi changes it" in page
    assert "Let it go" not in page


def test_letting_go_asks_one_optional_question(cast_: Cast, chi: Client) -> None:
    goal = _goal(cast_)

    chi.post(_at("goal.letting_go", cast_, goal.public_id), {"matters_more": "Health comes first"})

    goal.refresh_from_db()
    assert goal.became is not None
    assert goal_line(goal.became, viewer=cast_.chi).title == "Health comes first"
    board = chi.get(_at("goals", cast_)).content.decode()
    assert "Health comes first" in board
    assert "Undo" in board


def test_undo_takes_a_goal_back_where_it_stood(cast_: Cast, chi: Client) -> None:
    goal = _goal(cast_)
    chi.post(_at("goal.state", cast_, goal.public_id, "reached"))

    chi.post(_at("goal.state", cast_, goal.public_id, "active"))

    goal.refresh_from_db()
    assert goal.state == GoalState.ACTIVE


def test_rest_until_a_day_that_is_past_is_asked_again(cast_: Cast, chi: Client) -> None:
    goal = _goal(cast_)
    address = _at("goal.rest", cast_, goal.public_id)

    refused = chi.post(address, {"wakes_on": "2001-01-01"})
    kept = chi.post(address, {"wakes_on": str(clock.now().date() + timedelta(days=30))})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "Choose a day to come" in refused.content.decode()


def test_steps_are_added_ticked_and_moved(cast_: Cast, chi: Client) -> None:
    goal = _goal(cast_)
    for text in ("one", "two"):
        chi.post(_at("goal.steps", cast_, goal.public_id), {"text": text})
    one, two = goal_line(goal, viewer=cast_.chi).steps

    chi.post(_at("goal.step.place", cast_, goal.public_id, two.step.public_id), {"up": "1"})
    chi.post(_at("goal.step", cast_, goal.public_id, one.step.public_id), {"done": "1"})

    steps = goal_line(goal, viewer=cast_.chi).steps
    assert [(line.text, line.done) for line in steps] == [("two", False), ("one", True)]


def test_board_costs_the_same_for_one_goal_and_three(
    cast_: Cast, chi: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def fill(count: int) -> None:
        while Goal.objects.count() < count:
            goal = _goal(cast_, shared=True)
            actions.add_step(goal=goal, actor=cast_.chi, text="a step", now=NOW)

    fill(1)
    chi.get(_at("goals", cast_))
    with django_assert_num_queries(10):
        chi.get(_at("goals", cast_))
    fill(3)
    with django_assert_num_queries(10):
        chi.get(_at("goals", cast_))


def test_pages_stay_within_fifteen_queries(
    cast_: Cast, chi: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    goal = _goal(cast_)
    activity = activities.plan_activity(mentorship=cast_.pair, actor=cast_.chi, key="network-map", now=NOW)
    for address in (
        _at("goal", cast_, goal.public_id),
        _at("activities", cast_),
        _at("activity", cast_, activity.public_id),
        reverse("workspace:library"),
        reverse("workspace:library.activity", args=["network-map"]),
    ):
        with django_assert_max_num_queries(15):
            assert chi.get(address).status_code == 200


def test_plan_shows_stages_with_days_from_the_start(cast_: Cast, chi: Client) -> None:
    stage = PlanStage.objects.create(program=cast_.program, name="Arrive", intro="Take your time.")
    PlanItem.objects.create(stage=stage, kind="talk", key="first-video", title="Your first talk", day=3)
    PlanItem.objects.create(stage=stage, kind="tip", title="Just listen", text="x", day=5, who="mentor")
    activities.lay_out_plan(mentorship=cast_.pair, now=NOW)

    page = chi.get(_at("activities", cast_)).content.decode()

    assert "Arrive" in page
    assert "around 5 February" in page
    assert "Just listen" not in page


def test_library_is_filtered_and_planned_with_a_partner(cast_: Cast, chi: Client) -> None:
    page = chi.get(reverse("workspace:library"), {"purpose": "listening"}).content.decode()
    assert "Only questions" in page
    assert "Network map" not in page

    detail = reverse("workspace:library.activity", args=["only-questions"])
    response = chi.post(detail, {"pair": cast_.pair.public_id, "planned_on": "2026-12-01"})

    planned = Activity.objects.get()
    assert response.headers["Location"] == _at("activity", cast_, planned.public_id)
    assert (planned.library_key, planned.planned_on) == ("only-questions", date(2026, 12, 1))
    refused = chi.post(detail, {"pair": cast_.other_pair.public_id})
    assert refused.status_code == 422


def test_activity_steps_states_and_day(cast_: Cast, chi: Client) -> None:
    row = activities.plan_activity(mentorship=cast_.pair, actor=cast_.ben, key="network-map", now=NOW)
    chi.post(_at("activity.step", cast_, row.public_id, 1), {"done": "1"})
    chi.post(_at("activity.day", cast_, row.public_id), {"planned_on": "2026-12-01"})
    chi.post(_at("activity.state", cast_, row.public_id, "skipped"))

    row.refresh_from_db()
    assert (row.steps_done, row.planned_on, row.state) == ([1], date(2026, 12, 1), "skipped")
    page = chi.get(_at("activity", cast_, row.public_id)).content.decode()
    assert "Skipped. That is a choice like any other." in page


def test_notes_written_at_once_lose_nothing(cast_: Cast, chi: Client) -> None:
    row = activities.plan_activity(mentorship=cast_.pair, actor=cast_.ben, key="network-map", now=NOW)
    activities.write_activity_notes(activity=row, actor=cast_.ben, text="Ben’s words", based_on=0)

    response = chi.post(_at("activity.notes", cast_, row.public_id), {"text": "Chi’s words", "based_on": "0"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Ben’s words" in page
    assert "Chi’s words" in page
    row.refresh_from_db()
    assert activity_lines([row])[0].notes == "Ben’s words"
    chi.post(_at("activity.notes", cast_, row.public_id), {"text": "Both", "based_on": "1"})
    row.refresh_from_db()
    assert activity_lines([row])[0].notes == "Both"


def test_ended_pair_offers_nothing_to_change(cast_: Cast, chi: Client) -> None:
    goal = _goal(cast_)
    row = activities.plan_activity(mentorship=cast_.pair, actor=cast_.ben, key="network-map", now=NOW)
    end_early(mentorship=cast_.pair, actor=cast_.ben, reason=EndReason.UNSAID, now=NOW)

    for address in (
        _at("goals", cast_),
        _at("goal", cast_, goal.public_id),
        _at("activities", cast_),
        _at("activity", cast_, row.public_id),
    ):
        page = chi.get(address).content.decode()
        assert cast_.pair.public_id in page
        posts = page.split('action="')[1:]
        assert [post for post in posts if post.startswith("/pairs/")] == []
    assert chi.post(_at("goal.state", cast_, goal.public_id, "reached")).status_code == 409
