"""One program from the first page to the last, as three people in three time zones live it."""

import csv
import re
from datetime import timedelta
from itertools import islice
from pathlib import Path

from playwright.sync_api import expect

from alongside.mentorships.models import Member, Mentorship
from tests.chromium import PHONE
from tests.journeys import asking, enrolling, setting_up, together
from tests.journeys.conftest import AsPerson
from tests.journeys.house import House, link_in, words_of
from tests.journeys.visitor import Visitor

EXAMPLES = Path(__file__).parents[2] / "examples"


# Enough mentees for answers to be shown, and a place for each of them and for Ana: nobody is left out by the lottery.
MENTEES, MENTORS = 7, 11


def test_from_a_template_to_a_good_end(house: House, as_person: AsPerson, tmp_path: Path) -> None:
    mira = setting_up.coordinator(as_person)
    ana = as_person("Ana", zone="Asia/Kolkata", size=PHONE)
    program = _set_up(mira)
    _people_come(mira, ana, program, tmp_path)
    mentor_email = _pairs_are_found(mira, program)
    tom = as_person("Tom", mentor_email, zone="Europe/London")
    pair = _they_meet(house, ana, tom)
    _they_write(ana, tom, pair)
    _they_do_things(ana, tom, pair)
    _they_are_asked(house, mira, ana, tom, program)
    _they_end_well(house, ana, tom, pair)
    _it_is_looked_back_on(mira, program)


def _set_up(mira: Visitor) -> str:
    program = setting_up.draft_program(mira, "Spring mentoring", "Career mentoring")
    setting_up.dates(mira, program, starts_on="2026-03-04", ends_on="2026-09-30")
    setting_up.own_question(mira, program, "Where do you think best?", ["On a walk", "At a desk"])
    setting_up.take_step(mira, program, "Open for enrollment")
    return program


def _people_come(mira: Visitor, ana: Visitor, program: str, folder: Path) -> None:
    for name, role, people in (("mentors.csv", "Mentor", MENTORS), ("mentees.csv", "Mentee", MENTEES)):
        setting_up.take_in(mira, program, _first_of(people, EXAMPLES / name, folder / name), role)
    setting_up.invite(mira, program, ana.email, "Mentee")
    mira.house.later(hours=3)
    enrolling.by_invitation(ana, zone="Asia/Kolkata", topics=("Speaking up", "Trusting myself"))
    mira.visit(program + "people/?q=Ana")
    mira.follow("Ana", inside=mira.page.get_by_role("table"), exact=False)
    mira.look("person")
    if mira.page.get_by_role("button", name="Take in").count():
        mira.press("Take in")


def _first_of(people: int, sheet: Path, shorter: Path) -> Path:
    """The first people of a sheet, as a sheet of their own."""
    with (
        sheet.open(encoding="utf-8", newline="") as whole,
        shorter.open("w", encoding="utf-8", newline="") as part,
    ):
        csv.writer(part).writerows(islice(csv.reader(whole), people + 1))
    return shorter


def _pairs_are_found(mira: Visitor, program: str) -> str:
    """Ana and whoever fits her are kept together on the second board; returns the mentor's address."""
    setting_up.find_pairs(mira, program)
    mira.fill("Name", "Ana")
    mira.page.keyboard.press("Enter")
    match = mira.page.locator(".match").filter(has_text=re.compile(r"\bAna\b"))
    expect(match).to_have_count(1)
    match.locator(".menu summary").click()
    mira.press("Keep together", inside=match)
    setting_up.solve_again(mira)
    setting_up.publish(mira)
    return str(Member.objects.get(mentorship=_hers(), role="mentor").person.email)


def _hers() -> Mentorship:
    return Member.objects.get(person__email="ana@example.org").mentorship


