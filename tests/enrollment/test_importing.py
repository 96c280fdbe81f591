"""Sheets taken in as a whole or not at all, again and again, without doubles."""

from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.enrollment.actions import (
    choose_columns,
    confirm_import,
    discard_import,
    save_step,
    send_invitations,
    upload_sheet,
)
from alongside.enrollment.actions.filling import StepInput
from alongside.enrollment.enums import EnrollmentStep, ImportState, InvitationState, ParticipationState
from alongside.enrollment.importing.choices import Choices, NewQuestion
from alongside.enrollment.models import Participation, SheetImport
from alongside.enrollment.queries import dry_run, enrolled, own_form_answers, with_answers
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.models import Entry
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.questionnaires.actions import add_question
from alongside.questionnaires.enums import QuestionKind, Visibility
from alongside.questionnaires.models import Question
from alongside.questionnaires.spec import QuestionSpec
from tests import factories as make

pytestmark = pytest.mark.django_db

HEADER = ("email", "name", "role")


def csv(header: Sequence[str], *rows: Sequence[str]) -> bytes:
    return "\n".join(",".join(row) for row in (header, *rows)).encode()


def uploaded(program: Program, content: bytes, **choices: str) -> SheetImport:
    return upload_sheet(
        program=program, file_name="people.csv", content=content, actor=program.contact, **choices
    )


def taken_in(program: Program, content: bytes, **choices: str) -> SheetImport:
    held = uploaded(program, content, **choices)
    return confirm_import(held=held, actor=program.contact, now=make.NOW)


def ask(program: Program, label: str, kind: str = QuestionKind.SHORT_TEXT, **fields: object) -> Question:
    spec = QuestionSpec(kind=kind, label=label, **fields)
    return add_question(questionnaire=program.form, spec=spec, actor_id=None)


def values(program: Program) -> dict[str, dict[str, object]]:
    rows = list(enrolled(program))
    answers = with_answers(rows)
    return {row.person.email: answers[row.pk] for row in rows}


# -- coming in


def test_managers_come_with_the_sheet_and_a_wrong_address_is_named() -> None:
    program = make.program()
    rows = (
        ("ana@example.org", "Ana", "mentee", "Boss@Example.org"),
        ("tom@example.org", "Tom", "mentor", ""),
    )

    taken_in(program, csv((*HEADER, "Line manager e-mail"), *rows))

    came = Person.objects.filter(name__in=("Ana", "Tom")).values_list("email", "manager_email")
    assert dict(came) == {"ana@example.org": "boss@example.org", "tom@example.org": ""}
    held = uploaded(program, csv((*HEADER, "reports to"), ("eva@example.org", "Eva", "mentee", "the boss")))
    assert [(remark.line, remark.stops) for remark in dry_run(held).remarks] == [(2, True)]


def test_import_makes_people_participations_and_answers() -> None:
    program = make.program(zone="Europe/Oslo")
    ask(program, "Topics", QuestionKind.MULTIPLE, options=(("a", "Speaking up"), ("b", "Leading")))

    held = taken_in(
        program,
        csv(
            (*HEADER, "topics", "how many mentees", "time zone", "weekly hours", "job title"),
            (
                "ana@example.org",
                "Ana Ruiz",
                "mentor",
                "Leading; speaking up",
                "2",
                "Asia/Kolkata",
                "Mon-Fri 9-17",
                "Cook",
            ),
            ("tom@example.org", "", "both", "", "", "", "", ""),
        ),
    )

    ana, tom = enrolled(program)
    assert (held.state, held.added, held.content) == (ImportState.DONE, 2, None)
    assert (ana.person.full_name, ana.person.name, ana.person.job_title) == ("Ana Ruiz", "Ana Ruiz", "Cook")
    assert (ana.role, ana.capacity, ana.came_with, ana.approved_at) == ("mentor", 2, held, make.NOW)
    assert (ana.person.preferences.zone, ana.person.preferences.hours) == (
        "Asia/Kolkata",
        "Mon-Fri 09:00-17:00",
    )
    assert (tom.person.name, tom.role, tom.person.preferences.zone) == ("tom", "both", "Europe/Oslo")
    assert not ana.person.has_usable_password()
    assert values(program) == {"ana@example.org": {"topics": ["a", "b"]}, "tom@example.org": {}}
    assert Entry.objects.get(verb="import.done").data == {"added": 2, "changed": 0, "arrive": "approved"}


