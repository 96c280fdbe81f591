"""Every link that the demo's people can reach leads somewhere, and one page of each kind is looked at closely.

Walked as everybody who has a door, as nobody, and as people in each state in which somebody can be. The walk needs no
browser; what a browser looks at is one page of each kind, and of those whose words change with the state one for each.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve
from pytest_django import Settings

from alongside.people.models import Person
from alongside.switchboard.demo.load import load_if_absent
from tests.journeys.conftest import AsPerson
from tests.journeys.house import House
from tests.journeys.visitor import Visitor

# Pages of one route: lists lead to hundreds of alike ones. People in a state see what the doors' people see, but for it.
OF_ONE_KIND, OF_ONE_KIND_IN_A_STATE = 6, 2
NOBODY = "nobody"
# Somebody in each state; the demo's content says so, and its own tests that it holds.
STATES = {
    "invited": "noah.becker@example.org",
    "filling in the form": "aisha.bello@example.org",
    "waiting for approval": "matteo.rinaldi@example.org",
    "on the waitlist": "keiko.arai@example.org",
    "declined": "josh.tremblay@example.org",
    "withdrawn": "priya.nair@example.org",
    "retired": "greta.sandoval@example.org",
    "waiting for a match": "tomas.quiroga@example.org",
    "asking and waiting": "lola.adeyinka@example.org",
    "in a trial": "nadia.kowalczyk@example.org",
    "paused and away": "ingrid.solberg@example.org",
    "ending": "chloe.vasseur@example.org",
    "ended early": "omar.haddad@example.org",
    "ended well": "bruno.cardoso@example.org",
    "in a program that is closed": "ines.tavares@example.org",
    "in one that is archived": "kofi.mensah@example.org",
    "in no program": "leilani.kahale@example.org",
}
FIRST = {NOBODY: "/", "coordinator": "/coordinate/", "administrator": "/system/"}
TELLING = {"workspace:today", "workspace:enroll"}  # pages that say where one stands: looked at in each state


class _Page(HTMLParser):
    """The addresses a page leads to, and the places in it one can be led to."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if tag == "a" and name == "href" and value:
                self.links.append(value)
            elif name == "id" and value:
                self.places.add(value)


@dataclass
class _Walk:
    """From one page to whatever it leads to, each address once, over this house's threshold never."""

    client: Client
    house: str
    of_one_kind: int = OF_ONE_KIND
    waiting: deque[tuple[str, str]] = field(default_factory=deque)
    known: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    one_of_each: dict[tuple[str, str], str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)

    def from_page(self, first: str) -> None:
        self._note(self.house + first, "the first page")
        while self.waiting:
            self._open(*self.waiting.popleft())

    def _note(self, address: str, origin: str) -> None:
        if address not in self.known and address.startswith(self.house + "/"):
            self.known.add(address)
            self.waiting.append((address, origin))

    def _open(self, address: str, origin: str) -> None:
        kind = _kind(address)
        if self.kinds[kind] >= self.of_one_kind:
            return
        self.kinds[kind] += 1
        answer = self.client.get(address.removeprefix(self.house), follow=True)
        if answer.status_code >= 400:
            self.dead.append(f"{answer.status_code} {_path(address)}, linked from {_path(origin)}")
        if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
            return
        here = self.house + _where(answer)
        self.one_of_each.setdefault((_kind(here), answer.templates[0].name or ""), here)
        page = _Page(answer.text)
        for link in page.links:
            target, _hash, place = urljoin(here, link).partition("#")
            if place and target == here and place not in page.places:
                self.dead.append(f"#{place} on {_path(here)}")
            self._note(target, address)


def _path(address: str) -> str:
    return urlsplit(address).path


def _kind(address: str) -> str:
    return str(resolve(_path(address)).view_name)


def _where(answer: Any) -> str:
    """The address that answered in the end, after whatever was sent on."""
    path, query = answer.request["PATH_INFO"], answer.request["QUERY_STRING"]
    return f"{path}?{query}" if query else str(path)


@pytest.fixture
def demo(house: House, settings: Settings) -> House:
    settings.DEMO = True
    load_if_absent()
    return house


def test_every_link_leads_somewhere_and_each_kind_of_page_has_no_barrier(
    demo: House, as_person: AsPerson, settings: Settings
) -> None:
    people = {NOBODY: "", **settings.DEMO_DOORS, **STATES}
    dead: dict[str, list[str]] = {}
    looked_at: set[tuple[str, ...]] = set()
    looks = connection.vendor == "sqlite"  # pages look the same whatever database stands behind them
    for who, email in people.items():
        most = OF_ONE_KIND_IN_A_STATE if who in STATES else OF_ONE_KIND
        walk = _Walk(_signed_in(email), demo.address, most)
        walk.from_page(FIRST.get(who, "/today/"))
        dead[who] = walk.dead
        if looks and (pages := dict(_not_seen(walk, who, looked_at))):
            _look(as_person(who, reduced_motion="reduce"), walk.client, pages)

    assert {who: links for who, links in dead.items() if links} == {}


def _signed_in(email: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    if email:
        client.force_login(Person.objects.get(email=email))
    return client


def _not_seen(walk: _Walk, who: str, looked_at: set[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Name and address of the pages of whose kind none was looked at, or none in this state where that tells."""
    for (kind, template), address in walk.one_of_each.items():
        key = (kind, template, who) if kind in TELLING else (kind, template)
        if key not in looked_at:
            looked_at.add(key)
            yield f"{who}-{kind}-{template.rpartition('/')[2]}".replace(":", "-").replace(" ", "-"), address


def _look(visitor: Visitor, client: Client, pages: dict[str, str]) -> None:
    """At each page in a browser that is signed in as the client is."""
    visitor.context.add_cookies([
        {"name": cookie.key, "value": cookie.value, "url": visitor.house.address}
        for cookie in client.cookies.values()
    ])  # fmt: skip
    for name, address in pages.items():
        visitor.visit(address)
        visitor.look(name)
    visitor.context.close()
