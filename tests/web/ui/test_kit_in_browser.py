"""The kit in a real browser: accessible in both themes, works by hand and by keyboard, light, and true to the policy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread
from django.urls import include, path
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import Settings

from tests.chromium import CHROMIUM, DESK, PHONE, needs_chromium
from tests.looking import barriers, wider_than_the_window

HASHED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
REQUESTS = 15
FINGER = 44  # pixels; REQ-D1
# What answers to a touch: the thing itself, its label, or the room its ::before and ::after make. Links within lines of text
# are free, and so are the half hours of the grid: they have rows to type into as their twin.
TOO_SMALL = """(finger) => {
    const drawn = (element) => {
        const boxes = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
        const sides = ["::before", "::after"].map((part) => getComputedStyle(element, part))
            .filter((style) => style.position === "absolute" && style.content !== "none")
            .map((style) => ({ width: parseFloat(style.width) || 0, height: parseFloat(style.height) || 0 }));
        return ["width", "height"].map((side) => Math.max(...[...boxes, ...sides].map((box) => box[side])));
    };
    return [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")]
        .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".skip, .visually-hidden"))
        .filter((e) => !(e.matches("a") && getComputedStyle(e).display === "inline" && !e.matches(".cover")))
        .map((e) => [drawn(e), e]).filter(([[width, height]]) => width < finger - 0.5 || height < finger - 0.5)
        .map(([[width, height], e]) => `${width} x ${height}: ${e.outerHTML.slice(0, 120)}`);
}"""

urlpatterns = [
    path("kit/", include("alongside.web.ui.urls")),
    path("", include("alongside.urls")),
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.web.ui.test_kit_in_browser"),
    needs_chromium,
]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files as an installation serves them: collected, hashed, compressed."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=HASHED):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def _as_it_is(handler: Any) -> Any:
    """Static files come through the application's own middleware, as in an installation."""
    return handler


@pytest.fixture
def kit(settings: Settings, collected: Path, _quick_and_apart: None) -> Iterator[str]:
    """The address of the kit page on a server of its own."""
    settings.STATIC_ROOT, settings.STORAGES = collected, HASHED
    settings.ALLOWED_HOSTS = ["localhost"]
    server = LiveServerThread("localhost", cast("type[WSGIHandler]", _as_it_is))
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}/kit/"
    server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver keeps an event loop in this thread
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def visit(browser: Browser, address: str, size: tuple[int, int] = DESK, **options: Any) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    page = context.new_page()
    page.goto(address, wait_until="load")
    if options.get("java_script_enabled", True) and "shell" not in address:
        page.locator(".paint").wait_for()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_kit_has_no_known_barrier(browser: Browser, kit: str, scheme: Any, size: tuple[int, int]) -> None:
    page = visit(browser, f"{kit}?errors=1", size, color_scheme=scheme, bypass_csp=True)

    assert (barriers(page), wider_than_the_window(page)) == ([], [])


def test_everything_in_the_kit_answers_to_a_finger(browser: Browser, kit: str) -> None:
    page = visit(browser, kit, PHONE, has_touch=True, is_mobile=True)

    assert page.evaluate(TOO_SMALL, FINGER) == []


@pytest.mark.parametrize("audience", ["participant", "coordinator", "administrator", "public", "doorstep"])
def test_shell_has_no_known_barrier_and_fits_the_smallest_phone(
    browser: Browser, kit: str, audience: str
) -> None:
    page = visit(browser, f"{kit}shell/{audience}/", (320, 640), bypass_csp=True)

    assert (barriers(page), wider_than_the_window(page)) == ([], [])


def test_first_visit_is_light_and_breaks_no_policy(browser: Browser, kit: str) -> None:
    page = browser.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(kit, wait_until="networkidle")

    assert complaints == []
    assert len(requests) <= REQUESTS


def test_hours_are_painted_by_hand_and_by_keyboard(browser: Browser, kit: str) -> None:
    page = visit(browser, f"{kit}?errors=1")

    page.get_by_role("gridcell", name="Sunday 10:00").click()
    page.get_by_role("gridcell", name="Friday 13:00").focus()
    for key in ("Space", "Shift+ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)

    sent = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form.form')))")
    times = {name: value for name, value in sent.items() if name.endswith(("-from", "-to")) and value}
    assert times == {
        "hours-4-0-from": "13:00",
        "hours-4-0-to": "14:00",
        "hours-5-0-from": "13:30",
        "hours-5-0-to": "14:00",
        "hours-6-0-from": "10:00",
        "hours-6-0-to": "10:30",
    }


def test_exact_times_show_on_the_painted_week(browser: Browser, kit: str) -> None:
    page = visit(browser, f"{kit}?errors=1")
    page.get_by_text("Exact times by day").click()
    day = page.get_by_role("group", name="Monday")

    day.get_by_label("From").fill("22:00")
    day.get_by_label("To", exact=True).fill("02:00")
    day.get_by_label("To", exact=True).blur()

    kinds = page.locator('td[data-kind="good"]').evaluate_all(
        "cells => cells.map(c => [c.dataset.day, c.dataset.at])"
    )
    night = [
        ["0", "44"],
        ["0", "45"],
        ["0", "46"],
        ["0", "47"],
        ["1", "0"],
        ["1", "1"],
        ["1", "2"],
        ["1", "3"],
    ]
    assert sorted(kinds) == sorted(night)


def test_hours_without_scripts_are_rows(browser: Browser, kit: str) -> None:
    page = visit(browser, kit, java_script_enabled=False)

    assert page.get_by_role("group", name="Monday").get_by_label("From").first.input_value() == "08:00"
    assert page.locator(".paint").count() == 0


def test_dialog_opens_holds_focus_and_closes(browser: Browser, kit: str) -> None:
    page = visit(browser, kit)

    page.get_by_role("button", name="A dialog").click()
    opened = page.get_by_role("dialog", name="Lighter weeks").is_visible()
    page.keyboard.press("Escape")

    assert opened
    assert not page.locator("#kit-dialog").is_visible()
    assert page.evaluate("document.activeElement.textContent.trim()") == "A dialog"


def test_menu_closes_on_escape_and_gives_focus_back(browser: Browser, kit: str) -> None:
    page = visit(browser, kit, PHONE)
    menu = page.locator("#actions details.menu").first

    menu.locator("summary").click()
    inside = menu.locator(".menu-items").bounding_box()
    page.keyboard.press("Escape")

    assert inside is not None
    assert inside["x"] >= 0
    assert inside["x"] + inside["width"] <= PHONE[0]
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_note_goes_when_it_is_closed(browser: Browser, kit: str) -> None:
    page = visit(browser, kit)

    page.locator(".note").get_by_role("button", name="Close").click()

    assert page.locator(".note").count() == 0


def test_fetched_part_gets_its_behaviours(browser: Browser, kit: str) -> None:
    page = visit(browser, kit)

    page.get_by_role("link", name="Form with errors").click()

    page.locator("#errors").wait_for()
    page.locator("#forms .paint").wait_for()
    assert page.url == kit


def test_draft_outlives_leaving_the_page_and_goes_once_it_arrived(browser: Browser, kit: str) -> None:
    page = visit(browser, kit)
    about = page.get_by_label("About you")

    about.fill("A thought")
    page.goto(f"{kit}shell/public/")
    page.goto(kit)
    kept = about.input_value()
    page.evaluate("sessionStorage.setItem('drafts-sent', 'draft:kit')")
    page.goto(f"{kit}shell/public/")
    page.goto(kit)

    assert kept == "A thought"
    assert about.input_value() == ""