def test_import_as_started_leaves_the_sending_in_to_them() -> None:
    program = make.program()

    taken_in(program, csv(HEADER, ("ana@example.org", "Ana", "mentor")), arrive="started")

    (row,) = program.participations.all()
    assert (row.state, row.submitted_at, row.approved_at) == (ParticipationState.STARTED, None, None)


def test_import_finds_people_who_have_an_account_and_keeps_their_words() -> None:
    program, ana = make.program(), make.person("Ana", email="Ana@Example.org", about="Bees.", unit="Rivers")

    taken_in(
        program,
        csv((*HEADER, "biography", "unit", "time zone", "job title"),
            ("ana@example.org", "Ana Ruiz", "mentor", "Wasps.", "Roads", "Asia/Kolkata", "Cook")),
    )  # fmt: skip

    ana.refresh_from_db()
    assert Person.objects.filter(email__iexact="ana@example.org").count() == 1
    assert (ana.name, ana.full_name, ana.about, ana.unit, ana.job_title) == (
        "Ana",
        "Ana Ruiz",
        "Bees.",
        "Rivers",
        "Cook",
    )


def test_import_never_moves_a_clock_its_owner_confirmed() -> None:
    program, ana = make.program(), make.person("Ana", email="ana@example.org", zone="Europe/Oslo")
    ana.preferences.zone_confirmed_at = make.NOW
    ana.preferences.save()

    taken_in(program, csv((*HEADER, "time zone"), ("ana@example.org", "Ana", "mentor", "Asia/Kolkata")))

    ana.preferences.refresh_from_db()
    assert ana.preferences.zone == "Europe/Oslo"


def test_import_seals_private_answers() -> None:
    program = make.program()
    ask(program, "Color", visibility=Visibility.ME)

    taken_in(program, csv((*HEADER, "color"), ("ana@example.org", "Ana", "mentor", "teal")))

    (row,) = enrolled(program)
    assert values(program) == {"ana@example.org": {}}
    assert own_form_answers(row) == {"color": "teal"}


def test_import_accepts_the_invitations_of_those_who_came() -> None:
    program = make.program()
    (invitation,) = send_invitations(
        program=program, text="ana@example.org", role="mentor", actor=program.contact, now=make.NOW
    )

    taken_in(program, csv(HEADER, ("ana@example.org", "Ana", "mentor")))

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.ACCEPTED


# -- places


def test_import_beyond_the_places_fills_the_waitlist_in_the_order_of_the_sheet() -> None:
    program = make.program(places=1)
    rows = [(f"p{number}@example.org", "", "mentee") for number in range(3)]

    held = uploaded(program, csv(HEADER, *rows))
    assert dry_run(held).to_waitlist == 2
    confirm_import(held=held, actor=program.contact, now=make.NOW)

    states = dict(program.participations.values_list("person__email", "state"))
    assert states == {
        "p0@example.org": "approved",
        "p1@example.org": "waitlisted",
        "p2@example.org": "waitlisted",
    }


def test_import_beyond_the_places_without_waitlist_is_refused() -> None:
    program = make.program(places=1, waitlist=False)
    held = uploaded(program, csv(HEADER, ("a@example.org", "", "mentee"), ("b@example.org", "", "mentee")))

    assert [remark.sentence for remark in dry_run(held).remarks] == [
        "The sheet brings 2 new people, and 1 places are left. Raise the limit, or allow a waitlist."
    ]
    with pytest.raises(Conflict):
        confirm_import(held=held, actor=program.contact, now=make.NOW)
    assert not program.participations.exists()


# -- all or nothing


