"""Shells: one h1, landmarks, the person's theme, places that exist, notes and the helping person."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path
from django.utils import translation

from alongside.web.ui import views
from alongside.web.ui.navigation import Place, links

urlpatterns = [
    path("today/", HttpResponse, name="today"),
    path("me/", HttpResponse, name="me"),
    path("me/hours/", HttpResponse, name="hours"),
    path("program/<str:program_id>/", HttpResponse, name="program"),
]
TODAY = Place("today", "Today", "sun", "today")
ME = Place("me", "Me", "user-round", "me")
HOURS = Place("hours", "Hours", "clock", "hours")
PROGRAM = Place("program", "Program", "layers", "program", ("program_id",))


def page(template: str = "shell/public.html", **context: object) -> str:
    return render_to_string(template, {"organization": "Harbor Trust", **context}, RequestFactory().get("/"))


@pytest.mark.urls("tests.web.ui.test_shell")
def test_links_mark_the_place_whose_address_fits_best() -> None:
    found = links((TODAY, ME, HOURS), path="/me/hours/", arguments={})

    assert [(link.url, link.current) for link in found] == [
        ("/today/", False),
        ("/me/", False),
        ("/me/hours/", True),
    ]


@pytest.mark.urls("tests.web.ui.test_shell")
def test_links_believe_the_page_that_names_its_place() -> None:
    found = links((TODAY, ME), path="/me/", current="today", arguments={})

    assert [link.current for link in found] == [True, False]


@pytest.mark.urls("tests.web.ui.test_shell")
def test_place_of_a_program_is_shown_where_there_is_one() -> None:
    assert links((PROGRAM,), path="/", arguments={}) == ()
    assert [link.url for link in links((PROGRAM,), path="/", arguments={"program_id": "p1"})] == [
        "/program/p1/"
    ]


@pytest.mark.parametrize(("theme", "expected"), [("dark", ' data-theme="dark"'), ("system", ""), ("<x>", "")])
def test_page_carries_language_direction_and_theme(theme: str, expected: str) -> None:
    assert f'<html lang="en" dir="ltr"{expected}>' in page(theme=theme)


def test_page_in_arabic_runs_from_the_right() -> None:
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in page()


@pytest.mark.parametrize("name", ["participant", "coordinator", "administrator", "public", "doorstep"])
def test_every_shell_has_landmarks_and_a_way_to_the_content(name: str) -> None:
    html = page(f"shell/{name}.html")

    assert [html.count(mark) for mark in ("<main ", '<header class="topbar">', '<footer class="foot">')] == [
        1,
        1,
        1,
    ]
    assert '<a class="skip" href="#content">' in html
    assert html.count('id="content"') == 1


def test_helping_person_stands_at_the_foot() -> None:
    helper = SimpleNamespace(name="Mira", photo_url="", url="/help/")

    assert "<b>Mira</b> is here to help." in page(helper=helper)


def test_note_with_a_way_back_carries_an_undo_button() -> None:
    html = page(messages=[Message(20, "Your goal rests now.", extra_tags="/undo/")], csrf_token="abc")

    assert "Your goal rests now." in html
    assert '<form method="post" action="/undo/"' in html


def test_demonstration_is_named_on_every_page_and_nowhere_else() -> None:
    assert "everybody here is made up" in page(demo=True)
    assert "everybody here is made up" not in page(demo=False)


def own_menu(*, administrator: bool, coordinates: object) -> list[str]:
    user = SimpleNamespace(is_authenticated=True, is_administrator=administrator)
    context = Context({"user": user, "coordinates": coordinates, "csrf_token": "abc"})
    html = Template("{% account_menu %}").render(context)
    return re.findall(r'<a href="([^"]+)">', html)


@pytest.mark.parametrize(
    ("administrator", "coordinates", "places"),
    [
        (False, False, []),
        (False, lambda: True, ["/coordinate/"]),
        (True, lambda: False, ["/system/"]),
        (True, True, ["/coordinate/", "/system/"]),
    ],
)
def test_own_menu_shows_the_places_of_ones_roles(
    administrator: bool, coordinates: object, places: list[str]
) -> None:
    found = own_menu(administrator=administrator, coordinates=coordinates)

    assert found == ["/today/", "/programs/", "/me/", *places]


@pytest.mark.parametrize("query", ["", "?errors=1"])
@pytest.mark.django_db
def test_kit_page_draws_every_component(query: str) -> None:
    request = RequestFactory().get(f"/kit/{query}")

    html = views.kit(request).content.decode()

    assert html.count("<h1>") == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("audience", sorted(views.SHELLS))
@pytest.mark.django_db
def test_kit_shows_each_shell(audience: str) -> None:
    html = views.shell(RequestFactory().get("/kit/"), audience).content.decode()

    assert html.count("<h1>") == 1
