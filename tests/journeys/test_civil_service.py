"""A coordinator alone: two real sign-up sheets as they are, a hundred people, pairs published."""

from pathlib import Path

from tests.journeys import setting_up
from tests.journeys.conftest import AsPerson
from tests.journeys.house import House

CHECKOUT = Path(__file__).parents[2]
BESIDE = CHECKOUT.parent / "shared" / "data" / "uk-civil-service"
SHEETS = BESIDE if BESIDE.is_dir() else CHECKOUT / "examples"


def test_two_sheets_become_a_hundred_people_and_published_pairs(house: House, as_person: AsPerson) -> None:
    mira = setting_up.coordinator(as_person)
    program = setting_up.draft_program(mira, "Spring mentoring", "Career mentoring")
    setting_up.dates(mira, program, starts_on="2026-03-16", ends_on="2026-09-30")
    setting_up.take_in(mira, program, SHEETS / "mentors.csv", "Mentor")
    setting_up.take_in(mira, program, SHEETS / "mentees.csv", "Mentee")
    setting_up.take_step(mira, program, "Open for enrollment")

    mira.visit(program + "people/")
    mira.follow("Taking part 100")
    mira.look("people")

    setting_up.find_pairs(mira, program)
    setting_up.publish(mira)
    house.later(hours=30)

    letters = [mail for mail in house.post.mails if "Spring mentoring: meet" in mail["Subject"]]
    mira.visit(program + "matching/")
    mira.reads(f"{len(letters) // 2} pairs")  # one to each of two
    assert len(letters) > 100
