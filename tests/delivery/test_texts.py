"""Names put into texts: looked up, never evaluated, and their letters are never marks."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given
from hypothesis import strategies as st

from alongside.delivery.audience import TELLINGS
from alongside.delivery.links import ROUTES
from alongside.delivery.texts import Block, escaped, fill_line, fill_markdown
from alongside.foundation.mail import one_line
from alongside.foundation.plain import plain_text
from alongside.foundation.text import page_html
from alongside.programs.texts import CatalogText, text_catalog


def test_names_are_put_in_once_and_braces_of_people_stay() -> None:
    values = {"name": "{partner}", "partner": "Ana {name.__class__}"}
    assert fill_line("{name} and {partner}", values) == "{partner} and Ana {name.__class__}"


def test_paragraph_of_an_empty_value_disappears_and_others_stay() -> None:
    assert fill_markdown("Hello {name}\n\n{note}\n\nBye", {"name": "Ana"}) == "Hello Ana\n\nBye"


def test_block_stands_as_it_is() -> None:
    assert fill_markdown("{lines}", {"lines": Block("- *a*\n- b")}) == "- *a*\n- b"


@given(st.text(max_size=80))
def test_value_is_shown_as_it_is_in_html_and_text(value: str) -> None:
    shown = one_line(value)
    if not shown:
        return
    markdown = fill_markdown("Dear {name}, hello", {"name": value})
    assert plain_text(markdown) == f"Dear {shown}, hello"
    assert page_html(markdown).count("<") == 2  # one paragraph, nothing else


@given(st.text(max_size=80))
def test_escaped_value_at_the_start_of_a_line_makes_no_list_or_heading(value: str) -> None:
    shown = one_line(value)
    if shown:
        assert plain_text(escaped(value)) == shown


@pytest.mark.parametrize("text", text_catalog().every.values(), ids=lambda text: text.key)
def test_every_text_is_told_by_a_verb(text: CatalogText) -> None:
    told = {telling.kind for tellings in TELLINGS.values() for telling in tellings}
    assert text.key in told | {"digest"}


def test_every_telling_and_every_link_has_its_text() -> None:
    told = {telling.kind for tellings in TELLINGS.values() for telling in tellings}
    assert (told | set(ROUTES)) - set(text_catalog().every) == set()


def test_every_mail_leads_to_a_page_that_exists() -> None:
    wanted = {route for route, _arguments in ROUTES.values()} | {
        "workspace:today",
        "me:notices",
        "public:unsubscribe",
    }
    assert wanted - _routes(get_resolver()) == set()


def _routes(resolver: URLResolver, prefix: str = "") -> set[str]:
    names: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            names |= _routes(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern) and entry.name:
            names.add(prefix + entry.name)
    return names
