"""The list of programs, a new one, set-up pages, steps and staff, as coordinators meet them."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.programs.actions import add_staff, change_basics, change_dates, create_program
from alongside.programs.enums import ProgramState, StaffRole
from alongside.programs.models import Program, Staff
from alongside.programs.queries import match_type_of
from alongside.programs.templates import program_template
from alongside.surveys.actions import install_surveys
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(cast_: Cast, client: Client) -> Client:
    client.force_login(cast_.ada)
    return client


@pytest.fixture
def draft(cast_: Cast) -> Program:
    """A whole draft from the career template, Ada's."""
    return create_program(actor=cast_.ada, name="Spring", zone="UTC", template=program_template("career"))


def page(client: Client, route: str, *args: Any) -> str:
    response = client.get(reverse(f"coordinator:{route}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def assistant_of(cast: Cast, program: Program) -> Client:
    person = make.person("Ash")
    add_staff(program=program, actor=cast.ada, email=person.email, role=StaffRole.ASSISTANT)
    client = Client()
    client.force_login(person)
    return client


def test_list_shows_own_programs_and_leaves_the_archive_apart(cast_: Cast, ada: Client) -> None:
    old = make.program(coordinator=cast_.ada, name="Last year", state=ProgramState.ARCHIVED)

    listed, archive = page(ada, "home"), ada.get(reverse("coordinator:home") + "?archive").content.decode()

    assert cast_.program.name in listed
    assert cast_.other_program.name not in listed
    assert old.name not in listed
    assert old.name in archive


def test_list_costs_the_same_for_one_program_and_for_more(
    cast_: Cast, ada: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for _more in range(2):
        with django_assert_max_num_queries(15) as queries:
            page(ada, "home")
        counts.append(len(queries))
        for _program in range(3):
            make.program(coordinator=cast_.ada)
    assert counts[0] == counts[1]


def test_empty_list_invites_who_may_and_explains_to_others(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.hal)
    assert reverse("coordinator:program.new") in page(client, "home")

    client.force_login(cast_.dov)
    assert "You look after no program" in page(client, "home")


def test_new_program_from_a_template(ada: Client, cast_: Cast) -> None:
    answer = ada.post(
        reverse("coordinator:program.new"), {"start": "buddy", "name": "Buddies", "zone": "Europe/Oslo"}
    )

    made = Program.objects.get(name="Buddies")
    assert answer.headers["Location"] == reverse("coordinator:setup", args=[made.public_id])
    assert (made.template_key, made.zone, made.contact) == ("buddy", "Europe/Oslo", cast_.ada)


def test_new_program_by_copy_and_from_nothing(ada: Client, draft: Program) -> None:
    address = reverse("coordinator:program.new")

    ada.post(address, {"start": "copy", "source": draft.public_id, "name": "Autumn", "zone": "UTC"})
    ada.post(address, {"start": "nothing", "name": "Blank", "zone": "UTC"})

    assert Program.objects.get(name="Autumn").form.questions.count() == draft.form.questions.count()
    assert Program.objects.get(name="Blank").form.questions.count() == 0


def test_program_of_somebody_else_cannot_be_copied(cast_: Cast, ada: Client) -> None:
    answer = ada.post(
        reverse("coordinator:program.new"),
        {"start": "copy", "source": cast_.other_program.public_id, "name": "Mine", "zone": "UTC"},
    )

    assert answer.status_code == 422
    assert not Program.objects.filter(name="Mine").exists()


def test_only_programs_one_coordinates_can_be_copied(cast_: Cast, ada: Client) -> None:
    for program, role in ((cast_.program, StaffRole.COORDINATOR), (cast_.other_program, StaffRole.ASSISTANT)):
        Staff.objects.create(program=program, person=cast_.dov, role=StaffRole.COORDINATOR)
        Staff.objects.update_or_create(program=program, person=cast_.ada, defaults={"role": role})

    form = ada.get(reverse("coordinator:program.new")).context["form"]

    assert [name for _id, name in form.fields["source"].choices] == [cast_.program.name]
    listed = ada.get(reverse("coordinator:home")).context["page"]
    assert sorted((program.name, program.staff_role) for program in listed) == sorted(
        [(cast_.program.name, "coordinator"), (cast_.other_program.name, "assistant")]
    )


def test_new_program_without_a_name_keeps_what_was_chosen(ada: Client) -> None:
    answer = ada.post(
        reverse("coordinator:program.new"), {"start": "reverse", "name": "", "zone": "Asia/Kolkata"}
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Asia/Kolkata" selected' in html
    assert 'value="reverse"' in html


@pytest.mark.parametrize("key", ["career", "buddy", "reverse", "returners", "alumni"])
def test_template_can_be_looked_into(ada: Client, key: str) -> None:
    template = program_template(key)

    html = page(ada, "template", key)

    assert template.stages[0].name in html
    assert ada.get(reverse("coordinator:template", args=["nothing-like-it"])).status_code == 404


@pytest.mark.parametrize(
    "route", ["setup", "setup.rules", "setup.form", "setup.form.as_mentee", "setup.plan", "texts"]
)
def test_pages_of_a_whole_program_stay_within_fifteen_queries(
    ada: Client, draft: Program, route: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(15):
        page(ada, route, draft.public_id)


def test_the_way_on_stands_before_the_ways_back(ada: Client, draft: Program) -> None:
    draft.state = ProgramState.ENROLLING
    draft.save()

    page = ada.get(reverse("coordinator:setup", args=[draft.public_id])).content.decode()

    offered = re.findall(rf"/coordinate/{draft.public_id}/setup/step/(\w+)/", page)
    assert offered == ["matching", "running", "closed", "draft"]


def test_checklist_links_what_is_left(ada: Client, draft: Program) -> None:
    html = page(ada, "setup", draft.public_id)

    assert reverse("coordinator:setup.dates", args=[draft.public_id]) in html
    assert "Set when the program starts and when it ends." in html
    assert "One thing is left before it can open." in html


def test_basics_are_kept(ada: Client, draft: Program) -> None:
    address = reverse("coordinator:setup.basics", args=[draft.public_id])

    answer = ada.post(address, {"name": "Summer", "summary": "Short", "description": "Long"})

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.name, draft.summary, draft.description) == ("Summer", "Short", "Long")


def test_second_coordinator_sees_what_stands_now_and_decides(
    cast_: Cast, ada: Client, draft: Program
) -> None:
    address = reverse("coordinator:setup.basics", args=[draft.public_id])
    seen = ada.get(address).context["form"]["seen"].value()
    mine = {"name": "Mine", "summary": "My line", "description": draft.description}
    change_basics(
        program=draft, actor=cast_.ada, name="Theirs", summary="Their line", description=draft.description
    )

    refused = ada.post(address, {**mine, "seen": seen})

    html = refused.content.decode()
    assert refused.status_code == 409
    assert "Somebody else changed this page while you had it open." in html
    assert "Their line" in html
    assert 'value="My line"' in html
    draft.refresh_from_db()
    assert draft.name == "Theirs"

    assert ada.post(address, {**mine, "seen": refused.context["form"]["seen"].value()}).status_code == 302
    draft.refresh_from_db()
    assert draft.name == "Mine"


def test_dates_out_of_order_come_back_with_their_sentence(ada: Client, draft: Program) -> None:
    address = reverse("coordinator:setup.dates", args=[draft.public_id])

    answer = ada.post(address, {"zone": "UTC", "starts_on": "2027-03-01", "ends_on": "2027-02-01"})

    assert answer.status_code == 422
    assert "The last day lies before one of the others." in answer.content.decode()
    assert (
        ada.post(address, {"zone": "UTC", "starts_on": "2027-03-01", "ends_on": "2027-09-01"}).status_code
        == 302
    )


def test_access_by_domain_and_code(ada: Client, draft: Program) -> None:
    address = reverse("coordinator:setup.access", args=[draft.public_id])
    base = {"approval": "none", "waitlist": "on", "places": "30"}

    assert ada.post(address, {**base, "access": "domain"}).status_code == 422
    assert ada.post(address, {**base, "access": "domain", "domains": "example.org"}).status_code == 302
    assert ada.post(address, {**base, "access": "code", "code": "abc"}).status_code == 422

    draft.refresh_from_db()
    assert (draft.access, draft.access_domains, draft.places, draft.waitlist) == (
        "domain",
        "example.org",
        30,
        True,
    )
    assert draft.suggestions_allowed is False


def test_match_type_is_kept_and_bounds_are_told(ada: Client, draft: Program) -> None:
    address = reverse("coordinator:setup.match_type", args=[draft.public_id])
    given = {
        "kind": "reverse", "mentee_label": "Leader", "mentees_label": "Leaders", "mentor_label": "Guide",
        "mentors_label": "Guides", "capacity_default": 1, "capacity_limit": 2, "months": 4, "rhythm_days": 14,
        "meeting_minutes": 60, "trial_meetings": 1,
    }  # fmt: skip

    refused = ada.post(address, {**given, "months": 99})
    assert refused.status_code == 422
    assert "Choose between 1 and 36." in refused.content.decode()

    assert ada.post(address, given).status_code == 302
    assert match_type_of(draft).label_for("mentor") == "Guide"


def test_step_says_what_happens_and_is_then_taken(cast_: Cast, ada: Client, draft: Program) -> None:
    address = reverse("coordinator:setup.step", args=[draft.public_id, "enrolling"])
    assert "Set when the program starts and when it ends." in ada.get(address).content.decode()
    assert ada.post(address).status_code == 409

    change_dates(
        program=draft, actor=cast_.ada, zone="UTC", enrolls_from=None, enrolls_until=None, matches_on=None,
        starts_on=date(2030, 1, 1), ends_on=date(2030, 6, 1),
    )  # fmt: skip
    assert "You can invite people, by their addresses or by a link." in ada.get(address).content.decode()
    assert ada.post(address).status_code == 302
    draft.refresh_from_db()
    assert draft.state == ProgramState.ENROLLING
    assert ada.get(reverse("coordinator:setup.step", args=[draft.public_id, "archived"])).status_code == 404


def test_staff_is_added_changed_and_taken_off(cast_: Cast, ada: Client) -> None:
    program, dov = cast_.program, cast_.dov
    address = reverse("coordinator:setup.staff", args=[program.public_id])

    unknown = ada.post(address, {"email": "nobody", "role": "assistant"})
    assert unknown.status_code == 422
    assert 'value="nobody"' in unknown.content.decode()

    ada.post(address, {"email": dov.email, "role": "assistant"})
    ada.post(
        reverse("coordinator:setup.staff.role", args=[program.public_id, dov.public_id]),
        {"role": "coordinator"},
    )
    assert Staff.objects.get(program=program, person=dov).role == StaffRole.COORDINATOR

    ada.post(reverse("coordinator:setup.staff.contact", args=[program.public_id, dov.public_id]))
    program.refresh_from_db()
    assert program.contact == dov

    left = ada.post(reverse("coordinator:setup.staff.removal", args=[program.public_id, cast_.ada.public_id]))
    assert left.headers["Location"] == reverse("coordinator:home")


def test_last_coordinator_cannot_leave(cast_: Cast, ada: Client) -> None:
    answer = ada.post(
        reverse("coordinator:setup.staff.removal", args=[cast_.program.public_id, cast_.ada.public_id])
    )

    assert answer.status_code == 409
    assert "Choose another contact first" in answer.content.decode()


@pytest.mark.parametrize(
    "route", ["setup.basics", "setup.dates", "setup.access", "setup.match_type", "setup.rules", "setup.form",
              "setup.plan", "setup.staff", "texts"]
)  # fmt: skip
def test_assistants_look_and_find_no_button(cast_: Cast, draft: Program, route: str) -> None:
    html = page(assistant_of(cast_, draft), route, draft.public_id)

    main = html[html.index("<main") : html.index("</main>")]
    assert "<button" not in main
    assert "<form" not in main


def test_assistants_change_nothing(cast_: Cast, draft: Program) -> None:
    answer = assistant_of(cast_, draft).post(
        reverse("coordinator:setup.basics", args=[draft.public_id]), {"name": "Taken over"}
    )

    draft.refresh_from_db()
    assert answer.status_code == 403
    assert draft.name == "Spring"


def test_checklist_tells_how_many_surveys_are_asked(cast_: Cast, ada: Client) -> None:
    install_surveys(program=cast_.program, actor=cast_.ada, now=NOW)

    page = ada.get(reverse("coordinator:setup", args=[cast_.program.public_id])).content.decode()

    assert "6 surveys are asked by themselves." in page
    assert reverse("coordinator:surveys", args=[cast_.program.public_id]) in page
