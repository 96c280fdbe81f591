"""The live bus: tells open pages that something happened, by id and never by content.

In one process a memory bus is enough. On PostgreSQL every process hears what any of them publishes, by NOTIFY.
"""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db import connection, connections, transaction
from django.db.utils import OperationalError

log = logging.getLogger(__name__)

CHANNEL = "alongside_live"
CATCH_UP = "catch_up"  # kind of the event after a gap: whoever hears it should look for what it missed
_PAUSE = 2.0  # seconds before the listener tries the database again


@dataclass(frozen=True, slots=True)
class Event:
    """What an open page is told: in which room ("topic:<public id>"), what kind of thing, and its public id."""

    room: str
    kind: str
    id: str

    def as_json(self) -> str:
        return json.dumps(asdict(self))


Listener = Callable[[Event], None]


def publish(room: str, kind: str, id: str) -> None:
    """Tells whoever listens to `room`, once the caller's transaction has committed; never if it is rolled back.

    Trouble on the way never reaches the caller: what happened stands in the database, and pages catch up by themselves.
    """
    event = Event(room, kind, id)
    transaction.on_commit(lambda: _send(event), robust=True)


def _send(event: Event) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, event.as_json()])
    else:
        bus.hand_out(event)


class Bus:
    """Who listens in this process. Safe to use from any thread; listeners are called in the publisher's thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[str, set[Listener]] = {}
        self._stop: threading.Event | None = None

    def subscribe(self, room: str, listener: Listener) -> Callable[[], None]:
        """Calls `listener` for every event of `room` until the function returned is called."""
        with self._lock:
            self._listeners.setdefault(room, set()).add(listener)
            if connection.vendor == "postgresql" and self._stop is None:
                self._stop = _listen_to_database(self)

        def leave() -> None:
            with self._lock:
                listeners = self._listeners.get(room, set())
                listeners.discard(listener)
                if not listeners:
                    self._listeners.pop(room, None)

        return leave

    def hand_out(self, event: Event) -> None:
        """Gives the event to those who listen to its room."""
        with self._lock:
            listeners = tuple(self._listeners.get(event.room, ()))
        for listener in listeners:
            listener(event)

    def catch_up(self) -> None:
        """Tells every listener that events may be lost."""
        with self._lock:
            rooms = tuple(self._listeners)
        for room in rooms:
            self.hand_out(Event(room, CATCH_UP, ""))

    def stop(self) -> None:
        """Ends listening to the database, if it was begun."""
        with self._lock:
            stop, self._stop = self._stop, None
        if stop is not None:
            stop.set()


bus = Bus()


def _listen_to_database(target: Bus) -> threading.Event:
    """One thread with one connection of its own that hears every NOTIFY, until the event returned is set."""
    stop, ready = threading.Event(), threading.Event()
    threading.Thread(target=_listen, args=(target, stop, ready), name="live", daemon=True).start()
    ready.wait(timeout=5)
    return stop


def _listen(target: Bus, stop: threading.Event, ready: threading.Event) -> None:
    while not stop.is_set():
        try:
            _hear(target, stop, ready)
        except (OperationalError, OSError) as problem:
            log.warning("The live bus lost its database connection: %s", type(problem).__name__)
        if not stop.wait(_PAUSE):
            log.info("The live bus listens again")


def _hear(target: Bus, stop: threading.Event, ready: threading.Event) -> None:
    wrapper = connections.create_connection("default")
    # Not one of the pool: it is held as long as the process lives, and must not be lent to a page.
    options = {key: value for key, value in wrapper.settings_dict["OPTIONS"].items() if key != "pool"}
    wrapper.settings_dict = {**wrapper.settings_dict, "OPTIONS": options}
    try:
        with wrapper.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        again = ready.is_set()
        ready.set()
        if again:
            target.catch_up()
        while not stop.is_set():
            for notice in wrapper.connection.notifies(timeout=1.0, stop_after=100):
                if stop.is_set():  # another listener may have begun meanwhile: nothing is told twice
                    return
                target.hand_out(Event(**json.loads(notice.payload)))
    finally:
        wrapper.close()
