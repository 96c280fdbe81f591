from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection

from alongside.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from alongside.journal.models import Entry
from alongside.mentorships.enums import MentorshipState
from alongside.people.enums import SeasonKind
from alongside.people.models import Season
from alongside.programs.enums import StaffRole
from alongside.programs.models import Staff
from alongside.questionnaires.models import Answer, AnswerSet
from alongside.surveys.actions import (
    answer_survey,
    ask_due,
    close_wave,
    drop_asks,
    install_surveys,
    plan_asks,
    plan_closing_asks,
    plan_talk_asks,
    put_up_card,
    switch_survey,
)
from alongside.surveys.enums import AskState, WaveState
from alongside.surveys.models import Ask, OwnAnswers, Response, Shared, Survey, Wave
from tests import factories as make
from tests.factories import NOW
from tests.surveys.setting import answer, asked, core, member, pair, program_with_surveys, survey

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def free(people: object, now: object) -> dict[int, object]:
    return {}


def planned(mentorship: object) -> list[tuple[str, str, int]]:
    asks = Ask.objects.filter(mentorship=mentorship).order_by("planned_for", "role")
    return [
        (ask.wave.survey.key, ask.role, (ask.planned_for.date() - ask.mentorship.started_on).days)
        for ask in asks
    ]


def test_installing_puts_every_shipped_survey_in_place_once() -> None:
    program = make.program()
    install_surveys(program=program, actor=None, now=NOW)
    again = install_surveys(program=program, actor=None, now=NOW)

    rows = Survey.objects.filter(program=program)
    assert again == []
    assert [(row.key, row.switched_on) for row in rows] == [
        ("first-hello", True),
        ("after-first-talk", True),
        ("how-is-it-going", True),
        ("half-way", True),
        ("closing", True),
        ("three-months-on", False),
        ("after-a-talk", False),
        ("ending-early", True),
    ]
    questions = list(survey(program, "half-way").questionnaire.questions.values_list("key", flat=True))
    assert questions[:6] == ["CON1", "SAF1", "LIS1", "AGR1", "RHY1", "USE1"]
    assert questions[-3:] == ["NEED3", "NEED3P", "NEED3R"]


def test_start_plans_the_days_for_both_and_only_once() -> None:
    pair_ = pair(program_with_surveys(), started_on=NOW.date())
    plan_asks(mentorship=pair_, now=NOW)
    plan_asks(mentorship=pair_, now=NOW)

    assert planned(pair_) == [
        ("first-hello", "mentee", 7), ("first-hello", "mentor", 7),
        ("after-first-talk", "mentee", 14), ("after-first-talk", "mentor", 14),
        ("how-is-it-going", "mentee", 30), ("how-is-it-going", "mentor", 30),
        ("half-way", "mentee", 91), ("half-way", "mentor", 91),
    ]  # fmt: skip


def test_ending_well_plans_the_closing_and_lets_the_way_go() -> None:
    pair_ = pair(program_with_surveys(), started_on=NOW.date(), state=MentorshipState.CLOSED)
    plan_asks(mentorship=pair_, now=NOW)
    drop_asks(mentorship=pair_, of_the_end=False, now=NOW)
    plan_closing_asks(mentorship=pair_, now=NOW)

    open_ones = Ask.objects.filter(mentorship=pair_, state=AskState.PLANNED)
    assert sorted((ask.wave.survey.key, ask.role) for ask in open_ones) == [
        ("closing", "mentee"),
        ("closing", "mentor"),
    ]


def test_reopening_takes_up_again_what_was_let_go() -> None:
    pair_ = pair(program_with_surveys(), started_on=NOW.date())
    plan_asks(mentorship=pair_, now=NOW)
    drop_asks(mentorship=pair_, of_the_end=False, now=NOW)
    plan_asks(mentorship=pair_, now=NOW + 10 * DAY)

    open_ones = Ask.objects.filter(mentorship=pair_, state=AskState.PLANNED)
    assert {ask.wave.survey.key for ask in open_ones} == {"after-first-talk", "how-is-it-going", "half-way"}


