from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from alongside.surveys.actions import close_wave
from alongside.surveys.models import Wave
from alongside.surveys.queries import (
    index_change,
    known_needs,
    latest_core_wave,
    open_asks,
    own_survey_answers,
    survey_lines,
    wave_results,
)
from tests.factories import NOW
from tests.surveys.setting import answer, answers_of_many, asked, core, member, pair, program_with_surveys

pytestmark = pytest.mark.django_db


def wave_of(program: Any, key: str = "how-is-it-going") -> Wave:
    return Wave.objects.get(survey__program=program, survey__key=key)


def test_open_asks_of_a_person_cost_the_same_for_each(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    program = program_with_surveys()
    pair_ = pair(program)
    for key in ("first-hello", "how-is-it-going", "half-way"):
        asked(pair_, key=key)
    answer(asked(pair_, role="mentor"), core(4, 4, 4, 4, 4, 4))

    mentee = member(pair_, "mentee")

    with django_assert_num_queries(2):
        found = open_asks(mentee)

    assert [(ask.title, ask.partner) for ask in found] == [
        (title, member(pair_, "mentor").name) for title in ("First hello", "How is it going?", "Half-way")
    ]
    assert open_asks(member(pair_, "mentor")) == []


def test_below_five_nothing_is_shown() -> None:
    program = program_with_surveys()
    answers_of_many(program, [core(5, 4, 5, 4, 5, 4)] * 4)

    results = wave_results(wave_of(program))

    assert not results.is_shown
    assert results.rate.shown == 0
    assert {figure.n for figure in results.figures} == {0}
    assert {figure.counts for figure in results.figures} == {()}


def test_from_five_counts_and_from_ten_a_mean_with_its_interval() -> None:
    program = program_with_surveys()
    answers_of_many(program, [core(5, 0, 5, 4, 5, 4)] * 5)
    trust = wave_results(wave_of(program)).figure("CON1")
    assert trust is not None
    assert (trust.n, trust.estimate) == (5, None)
    assert dict(trust.counts) == {"not at all": 0, "a little": 0, "partly": 0, "mostly": 0, "very much": 5}

    answers_of_many(program, [core(3, 4, 5, 4, 5, 4)] * 5)
    results = wave_results(wave_of(program))
    figure, safety, index = results.figure("CON1"), results.figure("SAF1"), results.figure("INDEX")
    assert figure is not None
    assert figure.estimate is not None
    assert (figure.estimate.value, figure.n) == (75.0, 10)
    assert 50 < figure.estimate.low < 75 < figure.estimate.high < 100
    assert safety is not None
    assert safety.n == 5
    assert index is not None
    assert index.estimate is not None
    assert index.estimate.n == 10


def test_response_rate_counts_what_is_shown_of_those_asked() -> None:
    program = program_with_surveys()
    answers_of_many(program, [core(5, 4, 5, 4, 5, 4)] * 7)
    for _each in range(13):
        asked(pair(program))

    rate = wave_results(wave_of(program)).rate

    assert (rate.asked, rate.shown, rate.is_few) == (20, 5, True)
    assert rate.share is not None
    assert rate.share.value == 0.25


def test_rate_of_a_group_below_five_is_not_shown() -> None:
    program = program_with_surveys()
    asked(pair(program))

    assert wave_results(wave_of(program)).rate.share is None


def test_a_look_by_role_needs_five_of_each() -> None:
    program = program_with_surveys()
    answers_of_many(program, [core(5, 5, 5, 5, 5, 5)] * 12)
    answers_of_many(program, [core(1, 1, 1, 1, 1, 1)] * 3, role="mentor")
    assert wave_results(wave_of(program), role="mentee").role == ""

    answers_of_many(program, [core(5, 5, 5, 5, 5, 5)] * 3)
    answers_of_many(program, [core(1, 1, 1, 1, 1, 1)] * 2, role="mentor")
    results = wave_results(wave_of(program), role="mentor")
    figure = results.figure("CON1")
    assert results.roles == ("mentee", "mentor")
    assert figure is not None
    assert (figure.n, results.comments) == (5, ())


def test_comments_are_shown_from_five_on_without_order() -> None:
    program = program_with_surveys()
    words = [f"Comment {number}" for number in range(9)]
    answers_of_many(program, [{"OPEN1": text} for text in words[:4]] + [core(5, 5, 5, 5, 5, 5)])
    assert wave_results(wave_of(program)).comments[0].texts == ()

    answers_of_many(program, [{"OPEN1": text} for text in words[4:]])
    shown = [text for text, _may in wave_results(wave_of(program)).comments[0].texts]
    assert sorted(shown) == words
    assert shown == [text for text, _may in wave_results(wave_of(program)).comments[0].texts]


def test_comment_says_whether_it_may_be_quoted() -> None:
    program = program_with_surveys()
    sets: list[dict[str, Any]] = [{"OPEN2": f"Words {number}"} for number in range(5)]
    sets[0]["QUO1"], sets[1]["QUO1"] = "unnamed", "no"
    answers_of_many(program, sets, key="closing")

    texts = dict(wave_results(wave_of(program, "closing")).comments[0].texts)

    assert texts == {"Words 0": True, **{f"Words {number}": False for number in range(1, 5)}}


def test_recommendation_has_bars_and_its_balance_from_thirty_on() -> None:
    program = program_with_surveys()
    answers_of_many(program, [{"REC": 10}] * 20 + [{"REC": 3}] * 9, key="closing")
    figure = wave_results(wave_of(program, "closing")).figure("REC")
    assert figure is not None
    assert (figure.n, figure.balance, figure.most) == (25, None, 10)

    answers_of_many(program, [{"REC": 3}] * 6, key="closing")
    figure = wave_results(wave_of(program, "closing")).figure("REC")
    assert figure is not None
    assert (figure.n, dict(figure.counts)["10"], figure.balance) == (35, 20, 14)


def test_needs_are_weighed_and_their_words_stay_with_the_person() -> None:
    program = program_with_surveys()
    first = pair(program)
    needs = {
        "NEED1": "Say it in meetings",
        "NEED1P": 6,
        "NEED1R": "4",
        "NEED2": "Lead",
        "NEED2P": 4,
        "NEED2R": "3",
    }
    answer(asked(first, key="half-way"), needs)
    answers_of_many(program, [needs] * 9, key="half-way")

    figure = wave_results(wave_of(program, "half-way")).figure("NEED")

    assert figure is not None
    assert figure.estimate is not None
    assert (figure.n, figure.estimate.value) == (10, 65.0)
    assert known_needs(asked(first, key="closing")) == {"NEED1": "Say it in meetings", "NEED2": "Lead"}
    assert known_needs(asked(pair(program), key="closing")) == {}


def test_results_cost_the_same_whatever_the_number_of_answers(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    program = program_with_surveys()
    answers_of_many(program, [{**core(5, 4, 5, 4, 5, 4), "OPEN1": "More"}] * 12)

    wave = Wave.objects.select_related("survey__questionnaire").get(survey__key="how-is-it-going")

    with django_assert_max_num_queries(7):
        wave_results(wave)


def test_change_needs_ten_in_both_waves_and_both_closed() -> None:
    program = program_with_surveys()
    pairs = [pair(program) for _each in range(10)]
    for pair_ in pairs:
        answer(asked(pair_), core(3, 3, 3, 3, 3, 3))
        answer(asked(pair_, key="closing"), core(4, 4, 4, 4, 4, 4))
    before, after = wave_of(program), wave_of(program, "closing")
    assert index_change(before, after) is None

    for wave in (before, after):
        close_wave(wave=wave, actor=program.contact, now=NOW)
    change = index_change(wave_of(program), wave_of(program, "closing"))
    assert change is not None
    assert (change.value, change.n) == (25.0, 10)


def test_latest_wave_is_the_newest_with_the_core_and_answers_to_show() -> None:
    program = program_with_surveys()
    assert latest_core_wave(program) is None
    answers_of_many(program, [core(5, 4, 5, 4, 5, 4)] * 5)
    asked(pair(program), key="half-way")

    found = latest_core_wave(program)

    assert found is not None
    assert found.survey.key == "how-is-it-going"


def test_list_of_surveys_says_when_and_how_many() -> None:
    program = program_with_surveys()
    answers_of_many(program, [core(5, 4, 5, 4, 5, 4)] * 6)

    lines = {line.survey.key: line for line in survey_lines(program)}

    assert lines["first-hello"].schedule == "On day 7"
    assert lines["half-way"].length == "2 minutes"
    assert [(wave.rate.asked, wave.rate.shown) for wave in lines["how-is-it-going"].waves] == [(6, 5)]
    assert lines["closing"].waves == ()


def test_own_answers_are_found_for_oneself_and_nobody_else() -> None:
    program = program_with_surveys()
    pair_ = pair(program)
    answer(asked(pair_, key="after-first-talk"), {"USE0": "4", "HAND": "tip"})
    answer(asked(pair_, key="first-hello"), {"STA2": "time"})

    mine = own_survey_answers(member(pair_, "mentee"))

    assert sorted(mine) == [
        ("After the first talk", "I can picture how these talks could help me.", ["mostly"]),
        ("After the first talk", "Would you like a hand from the team?", ["A tip would be nice"]),
        ("First hello", "Is anything in the way?", ["Time"]),
    ]
    assert own_survey_answers(member(pair_, "mentor")) == []
