"""Beginning, resting, going on, ending: the steps, who may take them, and what each leaves behind."""

from datetime import date, timedelta

import pytest

from alongside.enrollment.enums import Role
from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.models import Entry
from alongside.mentorships.access import get_mentorship, may_reopen_mentorship
from alongside.mentorships.actions import (
    change_rhythm,
    close_mentorship,
    confirm_mentorship,
    end_early,
    end_well,
    pause_mentorship,
    record_contact,
    record_talk_held,
    reopen_mentorship,
    resume_mentorship,
    start_mentorship,
)
from alongside.mentorships.enums import EndKind, EndReason, MentorshipState, NewMatch
from alongside.mentorships.models import Closing, Mentorship
from alongside.mentorships.queries import partings, said_unsafe
from tests import factories as make
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
STRANGERS = ["dov", "eva", "ada", "gus", "hal"]


def _state(mentorship: Mentorship, state: MentorshipState) -> Mentorship:
    Mentorship.objects.filter(pk=mentorship.pk).update(state=state)
    mentorship.refresh_from_db()
    return mentorship


def _verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_start_mentorship_is_on_trial_for_the_months_of_its_match_type(cast_: Cast) -> None:
    program = make.program()
    mentee = make.participation(program, make.person("Mia"), Role.MENTEE)
    mentor = make.participation(program, make.person("Max"), Role.MENTOR)

    row = start_mentorship(mentee=mentee, mentor=mentor, reasons=[], actor=None, now=NOW)

    assert (row.state, row.started_on, row.ends_on) == ("trial", date(2026, 3, 4), date(2026, 9, 2))
    assert _verbs() == ["mentorship.started"]


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_else_takes_any_step(cast_: Cast, stranger: str) -> None:
    actor, pair = getattr(cast_, stranger), cast_.pair
    steps = [
        lambda: confirm_mentorship(mentorship=pair, actor=actor, now=NOW),
        lambda: pause_mentorship(mentorship=pair, actor=actor, until_on=None, now=NOW),
        lambda: resume_mentorship(mentorship=pair, actor=actor, now=NOW),
        lambda: reopen_mentorship(mentorship=pair, actor=actor, now=NOW),
        lambda: change_rhythm(mentorship=pair, actor=actor, rhythm_days=14, now=NOW),
        lambda: record_contact(mentorship=pair, actor=actor, on=NOW.date(), now=NOW),
        lambda: end_well(mentorship=pair, actor=actor, now=NOW),
        lambda: close_mentorship(mentorship=pair, actor=actor, now=NOW),
        lambda: end_early(mentorship=pair, actor=actor, reason=EndReason.TIME, now=NOW),
        lambda: get_mentorship(actor, pair.public_id),
    ]

    for step in steps:
        with pytest.raises(NotFound):
            step()
    assert _verbs() == []


def test_confirm_ends_the_trial_once(cast_: Cast) -> None:
    pair = _state(cast_.pair, MentorshipState.TRIAL)

    confirm_mentorship(mentorship=pair, actor=cast_.ben, now=NOW)
    again = confirm_mentorship(mentorship=pair, actor=cast_.chi, now=LATER)

    assert (again.state, again.state_since, _verbs()) == ("running", NOW, ["mentorship.confirmed"])


@pytest.mark.parametrize(("held", "state"), [(1, "trial"), (2, "trial"), (3, "running"), (4, "running")])
def test_trial_ends_with_the_talks_the_program_gives_it(cast_: Cast, held: int, state: str) -> None:
    pair = _state(cast_.pair, MentorshipState.TRIAL)

    row = record_talk_held(mentorship=pair, actor=cast_.chi, at=NOW, talks_held=held, now=NOW)

    assert (row.state, row.first_met_at, row.last_contact_on) == (state, NOW, NOW.date())


def test_first_talk_stays_the_earliest_and_contact_the_newest(cast_: Cast) -> None:
    record_talk_held(mentorship=cast_.pair, actor=None, at=LATER, talks_held=1, now=LATER)
    row = record_talk_held(mentorship=cast_.pair, actor=None, at=NOW, talks_held=2, now=LATER)

    assert (row.first_met_at, row.last_contact_on) == (NOW, LATER.date())


