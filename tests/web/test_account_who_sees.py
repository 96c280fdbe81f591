"""Me → who sees what: complete, and true of the pages of others."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.enrollment.enums import Role
from alongside.enrollment.models import Participation
from alongside.foundation.clock import now
from alongside.people.enums import SeasonKind
from alongside.people.models import Person, Preferences, Season
from alongside.programs.models import Program
from alongside.questionnaires.actions import add_question, save_answers
from alongside.questionnaires.enums import QuestionKind, Visibility
from alongside.questionnaires.queries import questions_of
from alongside.questionnaires.spec import QuestionSpec
from alongside.web.account.who_sees import GROUPS
from tests import factories as make
from tests.people import Cast

HOLDS = [key for group in GROUPS for line in group.lines for key in line.holds]
FIELD_BY_FIELD = {"people.Person", "people.Preferences", "enrollment.Participation"}
# What the machine needs and nobody told it; the password is a digest that no page shows.
TECHNICAL = {
    "people.Person": {"id", "public_id", "created_at", "password", "last_login", "erased_at"},
    "people.Preferences": {"id", "person", "zone_confirmed_at"},
    "enrollment.Participation": {"id", "public_id", "created_at", "person"},
}
NOT_ABOUT_SOMEBODY = {
    "delivery.Outage",
    "insights.Snapshot",
    "jobs.Job",
    "jobs.Schedule",
    "jobs.WorkerPulse",
    "programs.MatchType",
    "programs.PlanItem",
    "programs.PlanStage",
    "programs.Program",
    "programs.ProgramText",
    "questionnaires.Question",
    "questionnaires.Questionnaire",
    "surveys.Survey",
    "surveys.Wave",
    "vault.DataKey",
}


def test_everything_held_about_people_stands_in_exactly_one_line() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
    whole = {model._meta.label for model in ours} - FIELD_BY_FIELD - NOT_ABOUT_SOMEBODY
    fields = {
        f"{label}.{field.name}"
        for label in FIELD_BY_FIELD
        for field in apps.get_model(label)._meta.concrete_fields
        if field.name not in TECHNICAL[label]
    }

    assert Counter(HOLDS) == Counter(whole | fields)


def _shown_to(person: Person, route: str, *args: str) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse(route, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_lines_are_true_of_what_partner_and_coordinator_are_shown(cast_: Cast) -> None:
    """Chi gives all of it; each word of it shows up where the table says so, and nowhere else of these pages."""
    chi = cast_.chi
    Person.objects.filter(pk=chi.pk).update(
        full_name="Chi Full-Name", job_title="Glazier", unit="Windows", manager_email="boss@example.org"
    )
    Preferences.objects.filter(person=chi).update(reply_habit="Before breakfast")
    today = now().date()
    Season.objects.create(
        person=chi,
        kind=SeasonKind.LIGHTER,
        from_on=today - timedelta(days=1),
        until_on=today + timedelta(days=9),
        note_for_partner="A small goat",
    )
    Participation.objects.filter(person=chi).update(reference="Staff-77", hours_per_month=13)

    row = Participation.objects.get(person=chi)
    program, pair = cast_.program.public_id, cast_.pair.public_id
    coordinator = _shown_to(cast_.ada, "coordinator:person", program, row.public_id)
    coordinator += _shown_to(cast_.ada, "coordinator:people.sheet", program)
    partner = _shown_to(cast_.ben, "workspace:pair.home", pair) + _shown_to(
        cast_.ben, "workspace:pair.about", pair
    )
    words = {
        "full name": "Chi Full-Name",
        "job": "Glazier",
        "unit": "Windows",
        "manager": "boss@example.org",
        "address": chi.email,
        "habit": "Before breakfast",
        "season": "A small goat",
    }

    assert {name for name, word in words.items() if word in coordinator} == {
        "full name", "job", "unit", "manager", "address",
    }  # fmt: skip
    assert {name for name, word in words.items() if word in partner} == {"habit", "season"}


def _answered_each_way(program: Program, person: Person) -> Participation:
    """Every circle there is, and an answer that lives with the person."""
    row = make.participation(program, person, Role.MENTEE)
    for visibility in Visibility:
        spec = QuestionSpec(
            kind=QuestionKind.SHORT_TEXT,
            label=f"Asked for {visibility}",
            key=f"for_{visibility}",
            visibility=visibility,
        )
        add_question(questionnaire=program.form, spec=spec, actor_id=None)
    unit = QuestionSpec(
        kind=QuestionKind.SHORT_TEXT,
        label="Your unit",
        key="unit",
        fills="person.unit",
        visibility=Visibility.TEAM,
    )
    add_question(questionnaire=program.form, spec=unit, actor_id=None)
    given = {q: f"Said for {q.visibility}" for q in questions_of(program.form) if q.key.startswith("for_")}
    save_answers(answer_set=row.answers, answers=given, owner_id=person.pk, now=now())
    return row


@pytest.mark.django_db
def test_own_answers_stand_there_with_their_circle_private_ones_too(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = make.person("Ana")
    Person.objects.filter(pk=person.pk).update(unit="Windows")
    client.force_login(person)
    _answered_each_way(make.program(), person)

    page = client.get(reverse("me:privacy"))

    ((_program, shown),) = page.context["programs"]
    assert [(given.label, given.lines, given.visibility) for given in shown] == [
        *((f"Asked for {circle}", [f"Said for {circle}"], circle) for circle in Visibility),
        ("Your unit", ["Windows"], Visibility.TEAM),
    ]
    words = page.content.decode()
    assert [circle for circle in Visibility if str(circle.label) not in words] == []
    with django_assert_num_queries(7) as one:
        client.get(reverse("me:privacy"))
    for _number in range(2):
        _answered_each_way(make.program(), person)
    with django_assert_num_queries(len(one)):
        client.get(reverse("me:privacy"))
