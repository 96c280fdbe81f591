from typing import Any

import pytest

from alongside.foundation.errors import Invalid, NotAllowed, NotFound
from alongside.journal.models import Entry
from alongside.people.models import Person
from alongside.programs.access import get_staffed_program
from alongside.programs.actions import change_access, copy_program, create_program, word_text
from alongside.programs.actions.creation import rules_from
from alongside.programs.enums import MatchKind, ProgramState, StaffRole
from alongside.programs.models import Program, Staff
from alongside.programs.queries import match_rules, match_type_of, matched_questions, plan_of
from alongside.programs.rules import MatchRules
from alongside.programs.templates import program_template, program_templates
from alongside.questionnaires.actions import edit_question
from alongside.questionnaires.spec import QuestionSpec
from tests import factories as make
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Person:
    return make.person("Ada", is_administrator=True)


def from_template(ada: Person, key: str) -> Program:
    return create_program(actor=ada, name="Spring", zone="Europe/Oslo", template=program_template(key))


@pytest.mark.parametrize("template", program_templates(), ids=lambda template: template.key)
def test_template_becomes_a_whole_draft(template: Any, ada: Person) -> None:
    program = create_program(actor=ada, name=" Spring  round ", zone="Europe/Oslo", template=template)
    match_type = match_type_of(program)

    assert (program.name, program.state, program.zone) == ("Spring round", ProgramState.DRAFT, "Europe/Oslo")
    assert (program.summary, program.template_key) == (template.summary, template.key)
    assert [question.key for question in program.form.questions.all()] == [
        question.key for question in template.questions
    ]
    assert sum(question.match_weight for question in matched_questions(program)) == 100_000
    assert [len(stage.items.all()) for stage in plan_of(program)] == [
        len(stage.items) for stage in template.stages
    ]
    assert (match_type.mentor_label, match_type.mentees_label, match_type.months) == (
        template.roles.mentor,
        template.roles.mentees,
        template.months,
    )
    assert get_staffed_program(ada, program.public_id) == program
    assert Entry.objects.get(verb="program.created").data == {"template": template.key}


def test_questions_keep_their_option_ids_fills_and_settings(ada: Person) -> None:
    form = from_template(ada, "career").form

    hours, channels = form.questions.get(key="hours"), form.questions.get(key="channels")
    assert (hours.fills, hours.match_settings) == ("preferences.hours", {"full": 8})
    assert channels.option_ids == [
        option.id for option in program_template("career").question("channels").options
    ]
    assert form.questions.get(key="capacity").settings == {"least": 1, "most": 5}


def test_reverse_template_is_reverse_mentoring(ada: Person) -> None:
    assert match_type_of(from_template(ada, "reverse")).kind == MatchKind.REVERSE
    assert match_type_of(from_template(ada, "career")).kind == MatchKind.ONE_TO_ONE


def test_template_rules_become_settings() -> None:
    rules = rules_from(program_template("buddy").rules)

    assert (rules.half_hours_at_least, rules.written_is_enough, rules.shared_language) == (4, False, True)
    assert rules.reporting_levels == 1
    assert MatchRules.from_json(rules.to_json()) == rules


def test_unknown_and_missing_rules_are_met_with_defaults() -> None:
    assert MatchRules.from_json({"balance": 7, "left_over": 1}) == MatchRules(balance=7)


def test_program_from_nothing_has_an_empty_form(ada: Person) -> None:
    program = create_program(actor=ada, name="Ours", zone="UTC")

    assert program.form.questions.count() == 0
    assert plan_of(program) == []
    assert match_rules(match_type_of(program)).lottery_key != ""


def test_name_is_needed(ada: Person) -> None:
    with pytest.raises(Invalid) as refusal:
        create_program(actor=ada, name="  ", zone="UTC")

    assert refusal.value.field == "name"
    assert Program.objects.count() == 0


def test_coordinators_and_administrators_may_create(cast_: Cast) -> None:
    assistant = make.person("Ash")
    Staff.objects.create(program=cast_.program, person=assistant, role=StaffRole.ASSISTANT)

    for allowed in (cast_.ada, cast_.hal):
        create_program(actor=allowed, name="Another", zone="UTC")
    for refused in (cast_.dov, cast_.chi, assistant):
        with pytest.raises(NotAllowed):
            create_program(actor=refused, name="Another", zone="UTC")


def test_copy_is_deep_and_brings_no_people_dates_or_code(cast_: Cast) -> None:
    original = create_program(
        actor=cast_.ada, name="Spring", zone="Europe/Oslo", template=program_template("career")
    )
    change_access(
        program=original, actor=cast_.ada, access="code", domains="", code="sesame1", approval="none",
        places=40, waitlist=False, requests_allowed=True, suggestions_allowed=False, show_scores=True,
    )  # fmt: skip
    word_text(program=original, actor=cast_.ada, key="enrolled", subject="Welcome", body="Look: {link}")
    make.participation(original, cast_.chi, "mentee")
    Staff.objects.create(program=original, person=cast_.gus, role=StaffRole.COORDINATOR)

    copy = copy_program(program=original, actor=cast_.gus, name="Autumn")

    assert (copy.name, copy.state, copy.places, copy.access) == ("Autumn", ProgramState.DRAFT, 40, "code")
    assert (copy.access_code, copy.starts_on, copy.contact) == ("", None, cast_.gus)
    assert copy.join_token != original.join_token
    assert [row.person for row in copy.staff.all()] == [cast_.gus]
    assert copy.participations.count() == 0
    assert [text.subject for text in copy.texts.all()] == ["Welcome"]
    same = (
        "key",
        "label",
        "options",
        "match_rule",
        "match_weight",
        "match_settings",
        "visibility",
        "fills",
        "settings",
    )
    assert list(copy.form.questions.values_list(*same)) == list(
        Program.objects.get(pk=original.pk).form.questions.values_list(*same)
    )
    assert [
        (stage.name, [(item.kind, item.key, item.day, item.who) for item in stage.items.all()])
        for stage in plan_of(copy)
    ] == [
        (stage.name, [(item.kind, item.key, item.day, item.who) for item in stage.items.all()])
        for stage in plan_of(original)
    ]
    assert match_rules(match_type_of(copy)).lottery_key != match_rules(match_type_of(original)).lottery_key


def test_changing_a_copy_leaves_the_original_alone(cast_: Cast) -> None:
    original = create_program(actor=cast_.ada, name="A", zone="UTC", template=program_template("career"))
    copy = copy_program(program=original, actor=cast_.ada, name="B")

    edit_question(
        question=copy.form.questions.get(key="about_me"),
        spec=QuestionSpec(kind="long_text", label="Changed", visibility="program"),
        actor_id=None,
    )
    copy.plan_stages.all().delete()

    assert original.form.questions.get(key="about_me").label == "A few lines about you"
    assert len(plan_of(original)) > 0


def test_strangers_cannot_copy(cast_: Cast) -> None:
    for stranger in (cast_.gus, cast_.hal, cast_.chi):
        with pytest.raises(NotFound):
            copy_program(program=cast_.program, actor=stranger, name="Mine")
