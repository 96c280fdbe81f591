"""Settings of the suite: cheap password hashes, a folder of its own, the cast."""

from pathlib import Path
from string import digits

import pytest
from django.conf import settings as django_settings
from django.middleware import csrf
from pytest_django import Settings

from alongside.web import context
from tests.people import Cast, cast

JOURNEYS = Path(__file__).parent / "journeys"
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


def pytest_configure() -> None:
    """The folder of collected files exists, as it does wherever the product runs; tests put nothing in it."""
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest stories first: what takes minutes must not be what two processes wait for in the end.

    With `--databases-only` what touches no database is left out: on a second database it could say nothing new.
    """
    items.sort(key=lambda item: not item.path.is_relative_to(JOURNEYS))
    if config.getoption("--databases-only"):
        apart = [item for item in items if not _touches_database(item)]
        items[:] = [item for item in items if _touches_database(item)]
        config.hook.pytest_deselected(items=apart)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--databases-only", action="store_true", help="leave out tests that touch no database")


def _touches_database(item: pytest.Item) -> bool:
    marked = next(item.iter_markers("django_db"), None) or next(item.iter_markers("postgres"), None)
    return marked is not None or not DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def _quick_and_apart(settings: Settings, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _tokens_are_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tokens in forms are made of digits: by chance letters would spell a name that must not stand on a page."""
    monkeypatch.setattr(csrf, "CSRF_ALLOWED_CHARS", digits)


@pytest.fixture(autouse=True)
def _helper_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of queries are those of a warm page: who helps stands in a cache, whose first look-up would come by chance.

    Tests about the helper have a fixture of this name of their own.
    """
    monkeypatch.setattr(context, "helper_of", lambda person: None)


@pytest.fixture
def cast_(db: None) -> Cast:
    """The whole cast of tests/people.py."""
    return cast()
