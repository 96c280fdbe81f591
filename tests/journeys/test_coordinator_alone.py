"""A coordinator who comes from spreadsheets, alone with the pages: from nothing to the archive, and by every door.

Nothing runs a script here; what stands on a page is all there is.
"""

from datetime import timedelta

import pytest
from pytest_django import Settings

from alongside.foundation.clock import now
from alongside.people.actions import create_administrator
from tests import factories as make
from tests.journeys.reader import Reader

NAME = "From sheet to shore"
TEMPLATES = ("career", "buddy", "returners", "reverse", "alumni")


@pytest.fixture
def mira(db: None, settings: Settings) -> Reader:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    create_administrator(email="mira@example.org", name="Mira", password="a lamp beside the door")
    return Reader("mira@example.org").visit("/coordinate/")


def somebody(name: str) -> Reader:
    """Somebody with an account and no program."""
    return Reader(make.person(name).email, name)


def draft(mira: Reader, start: str, name: str = NAME) -> str:
    """A new draft; returns the address of its pages."""
    mira.visit("/coordinate/new/").send("Make the draft", start=start, name=name, zone="Europe/Stockholm")
    mira.reads("A draft. Nobody but its staff sees it.")
    return mira.path.removesuffix("setup/")


def keep_dates(mira: Reader) -> None:
    today = now().date()
    mira.follow("Dates").send(
        "Keep", starts_on=str(today + timedelta(days=20)), ends_on=str(today + timedelta(days=200))
    )


def step(mira: Reader, program: str, name: str) -> None:
    """The program goes on to its next step, after reading what that means."""
    mira.visit(program + "setup/").follow(name)
    mira.reads("What happens")
    mira.send(name)
    assert mira.path == program + "setup/"


def opened(mira: Reader, **access: str | bool | int) -> tuple[str, str]:
    """An open program with these rules at its door: the coordinator's address of it, and everybody's."""
    program = draft(mira, "buddy")
    keep_dates(mira)
    mira.follow("People and access").send("Keep", **access)
    step(mira, program, "Open for enrollment")
    return program, program.replace("/coordinate/", "/programs/")


def enroll(person: Reader) -> None:
    """The five steps, answered as shortly as the form allows; each is kept before the next."""
    for _step in range(4):
        person.send("Keep and go on", **answers(person, "Keep and go on"))
        assert person.status == 200, person.page.words
    person.send("Send my enrollment", **answers(person, "Send my enrollment"))


def answers(person: Reader, button: str) -> dict[str, str]:
    """A name, and the first choice or a word wherever the present step asks a question."""
    form = person.form_of(button)
    given = {"name": person.name, "language_1": "en", "zone": "Europe/Oslo"}
    asked = {name: choices for name, choices in form.offers.items() if name.startswith("q-")}
    for name, choices in asked.items():
        given[name] = "2026-11-01" if name.endswith("date") else next(filter(None, choices), "Names.")
    return {name: value for name, value in given.items() if name in form.offers}


def decide(mira: Reader, program: str, person: Reader, word: str) -> None:
    mira.visit(program + "people/?q=" + person.name).follow(person.name).send(word)


def test_out_of_nothing_the_checklist_leads_to_an_open_program(mira: Reader) -> None:
    program = draft(mira, "nothing")
    mira.follow("Open for enrollment")
    mira.reads("This is left before")

    mira.follow("Say in a few lines").send(
        "Keep", summary="For all.", description="Talks between two people."
    )
    keep_dates(mira)
    mira.follow("Form").follow("Add the first question").follow("Several of several")
    mira.send("Keep", label="What about?", more_options="Speaking up\nLeading", match="overlap:wish_to_offer")
    mira.follow("Preview")
    mira.reads("What about?")

    mira.visit(program + "setup/").follow("Open for enrollment").follow("Give the questions their weights")
    (weight,) = (name for name in mira.form_of("Keep").offers if name.startswith("weight"))
    mira.send("Keep", **{weight: 100})
    step(mira, program, "Open for enrollment")
    mira.reads("Open: people can enroll.")


@pytest.mark.parametrize("template", TEMPLATES)
def test_out_of_a_template_only_dates_are_left(mira: Reader, template: str) -> None:
    program = draft(mira, template)
    mira.reads("One thing is left before it can open.")

    keep_dates(mira)
    step(mira, program, "Open for enrollment")

    mira.reads("Open: people can enroll.")


