"""The real thing: two sign-up sheets with their own column names become a program with 100 enrolled people."""

import pytest

from alongside.enrollment.actions import approve_participations, choose_columns, confirm_import, upload_sheet
from alongside.enrollment.enums import ImportState, ParticipationState, Role
from alongside.enrollment.importing.choices import Choices
from alongside.enrollment.models import Participation, SheetImport
from alongside.enrollment.queries import (
    DryRun,
    answers_for_matching,
    counts_by_state,
    dry_run,
    enrolled,
    people_sheet,
)
from alongside.foundation.sheets import read_sheet
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.questionnaires.enums import MatchRule, Visibility
from alongside.questionnaires.models import Question
from tests import factories as make
from tests.enrollment.sign_up import FOLDER

pytestmark = pytest.mark.django_db


def take_in(program: Program, coordinator: Person, name: str, role: str) -> SheetImport:
    """Upload, accept the guessed columns and every unknown value as a new option, confirm."""
    held = upload_sheet(
        program=program,
        file_name=name,
        content=(FOLDER / name).read_bytes(),
        actor=coordinator,
        role=role,
    )
    found = dry_run(held)
    grown = frozenset(unknown.target.key for unknown in found.unknown)
    choices = found.choices
    held = choose_columns(
        held=held,
        choices=Choices(
            mapping=choices.mapping,
            questions=choices.questions,
            accept=grown,
            role=role,
            arrive=choices.arrive,
        ),
        actor=coordinator,
    )
    return confirm_import(held=held, actor=coordinator, now=make.NOW)


def first_look(program: Program, coordinator: Person, name: str, role: str) -> DryRun:
    return dry_run(
        upload_sheet(
            program=program,
            file_name=name,
            content=(FOLDER / name).read_bytes(),
            actor=coordinator,
            role=role,
        )
    )


def test_columns_of_both_sheets_find_their_place_by_themselves() -> None:
    program = make.program()
    ada = program.contact

    found = first_look(program, ada, "mentors.csv", "mentor")

    assert found.choices.mapping == {
        "email": (2,),
        "name": (0, 1),
        "both": (3,),
        "job_title": (4,),
        "about": (9,),
    }
    assert {
        made.key: (made.kind, made.visibility, made.rule) for made in found.choices.questions.values()
    } == {
        "grade": ("ordered", Visibility.PROGRAM, MatchRule.STEPS),
        "organisation": ("single", Visibility.PROGRAM, MatchRule.DIFFERENT),
        "profession": ("single", Visibility.PROGRAM, MatchRule.SAME),
        "characteristics": ("multiple", Visibility.TEAM, MatchRule.OVERLAP),
    }
    assert [remark.sentence for remark in found.remarks if remark.stops] == []
    assert (found.added, found.changed, found.unchanged) == (50, 0, 0)


def test_two_sheets_end_in_one_program_with_everybody_enrolled() -> None:
    program = make.program()
    ada = program.contact

    mentors = take_in(program, ada, "mentors.csv", "mentor")
    mentees = take_in(program, ada, "mentees.csv", "mentee")

    assert (mentors.added, mentees.added) == (50, 50)
    assert mentors.state == mentees.state == ImportState.DONE
    assert enrolled(program).count() == 100
    assert counts_by_state(program)[ParticipationState.APPROVED] == 100
    assert set(program.participations.values_list("role", flat=True)) <= set(Role.values)


def test_form_of_the_sheets_is_ready_for_matching() -> None:
    program = make.program()
    take_in(program, program.contact, "mentors.csv", "mentor")
    take_in(program, program.contact, "mentees.csv", "mentee")

    rules = dict(Question.objects.filter(questionnaire=program.form).values_list("key", "match_rule"))
    grade = Question.objects.get(questionnaire=program.form, key="grade")
    weights = Question.objects.filter(questionnaire=program.form).values_list("match_weight", flat=True)

    assert rules == {
        "grade": MatchRule.STEPS,
        "organisation": MatchRule.DIFFERENT,
        "profession": MatchRule.SAME,
        "characteristics": MatchRule.OVERLAP,
    }
    assert [option["label"] for option in grade.options] == [
        *("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4")
    ]
    assert sum(weights) == 100_000


def test_identity_counts_only_for_whoever_wished_it() -> None:
    program = make.program()
    take_in(program, program.contact, "mentors.csv", "mentor")
    take_in(program, program.contact, "mentees.csv", "mentee")
    sheet = read_sheet((FOLDER / "mentees.csv").read_bytes())
    wishes = {row.cells[2].lower(): row.cells[8] == "yes" for row in sheet.rows}
    given = {row.cells[2].lower(): bool(row.cells[9].strip()) for row in sheet.rows}

    rows = list(enrolled(program).filter(person__email__in=wishes))
    answers = answers_for_matching(rows)

    assert {row.person.email: "characteristics" in answers[row.pk] for row in rows} == {
        email: wishes[email] and given[email] for email in wishes
    }


def test_the_same_sheet_again_changes_nothing() -> None:
    program = make.program()
    take_in(program, program.contact, "mentors.csv", "mentor")

    again = take_in(program, program.contact, "mentors.csv", "mentor")

    assert (again.added, again.changed, again.unchanged) == (0, 0, 50)
    assert Participation.objects.filter(program=program).count() == 50
    assert Person.objects.count() == 51


def test_people_sheet_gives_the_answers_back() -> None:
    program = make.program()
    take_in(program, program.contact, "mentors.csv", "mentor")
    people = list(enrolled(program).prefetch_related("tags"))

    sheet = read_sheet(people_sheet(program, people))

    place = {heading: number for number, heading in enumerate(sheet.header)}
    original = read_sheet((FOLDER / "mentors.csv").read_bytes())
    assert {row.cells[place["E-mail"]]: row.cells[place["Profession"]] for row in sheet.rows} == {
        row.cells[2].lower(): row.cells[7] for row in original.rows
    }


def test_everybody_enrolled_stays_enrolled_when_approved_again() -> None:
    program = make.program()
    take_in(program, program.contact, "mentors.csv", "mentor")

    decided = approve_participations(
        program=program, participations=enrolled(program), actor=program.contact, now=make.NOW
    )

    assert (len(decided.done), len(decided.left)) == (0, 50)
