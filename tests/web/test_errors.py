"""The page people see when we broke: it leans on nothing that may have broken."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from alongside.mentorships.enums import MentorshipState
from alongside.web import errors
from alongside.web.errors import server_error
from tests.people import Cast

handler500 = "alongside.web.errors.server_error"


def _breaks(request: HttpRequest) -> None:
    raise RuntimeError("broken on purpose")


urlpatterns = [path("broken/", _breaks)]


class _Unreachable:
    """A session or a person whose database is gone."""

    def __getattr__(self, name: str) -> None:
        raise ConnectionError("the database is gone")


def _request() -> HttpRequest:
    request = RequestFactory().get("/today/")
    request.user = request.session = request._messages = _Unreachable()
    return request


def test_server_error_is_a_whole_page_without_session_and_database() -> None:
    """No mark for the database: a query would be refused."""
    answer = server_error(_request())

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something broke on our side" in page
    assert "ui/app.css" in page
    assert "keep-drafts" in page
    assert "is here to help" not in page


def test_server_error_says_it_plainly_when_no_page_can_be_drawn(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_page(*arguments: object) -> str:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(errors, "render_to_string", no_page)

    answer = server_error(_request())

    assert answer.status_code == 500
    assert "<h1>Something broke on our side</h1>" in answer.content.decode()
    assert "could not be drawn" in caplog.text


@pytest.mark.django_db
@pytest.mark.urls("tests.web.test_errors")
def test_view_that_breaks_answers_with_the_page(cast_: Cast, settings: Settings) -> None:
    settings.DEBUG = False
    client = Client(raise_request_exception=False)
    client.force_login(cast_.chi)

    answer = client.get("/broken/")

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_address_that_only_takes_forms_says_so_in_a_page(cast_: Cast) -> None:
    """Where somebody lands who signed in again on their way to such an address."""
    client = Client()
    client.force_login(cast_.chi)

    answer = client.get(f"/pairs/{cast_.pair.public_id}/pause/")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "press its button once more" in answer.text


@pytest.mark.django_db
def test_refusal_leads_back_to_the_page_somebody_came_from(cast_: Cast) -> None:
    client = Client()
    client.force_login(cast_.chi)
    room = f"/pairs/{cast_.pair.public_id}/"
    cast_.pair.state = MentorshipState.CLOSED
    cast_.pair.save()

    answer = client.post(f"{room}pause/", headers={"referer": f"http://testserver{room}about/?a=1&b=2"})

    assert answer.status_code == 409
    assert f'href="{room}about/?a=1&amp;b=2">Back to where you were' in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://elsewhere.example/x",
        "//elsewhere.example/",
        "http://testserver//elsewhere.example/x",
        "http://testserver/account/login/",
        "javascript:alert(1)",
    ],
)
def test_refusal_leads_nowhere_else(cast_: Cast, referer: str) -> None:
    client = Client()
    client.force_login(cast_.chi)

    answer = client.get(f"/pairs/{cast_.pair.public_id}/pause/", headers={"referer": referer})

    assert answer.status_code == 405
    assert "Back to where you were" not in answer.text
    assert 'href="/">To the start' in answer.text
