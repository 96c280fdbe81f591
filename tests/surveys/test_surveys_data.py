from pathlib import Path

import pytest

from alongside.foundation.contentfile import ContentError
from alongside.foundation.voice import banned_words_in, longest_sentence, reading_ease
from alongside.surveys.catalog import CATALOG_FILE, CatalogItem, Trigger, load_survey_catalog, survey_catalog

CATALOG = survey_catalog()
CORE_SIX = ("CON1", "SAF1", "LIS1", "AGR1", "RHY1", "USE1")

# Answers refer to these for years: adding is fine, renaming is not.
STABLE_ITEMS = {
    "first-hello": ("STA1", "STA2"),
    "after-first-talk": ("USE0", "AGR0", "HAND"),
    "how-is-it-going": (*CORE_SIX, "OPEN1", "HAND", "AUD1"),
    "half-way": (*CORE_SIX, "CON2r", "LIS2", "FLX1", "VIR1", "GRO1", "NEED"),
    "closing": (*CORE_SIX, "FLX1", "GRO1", "GRO2", "CLO1", "CLO2", "NEED", "REC", "OPEN2", "QUO1"),
    "three-months-on": ("AFT1", "AFT2", "REC"),
    "after-a-talk": ("FEE1", "FLO1", "MIN1"),
    "ending-early": ("END1", "END2", "END3"),
}


def texts_of(item: CatalogItem) -> list[str]:
    return [item.wording, item.wording_mentor, item.help, *(option.label for option in item.options)]


def test_surveys_hold_their_items_under_stable_ids() -> None:
    assert {survey.key: tuple(item.id for item in survey.items) for survey in CATALOG.surveys} == STABLE_ITEMS
    assert [survey.number for survey in CATALOG.surveys] == [f"S{number}" for number in range(1, 9)]


def test_five_main_surveys_stay_within_the_budget_of_a_half_year() -> None:
    main = CATALOG.surveys[:5]

    assert sum(len(survey.asked) for survey in main) == 39
    assert sum(survey.seconds for survey in main) <= 8 * 60


def test_every_item_states_where_it_comes_from_and_who_sees_it() -> None:
    for item in CATALOG.items:
        assert (item.author, item.license) == ("this project", "CC-BY-4.0")
        assert item.version >= 1
        assert item.construct
        assert CATALOG.visibility_label(item)
    assert "not a validated instrument yet" in CATALOG.note


def test_keys_fit_their_columns() -> None:
    assert max(len(survey.key) for survey in CATALOG.surveys) <= 20
    assert max(len(item.construct) for item in CATALOG.items) <= 20


def test_no_item_is_required() -> None:
    assert [item.id for item in CATALOG.items if item.required] == []
    assert (CATALOG.skip_id, CATALOG.skip_label) == ("skip", "can’t say yet")


def test_core_six_are_the_index_and_one_item_is_reversed() -> None:
    assert tuple(item.id for item in CATALOG.items if item.core) == CORE_SIX
    assert [item.id for item in CATALOG.items if item.reversed] == ["CON2r"]


def test_agree5_items_share_one_scale() -> None:
    scale = [(option.id, option.value, option.label) for option in CATALOG.item("CON1").options]

    assert scale == [
        ("1", 1, "not at all"),
        ("2", 2, "a little"),
        ("3", 3, "partly"),
        ("4", 4, "mostly"),
        ("5", 5, "very much"),
    ]
    assert {item.kind for item in CATALOG.items if item.options == CATALOG.item("CON1").options} == {"agree5"}


def test_wording_differs_by_role_only_where_the_experience_does() -> None:
    differing = [
        item.id for item in CATALOG.items if item.wording_for("mentor") != item.wording_for("mentee")
    ]

    assert differing == ["USE0", "USE1", "GRO1"]
    assert CATALOG.item("USE1").wording_for("mentor") == "I can tell what is useful to my mentee."


@pytest.mark.parametrize("item", CATALOG.items, ids=lambda item: item.id)
def test_item_is_a_whole_plain_sentence(item: CatalogItem) -> None:
    assert [word for text in texts_of(item) for word in banned_words_in(text)] == []
    for wording in (item.wording, item.wording_mentor):
        assert wording[0].isupper()
        assert wording[-1] == ("." if item.kind == "agree5" else "?")
        assert longest_sentence(wording) <= 16
        assert reading_ease(wording) >= 40


def test_all_items_together_read_at_b1() -> None:
    assert reading_ease("\n".join(item.wording for item in CATALOG.items)) >= 70


@pytest.mark.parametrize("survey", CATALOG.surveys, ids=lambda survey: survey.key)
def test_survey_introduces_itself_kindly(survey: object) -> None:
    texts = (survey.title, survey.intro)  # type: ignore[attr-defined]

    assert [word for text in texts for word in banned_words_in(text)] == []
    assert longest_sentence(texts[1]) <= 18


def test_triggers_are_those_of_the_design() -> None:
    assert [survey.trigger for survey in CATALOG.surveys] == [
        Trigger("day", day=7, origin="start"),
        Trigger("first_talk", day=2, or_day=14),
        Trigger("day", day=30, origin="start", every=60, longer_than_months=6),
        Trigger("half_way"),
        Trigger("closing"),
        Trigger("day", day=90, origin="end"),
        Trigger("after_talk", every=2),
        Trigger("ending_early"),
    ]
    assert CATALOG.survey("first-hello").skip_when == "talk_held"


def test_unsafe_answer_opens_the_safety_route_and_nothing_else_does() -> None:
    opens = {
        (item.id, option.id): option.opens
        for item in CATALOG.items
        for option in item.options
        if option.opens
    }

    assert opens == {
        ("STA2", "tell_someone"): "private_note",
        ("HAND", "tip"): "hand",
        ("HAND", "contact"): "hand",
        ("AUD1", "team"): "share",
        ("END1", "unsafe"): "safety",
    }


def test_first_hello_tells_the_team_a_state_and_no_more() -> None:
    item = CATALOG.item("STA1")

    assert CATALOG.visibility_label(item) == "The coordinators see this answer and nothing else."
    assert {item.id for item in CATALOG.items if item.visibility == "me"} == {
        "STA2", "AUD1", "FEE1", "FLO1", "MIN1", "END3",
    }  # fmt: skip


@pytest.mark.parametrize("find", [CATALOG.survey, CATALOG.item])
def test_unknown_key_is_not_found(find: object) -> None:
    with pytest.raises(KeyError):
        find("nothing")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('id = "LIS2"', 'id = "LIS1"', "item.id"),
        ('key = "half-way"', 'key = "closing"', "survey.key"),
        ('{ id = "time", label = "Time" }', '{ id = "nothing", label = "Time" }', r"item\[2\]\.options"),
        ('kind = "needs"', 'kind = "need"', r"item\[\d+\]\.kind"),
        ('kind = "day", day = 7, from', 'kind = "day", from', r"survey\[1\]\.trigger"),
        ('kind = "half_way" }', 'kind = "half_way", day = 3 }', r"survey\[4\]\.trigger\.day"),
        ('"CLO1", "CLO2"', '"CLO1", "CLO3"', r"survey\[5\]\.items"),
    ],
)
def test_a_mistake_in_the_file_is_refused_with_its_place(
    old: str, new: str, named: str, tmp_path: Path
) -> None:
    text = CATALOG_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "surveys.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError, match=rf"surveys\.toml: {named}"):
        load_survey_catalog(path)