def test_contact_elsewhere_keeps_the_latest_day(cast_: Cast) -> None:
    record_contact(mentorship=cast_.pair, actor=cast_.chi, on=date(2026, 3, 3), now=NOW)
    record_contact(mentorship=cast_.pair, actor=cast_.ben, on=date(2026, 2, 20), now=NOW)

    cast_.pair.refresh_from_db()
    assert (cast_.pair.last_contact_on, _verbs()) == (date(2026, 3, 3), ["mentorship.contacted"])


@pytest.mark.parametrize("day", [date(2026, 2, 1), date(2026, 3, 5)])
def test_contact_before_the_beginning_or_to_come_is_not_taken(cast_: Cast, day: date) -> None:
    with pytest.raises(Invalid) as refused:
        record_contact(mentorship=cast_.pair, actor=cast_.chi, on=day, now=NOW)
    assert refused.value.field == "on"


@pytest.mark.parametrize("before", ["trial", "running"])
def test_pause_and_resume_lead_back_to_where_it_was(cast_: Cast, before: str) -> None:
    pair = _state(cast_.pair, MentorshipState(before))

    paused = pause_mentorship(mentorship=pair, actor=cast_.chi, until_on=date(2026, 4, 1), now=NOW)
    pause_mentorship(mentorship=pair, actor=cast_.ben, until_on=None, now=NOW)
    resumed = resume_mentorship(mentorship=pair, actor=cast_.ben, now=LATER)

    pause = resumed.pauses.get()
    assert (paused.state, resumed.state) == ("paused", before)
    assert (pause.by, pause.until_on, pause.ended_at) == (cast_.chi, date(2026, 4, 1), LATER)
    assert _verbs() == ["mentorship.paused", "mentorship.resumed"]


def test_pause_until_a_day_that_is_past_is_not_taken(cast_: Cast) -> None:
    with pytest.raises(Invalid):
        pause_mentorship(mentorship=cast_.pair, actor=cast_.chi, until_on=NOW.date(), now=NOW)


def test_pause_does_not_outlive_an_ending(cast_: Cast) -> None:
    pause_mentorship(mentorship=cast_.pair, actor=cast_.chi, until_on=None, now=NOW)
    row = end_early(mentorship=cast_.pair, actor=cast_.ben, reason=EndReason.TIME, now=LATER)

    assert row.pauses.get().ended_at == LATER


@pytest.mark.parametrize("days", [6, 91])
def test_rhythm_outside_its_bounds_is_not_taken(cast_: Cast, days: int) -> None:
    with pytest.raises(Invalid):
        change_rhythm(mentorship=cast_.pair, actor=cast_.chi, rhythm_days=days, now=NOW)


@pytest.mark.parametrize("days", [7, 14, None])
def test_rhythm_may_change_to_when_we_need_it(cast_: Cast, days: int | None) -> None:
    row = change_rhythm(mentorship=cast_.pair, actor=cast_.chi, rhythm_days=days, now=NOW)

    assert (row.rhythm_days, _verbs()) == (days, ["mentorship.rhythm_changed"])


def test_ending_well_begins_with_one_and_closes_with_both(cast_: Cast) -> None:
    first = end_well(mentorship=cast_.pair, actor=cast_.chi, words="Thank you", note="brave", now=NOW)
    second = end_well(mentorship=cast_.pair, actor=cast_.ben, words="And you", now=LATER)

    assert (first.state, second.state) == ("closing", "closed")
    assert _verbs() == ["mentorship.closing_begun", "mentorship.ended"]
    read_by_ben = [(p.mine, p.words, p.note) for p in partings(second, viewer=cast_.ben)]
    assert read_by_ben == [(False, "Thank you", ""), (True, "And you", "")]
    read_by_chi = [(p.mine, p.words, p.note) for p in partings(second, viewer=cast_.chi)]
    assert read_by_chi == [(True, "Thank you", "brave"), (False, "And you", "")]


