"""Days of the plan leave out rests: counted from the start, on days on which the mentorship did not stand still."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.activities import actions
from alongside.activities.enums import ActivityState
from alongside.activities.models import Activity
from alongside.journal.models import Entry
from alongside.mentorships.actions import (
    pause_mentorship,
    resume_mentorship,
    start_mentorship,
)
from alongside.mentorships.models import Mentorship
from alongside.mentorships.rests import Rest, after_rests, rests_of
from alongside.people.actions import add_season, end_season
from alongside.people.enums import SeasonKind
from alongside.people.models import Person
from alongside.programs.enums import PlanItemKind
from alongside.programs.models import PlanItem, PlanStage
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast
from tests.work import do_work

START = date(2026, 3, 4)  # NOW, in the program's zone
DAY = timedelta(days=1)


@pytest.fixture
def pair(cast_: Cast) -> Mentorship:
    """Ivy and Jon, with a plan of a talk on day 3, an activity on day 10 and a tip on day 28."""
    stage = PlanStage.objects.create(program=cast_.program, name="Arrive")
    for kind, key, day in (
        (PlanItemKind.TALK, "first-video", 3),
        (PlanItemKind.ACTIVITY, "network-map", 10),
        (PlanItemKind.TIP, "", 28),
    ):
        PlanItem.objects.create(stage=stage, kind=kind, key=key, title=key or "Listen", day=day)
    mentee = make.participation(cast_.program, make.person("Ivy"), "mentee")
    mentor = make.participation(cast_.program, make.person("Jon"), "mentor")
    return start_mentorship(mentee=mentee, mentor=mentor, reasons=[], actor=None, now=NOW)


@pytest.fixture
def ivy(pair: Mentorship) -> Person:
    return Person.objects.get(name="Ivy")


def _days(pair: Mentorship) -> list[int | None]:
    """The plan's days as days since the start."""
    rows = Activity.objects.filter(mentorship=pair, plan_item__isnull=False).order_by("plan_item_id")
    return [(row.planned_on - START).days if row.planned_on else None for row in rows]


@pytest.mark.django_db
def test_pause_moves_what_lies_ahead_by_its_length(pair: Mentorship, ivy: Person) -> None:
    pause_mentorship(mentorship=pair, actor=ivy, until_on=None, now=NOW + 5 * DAY)
    resume_mentorship(mentorship=pair, actor=ivy, now=NOW + 12 * DAY)
    do_work()

    assert _days(pair) == [3, 17, 35]
    entry = Entry.objects.get(verb="plan.shifted")
    assert (entry.actor_id, entry.data) == (None, {"count": 2})


@pytest.mark.django_db
def test_pause_with_a_last_day_moves_the_plan_at_once_and_back_when_it_ends_early(
    pair: Mentorship, ivy: Person
) -> None:
    pause_mentorship(mentorship=pair, actor=ivy, until_on=START + 24 * DAY, now=NOW + 5 * DAY)
    do_work()
    assert _days(pair) == [3, 30, 48]

    resume_mentorship(mentorship=pair, actor=ivy, now=NOW + 7 * DAY)
    do_work()
    assert _days(pair) == [3, 12, 30]


@pytest.mark.django_db
def test_being_away_moves_the_plan_and_lighter_weeks_do_not(pair: Mentorship, ivy: Person) -> None:
    add_season(actor=ivy, kind=SeasonKind.LIGHTER, from_on=START, until_on=START + 20 * DAY, now=NOW)
    do_work()
    assert _days(pair) == [3, 10, 28]

    season = add_season(
        actor=ivy, kind=SeasonKind.AWAY, from_on=START + 8 * DAY, until_on=START + 14 * DAY, now=NOW
    )
    do_work()
    assert _days(pair) == [3, 17, 35]

    end_season(actor=ivy, season=season, now=NOW + 10 * DAY)
    do_work()
    assert _days(pair) == [3, 12, 30]


