"""Signing in by password, by link, after a reset; nobody learns who has an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from alongside.foundation.clock import now
from alongside.foundation.voice import banned_words_in
from alongside.web.account.adapter import AccountAdapter
from tests import factories as make
from tests.work import do_work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def _last_mail() -> str:
    do_work()
    return str(mail.outbox[-1].body)


def _link() -> str:
    return re.findall(r"https?://[^/\s]+(/account/link/\S+/)", _last_mail())[0]


def test_password_signs_in_whatever_the_case_of_the_address(client: Client) -> None:
    person = make.person("Ana", email="ana@example.org")

    response = client.post("/account/login/", {"login": "Ana@Example.org", "password": make.PASSWORD})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_wrong_password_and_unknown_address_read_the_same(client: Client) -> None:
    make.person("Ana", email="ana@example.org")

    pages = [
        client.post("/account/login/", {"login": login, "password": "not the password"}).content.decode()
        for login in ("ana@example.org", "bob@example.org")
    ]

    without_token = [re.sub(r'value="[^"]*"', "", page) for page in pages]
    assert without_token[0] == without_token[1]
    assert "do not go together" in pages[0]
    assert not _signed_in(client)


def test_guessing_is_slowed_down(client: Client) -> None:
    make.person("Ana", email="ana@example.org")
    for _ in range(6):
        client.post("/account/login/", {"login": "ana@example.org", "password": "a guess, and another"})

    page = client.post("/account/login/", {"login": "ana@example.org", "password": make.PASSWORD})

    assert not _signed_in(client)
    assert "Please wait five minutes" in page.content.decode()


def test_too_many_tries_from_one_machine_get_a_page_of_ours(client: Client) -> None:
    for number in range(31):
        page = client.post(
            "/account/login/", {"login": f"p{number}@example.org", "password": "a guess, another"}
        )

    assert page.status_code == 429
    assert "That was a lot at once" in page.content.decode()
    assert "Too Many Requests" not in page.content.decode()


def test_no_answer_at_the_door_holds_a_banned_word() -> None:
    shown = {key: banned_words_in(str(text)) for key, text in AccountAdapter.error_messages.items()}

    assert {key: words for key, words in shown.items() if words} == {}


def test_link_signs_in_once(client: Client) -> None:
    make.person("Ana", email="ana@example.org")
    client.post("/account/link/", {"email": "ana@example.org"})
    address = _link()

    assert client.get(address).status_code == 200
    assert not _signed_in(client)  # a scanner that opens links has changed nothing
    client.post(address)
    assert _signed_in(client)
    assert Client().post(address).status_code == 410


def test_link_ends_after_half_an_hour(client: Client) -> None:
    make.person("Ana", email="ana@example.org")
    client.post("/account/link/", {"email": "ana@example.org"})
    address = _link()

    with time_machine.travel(now() + timedelta(minutes=31)):
        assert client.post(address).status_code == 410


def test_link_for_an_unknown_address_answers_as_for_a_known_one(client: Client) -> None:
    make.person("Ana", email="ana@example.org")

    answers = [
        client.post("/account/link/", {"email": email}) for email in ("ana@example.org", "bob@example.org")
    ]

    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(302, "/account/link/sent/")] * 2
    do_work()
    assert len(mail.outbox) == 2  # as many mails, so that not even the time tells


def test_closed_account_signs_in_by_no_way(client: Client) -> None:
    make.person("Ana", email="ana@example.org", is_active=False)

    client.post("/account/login/", {"login": "ana@example.org", "password": make.PASSWORD})
    client.post("/account/link/", {"email": "ana@example.org"})

    assert not _signed_in(client)
    assert "/account/link/" not in _last_mail()


def test_reset_sets_a_password_that_keeps_the_rules(client: Client) -> None:
    person = make.person("Ana", email="ana@example.org")
    client.post("/account/password/reset/", {"email": "ana@example.org"})
    address = re.findall(r"https?://[^/\s]+(/account/password/reset/key/\S+/)", _last_mail())[0]
    address = client.get(address).headers["Location"]

    client.post(address, {"password1": "tooshort", "password2": "tooshort"})
    person.refresh_from_db()
    assert person.check_password(make.PASSWORD)

    client.post(address, {"password1": "three herons at dusk", "password2": "three herons at dusk"})
    person.refresh_from_db()
    assert person.check_password("three herons at dusk")


def test_sessions_are_listed_and_ended_by_their_owner(client: Client) -> None:
    make.person("Ana", email="ana@example.org")
    phone = Client(HTTP_USER_AGENT="Phone")
    for browser in (client, phone):
        browser.post("/account/login/", {"login": "ana@example.org", "password": make.PASSWORD})
    assert "Phone" in client.get("/account/sessions/").content.decode()

    client.post("/account/sessions/")

    assert not _signed_in(phone)
    assert _signed_in(client)


def test_nobody_makes_an_account_uninvited(client: Client) -> None:
    client.post("/account/signup/", {"email": "new@example.org", "password1": "three herons at dusk"})

    assert not _signed_in(client)
