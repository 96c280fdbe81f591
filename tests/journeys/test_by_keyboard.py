"""The pair's room without a mouse: every stop is reached by Tab, every press is a key."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys import together
from tests.journeys.conftest import AsPerson
from tests.journeys.house import House, link_in
from tests.journeys.visitor import Visitor
from tests.people import cast

STOPS = 80  # more than any page has before its last control


def _tab_to(person: Visitor, wanted: Locator) -> None:
    """Presses Tab until the wanted control has the focus, and sees that the focus shows."""
    for _stop in range(STOPS):
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate("element => element.matches(':focus-visible')")
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted}")


def _press(person: Visitor, wanted: Locator, key: str = "Enter") -> None:
    _tab_to(person, wanted)
    person.page.keyboard.press(key)


def _choose(person: Visitor, wanted: Locator) -> None:
    """Tab goes to a group of choices, the arrows go through it."""
    group = person.page.locator(f'[name="{wanted.get_attribute("name")}"]')
    for _stop in range(STOPS):
        if group.evaluate_all("choices => choices.includes(document.activeElement)"):
            break
        person.page.keyboard.press("Tab")
    for _choice in range(group.count()):
        if not wanted.is_checked():
            person.page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()


def _type(person: Visitor, wanted: Locator, words: str) -> None:
    _tab_to(person, wanted)
    person.page.keyboard.type(words)


def test_sign_in_open_a_topic_write_and_take_a_time(house: House, as_person: AsPerson) -> None:
    people = cast()
    pair = f"/pairs/{people.pair.public_id}/"
    ben = as_person("Ben", people.ben.email, zone="Europe/London")
    ben.sign_in()
    together.find_a_time(ben, pair)

    chi = as_person("Chi", people.chi.email, zone="Asia/Kolkata")
    page = chi.visit("/account/link/")
    _type(chi, page.get_by_label("Your e-mail address"), chi.email)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sent/"))
    house.work()
    chi.visit(link_in(house.newest_mail(chi.email, "sign-in link"), "/account/link/"))
    _press(chi, page.get_by_role("button", name="Sign in"))
    expect(page).to_have_url(re.compile("/today/"))

    chi.visit(pair + "topics/")
    _press(chi, page.get_by_role("link", name="Open a topic").first)
    _type(chi, page.get_by_label("What is it about?"), "My first review")
    _choose(chi, page.get_by_label("To be heard"))
    _press(chi, page.get_by_role("button", name="Open it"))
    _type(chi, page.get_by_label("Your message"), "May I think aloud?")
    _press(chi, page.get_by_role("button", name="Send", exact=True))
    expect(page.locator("#thread").get_by_text("May I think aloud?")).to_be_visible()

    chi.visit(pair + "meetings/")
    _press(chi, page.get_by_role("link", name="Choose one"))
    _press(chi, page.get_by_role("button", name=re.compile("^Take ")).first)
    chi.reads("Booked")
