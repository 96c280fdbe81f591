"""Coming in by an invitation: five steps, each kept, and what stands there afterwards."""

from tests.journeys.house import link_in
from tests.journeys.visitor import Visitor


def by_invitation(person: Visitor, *, zone: str, topics: tuple[str, ...]) -> None:
    """From the mail to an enrollment that was sent in."""
    person.visit(link_in(person.house.newest_mail(person.email), "/invitations/"))
    person.look("invitation")
    person.press("Join")
    _about_you(person)
    _when(person, zone)
    _topics(person, topics)
    person.look("enroll-how-you-tick")
    person.page.get_by_label("Curiosity").check()
    person.press("Keep and go on")
    person.look("enroll-privacy")
    for consent in person.page.get_by_role("main").get_by_role("checkbox").all():
        consent.check()
    person.press("Send my enrollment")
    person.look("enrollment-standing")


def _about_you(person: Visitor) -> None:
    person.fill("What shall we call you?", person.name)
    person.fill("What you do", "Test engineer")
    person.fill("A few lines about you", "I build small bridges between teams.")
    person.page.get_by_label("First choice").select_option(label="English")
    person.look("enroll-about-you")
    person.press("Keep and go on")


def _when(person: Visitor, zone: str) -> None:
    person.page.get_by_label("Time zone").select_option(zone)
    person.look("enroll-when")
    person.press("Keep and go on")


def _topics(person: Visitor, topics: tuple[str, ...]) -> None:
    for topic in topics:
        person.page.get_by_label(topic).check()
    person.fill("What do you hope for?", "To speak up in the first ten minutes.")
    person.look("enroll-topics")
    person.press("Keep and go on")