def test_copy_is_a_draft_with_everything_but_people_and_dates(mira: Reader) -> None:
    program, page = opened(mira, access="open", approval="none")
    zoe = somebody("Zoe").visit(page).send("Start my enrollment", role="mentee")

    mira.visit(program + "setup/").follow("Make a copy without people")
    mira.send("Make the draft", name="The next round")

    mira.reads("A draft. Nobody but its staff sees it.")
    copy = mira.path.removesuffix("setup/")
    assert copy != program
    mira.visit(copy + "people/").reads_not(zoe.email)
    mira.visit(copy + "setup/form/preview/mentee/")
    assert mira.page.words.count("?") == mira.visit(program + "setup/form/preview/mentee/").page.words.count(
        "?"
    )


def test_by_invitation_only_who_was_invited_finds_it(mira: Reader) -> None:
    program, page = opened(mira, access="invited", approval="none")
    zoe, yan = somebody("Zoe"), somebody("Yan")
    mira.follow("Invite people").send("Look before sending", addresses=f"{zoe.email}\nyan@", role="mentee")
    mira.reads("One invitation would go out")
    mira.send("Send")

    assert yan.visit(page).status == 404
    zoe.visit("/today/").follow("Have a look").send("Join")
    enroll(zoe)

    zoe.reads("You are in")
    mira.visit(program + "people/").reads("Zoe")


def test_in_a_draft_invitations_are_looked_at_and_not_sent(mira: Reader) -> None:
    program = draft(mira, "buddy")
    mira.follow("Invite people")
    mira.reads("Nobody can come in at the moment")

    mira.send("Look before sending", addresses="zoe@example.org", role="mentee")

    mira.reads("They can go out once the program is open.")
    assert not any("Send" in form.buttons for form in mira.page.forms)
    sending = program + "invitations/sending/"
    assert mira.client.post(sending, {"addresses": "zoe@example.org", "role": "mentee"}).status_code in (
        409,
        422,
    )
    assert mira.visit(program + "invitations/").page.words.count("zoe@example.org") == 0


def test_by_mail_domain_who_has_no_account_comes_by_a_link(mira: Reader) -> None:
    _program, page = opened(mira, access="domain", domains="example.org", approval="none")
    new = Reader(name="Vera")
    new.visit(page).send("Send me a link", role="mentee", email="vera@example.org")
    new.email = "vera@example.org"

    new.visit(new.newest_letter("/way-in/")).send("Go on")
    enroll(new)

    new.reads("You are in")


def test_with_a_code_and_approval_one_place_and_a_waiting_list(mira: Reader) -> None:
    program, page = opened(
        mira, access="code", code="Heron 7", approval="coordinator", places=1, waitlist=True
    )
    zoe, yan = somebody("Zoe"), somebody("Yan")
    zoe.visit("/programs/").follow(NAME).send("Open", code="crane")
    assert zoe.status == 422
    for person in (zoe, yan):
        person.visit(page).send("Open", code=" heron 7 ").send("Start my enrollment", role="mentee")
        enroll(person)
        person.reads("Nothing is left for you to do.")

    decide(mira, program, zoe, "Take in")
    decide(mira, program, yan, "Take in")
    zoe.visit(zoe.path).reads("You are in")
    yan.visit(yan.path).reads("You are next.")
    zoe.send("Take myself out")

    yan.visit(yan.path).reads("You are in")


def test_closed_and_archived_it_looks_for_nobody_and_comes_back(mira: Reader) -> None:
    program, page = opened(mira, access="open", approval="none")
    zoe = somebody("Zoe").visit(page).send("Start my enrollment", role="mentee")
    enroll(zoe)
    standing = zoe.path

    step(mira, program, "Close the program")
    mira.reads("Closed. What pairs wrote stays theirs.")
    mira.reads_not("Invite people")
    somebody("Yan").visit(page).reads("Nobody can join at the moment.")
    zoe.visit(standing).reads("This program has come to its end.")
    zoe.visit("/today/").reads("This program has come to its end.")

    step(mira, program, "Put it in the archive")
    assert somebody("Xia").visit(page).status == 404
    mira.visit("/coordinate/").reads_not(NAME)
    mira.follow("Archive").follow(NAME).follow("Set-up").follow("Take it out of the archive")
    mira.send("Take it out of the archive")
    step(mira, program, "Let it run again")

    mira.reads("Pairs are under way.")
    zoe.visit("/today/").reads("We are looking for the person who fits.")