def test_import_with_one_bad_line_takes_in_nobody() -> None:
    program = make.program()
    ask(program, "Site", QuestionKind.SINGLE, options=(("n", "North"), ("s", "South")))
    content = csv(
        (*HEADER, "site"),
        ("ana@example.org", "", "mentor", "North"),
        ("tom@example,org", "", "mentor", "East"),
    )
    people = Person.objects.count()

    held = uploaded(program, content)
    with pytest.raises(Conflict):
        confirm_import(held=held, actor=program.contact, now=make.NOW)

    held.refresh_from_db()
    assert (held.state, Person.objects.count(), program.participations.count()) == (
        ImportState.CHECKED,
        people,
        0,
    )
    assert [remark.line for remark in dry_run(held).remarks if remark.stops] == [3]


def test_import_that_breaks_half_way_leaves_no_question_behind() -> None:
    program = make.program()
    held = uploaded(
        program,
        csv((*HEADER, "organisation"), ("ana@example.org", "", "mentor", "A"), ("x", "", "mentor", "B")),
    )

    assert [made.key for made in Choices.from_json(held.settings).questions.values()] == ["organisation"]
    with pytest.raises(Conflict):
        confirm_import(held=held, actor=program.contact, now=make.NOW)

    assert not program.form.questions.exists()


def test_import_too_many_choices_is_told_with_its_line() -> None:
    program = make.program()
    options = (("a", "A"), ("b", "B"), ("c", "C"))
    ask(program, "Topics", QuestionKind.MULTIPLE, options=options, settings={"most_choices": 2})

    held = uploaded(program, csv((*HEADER, "topics"), ("ana@example.org", "", "mentor", "A;B;C")))

    (remark,) = dry_run(held).remarks
    assert (remark.line, remark.place, remark.sentence, remark.stops) == (
        2, "Line 2, column “topics”", "Please choose at most 2; you chose 3.", True,
    )  # fmt: skip


# -- unknown values


def test_unknown_values_stop_until_they_are_accepted_as_options() -> None:
    program = make.program()
    site = ask(program, "Years", QuestionKind.SINGLE, options=(("y1", "1 year"), ("y2", "2 years")))
    content = csv(
        (*HEADER, "years"),
        ("a@example.org", "", "mentor", "10 years"),
        ("b@example.org", "", "mentor", "9 years"),
        ("c@example.org", "", "mentor", "2 years"),
    )
    held = uploaded(program, content)
    before = dry_run(held)
    assert [(found.target.label, dict(found.counts), found.accepted) for found in before.unknown] == [
        ("Years", {"10 years": 1, "9 years": 1}, False)
    ]
    assert not before.is_sound

    kept = before.choices
    choose_columns(
        held=held, choices=Choices(mapping=kept.mapping, accept=frozenset({"q:years"})), actor=program.contact
    )
    held.refresh_from_db()
    assert dry_run(held).is_sound
    confirm_import(held=held, actor=program.contact, now=make.NOW)

    site.refresh_from_db()
    assert [(option["id"], option["label"]) for option in site.options] == [
        ("y1", "1 year"),
        ("y2", "2 years"),
        ("9_years", "9 years"),
        ("10_years", "10 years"),
    ]
    assert values(program)["a@example.org"] == {"years": "10_years"}


def test_column_becomes_a_question_as_chosen() -> None:
    program = make.program()
    held = uploaded(program, csv((*HEADER, "Why?"), ("ana@example.org", "", "mentor", "Because")))
    made = NewQuestion(key="why", kind="long_text", label="Why?", visibility="team", rule="none")

    choose_columns(
        held=held,
        choices=Choices(mapping=Choices.from_json(held.settings).mapping, questions={3: made}),
        actor=program.contact,
    )
    held.refresh_from_db()
    confirm_import(held=held, actor=program.contact, now=make.NOW)

    question = program.form.questions.get()
    assert (question.kind, question.visibility, question.match_rule) == ("long_text", "team", "none")
    assert values(program) == {"ana@example.org": {"why": "Because"}}


# -- again


