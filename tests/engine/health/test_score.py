"""Facts → words, at every threshold, for whom they are meant and in which order people learn them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.engine.health import (
    AskedForHand,
    Audience,
    Facts,
    Finding,
    Hand,
    Kind,
    Month,
    Reading,
    Reason,
    Seen,
    SharedAnswer,
    State,
    Unanswered,
    assess,
    silence,
)

from .histories import shared

TODAY = date(2026, 6, 15)


def facts(*, silent: int = 0, **fields: object) -> Facts:
    """A pair that met before, with its last contact so many days ago."""
    given: dict[str, object] = {
        "today": TODAY,
        "people": ("ada", "ben"),
        "started_on": date(2026, 1, 5),
        "first_talk_on": date(2026, 1, 9),
        "last_contact_on": TODAY - timedelta(days=silent),
    }
    return Facts(**(given | fields))  # type: ignore[arg-type]


def seen(reachable_days: int, *, days_ago: int = 7) -> Seen:
    return Seen(on=TODAY - timedelta(days=days_ago), reachable_days=reachable_days)


CALM = Reading(state=State.SETTLED, reason=Reason.NOTHING_NEEDED)


@pytest.mark.parametrize(
    ("silent", "cadence", "state"),
    [
        (0, 21, State.SETTLED),
        (31, 21, State.SETTLED),
        (32, 21, State.QUIET),
        (52, 21, State.QUIET),
        (53, 21, State.NEED_HAND),
        (21, 14, State.SETTLED),
        (22, 14, State.QUIET),
        (35, 14, State.QUIET),
        (36, 14, State.NEED_HAND),
        (400, None, State.SETTLED),
    ],
)
def test_silence_is_measured_in_the_pairs_own_rhythm(silent: int, cadence: int | None, state: State) -> None:
    known = facts(silent=silent, cadence=cadence, offer=seen(5))

    assessment = assess(known)

    assert silence(known) == silent
    assert [assessment.seen_by(person).state for person in ("ada", "ben")] == [state, state]
    assert assessment.team.state == state


def test_sentence_of_silence_knows_months_only() -> None:
    expected = Reading(state=State.NEED_HAND, reason=Reason.NO_CONTACT, since=Month(2026, 3), offered=True)

    assessment = assess(facts(silent=80, offer=seen(9)))

    assert (assessment.seen_by("ada"), assessment.team) == (expected, expected)


def test_without_any_contact_silence_begins_with_the_relationship() -> None:
    known = facts(last_contact_on=None, first_talk_on=None, started_on=TODAY - timedelta(days=40))

    assert assess(known).seen_by("ada") == Reading(
        state=State.QUIET, reason=Reason.NO_CONTACT, since=Month(2026, 5)
    )


def test_paused_days_of_either_do_not_count() -> None:
    assert assess(facts(silent=60, paused_days=29)).seen_by("ada").reason is Reason.IN_TOUCH
    assert silence(facts(silent=3, paused_days=9)) == 0


@pytest.mark.parametrize(("ahead", "state"), [(0, State.SETTLED), (21, State.SETTLED), (22, State.QUIET)])
def test_meeting_planned_within_the_rhythm_settles(ahead: int, state: State) -> None:
    known = facts(silent=40, next_meeting_on=TODAY + timedelta(days=ahead))

    assert assess(known).seen_by("ada").state == state


@pytest.mark.parametrize(
    ("offer", "two", "team"),
    [
        (None, State.QUIET, State.SETTLED),
        (seen(0, days_ago=0), State.QUIET, State.SETTLED),
        (seen(4), State.QUIET, State.SETTLED),
        (seen(5), State.NEED_HAND, State.NEED_HAND),
        (seen(50, days_ago=61), State.QUIET, State.SETTLED),
        (seen(50, days_ago=60), State.QUIET, State.SETTLED),
        (seen(50, days_ago=59), State.NEED_HAND, State.NEED_HAND),
    ],
)
def test_the_two_have_five_reachable_days_with_the_offer_before_the_team_sees_anything(
    offer: Seen | None, two: State, team: State
) -> None:
    assessment = assess(facts(silent=60, offer=offer))

    assert (assessment.seen_by("ada").state, assessment.team.state) == (two, team)


def test_quiet_pair_reaches_the_team_only_after_its_five_days() -> None:
    early, ready = (assess(facts(silent=40, offer=seen(days))) for days in (4, 5))

    assert early.team == CALM
    assert early.seen_by("ada") == replace(ready.team, offered=True)
    assert ready.team.state is State.QUIET


@pytest.mark.parametrize(
    ("days_ago", "reason"), [(0, "fine, thanks"), (29, "fine, thanks"), (30, "no contact")]
)
def test_fine_thanks_holds_thirty_days(days_ago: int, reason: str) -> None:
    known = facts(silent=60, offer=seen(20, days_ago=50), fine_on=TODAY - timedelta(days=days_ago))

    assessment = assess(known)

    assert assessment.seen_by("ada").reason == reason
    assert assessment.team == CALM


def test_a_pause_does_not_use_up_fine_thanks() -> None:
    known = facts(silent=60, fine_on=TODAY - timedelta(days=40), fine_paused_days=11)

    assert assess(known).seen_by("ada").reason is Reason.FINE_THANKS
    assert assess(replace(known, fine_paused_days=10)).seen_by("ada").reason is Reason.NO_CONTACT


def test_after_fine_thanks_the_team_waits_for_a_new_offer() -> None:
    fine_on = TODAY - timedelta(days=35)

    before = assess(facts(silent=90, fine_on=fine_on, offer=seen(25, days_ago=35)))
    after = assess(facts(silent=90, fine_on=fine_on, offer=seen(5, days_ago=7)))

    assert (before.seen_by("ada").state, before.team.state) == (State.QUIET, State.SETTLED)
    assert (after.seen_by("ada").state, after.team.state) == (State.NEED_HAND, State.NEED_HAND)


def test_team_cannot_tell_a_calm_pair_from_one_that_is_being_offered_help() -> None:
    teams = {
        assess(known).team
        for known in (
            facts(),
            facts(silent=40),
            facts(silent=40, offer=seen(3)),
            facts(silent=40, fine_on=TODAY),
            facts(silent=40, next_meeting_on=TODAY),
            facts(cadence=None),
        )
    }

    assert teams == {CALM}


@pytest.mark.parametrize(
    ("hand", "reason"), [(Hand.TIP, Reason.ASKED_FOR_TIP), (Hand.CONTACT, Reason.ASKED_FOR_CONTACT)]
)
def test_asking_for_a_hand_reaches_the_team_at_once_and_never_the_partner(hand: Hand, reason: Reason) -> None:
    assessment = assess(facts(asked=(AskedForHand(person="ada", hand=hand),)))

    assert assessment.team == Reading(state=State.NEED_HAND, reason=reason)
    assert assessment.seen_by("ada") == assessment.team
    assert assessment.seen_by("ben").reason is Reason.IN_TOUCH


def test_being_contacted_counts_before_a_tip_and_both_before_silence() -> None:
    asked = (AskedForHand(person="ada", hand=Hand.TIP), AskedForHand(person="ben", hand=Hand.CONTACT))

    assessment = assess(facts(silent=90, offer=seen(9), asked=asked))

    assert assessment.team.reason is Reason.ASKED_FOR_CONTACT
    assert assessment.seen_by("ada").reason is Reason.ASKED_FOR_TIP


@pytest.mark.parametrize(
    ("item", "value", "reason"),
    [
        ("CON1", 2, Reason.SHARED_LOW),
        ("SAF1", 1, Reason.SHARED_LOW),
        ("LIS1", 2, Reason.SHARED_LOW),
        ("RHY1", 2, Reason.SHARED_LOW),
        ("CON1", 3, Reason.NOTHING_NEEDED),
        ("USE1", 1, Reason.NOTHING_NEEDED),
        ("AGR1", 1, Reason.NOTHING_NEEDED),
    ],
)
def test_low_shared_answer_asks_for_a_hand(item: str, value: int, reason: Reason) -> None:
    answer = SharedAnswer(person="ben", item=item, value=value)

    assessment = assess(facts(shared=(answer,)))

    assert assessment.team.reason is reason
    assert assessment.seen_by("ada").state is State.SETTLED


def test_when_needed_leaves_only_what_people_say() -> None:
    silent = facts(silent=300, cadence=None, offer=seen(99), first_talk_on=None)
    asking = replace(silent, asked=(AskedForHand(person="ben", hand=Hand.TIP),))

    assert assess(silent).seen_by("ada") == Reading(state=State.SETTLED, reason=Reason.WHEN_NEEDED)
    assert assess(silent).findings == ()
    assert assess(asking).team.state is State.NEED_HAND


@pytest.mark.parametrize(
    ("messages", "reachable_days", "findings"),
    [
        (2, 10, (Finding(kind=Kind.ONE_SIDED, audience=Audience.SENDER, person="ada"),)),
        (1, 10, ()),
        (2, 9, ()),
    ],
)
def test_unanswered_messages_are_told_to_the_sender_only(
    messages: int, reachable_days: int, findings: tuple[Finding, ...]
) -> None:
    waiting = Unanswered(sender="ada", messages=messages, reachable_days=reachable_days)

    assessment = assess(facts(unanswered=waiting))

    assert assessment.findings == findings
    assert assessment.team == CALM


PAIR_START = Finding(kind=Kind.START_SLOW, audience=Audience.PAIR)
TEAM_START = Finding(kind=Kind.START_SLOW, audience=Audience.TEAM)


@pytest.mark.parametrize(
    ("days", "paused", "offer", "findings"),
    [
        (13, 0, None, ()),
        (14, 0, None, (PAIR_START,)),
        (20, 0, seen(5, days_ago=6), (PAIR_START,)),
        (21, 0, seen(5), (PAIR_START, TEAM_START)),
        (21, 0, seen(4), (PAIR_START,)),
        (30, 0, None, (PAIR_START,)),
        (30, 17, None, ()),
        (30, 16, seen(9), (PAIR_START,)),
    ],
)
def test_slow_start_is_told_to_the_two_first_and_to_the_team_a_week_later(
    days: int, paused: int, offer: Seen | None, findings: tuple[Finding, ...]
) -> None:
    known = facts(
        started_on=TODAY - timedelta(days=days),
        first_talk_on=None,
        last_contact_on=None,
        start_paused_days=paused,
        paused_days=paused,
        start_offer=offer,
    )

    assert assess(known).findings == findings


def test_first_talk_ends_a_slow_start() -> None:
    known = facts(started_on=TODAY - timedelta(days=60), first_talk_on=TODAY, start_offer=seen(9))

    assert assess(known).findings == ()


@pytest.mark.parametrize(
    ("answers", "diverging"),
    [
        (shared("LIS2", 5, 3), True),
        (shared("LIS2", 3, 5), True),
        (shared("LIS2", 4, 3), False),
        (shared("LIS2", 5, 3)[:1], False),
        ((shared("LIS2", 5, 5)[0], shared("VIR1", 1, 3)[1]), False),
        ((shared("LIS2", 5, 5)[0], replace(shared("LIS2", 3, 5)[0])), False),
    ],
)
def test_answers_far_apart_offer_the_two_a_check_in_talk_and_the_team_sees_nothing(
    answers: tuple[SharedAnswer, ...], diverging: bool
) -> None:
    assessment = assess(facts(shared=answers))

    assert assessment.findings == (
        (Finding(kind=Kind.DIVERGING, audience=Audience.PAIR),) if diverging else ()
    )
    assert assessment.team == CALM


@pytest.mark.parametrize(("moved", "offered"), [(0, False), (1, False), (2, True), (3, True)])
def test_moving_twice_in_a_row_offers_a_lighter_rhythm_and_changes_no_state(
    moved: int, offered: bool
) -> None:
    known = facts(silent=40, next_meeting_on=TODAY + timedelta(days=5))

    assessment = assess(replace(known, moved_in_a_row=moved))

    assert (Finding(kind=Kind.LIGHTER_RHYTHM, audience=Audience.PAIR) in assessment.findings) is offered
    assert assessment.people == assess(known).people
    assert assessment.team == assess(known).team


def test_unsafe_goes_to_the_safety_contact_and_to_nobody_else() -> None:
    assessment = assess(facts(unsafe=True))

    assert assessment.findings == (Finding(kind=Kind.SAFETY, audience=Audience.SAFETY),)
    assert assessment.team == CALM
    assert assessment.seen_by("ben").state is State.SETTLED


def test_stranger_sees_nothing() -> None:
    with pytest.raises(KeyError):
        assess(facts()).seen_by("zoe")


@pytest.mark.parametrize(
    "fields",
    [
        {"cadence": 0},
        {"paused_days": -1},
        {"start_paused_days": -1},
        {"moved_in_a_row": -1},
        {"fine_paused_days": -1},
        {"started_on": TODAY + timedelta(days=1)},
        {"last_contact_on": TODAY + timedelta(days=1)},
        {"fine_on": TODAY + timedelta(days=1)},
        {"next_meeting_on": TODAY - timedelta(days=1)},
        {"asked": (AskedForHand(person="zoe", hand=Hand.TIP),)},
        {"shared": (SharedAnswer(person="zoe", item="CON1", value=1),)},
        {"unanswered": Unanswered(sender="zoe", messages=1, reachable_days=1)},
    ],
)
def test_facts_that_contradict_each_other_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        facts(**fields)  # type: ignore[arg-type]


def test_counts_below_nothing_and_answers_off_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="reachable_days is 0 or more"):
        seen(-1)
    with pytest.raises(ValueError, match="messages is 0 or more"):
        Unanswered(sender="ada", messages=-1, reachable_days=0)
    with pytest.raises(ValueError, match="an answer is 1 to 5, not 6"):
        SharedAnswer(person="ada", item="CON1", value=6)
