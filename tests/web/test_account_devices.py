"""Me → notices: devices that show notes. With a browser as far as one without a push service goes."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from playwright.sync_api import sync_playwright

from alongside.delivery.actions.devices import add_device
from alongside.delivery.handlers import tell_people
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Device, Notice
from alongside.delivery.pushkeys import public_push_key
from alongside.delivery.queries import devices_of
from alongside.journal.actions import is_wired
from alongside.journal.models import Entry
from alongside.people.actions import forget_ended_sessions
from alongside.people.models import Person, Preferences
from alongside.switchboard.wiring import TELL_PEOPLE
from alongside.web.account.views.devices import device_name
from tests.chromium import CHROMIUM, needs_chromium
from tests.delivery.pushservice import Browser, new_session
from tests.factories import NOW, PASSWORD
from tests.people import Cast
from tests.work import do_work

pytestmark = pytest.mark.django_db
ENDPOINT = "https://push.example.org/send/abc"


def _add(cast_: Cast) -> Device:
    browser = Browser("/a")
    return add_device(
        actor=cast_.chi,
        session=new_session(),
        endpoint=ENDPOINT,
        p256dh=browser.p256dh,
        auth=browser.auth,
        name="Firefox, Android",
        now=NOW,
    )


@pytest.fixture
def chi(cast_: Cast, client: Client) -> Client:
    client.force_login(cast_.chi)
    return client


def test_page_offers_notes_and_works_for_a_browser_that_knows_none(chi: Client) -> None:
    page = chi.get("/me/notices/").content.decode()

    assert f'data-key="{public_push_key()}"' in page
    assert "This browser cannot show notes here." in page
    assert "What reaches your devices" not in page


def test_page_says_nothing_of_devices_without_the_extra(chi: Client, settings: Any) -> None:
    settings.PUSH = False

    assert "service-worker" not in chi.get("/me/notices/").content.decode()


def test_browser_is_added_listed_without_its_address_and_removed(cast_: Cast, chi: Client) -> None:
    browser = Browser("/a")
    answer = chi.post(
        "/me/notices/devices/",
        {"endpoint": ENDPOINT, "p256dh": browser.p256dh, "auth": browser.auth},
        headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
    )
    assert answer.headers["Location"] == "/me/notices/#devices"
    device = Device.objects.get()
    assert (device.person, device.endpoint, device.name) == (cast_.chi, ENDPOINT, "Firefox, Linux")
    page = chi.get("/me/notices/").content.decode()
    assert "Firefox, Linux" in page
    assert "push.example.org" not in page
    assert f'data-device="{device.fingerprint}"' in page

    chi.post(f"/me/notices/devices/{device.public_id}/removal/")
    assert Device.objects.count() == 0


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _ask(client: Client, path: str = "abc") -> None:
    browser = Browser("/a")
    told = {
        "endpoint": f"https://push.example.org/send/{path}",
        "p256dh": browser.p256dh,
        "auth": browser.auth,
    }
    assert client.post("/me/notices/devices/", told).status_code == 302


def _sign_in(person: Person) -> Client:
    client = Client()
    told = {"login": person.email, "password": PASSWORD}
    assert client.post("/account/login/", told).status_code == 302
    return client


def test_signing_out_silences_this_browser_and_no_other(cast_: Cast) -> None:
    here, there = _sign_in(cast_.chi), _sign_in(cast_.chi)
    _ask(here, "here")
    _ask(there, "there")
    here.post("/account/logout/")

    assert [device.endpoint[-5:] for device in Device.objects.all()] == ["there"]


def test_signing_out_everywhere_else_silences_everywhere_else(cast_: Cast) -> None:
    here, there = _sign_in(cast_.chi), _sign_in(cast_.chi)
    _ask(here, "here")
    _ask(there, "there")
    here.post("/account/sessions/")

    assert [device.endpoint[-4:] for device in Device.objects.all()] == ["here"]


def test_another_password_silences_every_device(cast_: Cast) -> None:
    here, there = _sign_in(cast_.chi), _sign_in(cast_.chi)
    _ask(here, "here")
    _ask(there, "there")
    changed = here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "quite another word 7", "password2": "quite another word 7"},
    )

    assert changed.status_code == 302
    assert Device.objects.count() == 0


def test_password_set_after_a_link_silences_every_device(cast_: Cast) -> None:
    _ask(_sign_in(cast_.chi))
    stranger = Client()
    stranger.post("/account/password/reset/", {"email": cast_.chi.email})
    do_work()
    [link] = re.findall(r"https?://[^/\s]+(/account/password/\S+/)", str(mail.outbox[-1].body))
    form = stranger.get(link, follow=True)
    new = {"password1": "quite another word 7", "password2": "quite another word 7"}
    assert stranger.post(form.request["PATH_INFO"], new).status_code == 302

    assert Device.objects.count() == 0


def test_session_that_ran_out_shows_nothing(cast_: Cast) -> None:
    _ask(_sign_in(cast_.chi))
    assert devices_of(cast_.chi).count() == 1
    Session.objects.update(expire_date=NOW)

    assert devices_of(cast_.chi).count() == 0
    still = _sign_in(cast_.ben)
    forget_ended_sessions(now=NOW + timedelta(seconds=1))
    assert Device.objects.count() == 0
    assert still.get("/me/notices/").status_code == 200


def test_browser_has_one_device_whatever_it_says(cast_: Cast, chi: Client) -> None:
    _ask(chi, "one")
    _ask(chi, "two")

    assert [device.endpoint[-3:] for device in Device.objects.all()] == ["two"]


def test_person_is_told_by_mail_of_a_device_at_any_hour(
    cast_: Cast, chi: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    _ask(chi)
    entry = Entry.objects.get(verb="person.device_added")
    assert is_wired(entry.verb, TELL_PEOPLE)
    tell_people(entry)
    [notice] = Notice.objects.all()
    assert (notice.channel, notice.notice_class, notice.not_before) == ("mail", "account", entry.at)
    assert send_due(entry.at) == 1

    [letter] = mailoutbox
    assert letter.to == [cast_.chi.email]
    assert letter.subject == "Your notes appear on one more device"
    assert "choose a new password" in str(letter.body)
    assert "/me/notices/" in str(letter.body)


def test_address_within_our_walls_is_refused(chi: Client) -> None:
    browser = Browser("/a")
    told = {"endpoint": "http://127.0.0.1/a", "p256dh": browser.p256dh, "auth": browser.auth}

    assert chi.post("/me/notices/devices/", told).status_code == 422
    assert Device.objects.count() == 0


def test_choices_for_devices_are_kept_beside_those_for_mail(cast_: Cast, chi: Client) -> None:
    _add(cast_)
    page = chi.get("/me/notices/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"on_devices_message": "digest", "on_devices_survey": "now", "message": "now", "push_text": "on"}
    sent.pop("mail_text")
    assert chi.post("/me/notices/", sent).status_code == 302

    preferences = Preferences.objects.get(person=cast_.chi)
    assert (preferences.push["message"], preferences.push["survey"]) == ("digest", "now")
    assert (preferences.push["team_note"], preferences.notices["message"]) == ("off", "now")
    assert preferences.push_text
    # without a device the page shows no such choice, and keeps what was chosen
    Device.objects.all().delete()
    assert chi.post("/me/notices/", sent).status_code == 302
    assert Preferences.objects.get(person=cast_.chi).push == preferences.push


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", ""),
    ],
)
def test_device_is_named_as_a_person_would(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


def test_manifest_and_worker_are_for_everybody_and_hold_nothing_of_anybody(client: Client) -> None:
    manifest = client.get("/app.webmanifest")
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert json.loads(manifest.content)["start_url"] == "/today/"
    worker = client.get("/service-worker.js")
    assert worker.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in worker.headers["Content-Security-Policy"]
    assert b"fetch" not in worker.content


@pytest.fixture
def page(live_server: Any, cast_: Cast, client: Client) -> Iterator[Any]:
    client.force_login(cast_.chi)
    session = {"name": "session", "value": client.cookies["session"].value, "url": live_server.url}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(permissions=["notifications"])
        context.add_cookies([session])
        yield context.new_page()
        browser.close()


@needs_chromium
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_worker_of_the_page_shows_a_note_and_takes_nothing_else(page: Any, live_server: Any) -> None:
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.goto(f"{live_server.url}/me/notices/")
    page.get_by_role("button", name="Show notes on this device").click()
    # no push service can be reached from here: the browser says so, and the page says it kindly
    page.get_by_text("could not be reached for notes").wait_for()
    shown = """async (note) => {
        const worker = await navigator.serviceWorker.ready;
        return [worker.scope, worker.active.scriptURL];
    }"""
    assert page.evaluate(shown) == [f"{live_server.url}/", f"{live_server.url}/service-worker.js"]

    devtools = page.context.new_cdp_session(page)
    workers: list[dict[str, Any]] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda event: workers.extend(event["registrations"])
    )
    devtools.send("ServiceWorker.enable")
    note = {
        "title": "Ben wrote to you",
        "body": "whenever suits",
        "url": "https://elsewhere.example/",
        "tag": "t",
    }
    page.wait_for_function("() => navigator.serviceWorker.controller")
    devtools.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": live_server.url,
            "registrationId": workers[0]["registrationId"],
            "data": json.dumps(note),
        },
    )
    told = """async () => {
        const worker = await navigator.serviceWorker.ready;
        for (let turn = 0; turn < 100; turn += 1) {
            const notes = await worker.getNotifications();
            if (notes.length) return notes.map(({ title, body, tag }) => [title, body, tag]);
            await new Promise((done) => setTimeout(done, 50));
        }
    }"""
    assert page.evaluate(told) == [["Ben wrote to you", "whenever suits", "t"]]
    assert [problem for problem in problems if "Content Security" in problem] == []
