"""Every route has a row for every role, and answers as the row says."""

import importlib
import pkgutil
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house import matrix
from tests.house.matrix import ROLES, SIGN_IN, Answer, Row
from tests.people import Cast, session_of

ROWS: list[Row] = [
    row
    for module in pkgutil.iter_modules(matrix.__path__)
    for row in importlib.import_module(f"tests.house.matrix.{module.name}").ROWS
]
# Pages of the sign-in library: tested by its authors and, for what we changed, in tests/web/test_account_signin.py.
ALL_ROLES_ALIKE = ("account_", "usersessions_")


def _names(resolver: URLResolver, prefix: str = "") -> set[str]:
    names: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            names |= _names(entry, prefix + (f"{entry.namespace}:" if entry.namespace else ""))
        elif isinstance(entry, URLPattern):
            names.add(prefix + (entry.name or repr(entry.pattern)))
    return names


def test_every_route_has_a_row() -> None:
    routes = {name for name in _names(get_resolver()) if not name.startswith(ALL_ROLES_ALIKE)}
    assert routes - {row.route for row in ROWS} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.route}")
def test_every_role_is_answered_as_declared(row: Row, cast_: Cast) -> None:
    declared = {role: getattr(row, role) for role in ROLES}
    address, data = reverse(row.route, args=row.args(cast_)), row.data(cast_)
    assert {role: _answer(row, _visitor(role, cast_), address, data) for role in ROLES} == declared


def _answer(row: Row, client: Client, address: str, data: dict[str, Any]) -> Answer:
    """What the visitor is answered. Nothing of it stays for the next one."""
    with transaction.atomic():
        response = client.post(address, data) if data else client.generic(row.method, address)
        transaction.set_rollback(True)
    asks_to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(
        reverse("account_login")
    )
    return SIGN_IN if asks_to_sign_in else response.status_code


def _visitor(role: str, cast_: Cast) -> Client:
    """Somebody who comes with a session already: three thousand times through signing in would take a minute."""
    client = Client()
    if role != "anonymous":
        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(getattr(cast_, role))
    return client
