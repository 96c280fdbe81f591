"""Asking somebody, answering, and what becomes of the other requests."""

from datetime import timedelta

import pytest

from alongside.enrollment.models import Participation
from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.jobs.actions import Task
from alongside.journal.models import Entry
from alongside.matching import actions, jobs
from alongside.matching.access import get_request
from alongside.matching.enums import RequestState
from alongside.matching.models import Request
from alongside.matching.queries.requests import letters_of, received_by, sent_by
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person, Season
from alongside.programs.models import Program
from tests import factories as make
from tests.factories import NOW
from tests.matching import stage


@pytest.fixture
def chi(program: Program) -> Participation:
    return stage.mentee(program, "Chi", ("leading",))


@pytest.fixture
def ben(program: Program) -> Participation:
    return stage.mentor(program, "Ben", ("leading",))


def ask(mentee: Participation, mentor: Participation, message: str = "Hello!") -> Request:
    return actions.send_request(mentee=mentee, mentor=mentor, message=message, actor=mentee.person, now=NOW)


def state_of(request: Request) -> str:
    return Request.objects.get(pk=request.pk).state


def test_request_is_sealed_and_open_for_five_working_days(chi: Participation, ben: Participation) -> None:
    row = ask(chi, ben, "Would you have time?")

    assert b"time" not in bytes(Request.objects.get().message_sealed or b"")
    assert letters_of(row).message == "Would you have time?"
    assert row.expires_at.date() == (NOW + timedelta(days=7)).date()
    assert [list(sent_by(chi.person)), list(received_by(ben.person))] == [[row], [row]]


def test_nobody_but_the_two_reads_a_request(chi: Participation, ben: Participation, ada: Person) -> None:
    row = ask(chi, ben)

    assert get_request(chi.person, row.public_id) == get_request(ben.person, row.public_id) == row
    for stranger in (ada, make.person(is_administrator=True)):
        with pytest.raises(NotFound):
            get_request(stranger, row.public_id)


def test_two_requests_are_open_at_most(program: Program, chi: Participation) -> None:
    first, second, third = (stage.mentor(program, name) for name in ("Ben", "Eva", "Ivo"))
    rows = [ask(chi, first), ask(chi, second)]

    with pytest.raises(Conflict):
        ask(chi, third)
    actions.withdraw_request(request=rows[0], actor=chi.person, now=NOW)
    assert ask(chi, third).state == RequestState.SENT


def test_nobody_is_asked_twice_at_once(chi: Participation, ben: Participation) -> None:
    ask(chi, ben)

    with pytest.raises(Conflict):
        ask(chi, ben)


