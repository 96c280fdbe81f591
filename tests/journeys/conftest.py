"""Whole stories: `house` is a running installation, `as_person` somebody at a browser of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django import Settings

from tests.chromium import CHROMIUM, DESK, needs_chromium
from tests.delivery.sink import Sink
from tests.journeys.house import MORNING, House, opened, own_database
from tests.journeys.visitor import Visitor

QUIET = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
HASHED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
PATIENCE = 30_000  # milliseconds a step may take where other work shares the machine
AsPerson = Callable[..., Visitor]


expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            item.add_marker(needs_chromium)


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files as an installation serves them: collected, hashed, compressed."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=HASHED):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver keeps an event loop in this thread
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def house(
    settings: Settings, collected: Path, tmp_path: Path, _quick_and_apart: None, transactional_db: None
) -> Iterator[House]:
    """A running installation on a Monday morning, empty but for what the story brings."""
    cache.clear()
    settings.STATIC_ROOT, settings.STORAGES = collected, HASHED
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    post = Sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", post.port, 10
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    post.start()
    try:
        with time_machine.travel(MORNING) as clock, own_database(tmp_path), opened(post, clock) as running:
            settings.BASE_URL = running.address
            yield running
    finally:
        post.stop()


@pytest.fixture
def as_person(house: House, browser: Browser) -> Iterator[AsPerson]:
    """A browser of their own for each person, in their zone. Nobody's browser may have complained in the end."""
    visitors: list[Visitor] = []

    def person(
        name: str, email: str = "", *, zone: str = "UTC", size: tuple[int, int] = DESK, **options: Any
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, timezone_id=zone, locale="en-GB", **options
        )
        context.set_default_timeout(PATIENCE)
        address, runs_scripts = (
            email or f"{name.lower()}@example.org",
            options.get("java_script_enabled", True),
        )
        visitors.append(Visitor(house, context, name, address, runs_scripts=runs_scripts))
        return visitors[-1]

    yield person
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        print(visitor.where())  # shown with a red test
        visitor.context.close()
    assert not complaints, "\n".join(complaints)
