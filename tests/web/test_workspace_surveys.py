"""Being asked: on Today, one page of taps, once, and thanks."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.foundation.clock import now
from alongside.surveys.actions import put_up_card
from alongside.surveys.enums import AskState
from alongside.surveys.models import Ask, OwnAnswers, Response, Shared
from tests.surveys.setting import answer, asked, core, member, pair, program_with_surveys

pytestmark = pytest.mark.django_db


def signed_in(client: Client, ask: Ask) -> Client:
    client.force_login(ask.person)
    return client


def address(ask: Ask, page: str = "survey") -> str:
    return reverse(f"workspace:{page}", args=[ask.public_id])


def test_survey_says_about_whom_how_long_and_who_reads_each_answer(client: Client) -> None:
    row = pair(program_with_surveys())
    ask = asked(row)

    page = signed_in(client, ask).get(address(ask)).content.decode()

    assert f"About {member(row, 'mentor').name} and you · about 1 minute" in page
    assert (
        page.count("Only counted in groups of at least five people. Nobody sees your answer.") == 8
    )  # and at the head
    assert page.count("can’t say yet") == 6
    assert "checked" not in page


def test_mentor_reads_their_own_wording(client: Client) -> None:
    ask = asked(pair(program_with_surveys()), "mentor")

    assert (
        "I can tell what is useful to my mentee." in signed_in(client, ask).get(address(ask)).content.decode()
    )


def test_answers_are_taken_once_and_thanked_for(client: Client) -> None:
    ask = asked(pair(program_with_surveys()))
    signed_in(client, ask)
    posted = {**core(5, 4, 3, 4, 5, 0), "OPEN1": "Shorter talks", "HAND": "tip", "AUD1": "group"}

    first = client.post(address(ask), posted)
    again = client.post(address(ask), posted)

    assert (first.status_code, first.headers["Location"]) == (302, address(ask, "survey.thanks"))
    assert again.status_code == 409
    assert Response.objects.count() == 1
    assert Shared.objects.get().data == {"HAND": "tip"}
    assert "Thank you." in client.get(address(ask), follow=True).content.decode()


def test_sending_nothing_is_an_answer_too(client: Client) -> None:
    ask = asked(pair(program_with_surveys()))

    assert signed_in(client, ask).post(address(ask), {}).status_code == 302
    ask.refresh_from_db()
    assert (ask.state, Response.objects.count(), OwnAnswers.objects.count()) == (AskState.ANSWERED, 0, 0)


def test_who_would_rather_tell_someone_is_shown_the_way_to_a_person(client: Client) -> None:
    row = pair(program_with_surveys())
    ask = asked(row, key="first-hello")

    page = signed_in(client, ask).post(address(ask), {"STA2": "tell_someone"}, follow=True)

    assert reverse("workspace:pair.hand", args=[row.public_id]) in page.content.decode()


def test_needs_of_half_way_stand_in_the_closing_survey(client: Client) -> None:
    row = pair(program_with_surveys())
    answer(asked(row, key="half-way"), {"NEED1": "Say it in meetings", "NEED1P": 10, "NEED1R": "4"})
    ask = asked(row, key="closing")

    page = signed_in(client, ask).get(address(ask)).content.decode()

    assert 'value="Say it in meetings"' in page


def test_what_became_of_the_answers_stands_on_the_next_survey(client: Client) -> None:
    program = program_with_surveys()
    row = pair(program)
    wave = answer(asked(row), core(5, 5, 5, 5, 5, 5)).wave
    put_up_card(
        wave=wave,
        actor=program.contact,
        you_said="Mornings are hard.",
        we_will="Noon.",
        we_cannot="",
        now=now(),
    )
    ask = asked(row, key="half-way")

    assert "Mornings are hard." in signed_in(client, ask).get(address(ask)).content.decode()


def test_today_and_the_list_show_what_is_open(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = pair(program_with_surveys())
    ask = asked(row)
    signed_in(client, ask)
    for _again in range(2):
        for page in ("workspace:today", "workspace:surveys"):
            assert address(ask) in client.get(reverse(page)).content.decode()

    with django_assert_num_queries(5):
        client.get(reverse("workspace:surveys"))
    asked(row, key="half-way")
    asked(row, key="closing")
    with django_assert_num_queries(5):
        client.get(reverse("workspace:surveys"))


def test_let_go_survey_is_gone(client: Client) -> None:
    ask = asked(pair(program_with_surveys()))
    Ask.objects.update(state=AskState.DROPPED)

    assert signed_in(client, ask).get(address(ask)).status_code == 404
