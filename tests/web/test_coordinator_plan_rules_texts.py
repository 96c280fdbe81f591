"""The plan, the rules and weights, and the texts, as coordinators meet them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from alongside.programs.actions import add_plan_stage, change_rules, create_program, word_text
from alongside.programs.models import PlanItem, Program
from alongside.programs.queries import match_rules, match_type_of, matched_questions, plan_of, text_for
from alongside.programs.templates import program_template, program_templates
from alongside.programs.texts import text_catalog
from alongside.surveys.actions import create_survey
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(cast_: Cast, client: Client) -> Client:
    client.force_login(cast_.ada)
    return client


@pytest.fixture
def career(cast_: Cast) -> Program:
    return create_program(actor=cast_.ada, name="Spring", zone="UTC", template=program_template("career"))


def address(route: str, program: Program, *args: Any) -> str:
    return reverse(f"coordinator:{route}", args=[program.public_id, *args])


# --- plan


@pytest.mark.parametrize("template", program_templates(), ids=lambda template: template.key)
def test_plan_page_names_everything_a_template_brings(cast_: Cast, ada: Client, template: Any) -> None:
    program = create_program(actor=cast_.ada, name="P", zone="UTC", template=template)

    response = ada.get(address("setup.plan", program))

    names = [name for line in response.context["stages"] for _item, name, _icon in line["items"]]
    assert len(names) == len(template.plan)
    keys = {item.ref for item in template.plan if item.kind in ("activity", "survey")}
    assert keys & set(names) == set()  # a name for people, never a key


def test_stage_and_items_of_every_kind(ada: Client, cast_: Cast) -> None:
    program = cast_.program
    assert ada.post(address("setup.plan", program), {"name": ""}).status_code == 422
    ada.post(address("setup.plan", program), {"name": "Arrive", "intro": "Begin"})
    stage = plan_of(program)[0]
    common = {"who": "both", "day": 3, "stage": stage.public_id}

    for kind, given in (
        ("activity", {"key": "two-timelines"}),
        ("survey", {"key": "first-hello"}),
        ("talk", {"title": "First talk", "key": "first-video"}),
        ("tip", {"title": "Ask", "text": "Something easy."}),
    ):
        assert (
            ada.post(
                address("setup.item.new", program, stage.public_id, kind), {**common, **given}
            ).status_code
            == 302
        )

    assert [(item.kind, item.key) for item in plan_of(program)[0].items.all()] == [
        ("activity", "two-timelines"),
        ("survey", "first-hello"),
        ("talk", "first-video"),
        ("tip", ""),
    ]


def test_own_survey_has_its_place_in_the_plan_by_its_own_name(ada: Client, cast_: Cast) -> None:
    own = create_survey(program=cast_.program, title="Our <first> week", actor=cast_.ada, now=NOW)
    theirs = create_survey(program=cast_.other_program, title="Theirs", actor=cast_.gus, now=NOW)
    create_survey(program=cast_.other_program, title="Theirs, too", actor=cast_.gus, now=NOW)
    stage = add_plan_stage(program=cast_.program, actor=cast_.ada, name="Arrive")
    new = address("setup.item.new", cast_.program, stage.public_id, "survey")
    given = {"who": "both", "day": "3", "stage": stage.public_id}

    assert "Theirs" not in (offer := ada.get(new).content.decode())
    assert "Our &lt;first&gt; week" in offer
    assert ada.post(new, {**given, "key": own.key}).status_code == 302
    assert ada.post(new, {**given, "key": "own-2"}).status_code == 422  # of another program

    page = ada.get(address("setup.plan", cast_.program)).content.decode()
    [item] = PlanItem.objects.filter(stage=stage)
    assert (item.key, theirs.key) == (own.key, "own-1")
    assert "Our &lt;first&gt; week" in page
    edit = ada.get(address("setup.item", cast_.program, item.public_id)).content.decode()
    assert f'value="{own.key}" selected' in edit
    gone = ada.post(
        address("setup.item.removal", cast_.program, item.public_id), follow=True
    ).content.decode()
    assert "“Our &lt;first&gt; week” is no longer part of the plan." in gone


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("activity", {"key": "unheard-of"}),
        ("talk", {"title": ""}),
        ("tip", {"title": "Tip", "text": ""}),
        ("tip", {"title": "Tip", "text": "x", "day": "-1"}),
        ("tip", {"title": "Tip", "text": "x", "who": "all"}),
    ],
)
def test_item_that_says_nothing_comes_back(
    ada: Client, career: Program, kind: str, given: dict[str, str]
) -> None:
    stage = plan_of(career)[0]
    before = PlanItem.objects.count()

    answer = ada.post(
        address("setup.item.new", career, stage.public_id, kind),
        {"who": "both", "day": "3", "stage": stage.public_id, **given},
    )

    assert answer.status_code == 422
    assert PlanItem.objects.count() == before


def test_stage_is_reworded_moved_and_removed(ada: Client, career: Program) -> None:
    first, second, *_rest = plan_of(career)

    ada.post(address("setup.stage", career, first.public_id), {"name": "Begin here", "intro": ""})
    ada.post(address("setup.stage.place", career, second.public_id), {"index": "0"})
    assert [stage.name for stage in plan_of(career)][:2] == [second.name, "Begin here"]

    ada.post(address("setup.stage.removal", career, second.public_id))
    assert plan_of(career)[0].name == "Begin here"


def test_item_moves_to_another_stage_and_goes(ada: Client, career: Program) -> None:
    first, second, *_rest = plan_of(career)
    item = first.items.filter(kind="talk")[0]

    ada.post(
        address("setup.item", career, item.public_id),
        {"title": "Moved", "key": "", "who": "mentor", "day": 40, "stage": second.public_id},
    )
    item.refresh_from_db()
    assert (item.title, item.stage, item.day, item.who) == ("Moved", second, 40, "mentor")

    ada.post(address("setup.item.removal", career, item.public_id))
    assert not PlanItem.objects.filter(pk=item.pk).exists()


# --- rules and weights


def rules_form(program: Program, ada: Client, **changes: Any) -> dict[str, Any]:
    form = ada.get(address("setup.rules", program)).context["form"]
    present = {bound.html_name: bound.value() for bound in form}
    return {
        name: value
        for name, value in {**present, **changes}.items()
        if value is not False and value is not None
    }


def test_page_sent_back_untouched_changes_nothing(ada: Client, career: Program) -> None:
    before = (match_rules(match_type_of(career)), [row.match_weight for row in matched_questions(career)])

    assert ada.post(address("setup.rules", career), rules_form(career, ada)).status_code == 302

    assert before == (
        match_rules(match_type_of(career)),
        [row.match_weight for row in matched_questions(career)],
    )


def test_weights_are_brought_to_a_hundred_percent_visibly(ada: Client, career: Program) -> None:
    zeros = {f"weight_{row.key}": 0 for row in matched_questions(career)}
    given = rules_form(career, ada, **{**zeros, "weight_hours": 30, "weight_topics": 60})
    given.update({name: 0 for name in zeros if name not in given})

    answer = ada.post(address("setup.rules", career), given, follow=True)

    weights = {row.key: row.match_weight for row in matched_questions(career)}
    assert (weights["hours"], weights["topics"], sum(weights.values())) == (33_333, 66_667, 100_000)
    assert "The weights were 90 % together; we brought them to 100 %" in answer.content.decode()


def test_rules_in_plain_words_become_the_engines_numbers(ada: Client, career: Program) -> None:
    given = rules_form(
        career, ada, left_out_pairs=3, balance_percent="2.5", keep_percent="0.5", fairness_percent=70, fairness_factor=9,
        half_hours_at_least=4, different_unit="on", not_again=False, reporting_levels=20,
    )  # fmt: skip

    assert ada.post(address("setup.rules", career), given).status_code == 302

    rules = match_rules(match_type_of(career))
    assert (rules.left_out, rules.balance, rules.keep) == (300_000, 2_500, 500)
    assert (rules.fairness_target, rules.fairness_factor, rules.half_hours_at_least) == (70_000, 9, 4)
    assert (rules.different_unit, rules.not_again) == (True, False)
    assert rules.reporting_levels == 20
    page = ada.get(address("setup.rules", career)).content.decode()
    assert "Nobody’s manager is known yet" in page


def test_second_coordinator_is_told_about_weights(cast_: Cast, ada: Client, career: Program) -> None:
    mine = rules_form(career, ada, weight_hours=50)
    change_rules(program=career, actor=cast_.ada, rules={}, weights={"topics": 1})

    refused = ada.post(address("setup.rules", career), mine)

    assert refused.status_code == 409
    assert "This stands there now" in refused.content.decode()
    assert {row.key: row.match_weight for row in matched_questions(career)}["topics"] == 100_000


def test_program_without_matched_questions_points_to_the_form(ada: Client, cast_: Cast) -> None:
    html = ada.get(address("setup.rules", cast_.program)).content.decode()

    assert "No question counts yet" in html
    assert ada.post(address("setup.rules", cast_.program), rules_form(cast_.program, ada)).status_code == 302


# --- texts


def test_every_text_opens(ada: Client, career: Program) -> None:
    for text in text_catalog().texts:
        html = ada.get(address("text", career, text.key)).content.decode()
        assert escape(text.when) in html
    assert ada.get(address("text", career, "spam")).status_code == 404


def test_text_is_worded_and_reset(ada: Client, career: Program) -> None:
    here = address("text", career, "enrolled")

    refused = ada.post(here, {"subject": "Hello {surname}", "body": "{link}"})
    assert refused.status_code == 422
    assert "This mail does not know “{surname}”" in refused.content.decode()

    shipped = text_for(career, "enrolled")
    seen = {"seen_subject": shipped.subject, "seen_body": shipped.body.replace("\n", "\r\n")}
    assert ada.post(here, {"subject": "Hello {name}", "body": "Go on: {link}", **seen}).status_code == 302
    assert text_for(career, "enrolled").body == "Go on: {link}"
    assert "Your words" in ada.get(address("texts", career)).content.decode()

    ada.post(address("text.reset", career, "enrolled"))
    assert text_for(career, "enrolled") == shipped


def test_text_changed_in_between_is_shown_before_it_is_replaced(
    cast_: Cast, ada: Client, career: Program
) -> None:
    here = address("text", career, "waitlisted")
    shipped = text_for(career, "waitlisted")
    word_text(program=career, actor=cast_.ada, key="waitlisted", subject="Theirs", body="Their words")

    mine = {"subject": "Mine", "body": "My words"}
    refused = ada.post(here, {**mine, "seen_subject": shipped.subject, "seen_body": shipped.body})

    html = refused.content.decode()
    assert refused.status_code == 409
    assert "Their words" in html
    assert "My words" in html
    form = refused.context["form"]
    again = {**mine, "seen_subject": form["seen_subject"].value(), "seen_body": form["seen_body"].value()}
    assert ada.post(here, again).status_code == 302
    assert text_for(career, "waitlisted").subject == "Mine"
