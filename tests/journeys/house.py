"""A whole house for a story: server, mail server, database, worker and clock, all real and all in this process."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from django.db import connections

from alongside.foundation.clock import now
from alongside.foundation.live import bus
from alongside.jobs.worker import turn
from alongside.switchboard.asgi import make_application
from alongside.switchboard.schedule import LANES
from tests.delivery.sink import Sink
from tests.switchboard.serving import served

MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)  # a Monday; where every story begins
# How time passes: by the hour, or over weeks in steps that come by every hour of the day.
A_LITTLE, A_WHILE, A_FEW_DAYS = timedelta(hours=1), timedelta(hours=5), timedelta(days=3)
TURNS = 5000  # more work than any story makes: a worker that never comes to rest is a fault


class House:
    """What a story can do besides what people do in their browsers."""

    def __init__(self, port: int, post: Sink, clock: time_machine.Traveller) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.post = post
        self._clock = clock

    def later(self, **passed: float) -> None:
        """Lets time pass, in the words of timedelta, and the worker do what becomes due on the way; never backwards."""
        end = now() + timedelta(**passed)
        step = A_LITTLE if end - now() <= A_FEW_DAYS else A_WHILE
        while now() < end:
            self._clock.move_to(min(now() + step, end), tick=True)
            self.work()

    def until(self, moment: datetime) -> None:
        """Lets time pass until the moment."""
        self.later(seconds=max(0.0, (moment - now()).total_seconds()))

    def work(self) -> None:
        """Everything that is due, done by the worker's own turns."""
        for _turn in range(TURNS):
            if not sum(turn(lane) for lane in LANES):
                return
        raise AssertionError("The worker does not come to rest.")

    def mails_to(self, email: str) -> list[EmailMessage]:
        """What arrived for the address, oldest first."""
        return [mail for mail in self.post.mails if mail["To"] == email]

    def newest_mail(self, email: str, subject: str = "") -> EmailMessage:
        """The last mail to the address whose subject holds the words."""
        found = [mail for mail in self.mails_to(email) if subject in mail["Subject"]]
        assert found, (
            f"No mail “{subject}” to {email}; there is {[m['Subject'] for m in self.mails_to(email)]}"
        )
        return found[-1]


def words_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage, pattern: str) -> str:
    """The first address in the mail whose path matches."""
    found = re.search(rf"https?://\S*{pattern}\S*", words_of(mail))
    assert found, words_of(mail)
    return found[0]


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """The test's database for every thread of this process. SQLite's becomes a file, as in an installation."""
    usual = connections["default"]
    if usual.vendor == "postgresql":
        yield
        return
    file = folder / "alongside.sqlite3"
    with usual.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings, "default", {**usual.settings_dict, "NAME": str(file)})
        connections["default"] = connections.create_connection("default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = usual


@contextmanager
def opened(post: Sink, clock: time_machine.Traveller) -> Iterator[House]:
    """The product's own front in a thread of this process."""
    with served(make_application()) as port:
        yield House(port, post, clock)
    bus.stop()