def test_talks_bring_a_survey_for_oneself_after_every_second_one() -> None:
    program = program_with_surveys()
    Survey.objects.filter(key="after-a-talk").update(switched_on=True)
    pair_ = pair(program)

    counts = [plan_talk_asks(mentorship=pair_, talks_held=held, now=NOW) for held in (1, 2, 3, 4)]

    assert counts == [0, 2, 0, 2]


def test_due_ask_is_asked_told_once_and_reminded_once() -> None:
    pair_ = pair(program_with_surveys(), started_on=NOW.date() - 7 * DAY)
    plan_asks(mentorship=pair_, now=NOW - timedelta(hours=3))

    counts = [ask_due(now=NOW + step * DAY, busy_until=free) for step in (0, 1, 5, 6)]

    assert counts == [2, 0, 0, 0]
    verbs = list(
        Entry.objects.filter(verb__startswith="survey.")
        .exclude(verb="survey.installed")
        .values_list("verb", flat=True)
    )
    assert verbs == ["survey.asked"] * 2 + ["survey.reminded"] * 2
    entry = Entry.objects.filter(verb="survey.asked").first()
    assert entry is not None
    assert set(entry.data) == {"person", "mentorship"}


def test_an_ask_nobody_answered_is_let_go_after_three_weeks() -> None:
    ask = asked(pair(program_with_surveys()))
    ask_due(now=NOW + 21 * DAY, busy_until=free)

    ask.refresh_from_db()
    assert ask.state == AskState.DROPPED
    with pytest.raises(Conflict):
        answer(ask, core(5, 5, 5, 5, 5, 5))


def test_two_who_have_talked_are_not_asked_whether_they_found_each_other() -> None:
    pair_ = pair(program_with_surveys(), started_on=NOW.date() - 7 * DAY, first_met_at=NOW - 3 * DAY)
    plan_asks(mentorship=pair_, now=NOW - timedelta(hours=3))
    ask_due(now=NOW, busy_until=free)

    states = Ask.objects.filter(wave__survey__key="first-hello").values_list("state", flat=True)
    assert set(states) == {AskState.DROPPED}


def test_survey_after_the_first_talk_comes_two_days_after_it() -> None:
    pair_ = pair(program_with_surveys(), started_on=NOW.date() - 4 * DAY, first_met_at=NOW - 2 * DAY)
    plan_asks(mentorship=pair_, now=NOW - 4 * DAY)

    assert ask_due(now=NOW, busy_until=free) == 2
    assert set(Ask.objects.filter(state=AskState.ASKED).values_list("wave__survey__key", flat=True)) == {
        "after-first-talk"
    }


def test_talk_of_the_day_comes_first() -> None:
    pair_ = pair(program_with_surveys(), started_on=NOW.date() - 7 * DAY)
    plan_asks(mentorship=pair_, now=NOW - timedelta(hours=3))
    after = NOW + timedelta(hours=2)

    assert ask_due(now=NOW, busy_until=lambda people, now: {person.pk: after for person in people}) == 0
    assert ask_due(now=after, busy_until=free) == 2


def test_person_with_many_pairs_is_left_alone_between_two_asks() -> None:
    program = program_with_surveys()
    pairs = [pair(program, started_on=NOW.date() - 7 * DAY) for _each in range(3)]
    mentor = member(pairs[0], "mentor")
    for other in pairs[1:]:
        other.members.filter(role="mentor").update(person=mentor)
    for pair_ in pairs:
        plan_asks(mentorship=pair_, now=NOW - timedelta(hours=3))

    for step in range(60):
        ask_due(now=NOW + step * DAY, busy_until=free)

    days = sorted(
        Ask.objects.filter(person=mentor, asked_at__isnull=False).values_list("asked_at", flat=True)
    )
    assert len(days) >= 3
    assert min(later - earlier for earlier, later in pairwise(days)) >= 10 * DAY


