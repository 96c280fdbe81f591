import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from alongside.activities.library import activity_library
from alongside.engine.matching.model import PERFECT
from alongside.foundation.contentfile import ContentError
from alongside.foundation.voice import banned_words_in, longest_sentence, reading_ease
from alongside.programs.templates import (
    QUESTIONS_FILE,
    STEPS,
    TEMPLATES_FOLDER,
    ProgramTemplate,
    TemplateMatch,
    load_program_templates,
    program_template,
    program_templates,
)
from alongside.questionnaires.points import match_settings
from alongside.surveys.catalog import survey_catalog

TEMPLATES = program_templates()
each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)


def texts_of(template: ProgramTemplate) -> Iterator[str]:
    yield from (template.name, template.summary, template.description, *template.agreement_hints.values())
    for question in template.questions:
        yield from (question.label, question.label_mentor, question.help)
        yield from (option.label for option in question.options)
    yield from (rule.sentence for rule in template.rules)
    for stage in template.stages:
        yield from (stage.name, stage.intro)
        for item in stage.items:
            yield from (item.title, item.text)


def test_five_templates_ship() -> None:
    assert [(template.key, template.name) for template in TEMPLATES] == [
        ("career", "Career mentoring"),
        ("buddy", "Onboarding buddies"),
        ("returners", "Parents returning to work"),
        ("reverse", "Reverse mentoring"),
        ("alumni", "University and alumni mentoring"),
    ]


@each_template
def test_weights_sum_to_a_full_score(template: ProgramTemplate) -> None:
    assert sum(question.match.weight for question in template.questions if question.match) == PERFECT


@each_template
def test_form_walks_through_the_five_steps_and_stays_short(template: ProgramTemplate) -> None:
    assert list(dict.fromkeys(question.step for question in template.questions)) == list(STEPS)
    assert len(template.questions) <= 20
    assert sum(question.required for question in template.questions) <= 7


@each_template
def test_form_asks_what_matching_and_privacy_need(template: ProgramTemplate) -> None:
    asked = {question.key: question for question in template.questions}

    assert asked["hours"].match is not None
    assert asked["hours"].match.how == "shared_hours"
    assert asked["languages"].required
    assert asked["consent_sharing"].kind == "consent"
    assert [key for key, question in asked.items() if question.fills == "preferences.hours"] == ["hours"]


@each_template
def test_matched_questions_are_answered_by_both_sides(template: ProgramTemplate) -> None:
    one_sided = [
        question.key
        for question in template.questions
        if question.match and question.answered_by != "everyone"
    ]

    assert one_sided == []


@each_template
def test_plan_has_five_stages_within_the_time_of_the_program(template: ProgramTemplate) -> None:
    assert [stage.key for stage in template.stages] == ["arrive", "begin", "middle", "look_back", "end_well"]
    assert 20 <= len(template.plan) <= 32
    assert template.plan[0].day == 0
    assert template.plan[-1].day <= template.months * 31


@each_template
def test_plan_names_activities_and_surveys_that_exist(template: ProgramTemplate) -> None:
    activities = {activity.key for activity in activity_library().activities}
    surveys = {survey.key for survey in survey_catalog().surveys}

    assert {item.ref for item in template.plan if item.kind == "activity"} <= activities
    assert {item.ref for item in template.plan if item.kind == "survey"} <= set(template.surveys)
    assert set(template.surveys) <= surveys
    assert "closing" in template.surveys


@each_template
def test_plan_never_asks_two_surveys_within_a_week(template: ProgramTemplate) -> None:
    days = [item.day for item in template.plan if item.kind == "survey"]

    assert min(after - before for before, after in pairwise(days)) >= 7


@each_template
def test_texts_are_kind_and_plain(template: ProgramTemplate) -> None:
    texts = [text for text in texts_of(template) if text]

    assert [word for text in texts for word in banned_words_in(text)] == []
    assert max(longest_sentence(text) for text in texts) <= 25
    assert reading_ease("\n".join(texts)) >= 65


@each_template
def test_texts_fit_their_fields(template: ProgramTemplate) -> None:
    assert len(template.name) <= 120
    assert len(template.summary) <= 300
    assert max(len(label) for label in vars(template.roles).values()) <= 40
    assert max(len(question.label) for question in template.questions) <= 300
    assert max(len(question.help) for question in template.questions) <= 500
    assert max(len(stage.intro) for stage in template.stages) <= 400
    assert max(len(item.title) for item in template.plan) <= 160


def test_a_question_taken_from_the_bank_can_be_worded_anew() -> None:
    taken = program_template("career").question("unit")
    reworded = program_template("buddy").question("unit")

    assert (taken.label, taken.fills) == (reworded.label, reworded.fills)
    assert taken.help != reworded.help
    assert (taken.match, reworded.match) == (
        TemplateMatch("different", "mutual", 5000),
        TemplateMatch("different", "mutual", 5000),
    )


def test_mentors_may_read_another_wording() -> None:
    topics = program_template("career").question("topics")

    assert topics.label == "What would you like to talk about?"
    assert topics.label_mentor == "What do you like to talk about, from your own experience?"
    assert topics.settings() == {"most_choices": 5}


@each_template
def test_directions_are_those_matching_understands(template: ProgramTemplate) -> None:
    for question in template.questions:
        if question.match:
            told = match_settings(
                question.match.how, direction=question.match.direction, weight=question.match.weight
            )
            assert told.get("direction", "mutual") == question.match.direction, question.key


def test_unknown_template_is_not_found() -> None:
    with pytest.raises(KeyError):
        program_template("speed")
    with pytest.raises(KeyError):
        program_template("career").question("shoe_size")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("weight = 40000", "weight = 40001", "question: the weights sum to 100001"),
        ('use = "about_me"', 'use = "about_you"', r"question\[1\]\.use"),
        (
            'key = "experience"\nstep = "about_you"',
            'key = "experience"\nstep = "privacy"',
            "question: questions",
        ),
        ("day = 10, kind", "day = 100, kind", "stage: the items"),
        ('direction = "mentor_ahead"', 'direction = "mutual"', r"question\[\d+\]\.match\.direction"),
        ('kind = "reporting_line"\nlevels = 2', 'kind = "reporting_line"', r"rule\[1\]\.levels"),
        ("minutes = 30", 'minutes = 30\nlevel = "x"', r"rule\[3\]\.level"),
        ('mentee = "Mentee"', 'mente = "Mentee"', r"roles\.mente"),
    ],
)
def test_a_mistake_in_a_file_is_refused(old: str, new: str, named: str, tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES_FOLDER, tmp_path, dirs_exist_ok=True)
    career = tmp_path / "career.toml"
    text = career.read_text(encoding="utf-8")
    assert old in text
    career.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError, match=rf"career\.toml: {named}"):
        load_program_templates(tmp_path, QUESTIONS_FILE)


def test_two_templates_with_one_key_are_refused(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES_FOLDER, tmp_path, dirs_exist_ok=True)
    shutil.copy(tmp_path / "buddy.toml", tmp_path / "buddy-again.toml")

    with pytest.raises(ContentError, match="'buddy' stands here twice"):
        load_program_templates(tmp_path, QUESTIONS_FILE)
