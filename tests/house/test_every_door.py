"""Every route has a row for every role, and answers as the row says."""

import importlib
import pkgutil

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house import matrix
from tests.house.matrix import ROLES, SIGN_IN, Row
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
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.route}")
def test_answer_is_the_one_declared(row: Row, role: str, cast_: Cast, client: Client) -> None:
    address = reverse(row.route, args=row.args(cast_))
    if role != "anonymous":
        client.force_login(getattr(cast_, role))

    response = (
        client.generic(row.method, address) if not row.data(cast_) else client.post(address, row.data(cast_))
    )

    declared = getattr(row, role)
    if declared == SIGN_IN:
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("account_login"))
    else:
        assert response.status_code == declared
