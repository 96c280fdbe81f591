"""Reading and writing in a browser that runs no script."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from alongside.foundation.clock import now
from alongside.surveys.actions import install_surveys
from tests.journeys import asking, together
from tests.journeys.conftest import AsPerson
from tests.journeys.house import House
from tests.journeys.visitor import Visitor
from tests.people import Cast, cast
from tests.surveys.setting import asked


@pytest.fixture
def people(house: House) -> Cast:
    return cast()


@pytest.fixture
def chi(people: Cast, as_person: AsPerson) -> Visitor:
    chi = as_person("Chi", people.chi.email, zone="Asia/Kolkata", java_script_enabled=False)
    chi.sign_in()
    return chi


@pytest.fixture
def ben(people: Cast, as_person: AsPerson) -> Visitor:
    ben = as_person("Ben", people.ben.email, zone="Europe/London", java_script_enabled=False)
    ben.sign_in()
    return ben


@pytest.fixture
def pair(people: Cast) -> str:
    return f"/pairs/{people.pair.public_id}/"


def test_words_go_to_and_fro(chi: Visitor, ben: Visitor, pair: str) -> None:
    chi.visit(pair + "topics/new/")
    chi.fill("What is it about?", "My first review")
    chi.page.get_by_label("To be heard").check()
    chi.fill("Your first words", "May I think aloud?")
    chi.press("Open it")

    ben.visit(pair + "topics/")
    ben.follow("My first review", exact=False)
    ben.page.get_by_label("Your message").fill("Please do.")
    ben.press("Send")
    chi.page.reload()

    expect(chi.page.locator("#thread .prose")).to_have_text(["May I think aloud?", "Please do."])


def test_times_are_offered_and_one_is_taken(chi: Visitor, ben: Visitor, pair: str) -> None:
    chi.visit(pair + "meetings/new/")
    for box in chi.page.locator('input[name="times"]').all()[:3]:
        box.check()
    chi.press("Offer these times")
    chi.reads("has these times and answers when it suits.")

    together.take_the_first_time(ben, pair)

    chi.visit(pair + "meetings/")
    chi.reads("To come")


def test_survey_is_answered(people: Cast, chi: Visitor) -> None:
    install_surveys(program=people.program, actor=None, now=now())
    with transaction.atomic():
        asked(people.pair, key="how-is-it-going", at=now())

    asking.answer(chi, "How is it going?")

    chi.visit("/surveys/")
    chi.reads("Nothing is open")


def test_hours_change(chi: Visitor) -> None:
    chi.visit("/me/hours/")
    monday = chi.page.get_by_role("group", name="Monday")
    monday.get_by_label("From").first.fill("10:00")
    monday.get_by_label("To", exact=True).first.fill("15:00")
    chi.press("That fits")
    chi.visit("/me/hours/")

    times = [monday.get_by_label(word, exact=True).first.input_value() for word in ("From", "To")]
    assert times == ["10:00", "15:00"]