def test_nobody_is_asked_in_a_season_or_when_switched_off() -> None:
    program = program_with_surveys()
    pair_ = pair(program, started_on=NOW.date() - 7 * DAY)
    plan_asks(mentorship=pair_, now=NOW - timedelta(hours=3))
    Season.objects.create(person=member(pair_, "mentee"), kind=SeasonKind.LIGHTER, from_on=NOW.date())
    assert ask_due(now=NOW, busy_until=free) == 1

    other = pair(program, started_on=NOW.date() - 7 * DAY)
    plan_asks(mentorship=other, now=NOW - timedelta(hours=3))
    switch_survey(survey=survey(program, "first-hello"), actor=program.contact, on=False, now=NOW)
    assert ask_due(now=NOW, busy_until=free) == 0


def test_switching_on_plans_for_the_pairs_under_way() -> None:
    program = program_with_surveys()
    half_way = survey(program, "half-way")
    switch_survey(survey=half_way, actor=program.contact, on=False, now=NOW)
    pair_ = pair(program, started_on=NOW.date())
    plan_asks(mentorship=pair_, now=NOW)
    switch_survey(survey=half_way, actor=program.contact, on=True, now=NOW)

    assert ("half-way", "mentee", 91) in planned(pair_)


def test_answers_counted_in_groups_carry_no_person_and_no_time() -> None:
    answer(asked(pair(program_with_surveys())), core(4, 4, 4, 4, 4, 4))

    response = Response.objects.get()
    first_day = response.wave.opens_on
    fields = {field.name for field in Response._meta.get_fields()}
    assert fields == {"id", "public_id", "created_at", "wave", "answers", "role", "pseudonym", "batch"}
    assert response.created_at.date() == first_day
    assert response.created_at == AnswerSet.objects.get(pk=response.answers_id).created_at
    assert response.answers.changed_at == response.created_at
    assert len(response.pseudonym) == 64
    entry = Entry.objects.get(verb="survey.answered")
    assert (entry.actor_id, entry.data, entry.at.hour) == (None, {}, 0)
    assert Shared.objects.count() == 0


def test_keys_of_answers_tell_no_order_of_arrival() -> None:
    """One's own sealed answers stand in the order they came; what is counted in groups must not stand beside them."""
    program = program_with_surveys()
    arrived: list[tuple[int, int, int]] = []
    for _number in range(12):
        answer(asked(pair(program)), core(4, 4, 4, 4, 4, 4))
        row = Response.objects.exclude(pk__in=[response for response, _set, _answer in arrived]).get()
        arrived.append((row.pk, row.answers_id, min(row.answers.answers.values_list("pk", flat=True))))

    for keys in zip(*arrived, strict=True):
        assert len(set(keys)) == 12
        assert list(keys) != sorted(keys)
    responses = [response for response, _set, _answer in arrived]
    assert _rows_as_stored("surveys_response") in (sorted(responses), None)


