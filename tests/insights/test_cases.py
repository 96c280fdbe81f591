import pytest

from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.insights.access import get_case, get_own_case
from alongside.insights.actions import (
    ask_for_hand,
    offer_help,
    open_safety_case,
    resolve_case,
    say_helped,
    take_case,
    wait_for_case,
    write_team_note,
)
from alongside.insights.enums import CaseKind, CaseState
from alongside.insights.handlers import forget_leaver, open_asked_case, open_case_of_safety
from alongside.insights.models import Case
from alongside.insights.queries import case_view, cases_of, open_cases, own_open_cases
from alongside.journal.actions import record
from alongside.journal.models import Entry
from alongside.programs.enums import StaffRole
from alongside.programs.models import Staff
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast


def asked(cast_: Cast, note: str = "") -> Case:
    return ask_for_hand(mentorship=cast_.pair, actor=cast_.chi, kind=CaseKind.TIP, note=note, now=NOW)


def test_asking_opens_a_case_the_team_hears_of_without_the_words(cast_: Cast) -> None:
    case = asked(cast_, "We cannot find an hour.")

    entry = Entry.objects.get(verb="case.opened")
    assert entry.data == {"person": cast_.chi.pk, "mentorship": cast_.pair.pk, "state": "new"}
    assert b"hour" not in bytes(case.note_sealed or b"")
    assert case_view(case, viewer=cast_.ada).note == "We cannot find an hour."


def test_asking_again_keeps_one_case_and_the_stronger_wish(cast_: Cast) -> None:
    first = asked(cast_, "First words")
    again = ask_for_hand(mentorship=cast_.pair, actor=cast_.chi, kind=CaseKind.CONTACT, now=NOW)
    third = ask_for_hand(mentorship=cast_.pair, actor=cast_.chi, kind=CaseKind.TIP, now=NOW)

    assert first.pk == again.pk == third.pk
    assert (third.kind, case_view(third, viewer=cast_.ada).note) == (CaseKind.CONTACT, "First words")
    assert Entry.objects.filter(verb="case.opened").count() == 1


def test_only_the_two_ask_and_only_for_what_can_be_asked(cast_: Cast) -> None:
    with pytest.raises(NotFound):
        ask_for_hand(mentorship=cast_.pair, actor=cast_.eva, kind=CaseKind.TIP, now=NOW)
    with pytest.raises(Invalid):
        ask_for_hand(mentorship=cast_.pair, actor=cast_.chi, kind=CaseKind.SAFETY, now=NOW)
    with pytest.raises(Invalid):
        asked(cast_, "x" * 4001)


def test_way_of_a_case(cast_: Cast) -> None:
    case = asked(cast_)
    states = [
        take_case(case=case, actor=cast_.ada, now=NOW).state,
        wait_for_case(case=case, actor=cast_.ada, now=NOW).state,
        resolve_case(case=case, actor=cast_.ada, now=NOW).state,
        say_helped(case=case, actor=cast_.chi, helped=False, now=NOW).state,
        resolve_case(case=case, actor=cast_.ada, now=NOW).state,
        say_helped(case=case, actor=cast_.chi, helped=True, now=NOW).state,
    ]

    assert states == ["taken", "waiting", "resolved", "taken", "resolved", "resolved"]
    row = Case.objects.get()
    assert (row.helped, row.taken_by, row.settled_at) == (True, cast_.ada, NOW)


def test_only_who_asked_says_whether_it_helped_and_only_once_settled(cast_: Cast) -> None:
    case = asked(cast_)
    with pytest.raises(Conflict):
        say_helped(case=case, actor=cast_.chi, helped=True, now=NOW)
    resolve_case(case=case, actor=cast_.ada, now=NOW)
    with pytest.raises(NotFound):
        say_helped(case=case, actor=cast_.ben, helped=True, now=NOW)
    with pytest.raises(Conflict):
        wait_for_case(case=case, actor=cast_.ada, now=NOW)


