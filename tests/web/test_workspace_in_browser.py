"""The pair's pages in a real browser, served as the product serves them: live words, keyboard, accessibility."""

import gzip
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, Response, WebSocketRoute, expect, sync_playwright
from pytest_django import Settings

from alongside.discussions.actions import edit_message, open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.discussions.models import Message, Topic
from alongside.foundation.clock import now
from alongside.foundation.live import bus
from alongside.mentorships.actions import propose_agreement
from alongside.mentorships.agreement_form import agreement_form
from alongside.people.models import Person
from alongside.switchboard import asgi
from tests.chromium import CHROMIUM, DESK, PHONE, needs_chromium
from tests.looking import barriers, wider_than_the_window
from tests.people import Cast, cast, session_of
from tests.switchboard.serving import served

REQUESTS, WEIGHT = 15, 150_000  # a first visit, with everything it loads, compressed
PACKED = ("font/", "image/png", "image/webp")  # kinds that compression does not make smaller

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    needs_chromium,
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver keeps an event loop in this thread
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def topic(people: Cast) -> Topic:
    topic = open_topic(
        mentorship=people.pair, actor=people.chi, title="Visa", intention=Intention.ADVICE, now=now()
    )
    post_message(topic=topic, actor=people.ben, body="> a quote\n\nFirst **words**", now=now())
    post_message(topic=topic, actor=people.chi, body="Mine", now=now())
    post_message(topic=topic, actor=people.chi, body="Soon", send_at=now() + timedelta(hours=5), now=now())
    return topic


@pytest.fixture
def address(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(asgi, "get_wsgi_application", lambda: StaticFilesHandler(WSGIHandler()))
    with served(asgi.make_application()) as port:
        yield f"http://127.0.0.1:{port}"
    bus.stop()


def _signed_in(
    browser: Browser, person: Person, address: str, *, size: tuple[int, int] = DESK, scripts: bool = True
) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts)
    context.add_cookies([{"name": "session", "value": session_of(person), "url": address}])
    return context.new_page()


def _topic_page(browser: Browser, people: Cast, topic: Topic, address: str) -> Page:
    page = _signed_in(browser, people.chi, address)
    with page.expect_websocket() as line:
        page.goto(f"{address}/pairs/{people.pair.public_id}/topics/{topic.public_id}/")
    assert line.value.url.endswith(f"/live?room=topic:{topic.public_id}".replace(":", "%3A", 1))
    return page


def test_new_words_appear_without_reload_and_leave_the_writer_alone(
    browser: Browser, people: Cast, topic: Topic, address: str
) -> None:
    page = _topic_page(browser, people, topic, address)
    page.get_by_label("Your message").fill("half a thought")
    page.evaluate("window.sameDocument = true")

    post_message(topic=topic, actor=people.ben, body="Live **from** London", now=now())

    expect(page.locator(".message", has_text="Live from London")).to_have_count(1)
    assert page.evaluate("window.sameDocument") is True
    expect(page.get_by_label("Your message")).to_be_focused()
    expect(page.get_by_label("Your message")).to_have_value("half a thought")
    expect(page.locator(".thread")).to_have_attribute("aria-live", "polite")
    page.context.close()


def test_edited_and_removed_words_change_on_the_open_page(
    browser: Browser, people: Cast, topic: Topic, address: str
) -> None:
    page = _topic_page(browser, people, topic, address)
    first = Message.objects.get(author=people.ben)

    edit_message(message=first, actor=people.ben, body="Other words", now=now())

    expect(page.locator(f"#m-{first.public_id}")).to_contain_text("Other words")
    expect(page.locator(f"#m-{first.public_id}")).to_contain_text("edited")
    page.context.close()