@pytest.mark.parametrize("message", ["", "   ", "x" * 2001])
def test_request_needs_words(chi: Participation, ben: Participation, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(chi, ben, message)

    assert refused.value.field == "message"


def test_asking_is_refused_where_it_cannot_lead_anywhere(
    program: Program, chi: Participation, ben: Participation
) -> None:
    make.mentorship(stage.mentee(program, "Ana"), ben)
    with pytest.raises(Conflict, match="no place"):
        ask(chi, ben)
    eva = stage.mentor(program, "Eva")
    make.mentorship(chi, stage.mentor(program, "Ivo"))
    with pytest.raises(Conflict, match="have a mentor"):
        ask(chi, eva)
    program.requests_allowed = False
    program.save()
    chi.program.requests_allowed = False
    with pytest.raises(NotAllowed):
        ask(chi, eva)


def test_accepting_begins_a_trial_and_settles_the_others(
    program: Program, chi: Participation, ben: Participation
) -> None:
    eva, ana = stage.mentor(program, "Eva"), stage.mentee(program, "Ana")
    row, sibling, rival = ask(chi, ben), ask(chi, eva), ask(ana, ben)

    mentorship = actions.accept_request(request=row, actor=ben.person, now=NOW)

    assert Mentorship.objects.get() == mentorship
    assert mentorship.reasons[0]["mentee"] == "Knows what you would like to talk about: Leading"
    states = [state_of(request) for request in (row, sibling, rival)]
    assert states == [RequestState.ACCEPTED, RequestState.SUPERSEDED, RequestState.SUPERSEDED]
    assert actions.accept_request(request=row, actor=ben.person, now=NOW) == mentorship
    with pytest.raises(Conflict, match="A place was taken"):
        actions.accept_request(request=rival, actor=ben.person, now=NOW)


def test_mentor_with_two_places_keeps_the_other_request(
    program: Program, chi: Participation, ben: Participation
) -> None:
    ben.capacity = 2
    ben.save()
    row, other = ask(chi, ben), ask(stage.mentee(program, "Ana"), ben)

    actions.accept_request(request=row, actor=ben.person, now=NOW)

    assert state_of(other) == RequestState.SENT


def test_only_the_one_asked_can_accept(chi: Participation, ben: Participation) -> None:
    row = ask(chi, ben)

    for other in (chi.person, make.person()):
        with pytest.raises(NotFound):
            actions.accept_request(request=row, actor=other, now=NOW)


def test_kind_no_carries_words_only_the_two_read(chi: Participation, ben: Participation) -> None:
    row = ask(chi, ben)

    actions.decline_request(request=row, words="In spring, gladly.", actor=ben.person, now=NOW)

    row = get_request(chi.person, row.public_id)
    assert (row.state, letters_of(row).reply) == (RequestState.DECLINED, "In spring, gladly.")
    assert "spring" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_full_right_now_settles_everything_open(
    program: Program, chi: Participation, ben: Participation
) -> None:
    rows = [ask(chi, ben), ask(stage.mentee(program, "Ana"), ben)]

    assert actions.say_full(participation=ben, actor=ben.person, now=NOW) == 2

    ben.refresh_from_db()
    assert ben.capacity == 0
    assert {state_of(row) for row in rows} == {RequestState.SUPERSEDED}


def tend(at: object) -> None:
    jobs.tend_requests(Task(1, "matching.tend_requests", {}, 1, "token"))


def test_request_is_reminded_once_and_then_ends(
    chi: Participation, ben: Participation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(chi, ben)
    told: list[list[str]] = []
    for moment in (row.remind_at - timedelta(minutes=1), row.remind_at, row.remind_at, row.expires_at):
        monkeypatch.setattr(jobs, "machine_now", lambda moment=moment: moment)
        tend(moment)
        verbs = Entry.objects.filter(subject_type="request").order_by("pk").values_list("verb", flat=True)
        told.append(list(verbs)[1:])

    assert told == [[], ["request.reminded"], ["request.reminded"], ["request.reminded", "request.expired"]]
    assert state_of(row) == RequestState.EXPIRED


def test_whoever_went_away_meanwhile_loses_no_day(
    chi: Participation, ben: Participation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(chi, ben)
    Season.objects.create(
        person=ben.person,
        kind="away",
        from_on=NOW.date() + timedelta(days=1),
        until_on=NOW.date() + timedelta(days=14),
    )
    monkeypatch.setattr(jobs, "machine_now", lambda: row.expires_at)

    tend(None)

    row.refresh_from_db()
    assert row.state == RequestState.SENT
    assert row.expires_at.date() > NOW.date() + timedelta(days=18)


def test_wishes_replace_each_other(program: Program, chi: Participation) -> None:
    mentors = [stage.mentor(program, name) for name in ("Ben", "Eva", "Ivo", "Kim")]

    actions.save_suggestions(mentee=chi, mentors=mentors[:3], actor=chi.person, now=NOW)
    actions.save_suggestions(mentee=chi, mentors=mentors[1:3][::-1], actor=chi.person, now=NOW)

    rows = chi.suggestions.order_by("rank")
    assert [row.mentor for row in rows] == [mentors[2], mentors[1]]
    for wrong in (mentors, [mentors[0], mentors[0]], [chi], [stage.mentee(program, "Ana")]):
        with pytest.raises(Invalid):
            actions.save_suggestions(mentee=chi, mentors=wrong, actor=chi.person, now=NOW)


def test_wish_counts_in_the_run(program: Program, chi: Participation, ada: Person) -> None:
    stage.mentor(program, "Ben", ("leading",), unit="x")
    eva = stage.mentor(program, "Eva", ("leading",))
    actions.save_suggestions(mentee=chi, mentors=[eva], actor=chi.person, now=NOW)

    run = actions.start_run(program=program, actor=ada, now=NOW)

    assert (run.proposals.get().mentor, run.proposals.get().wish) == (eva, 1)
