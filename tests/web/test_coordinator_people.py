"""Coordinators' pages about people: list, decisions, invitations, sheets."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.enrollment.actions import StepInput, save_step
from alongside.enrollment.enums import EnrollmentStep, ImportState, ParticipationState
from alongside.enrollment.models import Invitation, SheetImport
from alongside.foundation.sheets import read_sheet
from alongside.programs.enums import StaffRole
from alongside.programs.models import Program, Staff
from alongside.questionnaires.actions import add_question
from alongside.questionnaires.enums import Visibility
from alongside.questionnaires.spec import QuestionSpec
from tests import factories as make
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(cast_: Cast, client: Client) -> Cast:
    client.force_login(cast_.ada)
    return cast_


def at(cast: Cast, route: str, *more: str) -> str:
    return reverse(f"coordinator:{route}", args=[cast.program.public_id, *more])


@pytest.mark.parametrize("count", [1, 3])
def test_people_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    program = make.program()
    for _number in range(count):
        make.participation(program, make.person(), "mentee")
    client.force_login(program.contact)
    address = reverse("coordinator:people", args=[program.public_id])
    client.get(address)

    with django_assert_num_queries(10):
        client.get(address)


def test_people_are_found_by_words_state_role_and_tag(client: Client, ada: Cast) -> None:
    def found(**query: str) -> list[str]:
        page = client.get(at(ada, "people"), query).context["page"]
        return [row.person.name for row in page]

    chi = ada.program.participations.get(person=ada.chi)
    client.post(at(ada, "people.decisions"), {"person": chi.public_id, "do": "tag", "tag": "pilot"})

    assert found() == ["Ben", "Chi", "Eva", "Fay"]
    assert found(sort="-name") == ["Fay", "Eva", "Chi", "Ben"]
    assert found(role="mentor") == ["Ben", "Fay"]
    assert found(q="ch example") == ["Chi"]
    assert found(tag="pilot") == ["Chi"]
    assert found(state="submitted") == []


def test_decision_about_many_says_what_came_of_it(client: Client, ada: Cast) -> None:
    rows = [
        make.participation(ada.program, make.person(), "mentee", state=ParticipationState.SUBMITTED)
        for _number in range(3)
    ]
    Program.objects.filter(pk=ada.program.pk).update(places=6)

    page = client.post(
        at(ada, "people.decisions"),
        {"person": [row.public_id for row in rows], "do": "approve", "note": "Welcome!"},
        follow=True,
    ).content.decode()

    assert "Done for 2 people. 1 is on the waiting list: all places are taken." in page
    assert ada.program.participations.filter(note_from_team="Welcome!").count() == 3


def test_assistant_looks_and_changes_nothing(client: Client, cast_: Cast) -> None:
    Staff.objects.create(program=cast_.program, person=cast_.dov, role=StaffRole.ASSISTANT)
    client.force_login(cast_.dov)
    chi = cast_.program.participations.get(person=cast_.chi)

    assert client.get(at(cast_, "people")).status_code == 200
    retired = client.post(at(cast_, "people.decisions"), {"person": chi.public_id, "do": "retire"})

    chi.refresh_from_db()
    assert (retired.status_code, chi.state) == (403, ParticipationState.APPROVED)


def test_no_page_of_staff_shows_private_things(client: Client, ada: Cast) -> None:
    specs = (
        QuestionSpec(kind="short_text", label="For the team", visibility=Visibility.TEAM),
        QuestionSpec(kind="short_text", label="Only mine", visibility=Visibility.ME),
        QuestionSpec(kind="short_text", label="In groups", visibility=Visibility.GROUP),
    )
    team, mine, groups = (
        add_question(questionnaire=ada.program.form, spec=spec, actor_id=None) for spec in specs
    )
    chi = ada.program.participations.get(person=ada.chi)
    save_step(
        participation=chi,
        step=EnrollmentStep.TOPICS,
        given=StepInput(
            answers={team: "seen words", mine: "my words", groups: "group words"},
            not_with=["boss@example.org"],
        ),
        actor=ada.chi,
        now=make.NOW,
    )

    pages = [
        client.get(address).content.decode()
        for address in (at(ada, "people"), at(ada, "person", chi.public_id), at(ada, "people.sheet"))
    ]

    assert ["seen words" in page for page in pages] == [False, True, True]
    assert [
        word for word in ("my words", "group words", "boss@example.org") for page in pages if word in page
    ] == []


def test_sheet_holds_the_filtered_people(client: Client, ada: Cast) -> None:
    response = client.get(at(ada, "people.sheet"), {"role": "mentor"})

    sheet = read_sheet(response.content)
    assert [row.cells[0] for row in sheet.rows] == ["Ben", "Fay"]


def test_person_role_and_capacity_are_kept_together_or_refused(client: Client, ada: Cast) -> None:
    chi = ada.program.participations.get(person=ada.chi)
    address = at(ada, "person.place", chi.public_id)

    client.post(address, {"role": "both", "capacity": "3"})
    client.post(address, {"role": "mentor", "capacity": "9"})

    chi.refresh_from_db()
    assert (chi.role, chi.capacity) == ("both", 3)


def test_invitations_are_looked_at_before_they_are_sent(client: Client, ada: Cast) -> None:
    data = {"addresses": f"Ana <ana@example.org>\n{ada.ben.email}\nnonsense", "role": "mentee"}

    plan = client.post(at(ada, "invitations.plan"), data).content.decode()
    assert not Invitation.objects.exists()
    client.post(at(ada, "invitations.sending"), data)

    assert "One invitation would go out" in plan
    assert "takes part already" in plan
    assert "cannot be read" in plan
    assert [row.email for row in Invitation.objects.all()] == ["ana@example.org"]


def test_too_many_addresses_at_once_are_told_and_kept(client: Client, ada: Cast) -> None:
    addresses = "\n".join(f"p{number}@example.org" for number in range(2001))

    answer = client.post(at(ada, "invitations.plan"), {"addresses": addresses, "role": "mentee"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These are 2001 addresses, and 2000 go at once." in page
    assert "p2000@example.org" in page


def upload(client: Client, cast: Cast, content: bytes, **data: str) -> SheetImport:
    file = SimpleUploadedFile("people.csv", content, "text/csv")
    client.post(at(cast, "imports"), {"file": file, "arrive": "approved", **data})
    return SheetImport.objects.latest("pk")


def test_sheet_goes_from_upload_to_people(client: Client, ada: Cast) -> None:
    held = upload(
        client, ada, b"email,organisation\na@example.org,Rivers\nb@example.org,Roads\n", role="mentor"
    )
    page = client.get(at(ada, "import", held.public_id)).content.decode()
    assert "Take in all 2 lines" in page
    assert "New people" in page

    client.post(
        at(ada, "import", held.public_id),
        {
            "column-0": "email",
            "column-1": "new:single",
            "sees-1": "team",
            "rule-1": "must_differ",
            "role": "mentor",
            "arrive": "approved",
        },
    )
    client.post(at(ada, "import.confirmation", held.public_id))

    held.refresh_from_db()
    question = ada.program.form.questions.get()
    assert (held.state, held.added) == (ImportState.DONE, 2)
    assert (question.label, question.visibility, question.match_rule) == (
        "Organisation",
        "team",
        "must_differ",
    )
    assert "Taken in, all of it." in client.get(at(ada, "import", held.public_id)).content.decode()


def test_sheet_with_a_bad_line_names_it_and_takes_in_nobody(client: Client, ada: Cast) -> None:
    held = upload(client, ada, b"email\na@example.org\nb@example\n", role="mentor")
    before = ada.program.participations.count()

    page = client.get(at(ada, "import", held.public_id)).content.decode()
    refused = client.post(at(ada, "import.confirmation", held.public_id))

    assert "Line 3, column “email”" in page
    assert "New people" not in page
    assert (refused.status_code, ada.program.participations.count()) == (409, before)


def test_unknown_values_are_accepted_on_the_page(client: Client, ada: Cast) -> None:
    options = (("n", "North"), ("s", "South"))
    spec = QuestionSpec(kind="single", label="Site", options=options)
    add_question(questionnaire=ada.program.form, spec=spec, actor_id=None)
    held = upload(client, ada, b"email,site\na@example.org,East\n", role="mentor")
    chosen = {
        "column-0": "email",
        "column-1": "q:site",
        "role": "mentor",
        "arrive": "approved",
        "accept": "q:site",
    }

    client.post(at(ada, "import", held.public_id), chosen)
    client.post(at(ada, "import.confirmation", held.public_id))

    labels = [option["label"] for option in ada.program.form.questions.get().options]
    assert labels == ["North", "South", "East"]


def test_upload_of_no_sheet_is_told_at_the_form(client: Client, ada: Cast) -> None:
    file = SimpleUploadedFile("people.csv", b"PK\x03\x04\x14\x00\x06\x00", "text/csv")

    response = client.post(at(ada, "imports"), {"file": file, "arrive": "approved"})

    assert response.status_code == 422
