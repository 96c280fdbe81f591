from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.foundation.errors import Conflict, NotFound
from alongside.insights.actions import ask_for_hand, recompute_signals, resolve_case, say_fine
from alongside.insights.enums import CaseKind, SignalState
from alongside.insights.handlers import look_again
from alongside.insights.models import Case, Signal
from alongside.insights.queries import signal_for_pair, team_view
from alongside.journal.actions import record
from alongside.journal.models import Entry
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Mentorship
from alongside.people.models import Season
from tests import factories as make
from tests.factories import NOW
from tests.surveys.setting import member, pair, program_with_surveys

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)


def quiet(**fields: Any) -> Mentorship:
    """No contact for 60 days with a rhythm of 21; the first talk was long ago."""
    values = {
        "started_on": TODAY - 90 * DAY,
        "last_contact_on": TODAY - 60 * DAY,
        "first_met_at": NOW - 80 * DAY,
    }
    return pair(program_with_surveys(), **{**values, **fields})


def read(row: Mentorship, at: datetime = NOW) -> Signal:
    recompute_signals([row.pk], now=at)
    return Signal.objects.get(mentorship=row)


def seen(row: Mentorship, role: str = "mentee") -> str:
    found = signal_for_pair(row, member(row, role))
    assert found is not None
    return found.state


def offers(row: Mentorship) -> int:
    return Entry.objects.filter(verb="signal.offered", data__mentorship=row.pk).count()


def test_pair_in_touch_is_settled_for_everybody() -> None:
    row = quiet(last_contact_on=TODAY - 3 * DAY)

    assert read(row).team_state == SignalState.SETTLED
    assert seen(row) == SignalState.SETTLED
    assert team_view(row.program) == []
    assert offers(row) == 0


def test_the_two_are_offered_help_first_and_the_team_sees_it_five_reachable_days_on() -> None:
    row = quiet()
    states = [read(row, NOW + step * DAY).team_state for step in range(8)]

    # Offered on Wednesday; Thursday, Friday, Monday, Tuesday … make five reachable days on the Wednesday after.
    assert states == [SignalState.SETTLED] * 7 + [SignalState.NEED_HAND]
    assert seen(row) == SignalState.NEED_HAND
    assert offers(row) == 1
    assert [line.reason for line in team_view(row.program)] == [
        "Nothing since January and no talk planned; both were offered help."
    ]


def test_offer_is_made_once_a_silence_and_not_in_a_season() -> None:
    row = quiet()
    Season.objects.create(person=member(row, "mentor"), kind="away", from_on=TODAY, until_on=TODAY + 2 * DAY)
    read(row)
    assert offers(row) == 0

    for step in range(3, 30):
        read(row, NOW + step * DAY)
    assert offers(row) == 1


def test_planned_talk_settles_it() -> None:
    row = quiet()
    Meeting.objects.create(mentorship=row, state="booked", starts_at=NOW + 5 * DAY)

    assert read(row).readings[str(member(row, "mentee").pk)]["reason"] == "meeting planned"


def test_fine_thanks_settles_for_thirty_days_and_is_counted() -> None:
    row = quiet()
    read(row)
    signal = say_fine(mentorship=row, actor=member(row, "mentor"), now=NOW + DAY)

    assert (signal.offers, signal.fines) == (1, 1)
    assert seen(row) == SignalState.SETTLED
    assert read(row, NOW + 20 * DAY).team_state == SignalState.SETTLED
    assert offers(row) == 1
    read(row, NOW + 32 * DAY)
    assert offers(row) == 2


def test_fine_thanks_is_for_the_two_and_for_an_offer() -> None:
    row = quiet(last_contact_on=TODAY)
    read(row)
    with pytest.raises(NotFound):
        say_fine(mentorship=row, actor=make.person(), now=NOW)
    with pytest.raises(Conflict):
        say_fine(mentorship=row, actor=member(row, "mentee"), now=NOW)


def test_hand_asked_for_reaches_the_team_at_once_and_never_the_partner() -> None:
    row = quiet(last_contact_on=TODAY)
    case = ask_for_hand(mentorship=row, actor=member(row, "mentee"), kind=CaseKind.TIP, now=NOW)
    read(row)

    assert (seen(row), seen(row, "mentor")) == (SignalState.NEED_HAND, SignalState.SETTLED)
    assert [line.reason for line in team_view(row.program)] == ["One of them asked for a tip."]

    resolve_case(case=case, actor=row.program.contact, now=NOW)
    read(row)
    assert team_view(row.program) == []


def test_slow_start_is_asked_of_the_two_then_told_to_the_team_as_quiet() -> None:
    row = pair(program_with_surveys(), started_on=TODAY - 14 * DAY)
    first = read(row)
    found = signal_for_pair(row, member(row, "mentee"))
    assert found is not None
    assert found.hints == ("You have not had your first talk yet. If something is in the way, say so.",)
    assert (offers(row), first.team_state) == (1, SignalState.SETTLED)

    later = read(row, NOW + 8 * DAY)
    assert (later.team_state, later.team_reason) == (SignalState.QUIET, "slow start")


@pytest.mark.parametrize("state", ["closing", "closed"])
def test_mentorship_that_ends_has_no_reading(state: str) -> None:
    row = quiet()
    read(row)
    Mentorship.objects.filter(pk=row.pk).update(state=state)

    assert read(row).readings == {}
    assert signal_for_pair(row, member(row, "mentee")) is None


def test_season_of_a_person_reads_their_pairs_anew() -> None:
    row = quiet()
    season = Season.objects.create(person=member(row, "mentee"), kind="away", from_on=TODAY)
    look_again(record("season.planned", actor_id=season.person_id, subject=season, now=NOW))
    look_again(
        record("meeting.booked", actor_id=None, subject=row.program, data={"mentorship": row.pk}, now=NOW)
    )
    look_again(record("person.added", actor_id=None, subject=row.program, now=NOW))

    assert Signal.objects.get(mentorship=row).computed_at == NOW


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["moved", "pause", "season", "hours", "none"]), max_size=5), st.integers(0, 60)
)
def test_neutral_things_never_make_a_word_more_serious(db: None, steps: list[str], silence: int) -> None:
    """Moving a talk in the rhythm, resting, a season: the word stays or becomes calmer."""
    order = list(SignalState)
    row = quiet(last_contact_on=TODAY - silence * DAY)
    meeting = Meeting.objects.create(mentorship=row, state="booked", starts_at=NOW + 3 * DAY)
    before = read(row).team_state
    for step in steps:
        if step == "moved":
            Meeting.objects.filter(pk=meeting.pk).update(starts_at=NOW + 10 * DAY, moved_times=1)
        elif step == "season":
            Season.objects.create(person=member(row, "mentee"), kind="lighter", from_on=TODAY)
        elif step == "pause":
            row.pauses.get_or_create(
                ended_at=None,
                defaults={"by": member(row, "mentee"), "from_at": NOW, "state_before": "running"},
            )
        after = read(row).team_state
        assert order.index(SignalState(after)) <= order.index(SignalState(before))
        before = after


def test_reading_many_costs_as_many_queries_as_reading_few(django_assert_max_num_queries: Any) -> None:
    program = program_with_surveys()
    keys = [pair(program, started_on=TODAY, last_contact_on=TODAY).pk for _each in range(6)]

    with django_assert_max_num_queries(17):
        recompute_signals(keys, now=NOW)
    assert Case.objects.count() == 0