def _they_meet(house: House, ana: Visitor, tom: Visitor) -> str:
    """The mails come in each receiver's hours; a talk is offered, taken and held."""
    house.later(minutes=25)
    assert [mail for mail in house.post.mails if "meet" in mail["Subject"]] == []
    house.later(hours=24)
    letter = house.newest_mail(ana.email, "Spring mentoring: meet")
    assert house.newest_mail(tom.email, "Spring mentoring: meet Ana")
    ana.sign_in()
    ana.visit(link_in(letter, "/pairs/"))
    ana.look("pair-home")
    pair = ana.page.url
    tom.sign_in()
    tom.visit("/me/hours/")
    tom.page.get_by_label("Time zone").select_option("Europe/London")
    tom.look("my-hours")
    tom.press("That fits")
    together.find_a_time(ana, pair)
    house.later(hours=20)
    tom.sign_in()
    together.take_the_first_time(tom, pair)
    tom.look("talk-to-come")
    house.until(_hers().meetings.get().starts_at + timedelta(hours=2))
    ana.sign_in()
    ana.visit(pair + "meetings/")
    ana.look("meetings")
    ana.visit(tom.page.url)
    ana.press("We talked")
    ana.look("talk-held")
    return pair


def _they_write(ana: Visitor, tom: Visitor, pair: str) -> None:
    """What one writes stands at the other's open page without reload; the topic ends with a takeaway."""
    tom.sign_in()
    topic = together.open_topic(ana, pair, "My first review", "I never say the one thing I came to say.")
    tom.visit(topic)
    tom.look("topic")
    together.write(ana, "It happened again today.")
    expect(tom.page.locator("#thread").get_by_text("It happened again today.")).to_be_visible()
    together.write(tom, "What would be the smallest first sentence?")
    expect(ana.page.locator("#thread").get_by_text("the smallest first sentence?")).to_be_visible()
    ana.follow("Close with a takeaway")
    ana.fill("What do you two take away from it?", "A first sentence, written down before.")
    ana.look("close-topic")
    ana.press("Close it")
    ana.reads("A first sentence, written down before.")


def _they_do_things(ana: Visitor, tom: Visitor, pair: str) -> None:
    """An activity planned and done; a goal that rests and then is let go."""
    tom.visit(pair + "activities/")
    tom.look("plan")
    together.plan_an_activity(tom, "User manual of me", "Ana")
    tom.press("Done")
    goal = together.new_goal(ana, pair, "Say one thing in each review")
    ana.follow("Let it rest")
    ana.look("goal-rest")
    ana.press("Let it rest")
    ana.visit(goal)
    ana.follow("Let it go")
    ana.fill("What matters more now?", "Sleeping enough.")
    ana.look("goal-letting-go")
    ana.press("Let it go")
    tom.visit(goal)
    tom.reads("Sleeping enough.")


def _they_are_asked(house: House, mira: Visitor, ana: Visitor, tom: Visitor, program: str) -> None:
    """Results of two answers stay hidden; those of many are shown."""
    house.later(days=18)
    for person in (ana, tom):
        person.sign_in()
        asking.answer(person, "After the first talk")
    mira.sign_in()
    _read_results(mira, program)
    hidden = mira.page.get_by_role("heading", name="Shown from five answers on")
    expect(hidden).to_be_visible()
    others = asking.answer_as_everybody_but((ana.email, tom.email), "after-first-talk")
    assert others >= 5
    _read_results(mira, program)
    expect(hidden).to_have_count(0)
    mira.look("survey-results")


def _read_results(mira: Visitor, program: str) -> None:
    mira.visit(program + "surveys/")
    mira.look("surveys-of-the-program")
    card = mira.page.get_by_role("list", name="After the first talk")
    mira.follow("Wave 1", inside=card, exact=False)


def _it_is_looked_back_on(mira: Visitor, program: str) -> None:
    for place in ("", "mentorships/", "cases/", "report/"):
        mira.visit(program + place)
        mira.look(f"program-{place.strip('/') or 'overview'}")
    mira.reads("pairs under way")


def _they_end_well(house: House, ana: Visitor, tom: Visitor, pair: str) -> None:
    together.say_goodbye(ana, pair, "Thank you for the quiet half hours.")
    together.say_goodbye(tom, pair, "You asked the better questions.")
    ana.visit(pair)
    ana.reads("You asked the better questions.")
    ana.look("pair-ended")
    house.later(days=1)
    assert "Thank you for the quiet half hours." not in "".join(map(words_of, house.mails_to(tom.email)))