def test_words_edited_while_the_line_was_cut_are_found_when_it_stands_again(
    browser: Browser, people: Cast, topic: Topic, address: str
) -> None:
    page = _signed_in(browser, people.chi, address)
    lines: list[WebSocketRoute] = []

    def cut_once(line: WebSocketRoute) -> None:
        lines.append(line)
        if len(lines) == 1:
            line.close()
        else:
            line.connect_to_server()

    page.route_web_socket("**/live*", cut_once)
    page.goto(f"{address}/pairs/{people.pair.public_id}/topics/{topic.public_id}/")
    first = Message.objects.get(author=people.ben)
    edit_message(message=first, actor=people.ben, body="Other words", now=now())

    expect(page.locator(f"#m-{first.public_id}")).to_contain_text("Other words")
    assert len(lines) == 2
    page.context.close()


def test_message_is_written_and_sent_by_keyboard(
    browser: Browser, people: Cast, topic: Topic, address: str
) -> None:
    page = _topic_page(browser, people, topic, address)
    page.get_by_label("Your message").focus()
    page.keyboard.type("Typed by hand")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # "no reply needed"
    page.get_by_role("button", name="Send", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.locator(".message", has_text="Typed by hand")).to_contain_text("no reply needed")
    expect(page.get_by_role("status")).to_contain_text("Delivered.")
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"])
def test_pages_are_accessible_and_fit(
    browser: Browser, people: Cast, topic: Topic, address: str, size: tuple[int, int], scheme: str
) -> None:
    lines = dict.fromkeys(agreement_form().keys_that_make_it_usable, "as we like")
    propose_agreement(
        mentorship=people.pair, actor=people.ben, agreed=lines, rhythm_days=21, review_on=None, now=now()
    )
    pair = f"/pairs/{people.pair.public_id}/"
    places = [
        "/today/",
        pair,
        f"{pair}topics/",
        f"{pair}topics/new/",
        f"{pair}topics/{topic.public_id}/",
        f"{pair}search/?q=words",
        f"{pair}about/",
        f"{pair}agreement/",
        f"{pair}agreement/own/",
        f"{pair}agreement/draft/",
        f"{pair}ending/",
        f"{pair}ending/early/",
        f"{pair}ending/help/",
    ]
    page = _signed_in(browser, people.chi, address, size=size)
    problems: dict[str, list[str]] = {}
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for place in places:
        page.goto(address + place)
        if found := [*barriers(page), *wider_than_the_window(page)]:
            problems[place] = found
    page.context.close()

    assert problems == {}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_can_be_done_with_checked_people_shows_once_somebody_is_checked(
    browser: Browser, people: Cast, address: str, scripts: bool
) -> None:
    page = _signed_in(browser, people.ada, address, scripts=scripts)
    page.goto(f"{address}/coordinate/{people.program.public_id}/people/")
    take_in = page.get_by_role("button", name="Take in", exact=True)
    expect(take_in).to_be_hidden()

    page.get_by_label("Chi", exact=True).check()
    expect(take_in).to_be_in_viewport()
    page.get_by_text("A tag, or a line to them").click()
    page.get_by_label("Tag", exact=True).last.fill("pilot")
    page.keyboard.press("Enter")  # the quiet one of the buttons, not a decision

    expect(page.locator("tr", has_text="Chi").get_by_text("pilot")).to_be_visible()
    expect(take_in).to_be_hidden()
    page.context.close()


@pytest.mark.parametrize("name", ["today", "pair home", "topic"])
def test_first_visit_is_light(browser: Browser, people: Cast, topic: Topic, address: str, name: str) -> None:
    pair = f"/pairs/{people.pair.public_id}/"
    path = {"today": "/today/", "pair home": pair, "topic": f"{pair}topics/{topic.public_id}/"}[name]
    page = _signed_in(browser, people.chi, address)
    answers: list[Response] = []

    def keep(answer: Response) -> None:  # the driver takes no method of a list
        answers.append(answer)

    page.on("response", keep)
    page.goto(f"{address}{path}", wait_until="networkidle")

    weights = {answer.url.removeprefix(address): _compressed(answer) for answer in answers}
    assert len(answers) <= REQUESTS, sorted(weights)
    assert sum(weights.values()) <= WEIGHT, weights
    page.context.close()


def _compressed(answer: Response) -> int:
    packed = answer.headers.get("content-type", "").startswith(PACKED)
    return len(answer.body() if packed else gzip.compress(answer.body(), 6))
