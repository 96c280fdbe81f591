"""Components: declared props, one look for one thing, nothing shown by color alone."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone

from alongside.web.ui.drawing import icon_names
from alongside.web.ui.moments import in_words
from alongside.web.ui.tags.people import TINTS, initials, tint
from alongside.web.ui.templatetags import ui
from alongside.web.ui.words import STATES, TONES

NOON = datetime(2026, 5, 13, 12, tzinfo=UTC)


def render(text: str, address: str = "/", **context: object) -> str:
    request = RequestFactory().get(address)
    return Template(text).render(Context({"request": request, "csrf_token": "abc", **context}))


@pytest.mark.parametrize(
    "text",
    [
        '{% icon "clock" color="red" %}',
        '{% card "x" colour="red" %}{% endcard %}',
        '{% avatar "Ana" href="/" %}',
        '{% field form.name class="x" %}',
        '{% chart_bars rows title="no caption" %}',
    ],
)
def test_unknown_or_missing_prop_is_an_error(text: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(text)


@pytest.mark.parametrize(
    "text",
    [
        '{% icon "dragon" %}',
        '{% drawing "dragon" %}',
        '{% state "goal" "abandoned" %}',
        '{% pill "x" tone="loud" %}',
        '{% banner kind="alarm" %}{% endbanner %}',
        '{% post_button "x" "/" kind="loud" %}',
    ],
)
def test_value_that_a_component_does_not_know_is_an_error(text: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render(text)


@pytest.mark.parametrize(("noun", "value"), [(noun, value) for noun in STATES for value in STATES[noun]])
def test_every_state_has_a_word_a_tone_and_a_sign(noun: str, value: str) -> None:
    look = STATES[noun][value]

    assert str(look.word) != ""
    assert look.tone in TONES
    assert look.icon in icon_names()
    assert str(look.word) in render(f'{{% state "{noun}" "{value}" %}}')


def test_icon_is_decorative_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "clock" %}')
    assert 'role="img" aria-label="Waiting"' in render('{% icon "clock" label="Waiting" %}')


def test_icon_with_a_direction_turns_with_the_language() -> None:
    assert "data-turns" in render('{% icon "arrow-left" %}')
    assert "data-turns" not in render('{% icon "clock" %}')


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana Costa", "AC"),
        ("Jan van der Dijk", "JD"),
        ("Noor", "N"),
        ("  zoë  ng ", "ZN"),
        ("李 Wei", "李W"),
        ("…", "·"),
        ("", "·"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_tint_stays_with_the_name() -> None:
    assert tint("Ana Costa") == tint(" ana costa ") == 2
    assert {tint(f"Person {number}") for number in range(200)} == set(range(TINTS))


def test_card_with_address_has_one_link_that_covers_it() -> None:
    html = render('{% card "Visa" url="/visa/" %}text{% endcard %}')

    assert html.count("<a ") == 1
    assert '<a class="cover" href="/visa/">Visa</a>' in html


def test_tab_of_this_page_is_current() -> None:
    text = '{% tabs "Parts" %}{% tab "Talk" "/talk/" %}{% tab "Goals" "/goals/?x=1" %}{% endtabs %}'

    html = render(text, "/goals/")

    assert html.count('aria-current="page"') == 1
    assert 'href="/goals/?x=1" aria-current="page"' in html


def test_post_button_carries_the_token_and_asks_when_told_to() -> None:
    plain = render('{% post_button "Rest" "/rest/" %}')
    asking = render('{% post_button "Remove" "/remove/" confirm="Both of you lose it." %}')

    assert 'name="csrfmiddlewaretoken" value="abc"' in plain
    assert "<details" not in plain
    assert "<details" in asking
    assert "Both of you lose it." in asking
    assert asking.count("<form") == 1


def test_sort_head_turns_round_and_forgets_the_page() -> None:
    text = '{% sort_head "Name" "name" %}'

    assert 'href="?q=a&amp;sort=name"' in render(text, "/?q=a&page=3")
    assert 'href="?sort=-name"' in render(text, "/?sort=name")
    assert 'aria-sort="ascending"' in render(text, "/?sort=name")
    assert 'aria-sort="descending"' in render(text, "/?sort=-name")
    assert "aria-sort" not in render(text)


def test_pagination_keeps_the_query() -> None:
    page = Paginator(range(50), 20).page(2)

    html = render("{% pagination page %}", "/?q=a&page=2", page=page)

    assert "21–40 of 50" in html
    assert 'href="?q=a&amp;page=1"' in html
    assert 'href="?q=a&amp;page=3"' in html


def test_pagination_of_one_page_is_nothing() -> None:
    assert render("{% pagination page %}", page=Paginator(range(5), 20).page(1)).strip() == ""


def test_filters_offer_everything_again_once_something_is_chosen() -> None:
    text = '{% filters label="Find" %}{% endfilters %}'

    assert "Show everything" not in render(text, "/?page=2&sort=name")
    assert "Show everything" in render(text, "/?q=ana")
    assert 'name="sort" value="name"' in render(text, "/?sort=name")


def test_chart_says_the_same_as_sentence_and_table() -> None:
    rows = [("Invited", 260), ("Joined", 214)]

    html = render('{% chart_path rows caption="214 of 260 joined." csv_url="/x.csv" %}', rows=rows)

    assert "<figcaption>214 of 260 joined.</figcaption>" in html
    assert '<th scope="row">Joined</th><td>214</td><td>82 %</td>' in html
    assert 'href="/x.csv"' in html
    assert "style=" not in html


def test_chart_geometry_ignores_the_languages_decimal_comma() -> None:
    with timezone.override("UTC"):
        html = render(
            '{% load i18n %}{% language "de" %}{% chart_bars rows caption="x" %}{% endlanguage %}',
            rows=[("a", 3), ("b", 2)],
        )

    assert 'width="66.667%"' in html


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOON, "today, 14:00"),
        (NOON + timedelta(days=1), "tomorrow, 14:00"),
        (NOON - timedelta(days=1), "yesterday, 14:00"),
        (NOON + timedelta(days=2), "Friday, 14:00"),
        (NOON + timedelta(days=7), "Wed 20 May, 14:00"),
        (NOON - timedelta(days=2), "Mon 11 May, 14:00"),
        (NOON + timedelta(hours=11), "tomorrow, 01:00"),
        (NOON + timedelta(days=400), "17 Jun 2027"),
    ],
)
def test_moment_in_the_readers_zone(at: datetime, words: str) -> None:
    with timezone.override(ZoneInfo("Europe/Oslo")):
        assert in_words(at, now=NOON) == words


@pytest.mark.parametrize(("style", "words"), [("time", "14:00"), ("day", "today")])
def test_moment_styles(style: str, words: str) -> None:
    with timezone.override(ZoneInfo("Europe/Oslo")):
        assert in_words(NOON, now=NOON, style=style) == words


def test_behaviour_names_its_module() -> None:
    html = render('<p {% behaviour "menu" %}></p>')

    assert html == '<p data-behaviour="menu" data-behaviour-src="/static/ui/behaviours/menu.js"></p>'


@pytest.mark.parametrize("name", sorted({*ui.register.tags, *ui.register.filters}))
def test_every_tag_stands_on_the_page_about_the_kit(name: str) -> None:
    page = (Path(__file__).parents[3] / "docs/reference/ui-kit.md").read_text(encoding="utf-8")

    assert re.search(rf"{{% {name}\b|\|{name}\b", page), name


def test_zone_is_told_by_its_city() -> None:
    zones = ("America/Argentina/Buenos_Aires", "Europe/Oslo", "Etc/UTC", "UTC")

    assert [render("{{ zone|city }}", zone=zone) for zone in zones] == ["Buenos Aires", "Oslo", "UTC", "UTC"]
