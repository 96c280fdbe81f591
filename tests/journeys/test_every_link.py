"""Every link that the people of the demo program can reach leads somewhere, and one page of each kind looked at closely."""

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from pytest_django import Settings

from alongside.switchboard.demo.load import load_if_absent
from tests.journeys.conftest import AsPerson
from tests.journeys.house import House
from tests.journeys.visitor import Visitor

PAGES = 400  # of one role
OF_ONE_KIND = 8  # pages of one route: lists lead to hundreds of alike ones


class _Links(HTMLParser):
    """The addresses a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


@dataclass
class _Walk:
    """From one page to whatever it leads to, each address once, over this house's threshold never."""

    visitor: Visitor
    waiting: deque[tuple[str, str]] = field(default_factory=deque)
    known: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    one_of_each: dict[str, str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)

    def from_page(self, first: str) -> None:
        self._note(first, "the first page")
        while self.waiting and len(self.known) <= PAGES:
            self._open(*self.waiting.popleft())

    def _note(self, address: str, origin: str) -> None:
        parts = urlsplit(address)
        plain = parts._replace(fragment="").geturl()
        if plain in self.known or not plain.startswith(self.visitor.house.address):
            return
        self.known.add(plain)
        self.waiting.append((plain, origin))

    def _open(self, address: str, origin: str) -> None:
        kind = _kind(address)
        if self.kinds[kind] >= OF_ONE_KIND:
            return
        self.kinds[kind] += 1
        answer = self.visitor.context.request.get(address)
        if answer.status >= 400:
            self.dead.append(f"{answer.status} {urlsplit(address).path}, linked from {urlsplit(origin).path}")
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return
        self.one_of_each.setdefault(_kind(answer.url), answer.url)
        links = _Links()
        links.feed(answer.text())
        for link in links.found:
            self._note(urljoin(answer.url, link), address)


def _kind(address: str) -> str:
    return str(resolve(urlsplit(address).path).view_name)


@pytest.fixture
def demo(house: House, settings: Settings) -> House:
    settings.DEMO = True
    load_if_absent()
    return house


def test_every_link_leads_somewhere_and_each_kind_of_page_has_no_barrier(
    demo: House, as_person: AsPerson, settings: Settings
) -> None:
    dead: dict[str, list[str]] = {}
    looked_at: set[str] = set()
    for role, email in settings.DEMO_DOORS.items():
        visitor = as_person(role, email)
        visitor.visit("/account/login/")
        visitor.page.locator(f'form[action="/demo/{role}/"] button').click()
        visitor.page.wait_for_url(lambda url: "/account/" not in url)
        walk = _Walk(visitor)
        walk.from_page(visitor.page.url)
        dead[role] = walk.dead
        for kind, address in walk.one_of_each.items():
            if kind not in looked_at:
                looked_at.add(kind)
                visitor.visit(address)
                visitor.look(f"{role}-{kind.replace(':', '-')}")
        visitor.context.close()

    assert dead == {role: [] for role in settings.DEMO_DOORS}
