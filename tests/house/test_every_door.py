"""Every route has a row for every role, and answers as the row says."""

import importlib
import pkgutil

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house import matrix
from tests.house.matrix import ROLES, SIGN_IN, Answer, Row
from tests.people import Cast

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
    assert {role: _answer(row, role, cast_) for role in ROLES} == declared


def _answer(row: Row, role: str, cast_: Cast) -> Answer:
    """What the role is answered. Nothing of it stays for the next role."""
    client = Client()
    with transaction.atomic():
        address = reverse(row.route, args=row.args(cast_))
        if role != "anonymous":
            client.force_login(getattr(cast_, role))
        data = row.data(cast_)
        response = client.post(address, data) if data else client.generic(row.method, address)
        transaction.set_rollback(True)
    asks_to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(
        reverse("account_login")
    )
    return SIGN_IN if asks_to_sign_in else response.status_code