def test_strangers_find_no_case_and_assistants_read_no_words(cast_: Cast) -> None:
    case = asked(cast_, "Between us")
    helper = make.person()
    Staff.objects.create(program=cast_.program, person=helper, role=StaffRole.ASSISTANT)

    assert case_view(get_case(helper, cast_.program, case.public_id), viewer=helper).note == ""
    with pytest.raises(NotAllowed):
        take_case(case=case, actor=helper, now=NOW)
    with pytest.raises(NotFound):
        take_case(case=case, actor=cast_.gus, now=NOW)
    with pytest.raises(NotFound):
        get_case(cast_.gus, cast_.other_program, case.public_id)
    with pytest.raises(NotFound):
        get_own_case(cast_.ben, case.public_id)
    assert get_own_case(cast_.chi, case.public_id) == case


def test_safety_is_for_the_contact_person_alone(cast_: Cast) -> None:
    colleague = make.person()
    Staff.objects.create(program=cast_.program, person=colleague, role=StaffRole.COORDINATOR)
    open_case_of_safety(
        record("mentorship.safety_reported", actor_id=cast_.chi.pk, subject=cast_.pair, now=NOW)
    )
    case = Case.objects.get()

    assert list(cases_of(cast_.ada, cast_.program)) == [case]
    assert list(cases_of(colleague, cast_.program)) == []
    with pytest.raises(NotFound):
        get_case(colleague, cast_.program, case.public_id)
    with pytest.raises(NotFound):
        take_case(case=case, actor=colleague, now=NOW)
    assert Entry.objects.filter(verb="case.opened").count() == 0
    assert open_safety_case(mentorship=cast_.pair, person=cast_.chi, now=NOW) == case
    assert own_open_cases(cast_.chi) == []


def test_help_is_offered_once_and_noted_for_coordinators(cast_: Cast) -> None:
    case = offer_help(mentorship=cast_.pair, actor=cast_.ada, note="Call on Friday", now=NOW)
    again = offer_help(mentorship=cast_.pair, actor=cast_.ada, now=NOW)
    write_team_note(case=case, actor=cast_.ada, note="Called", now=NOW)
    with pytest.raises(NotFound):
        offer_help(mentorship=cast_.pair, actor=cast_.ben, now=NOW)

    assert again == case
    assert (case.state, case.taken_by) == (CaseState.TAKEN, cast_.ada)
    assert case_view(Case.objects.get(), viewer=cast_.ada).team_note == "Called"


def test_survey_answer_asking_for_a_hand_opens_a_case(cast_: Cast) -> None:
    entry = record(
        "answer.shared",
        actor_id=cast_.chi.pk,
        subject=cast_.pair,
        data={"person": cast_.chi.pk, "mentorship": cast_.pair.pk, "hand": "contact"},
        now=NOW,
    )
    open_asked_case(entry)
    open_asked_case(entry)

    assert Case.objects.get().kind == CaseKind.CONTACT


def test_open_cases_come_oldest_first_with_their_people(
    cast_: Cast, django_assert_num_queries: object
) -> None:
    asked(cast_)
    ask_for_hand(mentorship=cast_.other_pair, actor=cast_.eva, kind=CaseKind.TIP, now=NOW)

    with django_assert_num_queries(3):  # type: ignore[operator]
        found = [
            [member.person.name for member in case.mentorship.members.all()]
            for case in open_cases(cast_.ada, cast_.program)
            if case.mentorship
        ]
    assert [sorted(names) for names in found] == [["Ben", "Chi"], ["Eva", "Fay"]]


def test_who_leaves_is_taken_out_of_their_cases(cast_: Cast) -> None:
    asked(cast_, "Words")
    forget_leaver(record("person.erased", actor_id=None, subject=cast_.chi, now=NOW))

    row = Case.objects.get()
    assert (row.person, row.note_sealed) == (None, None)