def _rows_as_stored(table: str) -> list[int] | None:
    """Keys in the order of the row numbers SQLite keeps behind every table; other databases have none."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} ORDER BY rowid")  # noqa: S608 - a name of ours
        return [key for (key,) in cursor.fetchall()]


def test_pseudonym_is_the_same_in_a_program_and_another_elsewhere() -> None:
    program = program_with_surveys()
    pair_ = pair(program)
    answer(asked(pair_), core(4, 4, 4, 4, 4, 4))
    answer(asked(pair_, key="half-way"), core(4, 4, 4, 4, 4, 4))
    other = pair(program_with_surveys())
    other.members.filter(role="mentee").update(person=member(pair_, "mentee"))
    answer(asked(other), core(4, 4, 4, 4, 4, 4))

    waves = Response.objects.values_list("wave__survey__program_id", "pseudonym")
    here = {pseudonym for program_id, pseudonym in waves if program_id == program.pk}
    elsewhere = {pseudonym for program_id, pseudonym in waves if program_id != program.pk}
    assert (len(waves), len(here), len(elsewhere)) == (3, 1, 1)
    assert here != elsewhere


def test_each_answer_goes_to_its_circle() -> None:
    ask = asked(pair(program_with_surveys()))
    answer(ask, {**core(2, 3, 4, 4, 4, 4), "OPEN1": "Shorter talks", "HAND": "tip", "AUD1": "group"})

    kept = set(Answer.objects.values_list("question__key", flat=True))
    assert kept == {"CON1", "SAF1", "LIS1", "AGR1", "RHY1", "USE1", "OPEN1"}
    assert Shared.objects.get().data == {"HAND": "tip"}
    own = OwnAnswers.objects.get()
    assert b"group" not in bytes(own.sealed)


def test_sharing_with_the_team_shares_the_answers_by_name() -> None:
    answer(asked(pair(program_with_surveys())), {**core(2, 3, 4, 4, 4, 4), "AUD1": "team", "HAND": "no"})

    assert Shared.objects.get().data == core(2, 3, 4, 4, 4, 4)


def test_a_hand_asked_for_is_told_with_ids_only() -> None:
    ask = asked(pair(program_with_surveys()), key="after-first-talk")
    answer(ask, {"HAND": "contact"})

    entry = Entry.objects.get(verb="answer.shared")
    assert entry.data == {"person": ask.person_id, "mentorship": ask.mentorship_id, "hand": "contact"}


def test_first_hello_tells_the_team_the_state_and_keeps_the_rest() -> None:
    answer(asked(pair(program_with_surveys()), key="first-hello"), {"STA1": "not_yet", "STA2": "time"})

    assert Shared.objects.get().data == {"STA1": "not_yet"}
    assert Response.objects.count() == 0


def test_quote_with_name_shares_the_words_and_without_keeps_the_consent_with_them() -> None:
    program = program_with_surveys()
    answer(asked(pair(program), key="closing"), {"OPEN2": "Keep it", "QUO1": "unnamed"})
    assert Shared.objects.count() == 0
    answer(asked(pair(program), key="closing"), {"OPEN2": "Keep it all", "QUO1": "named"})
    assert Shared.objects.get().data == {"OPEN2": "Keep it all", "QUO1": "named"}


def test_answering_twice_or_for_somebody_else_is_refused() -> None:
    pair_ = pair(program_with_surveys())
    ask = asked(pair_)
    with pytest.raises(NotFound):
        answer_survey(ask=ask, actor=member(pair_, "mentor"), answers={}, now=NOW)
    answer(ask, core(5, 5, 5, 5, 5, 5))
    with pytest.raises(Conflict):
        answer(ask, core(1, 1, 1, 1, 1, 1))

    assert Response.objects.count() == 1


def test_answers_are_released_five_at_a_time() -> None:
    program = program_with_surveys()
    shown = []
    for _each in range(11):
        answer(asked(pair(program)), core(4, 4, 4, 4, 4, 4))
        shown.append(Wave.objects.get(survey__key="how-is-it-going").shown)

    assert shown == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]


def test_closing_a_wave_lets_questions_go_and_moves_the_planned_on() -> None:
    program = program_with_surveys()
    ask = asked(pair(program))
    late = asked(pair(program))
    Ask.objects.filter(pk=late.pk).update(state=AskState.PLANNED, asked_at=None)
    close_wave(wave=ask.wave, actor=program.contact, now=NOW)
    close_wave(wave=ask.wave, actor=program.contact, now=NOW + DAY)

    ask.refresh_from_db()
    late.refresh_from_db()
    assert (ask.state, ask.wave.state, ask.wave.closes_on) == (AskState.DROPPED, WaveState.CLOSED, NOW.date())
    assert (late.state, late.wave.number, late.wave.state) == (AskState.PLANNED, 2, WaveState.OPEN)


def test_card_says_what_was_said_and_only_coordinators_word_it() -> None:
    program = program_with_surveys()
    wave = asked(pair(program)).wave
    helper = make.person()
    Staff.objects.create(program=program, person=helper, role=StaffRole.ASSISTANT)
    words = {"you_said": " Mornings are hard. ", "we_will": "Send tips at noon.", "we_cannot": ""}

    put_up_card(wave=wave, actor=program.contact, **words, now=NOW)
    with pytest.raises(NotAllowed):
        put_up_card(wave=wave, actor=helper, **words, now=NOW)
    with pytest.raises(Invalid):
        put_up_card(wave=wave, actor=program.contact, **{**words, "you_said": " "}, now=NOW)

    wave.refresh_from_db()
    assert (wave.you_said, wave.we_will, wave.card_at) == ("Mornings are hard.", "Send tips at noon.", NOW)
