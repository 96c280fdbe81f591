"""Somebody whose browser runs no script: follows links and sends forms as they stand on the page, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.people.models import Person
from tests.work import do_work

Given = str | bool | int | Sequence[str] | SimpleUploadedFile
EMPTY_TAGS = {"input", "br", "img", "link", "meta", "hr", "use", "path", "circle", "rect", "line"}


@dataclass
class Form:
    """A form as it stands: what it would send untouched, what else each field offers, and its buttons by their words."""

    action: str
    method: str
    sends: dict[str, list[str]] = field(default_factory=dict)
    offers: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """What a page says and what one can do on it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.said: list[str] = []
        self._form: Form | None = None
        self._select = ""
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(html)
        self.words = " ".join(" ".join(self.said).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "input" and self._form and given.get("name"):
            self._input(self._form, given)
        elif tag == "select":
            self._select = given.get("name", "")
            if self._form and self._select:
                self._form.offers.setdefault(self._select, [])
        elif tag == "option" and self._form and self._select:
            self._form.offers[self._select].append(given.get("value", ""))
            if "selected" in given:
                self._form.sends.setdefault(self._select, []).append(given.get("value", ""))
        if tag not in EMPTY_TAGS:
            self._open.append((tag, given, []))

    def handle_data(self, data: str) -> None:
        self.said.append(data)
        for _tag, _given, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in [opened for opened, _given, _said in self._open]:
            return
        while self._open:
            opened, given, said = self._open.pop()
            words = " ".join("".join(said).split())
            if opened == "a" and "href" in given:
                self.links.setdefault(words, given["href"])
            elif opened == "button" and self._form:
                self._form.buttons[words] = given
            elif opened == "textarea" and self._form and given.get("name"):
                self._form.sends[given["name"]] = ["".join(said).removeprefix("\n")]
                self._form.offers[given["name"]] = []
            elif opened == "form":
                self._form = None
            elif opened == "select":
                self._select = ""
            if opened == tag:
                return

    def _input(self, form: Form, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        form.offers.setdefault(name, []).append(given.get("value", "on"))
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                form.sends.setdefault(name, []).append(given.get("value", "on"))
        elif kind not in ("submit", "file"):
            form.sends.setdefault(name, []).append(given.get("value", ""))


class Reader:
    """One person, or nobody. `page` is what they have in front of them, `status` how it was answered."""

    def __init__(self, email: str = "", name: str = "") -> None:
        self.email, self.name = email, name
        self.client = Client()
        self.status, self.path, self.page = 0, "/", Page("")
        if email:
            self.client.force_login(Person.objects.get(email=email))

    def visit(self, address: str) -> "Reader":
        """Opens an address of the house, or a link from a mail."""
        return self._answered(self.client.get(_inside(address), follow=True))

    def follow(self, words: str) -> "Reader":
        """Follows the link that says this, or else the first that holds it."""
        holding = [href for said, href in self.page.links.items() if words in said]
        found = [self.page.links[words]] if words in self.page.links else holding
        assert found, f"No link “{words}” on {self.path}: {list(self.page.links)}"
        return self.visit(urljoin(self.path, found[0]))

    def send(self, button: str, **given: Given) -> "Reader":
        """Presses the button of that name after filling in the named fields of its form; the rest goes as it stands."""
        form = self.form_of(button)
        pressed = form.buttons[button]
        unknown = set(given) - set(form.offers)
        assert not unknown, f"No field {unknown} beside “{button}” on {self.path}: {sorted(form.offers)}"
        data: dict[str, object] = dict(form.sends)
        for name, value in given.items():
            data.pop(name, None)
            if value is True:
                data[name] = form.offers[name]
            elif value is not False:
                data[name] = value
        if pressed.get("name"):
            data[pressed["name"]] = pressed.get("value", "")
        target = _inside(urljoin(self.path, pressed.get("formaction") or form.action or self.path))
        send = self.client.post if form.method.lower() == "post" else self.client.get
        return self._answered(send(target, data, follow=True))

    def reads(self, words: str) -> None:
        assert words in self.page.words, f"“{words}” does not stand on {self.path}: {self.page.words}"

    def reads_not(self, words: str) -> None:
        assert words not in self.page.words, f"“{words}” stands on {self.path}"

    def newest_letter(self, part: str) -> str:
        """The address in the newest mail to this person whose path holds the part."""
        do_work()
        bodies = [str(letter.body) for letter in mail.outbox if self.email in letter.to]
        links = [word.strip("<>") for body in bodies for word in body.split() if part in word]
        assert links, f"No mail with {part} to {self.email}"
        return links[-1]

    def form_of(self, button: str) -> Form:
        """The first form with the button of that name."""
        for form in self.page.forms:
            if button in form.buttons:
                return form
        there = [name for form in self.page.forms for name in form.buttons]
        raise AssertionError(f"No button “{button}” on {self.path}: {there}")

    def _answered(self, answer: object) -> "Reader":
        self.status = answer.status_code  # type: ignore[attr-defined]
        asked = answer.request  # type: ignore[attr-defined]
        query = f"?{asked['QUERY_STRING']}" if asked["QUERY_STRING"] else ""
        self.path = asked["PATH_INFO"] + query
        self.page = Page(answer.content.decode())  # type: ignore[attr-defined]
        return self


def _inside(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(scheme="", netloc="", fragment="").geturl()
