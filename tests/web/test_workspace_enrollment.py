"""Enrollment by the participant, page by page, without scripts."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from alongside.enrollment.access import Keys
from alongside.enrollment.actions import send_invitations, start_participation
from alongside.enrollment.enums import ParticipationState
from alongside.enrollment.models import Participation
from alongside.enrollment.queries import invitations_to, own_form_answers, own_not_with
from alongside.foundation.clock import now
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.questionnaires.actions import add_question
from alongside.questionnaires.enums import MatchRule, QuestionKind
from alongside.questionnaires.spec import QuestionSpec
from tests import factories as make

pytestmark = pytest.mark.django_db

ABOUT = {
    "name": "Zoë",
    "pronouns": "she",
    "about": "Bees.",
    "language_1": "de",
    "language_2": "en",
    "unit": "Rivers",
}
WHEN = {
    "zone": "Asia/Kolkata",
    "week-sent": "1",
    "week-0-0-from": "09:00",
    "week-0-0-to": "17:00",
    "week-0-0-kind": "good",
    "week-5-0-from": "10:00",
    "week-5-0-to": "12:00",
    "week-5-0-kind": "possible",
    "hours_per_month": "3",
    "channel_1": "voice",
    "detail_1": "https://meet.example.org/zoe",
}


@pytest.fixture
def program() -> Program:
    program = make.program(access="open", approval="none", zone="Europe/Oslo")
    for spec in (
        QuestionSpec(kind=QuestionKind.SHORT_TEXT, label="Team", key="unit", fills="person.unit", step="about_you"),
        QuestionSpec(
            kind=QuestionKind.MULTIPLE, label="Topics", key="topics", required=True,
            options=(("a", "Speaking up"), ("b", "Leading")), match_rule=MatchRule.OVERLAP, match_weight=9,
        ),
        QuestionSpec(kind=QuestionKind.CONSENT, label="I agree.", key="agree", required=True, step="privacy"),
    ):  # fmt: skip
        add_question(questionnaire=program.form, spec=spec, actor_id=None)
    return program


@pytest.fixture
def zoe(program: Program, client: Client) -> Person:
    zoe = make.person("Zoe")
    start_participation(program=program, person=zoe, role="mentor", actor=zoe, now=make.NOW)
    client.force_login(zoe)
    return zoe


def at(program: Program, step: str = "") -> str:
    if not step:
        return reverse("workspace:enroll", args=[program.public_id])
    return reverse("workspace:enroll.step", args=[program.public_id, step])


def post(client: Client, program: Program, step: str, **data: Any) -> Any:
    return client.post(at(program, step), data)


def test_five_steps_end_in_the_program(client: Client, program: Program, zoe: Person) -> None:
    assert client.get(at(program)).headers["Location"] == at(program, "about-you")

    assert post(client, program, "about-you", **ABOUT).headers["Location"] == at(program, "when")
    assert post(client, program, "when", **WHEN).headers["Location"] == at(program, "topics")
    assert client.get(at(program)).headers["Location"] == at(
        program, "topics"
    )  # it goes on where it was left
    topics = {"q-topics": ["b"], "capacity": "2", "weight_topics": "3", "not_with": "boss@example.org"}
    assert post(client, program, "topics", **topics).headers["Location"] == at(program, "privacy")
    assert post(client, program, "privacy", **{"q-agree": "yes"}).headers["Location"] == at(program)

    row = Participation.objects.select_related("person__preferences", "program", "answers").get(person=zoe)
    assert (row.state, row.capacity, row.hours_per_month) == (ParticipationState.APPROVED, 2, 3)
    assert (row.importance, own_not_with(row)) == ({"topics": 3}, ["boss@example.org"])
    assert own_form_answers(row) == {"unit": "Rivers", "topics": ["b"], "agree": True}
    assert (row.person.name, row.person.languages, row.person.about) == ("Zoë", ["de", "en"], "Bees.")
    preferences = row.person.preferences
    assert (preferences.zone, preferences.hours, preferences.possible_hours) == (
        *("Asia/Kolkata", "Mon 09:00-17:00", "Sat 10:00-12:00"),
    )
    assert preferences.channels == [{"channel": "voice", "detail": "https://meet.example.org/zoe"}]
    assert "You are in" in client.get(at(program)).content.decode()


def test_step_with_something_missing_keeps_what_was_typed(
    client: Client, program: Program, zoe: Person
) -> None:
    response = post(client, program, "topics", capacity="99", not_with="boss@example.org")

    page = response.content.decode()
    assert response.status_code == 422
    assert "We need an answer here." in page
    assert "boss@example.org" in page
    assert Participation.objects.get(person=zoe).steps_done == []


def test_sending_in_too_early_leads_to_the_first_open_step(
    client: Client, program: Program, zoe: Person
) -> None:
    post(client, program, "about-you", **ABOUT)

    response = client.post(reverse("workspace:enroll.submission", args=[program.public_id]))

    assert response.headers["Location"] == at(program, "when")


def test_photo_is_written_anew(client: Client, program: Program, zoe: Person) -> None:
    written = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(written, "PNG")
    photo = SimpleUploadedFile("me.png", written.getvalue(), "image/png")

    post(client, program, "about-you", **ABOUT, photo=photo)
    refused = post(client, program, "about-you", **ABOUT, photo=SimpleUploadedFile("me.png", b"<svg/>"))

    zoe.refresh_from_db()
    with zoe.photo.open() as file, Image.open(file) as kept:
        assert (kept.format, kept.width) == ("JPEG", kept.height)
    assert refused.status_code == 422


def test_fields_of_the_organization_are_shown_and_not_asked(
    client: Client, program: Program, zoe: Person
) -> None:
    Participation.objects.filter(person=zoe).update(imported={"unit": "x"})
    Person.objects.filter(pk=zoe.pk).update(unit="Bureau of Bridges")

    page = client.get(at(program, "about-you")).content.decode()
    post(client, program, "about-you", **ABOUT)

    zoe.refresh_from_db()
    assert "Bureau of Bridges" in page
    assert 'name="unit"' not in page
    assert zoe.unit == "Bureau of Bridges"


def test_preview_says_what_is_shared_and_knows_old_names_of_zones(
    client: Client, program: Program, zoe: Person
) -> None:
    address = reverse("workspace:enroll.preview", args=[program.public_id])

    page = client.post(address, {**WHEN, "detected": "Asia/Calcutta"}).content.decode()

    # Monday 9 to 17 in Kolkata is 4:30 to 12:30 in winter and 5:30 to 13:30 in summer there: 4.5 to 5.5 hours from 8 on
    assert "With people in Oslo you share 5 good hours a week." in page
    assert 'data-detected="Asia/Kolkata"' in page


def test_role_can_be_changed_until_it_is_sent_in(client: Client, program: Program, zoe: Person) -> None:
    address = reverse("workspace:enroll.role", args=[program.public_id])

    client.post(address, {"role": "mentee"})
    assert Participation.objects.get(person=zoe).role == "mentee"
    Participation.objects.filter(person=zoe).update(state="approved")

    assert client.post(address, {"role": "mentor"}).status_code == 409


def test_withdrawing_says_so_and_leaves_the_way_back(client: Client, program: Program, zoe: Person) -> None:
    Participation.objects.filter(person=zoe).update(state="approved")

    client.post(reverse("workspace:enroll.withdrawal", args=[program.public_id]))

    assert "You are not part of it at the moment" in client.get(at(program)).content.decode()


@pytest.mark.parametrize("state", ParticipationState.values)
def test_standing_is_told_in_every_state(client: Client, program: Program, zoe: Person, state: str) -> None:
    Participation.objects.filter(person=zoe).update(state=state)

    response = client.get(at(program), follow=True)

    assert response.status_code == 200


def test_directory_lists_what_is_open_and_what_is_mine(client: Client, program: Program, zoe: Person) -> None:
    make.program(name="Open to all", access="open")
    make.program(name="By invitation", access="invited")
    make.program(name="For example.org", access="domain", access_domains="example.org")
    make.program(name="For others", access="domain", access_domains="example.com")
    make.program(name="A draft", access="open", state="draft")

    page = client.get(reverse("workspace:programs")).content.decode()

    names = (program.name, "Open to all", "By invitation", "For example.org", "For others", "A draft")
    assert [name for name in names if name in page] == [program.name, "Open to all", "For example.org"]


def test_directory_names_no_day_that_is_over(client: Client, zoe: Person) -> None:
    make.program(name="Still open", access="open", enrolls_until=now().date() + timedelta(days=9))
    make.program(
        name="Takes people at any time", access="open", enrolls_until=now().date() - timedelta(days=9)
    )

    page = client.get(reverse("workspace:programs")).content.decode()

    assert "Takes people at any time" in page
    assert page.count("Enroll until") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_directory_costs_the_same_for_any_number(
    client: Client, zoe: Person, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make.program(name=f"Open {number}", access="open")
    client.get(reverse("workspace:programs"))

    with django_assert_num_queries(7):
        client.get(reverse("workspace:programs"))


@pytest.mark.parametrize("step", ["about-you", "when", "topics", "how-you-tick", "privacy"])
def test_each_step_costs_few_queries(
    client: Client, program: Program, zoe: Person, step: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(15):
        assert client.get(at(program, step)).status_code == 200


@pytest.mark.parametrize("state", ["closing", "closed", "archived"])
def test_nobody_is_looked_for_once_a_program_ends(
    client: Client, program: Program, zoe: Person, state: str
) -> None:
    Participation.objects.update(state=ParticipationState.APPROVED)
    Program.objects.filter(pk=program.pk).update(state=state)

    for page in (client.get(reverse("workspace:today")).text, client.get(at(program)).text):
        assert "to its end" in page
        assert "We are looking" not in page
        assert "found for you" not in page
        assert "Taking part" not in page
        assert "Take myself out" not in page


def test_invitation_to_ones_own_address_stands_on_today_and_among_the_programs(client: Client) -> None:
    ivy, inviting = make.person("Ivy"), make.program(name="By letter only", access="invited")
    send_invitations(program=inviting, actor=inviting.contact, text=ivy.email, role="mentee", now=now())
    client.force_login(ivy)

    for route in ("workspace:today", "workspace:programs"):
        page = client.get(reverse(route))
        (invitation,) = page.context["invitations"]
        assert invitation.program == inviting
        assert f'href="{invitation.path}"' in page.text
    assert client.get(invitation.path).status_code == 200


def test_invitation_stands_there_no_more_once_taken_up_or_over(client: Client, zoe: Person) -> None:
    inviting = make.program(access="invited")
    send_invitations(program=inviting, actor=inviting.contact, text=zoe.email, role="mentee", now=now())
    assert len(invitations_to(zoe, now=now())) == 1
    assert invitations_to(zoe, now=now() + timedelta(days=400)) == []

    start_participation(
        program=inviting,
        person=zoe,
        role="mentee",
        actor=zoe,
        now=now(),
        keys=Keys(invitation=inviting.invitations.get()),
    )

    assert invitations_to(zoe, now=now()) == []