@pytest.mark.django_db
def test_season_called_off_before_it_began_leaves_the_plan_as_it_was(pair: Mentorship, ivy: Person) -> None:
    season = add_season(actor=ivy, kind=SeasonKind.AWAY, from_on=START + 8 * DAY, until_on=None, now=NOW)
    end_season(actor=ivy, season=season, now=NOW + 2 * DAY)
    do_work()

    assert _days(pair) == [3, 10, 28]


@pytest.mark.django_db
def test_days_both_are_away_count_once(pair: Mentorship, ivy: Person) -> None:
    jon = Person.objects.get(name="Jon")
    for person, first, last in ((ivy, 5, 9), (jon, 8, 12)):
        add_season(
            actor=person,
            kind=SeasonKind.AWAY,
            from_on=START + first * DAY,
            until_on=START + last * DAY,
            now=NOW,
        )
    do_work()

    assert rests_of(pair, now=NOW) == [Rest(START + 5 * DAY, START + 12 * DAY)]
    assert _days(pair) == [3, 18, 36]


@pytest.mark.django_db
def test_what_is_done_skipped_or_planned_by_the_two_stays(pair: Mentorship, ivy: Person) -> None:
    talk, network, tip = Activity.objects.filter(mentorship=pair).order_by("plan_item_id")
    actions.set_activity_state(activity=talk, actor=ivy, state=ActivityState.DONE, now=NOW)
    actions.replan_activity(activity=network, actor=ivy, planned_on=START + 11 * DAY, now=NOW)
    actions.set_activity_state(activity=tip, actor=ivy, state=ActivityState.SKIPPED, now=NOW)
    own = actions.add_own_activity(
        mentorship=pair, actor=ivy, title="Walk", planned_on=START + 12 * DAY, now=NOW
    )

    add_season(actor=ivy, kind=SeasonKind.AWAY, from_on=START, until_on=START + 20 * DAY, now=NOW)
    do_work()

    assert _days(pair) == [3, 11, 28]
    own.refresh_from_db()
    assert own.planned_on == START + 12 * DAY
    assert not Entry.objects.filter(verb="plan.shifted").exists()


@pytest.mark.django_db
def test_shifting_again_moves_nothing_twice(pair: Mentorship, ivy: Person) -> None:
    add_season(actor=ivy, kind=SeasonKind.AWAY, from_on=START + 8 * DAY, until_on=START + 14 * DAY, now=NOW)
    do_work()

    assert actions.shift_plan(mentorship=pair, now=NOW) == 0
    assert _days(pair) == [3, 17, 35]


@pytest.mark.django_db
def test_other_pairs_of_the_program_keep_their_days(cast_: Cast, pair: Mentorship, ivy: Person) -> None:
    actions.lay_out_plan(mentorship=cast_.pair, now=NOW)
    before = list(
        Activity.objects.filter(mentorship=cast_.pair).values_list("pk", "planned_on").order_by("pk")
    )

    pause_mentorship(mentorship=pair, actor=ivy, until_on=START + 24 * DAY, now=NOW)
    do_work()

    after = list(
        Activity.objects.filter(mentorship=cast_.pair).values_list("pk", "planned_on").order_by("pk")
    )
    assert after == before


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 15)), max_size=5),
)
def test_after_rests_counts_only_days_that_are_no_rest(plan_day: int, drawn: list[tuple[int, int]]) -> None:
    """Against an oracle that walks day by day."""
    resting = {first + step for first, length in drawn for step in range(length)}
    rests, day = [], 0
    while day <= max(resting, default=-1):
        first = day
        while day in resting:
            day += 1
        if day > first:
            rests.append(Rest(START + first * DAY, START + (day - 1) * DAY))
        day += 1
    open_days = [number for number in range(400) if number not in resting]

    found = after_rests(START + plan_day * DAY, rests)

    assert (found - START).days == open_days[plan_day]
