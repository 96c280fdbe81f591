"""What a coordinator does, page by page: a program out of a template, people, pairs, mails."""

import re
from pathlib import Path

from playwright.sync_api import expect

from alongside.people.actions import create_administrator
from tests.journeys.conftest import AsPerson
from tests.journeys.visitor import Visitor


def coordinator(as_person: AsPerson) -> Visitor:
    """Mira in Stockholm, the first administrator of this house, signed in."""
    create_administrator(email="mira@example.org", name="Mira", password="a lamp beside the door")
    mira = as_person("Mira", zone="Europe/Stockholm")
    mira.sign_in()
    return mira


def draft_program(mira: Visitor, name: str, template: str) -> str:
    """A draft out of a template; returns the address under which the coordinator's pages of it stand."""
    mira.visit("/coordinate/")
    mira.look("programs")
    mira.follow("Set up the first program")
    mira.look("new-program")
    mira.page.get_by_label(template).check()
    mira.fill("Name", name)
    mira.page.get_by_label("Time zone of its dates").select_option("Europe/Stockholm")
    mira.press("Make the draft")
    mira.reads("A draft. Nobody but its staff sees it.")
    mira.look("set-up")
    return mira.page.url.removesuffix("setup/")


def dates(mira: Visitor, program: str, **days: str) -> None:
    mira.visit(program + "setup/")
    mira.follow("Dates", exact=False)
    for name, day in days.items():
        mira.page.locator(f'[name="{name}"]').fill(day)
    mira.look("set-up-dates")
    mira.press("Keep")


def own_question(mira: Visitor, program: str, question: str, choices: list[str]) -> None:
    """One more question of the form, then the form as the participant sees it."""
    mira.visit(program + "setup/form/")
    mira.look("form-builder")
    mira.follow("Add a question")
    mira.look("kinds-of-questions")
    mira.follow("One of several", exact=False)
    mira.fill("The question", question)
    mira.fill("Choices", "\n".join(choices))
    mira.look("new-question")
    mira.press("Keep")
    mira.follow("Preview")
    mira.reads(question)
    mira.look("form-as-mentee")


def take_step(mira: Visitor, program: str, name: str) -> None:
    """The program goes on to its next step, after reading what that means."""
    mira.visit(program + "setup/")
    mira.follow(name)
    mira.look("step")
    mira.press(name)
    expect(mira.page).to_have_url(re.compile("/setup/$"))


def take_in(mira: Visitor, program: str, sheet: Path, role: str) -> None:
    """A sheet as it is: looked at in a dry run, words that are new become choices, all of it taken in."""
    mira.visit(program + "imports/")
    mira.page.get_by_label("Sheet").set_input_files(sheet)
    mira.page.get_by_label("Everybody in it is").select_option(label=role)
    mira.look("sheets")
    mira.press("Have a look at it")
    mira.reads("A dry run: nothing has happened yet.")
    mira.look("dry-run")
    for unknown in mira.page.locator('input[name="accept"]').all():
        unknown.check()
    mira.press("Look again with these choices")
    mira.reads("Every line can be taken in")
    mira.press("Take in all", exact=False)
    mira.reads("Taken in, all of it.")
    mira.look("sheet-taken-in")


def invite(mira: Visitor, program: str, email: str, role: str) -> None:
    """One invitation, looked at before it is sent."""
    mira.visit(program + "invitations/")
    mira.fill("Addresses", email)
    mira.page.get_by_label(role, exact=True).check()
    mira.look("invitations")
    mira.press("Look before sending")
    mira.reads("One invitation would go out")
    mira.look("before-sending")
    mira.press("Send")
    mira.reads(email)
    mira.house.work()


def find_pairs(mira: Visitor, program: str) -> None:
    """One run, begun by a press and done by the worker; ends on its board."""
    mira.visit(program + "matching/")
    mira.look("matching")
    mira.press("Find the best pairs")
    mira.house.work()
    mira.page.reload()
    mira.reads("Proven: no other plan under these rules is better for the program as a whole.")
    mira.look("board")


def solve_again(mira: Visitor) -> None:
    """From a board to the next one."""
    mira.press("Solve again", inside=mira.page.get_by_role("main"))
    mira.house.work()
    mira.page.reload()
    mira.reads("Proven: no other plan under these rules is better for the program as a whole.")


def publish(mira: Visitor) -> None:
    """The present board, after reading what its people will read and when."""
    mira.follow("Publish …")
    mira.reads("What they will read")
    mira.reads("When each will hear")
    mira.look("publish")
    mira.press("Publish", inside=mira.page.get_by_role("main"), exact=False)
    mira.reads("you can take it back; nobody is written to before.")