def test_words_of_an_ending_may_change_until_it_closes(cast_: Cast) -> None:
    end_well(mentorship=cast_.pair, actor=cast_.chi, words="Thank", now=NOW)
    row = end_well(mentorship=cast_.pair, actor=cast_.chi, words="Thank you", now=LATER)

    assert (row.state, [p.words for p in partings(row, viewer=cast_.ben)]) == ("closing", ["Thank you"])


def test_either_may_close_without_waiting_or_go_on_after_all(cast_: Cast) -> None:
    with pytest.raises(Conflict):
        close_mentorship(mentorship=cast_.pair, actor=cast_.ben, now=NOW)
    end_well(mentorship=cast_.pair, actor=cast_.chi, words="Thank you", now=NOW)

    back = reopen_mentorship(mentorship=cast_.pair, actor=cast_.ben, now=NOW)
    assert (back.state, Closing.objects.count()) == ("running", 0)
    end_well(mentorship=cast_.pair, actor=cast_.chi, words="Thank you", now=NOW)
    assert close_mentorship(mentorship=cast_.pair, actor=cast_.ben, now=LATER).state == "closed"


def test_early_ending_closes_at_once_and_shows_the_partner_words_only(cast_: Cast) -> None:
    row = end_early(
        mentorship=cast_.pair,
        actor=cast_.chi,
        reason=EndReason.NOT_THE_FIT,
        note="he talks a lot",
        words="All the best",
        new_match=NewMatch.LATER,
        now=NOW,
    )

    left = partings(row, viewer=cast_.ben)
    assert (row.state, [(p.words, p.note) for p in left]) == ("closed", [("All the best", "")])
    assert "reason" in left[0].closing.get_deferred_fields()
    entry = Entry.objects.get()
    assert (entry.verb, entry.data) == ("mentorship.ended", {"kind": EndKind.EARLY})
    with pytest.raises(Conflict):
        end_early(mentorship=cast_.pair, actor=cast_.ben, reason=EndReason.TIME, now=NOW)


def test_not_feeling_safe_is_told_to_the_safety_contact_and_nobody_else(cast_: Cast) -> None:
    row = end_early(mentorship=cast_.pair, actor=cast_.chi, reason=EndReason.UNSAFE, now=NOW)

    assert _verbs() == ["mentorship.ended", "mentorship.safety_reported"]
    assert Entry.objects.get(verb="mentorship.safety_reported").data == {}
    assert (said_unsafe(row, cast_.chi), said_unsafe(row, cast_.ben)) == (True, False)


@pytest.mark.parametrize(
    ("reason", "chi_may", "ben_may"),
    [(EndReason.TIME, True, False), (EndReason.UNSAFE, False, False)],
)
def test_early_ending_is_taken_back_by_who_left_if_by_anyone(
    cast_: Cast, reason: EndReason, chi_may: bool, ben_may: bool
) -> None:
    row = end_early(mentorship=cast_.pair, actor=cast_.chi, reason=reason, now=NOW)

    assert (may_reopen_mentorship(cast_.chi, row), may_reopen_mentorship(cast_.ben, row)) == (
        chi_may,
        ben_may,
    )
    with pytest.raises(Conflict):
        reopen_mentorship(mentorship=row, actor=cast_.ben, now=LATER)


def test_reopening_needs_a_place_with_the_mentor(cast_: Cast) -> None:
    end_early(mentorship=cast_.pair, actor=cast_.chi, reason=EndReason.TIME, now=NOW)
    mentor = cast_.pair.members.get(person=cast_.ben).participation
    other = make.mentorship(make.participation(cast_.program, cast_.dov, Role.MENTEE), mentor)

    with pytest.raises(Conflict):
        reopen_mentorship(mentorship=cast_.pair, actor=cast_.chi, now=LATER)
    _state(other, MentorshipState.CLOSED)
    assert reopen_mentorship(mentorship=cast_.pair, actor=cast_.chi, now=LATER).state == "running"