def test_changed_cell_changes_the_answer_and_nothing_else() -> None:
    program = make.program()
    ask(program, "Color")
    first = csv(
        (*HEADER, "color"),
        ("ana@example.org", "", "mentor", "teal"),
        ("tom@example.org", "", "mentee", "red"),
    )
    second = first.replace(b"red", b"blue")
    taken_in(program, first)

    held = taken_in(program, second)

    assert (held.added, held.changed, held.unchanged) == (0, 1, 1)
    assert values(program) == {"ana@example.org": {"color": "teal"}, "tom@example.org": {"color": "blue"}}


def test_what_people_changed_themselves_survives_the_same_sheet() -> None:
    program = make.program()
    color = ask(program, "Color")
    content = csv((*HEADER, "color"), ("ana@example.org", "Ana Ruiz", "mentor", "teal"))
    taken_in(program, content)
    (row,) = enrolled(program)
    save_step(
        participation=row,
        step=EnrollmentStep.TOPICS,
        given=StepInput(answers={color: "amber"}, profile=dict(name="Anita")),
        actor=row.person,
        now=make.NOW,
    )
    Participation.objects.filter(pk=row.pk).update(role="mentee", state="withdrawn")

    held = taken_in(program, content)

    row = Participation.objects.select_related("person").get(pk=row.pk)
    assert (held.added, held.changed, held.unchanged) == (0, 0, 1)
    assert (row.role, row.state, row.person.name) == ("mentee", "withdrawn", "Anita")
    assert with_answers([row])[row.pk] == {"color": "amber"}


def test_answer_given_before_any_sheet_stays() -> None:
    program = make.program()
    color = ask(program, "Color")
    ana = make.participation(program, make.person("Ana", email="ana@example.org"), "mentor")
    save_step(
        participation=ana,
        step=EnrollmentStep.TOPICS,
        given=StepInput(answers={color: "amber"}),
        actor=ana.person,
        now=make.NOW,
    )

    taken_in(program, csv((*HEADER, "color"), ("ana@example.org", "", "mentor", "teal")))

    assert values(program) == {"ana@example.org": {"color": "amber"}}


def test_somebody_in_both_sheets_is_both() -> None:
    program = make.program()
    taken_in(program, csv(("email", "name"), ("ana@example.org", "Ana")), role="mentor")

    held = taken_in(program, csv(("email", "name"), ("ANA@example.org", "Ana")), role="mentee")

    assert (held.added, held.changed) == (0, 1)
    assert program.participations.get().role == "both"


def test_own_role_column_corrects_the_role() -> None:
    program = make.program()
    taken_in(program, csv(HEADER, ("ana@example.org", "Ana", "mentor")))

    taken_in(program, csv(HEADER, ("ana@example.org", "Ana", "mentee")))

    assert program.participations.get().role == "mentee"


# -- who may, and when it is over


def test_upload_is_for_coordinators() -> None:
    program = make.program()

    with pytest.raises(NotFound):
        upload_sheet(program=program, file_name="x.csv", content=csv(HEADER), actor=make.person("Gus"))


def test_upload_of_no_sheet_says_why() -> None:
    program = make.program()

    with pytest.raises(Invalid) as refusal:
        uploaded(program, b"")

    assert refusal.value.field == "file"
    assert refusal.value.message


def test_import_once_done_or_dropped_is_over() -> None:
    program = make.program()
    done = taken_in(program, csv(HEADER, ("ana@example.org", "", "mentor")))
    dropped = discard_import(
        held=uploaded(program, csv(HEADER, ("b@example.org", "", "mentor"))), actor=program.contact
    )

    assert (dropped.state, dropped.content) == (ImportState.DISCARDED, None)
    for held in (done, dropped):
        with pytest.raises(Conflict):
            confirm_import(held=held, actor=program.contact, now=make.NOW)


def test_import_of_twenty_costs_as_many_statements_as_of_two() -> None:
    def statements(count: int) -> int:
        program = make.program()
        ask(program, "Color")
        rows = [
            (f"p{number}.{program.pk}@example.org", f"P {number}", "mentor", "teal")
            for number in range(count)
        ]
        held = uploaded(program, csv((*HEADER, "color"), *rows))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            confirm_import(held=held, actor=program.contact, now=make.NOW)
        return len(queries)

    assert statements(2) == statements(20)
