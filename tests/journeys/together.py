"""What two people do with each other, page by page."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor


def find_a_time(person: Visitor, pair: str) -> None:
    """Three of the times the planner thinks best, offered."""
    person.visit(pair + "meetings/")
    person.follow("Find a time")
    person.look("planner")
    for box in person.page.locator('input[name="times"]').all()[:3]:
        box.check()
    person.press("Offer these times")
    person.reads("has these times and answers when it suits.")
    person.look("times-offered")


def take_the_first_time(person: Visitor, pair: str) -> None:
    """The first of the times on offer; ends on the page of the talk."""
    person.visit(pair + "meetings/")
    person.follow("Choose one")
    person.page.get_by_role("button", name=re.compile("^Take ")).first.click()
    person.reads("Booked")


def open_topic(person: Visitor, pair: str, title: str, words: str) -> str:
    """A topic with first words; returns its address."""
    person.visit(pair + "topics/new/")
    person.fill("What is it about?", title)
    person.page.get_by_label("To be heard").check()
    person.fill("Your first words", words)
    person.look("new-topic")
    person.press("Open it")
    person.reads(words)
    return person.page.url


def write(person: Visitor, words: str) -> None:
    """A message on the topic that is open; ends when it stands there."""
    person.page.get_by_label("Your message").fill(words)
    person.press("Send")
    expect(person.page.locator("#thread").get_by_text(words)).to_be_visible()


def new_goal(person: Visitor, pair: str, title: str) -> str:
    """A goal in motion, shown to the partner; returns its address."""
    person.visit(pair + "goals/new/")
    person.fill("A hope or aim, in your words", title)
    person.page.get_by_label("In motion").check()
    person.page.get_by_label("Show it to", exact=False).check()
    person.look("new-goal")
    person.press("Keep it")
    person.visit(pair + "goals/")
    person.look("goals")
    person.follow(title, exact=False)
    person.reads(title)
    person.look("goal")
    return person.page.url


def plan_an_activity(person: Visitor, name: str, partner: str) -> None:
    """Something from the library, on the plan of the two; ends on its page."""
    person.visit("/library/")
    person.look("library")
    person.follow(name, exact=False)
    person.look("library-activity")
    person.page.get_by_role("radio", name=re.compile(partner)).check()
    person.press("Plan it")
    person.look("activity")


def say_goodbye(person: Visitor, pair: str, words: str) -> None:
    person.visit(pair + "ending/")
    person.look("ending")
    person.follow("End it well", exact=False)
    person.fill("Words for your partner", words)
    person.look("ending-well")
    person.press("Leave these words")
