"""One person at their own browser: their time zone, their screen, and everything their browser complained of."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from tests.chromium import DESK, PHONE
from tests.journeys.house import House, link_in
from tests.looking import RULES, RULES_OF_LOOKS, barriers, wider_than_the_window

# Colors fade from one theme to the other; what is half way is neither. A page that paints no frame is not waited for.
SETTLED = """() => Promise.race([
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        .then(() => Promise.allSettled(document.getAnimations().map((motion) => motion.finished))),
    new Promise((done) => setTimeout(done, 1000)),
])"""
SHOTS = os.environ.get("ALONGSIDE_SHOTS", "")
_seen: set[str] = set()  # names of pages this process has looked at: stories tell the same steps


class Visitor:
    """What somebody does and sees. `complaints` must be empty when the story ends."""

    def __init__(
        self, house: House, context: BrowserContext, name: str, email: str, *, runs_scripts: bool = True
    ) -> None:
        self.house, self.context, self.name, self.email = house, context, name, email
        self.runs_scripts = runs_scripts
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self._refusals: list[int] = []
        context.on("console", self._heard)
        context.on("weberror", lambda error: self._complain(f"script: {error.error}"))
        context.on("request", lambda request: self._stays_home(request.url))
        context.on("response", self._answered)

    # going about

    def visit(self, path: str) -> Page:
        """Opens an address of the house, or a link from a mail."""
        self.page.goto(path if path.startswith("http") else self.house.address + path)
        return self.page

    def sign_in(self) -> None:
        """Asks for a link at the doorstep, takes it out of the mail, and presses the one button behind it."""
        self.visit("/account/link/")
        self.page.get_by_label("Your e-mail address").fill(self.email)
        self.press("Send the link")
        self.house.work()
        self.visit(link_in(self.house.newest_mail(self.email, "sign-in link"), "/account/link/"))
        self.press("Sign in")
        expect(self.page).not_to_have_url(re.compile("/account/"))

    def press(self, name: str, *, inside: Locator | None = None, exact: bool = True) -> None:
        """Presses the button of that name."""
        (inside or self.page).get_by_role("button", name=name, exact=exact).click()

    def follow(self, name: str, *, inside: Locator | None = None, exact: bool = True) -> None:
        """Follows the link of that name."""
        (inside or self.page.get_by_role("main")).get_by_role("link", name=name, exact=exact).first.click()

    def fill(self, label: str, text: str, *, exact: bool = False) -> None:
        self.page.get_by_label(label, exact=exact).first.fill(text)

    def reads(self, words: str) -> None:
        """The words stand on the page."""
        expect(self.page.get_by_role("main").get_by_text(words).first).to_be_visible()

    def expects_refusal(self, status: int = 422) -> None:
        """The next answer of this status belongs to the story."""
        self._refusals.append(status)

    def where(self) -> str:
        """Where they are and what stands there, as an assistive technology would tell it."""
        if self.page.is_closed() or not self.page.locator("main").count():
            return f"{self.name} is on no page"
        words = self.page.locator("main").aria_snapshot()
        told = [line for line in words.splitlines() if "- option" not in line or "[selected]" in line]
        return "\n".join((f"{self.name} is at {self.page.url}", *told))

    # looking closely

    def look(self, name: str) -> None:
        """Sees whether the page has a known barrier or is too wide, on a dark phone and a light desk. Once for a name.

        What looks is a script itself: a browser that runs none is left alone. Once is enough: pages look the same
        whatever database stands behind them.
        """
        if name in _seen or not self.runs_scripts or connection.vendor != "sqlite":
            return
        _seen.add(name)
        usual = self.page.viewport_size
        for size, scheme, rules in ((PHONE, "dark", RULES), (DESK, "light", RULES_OF_LOOKS)):
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self.page.evaluate(SETTLED)
            for fault in (*barriers(self.page, rules), *wider_than_the_window(self.page)):
                self._complain(f"{name}, {size[0]} px, {scheme}: {fault}")
        self._photograph(name)
        self.page.emulate_media(color_scheme="light")
        if usual:
            self.page.set_viewport_size(usual)

    def _photograph(self, name: str) -> None:
        """Pictures of the page for people to look at, when somebody asked for them."""
        if not SHOTS:
            return
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        for size in (PHONE, DESK):
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                file = Path(SHOTS) / f"{name}-{size[0]}-{scheme}.png"
                self.page.screenshot(path=file, full_page=True)

    # what the browser complains of

    def _complain(self, what: str) -> None:
        self.complaints.append(f"{self.name} at {urlsplit(self.page.url).path}: {what}")

    def _heard(self, message: ConsoleMessage) -> None:
        # that an answer was a refusal is judged by _answered
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._complain(message.text)

    def _stays_home(self, url: str) -> None:
        if not url.startswith((self.house.address, "data:", "blob:", "about:")):
            self._complain(f"request to {url}")

    def _answered(self, response: Response) -> None:
        if response.status < 400:
            return
        if response.status in self._refusals:
            self._refusals.remove(response.status)
        else:
            self._complain(f"{response.status} from {response.request.method} {urlsplit(response.url).path}")
