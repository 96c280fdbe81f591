"""Who lives in the crash drill, what they write, and what must be true of it in the end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Lock
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction

from alongside.delivery.enums import NoticeState
from alongside.delivery.letters import message_id_of
from alongside.delivery.models import Notice
from alongside.delivery.scenes import load_scene
from alongside.delivery.still import is_still_so
from alongside.discussions.actions import open_topic
from alongside.discussions.enums import Intention
from alongside.discussions.models import Message
from alongside.discussions.queries import new_for
from alongside.enrollment.enums import Role
from alongside.foundation.ids import new_token
from alongside.jobs.worker import turn
from alongside.mentorships.access import own_mentorships
from alongside.people.enums import NoticeClass
from alongside.people.models import Person, Preferences
from alongside.switchboard.schedule import LANES
from alongside.vault.queries import keys_at_hand, open_many
from bench.crash.lives import now, set_ahead
from tests import factories as make
from tests.people import session_of

CSRF = "c" * 32
TURNS = 20_000  # more work than the drill leaves over: a worker that never comes to rest is a fault


@dataclass(frozen=True)
class Talk:
    """A topic in which one of the two writes, signed in by a session; the other never looks."""

    path: str
    topic: int
    session: str
    reader: Person


def settle(pairs: int) -> list[Talk]:
    """People who may be told at any hour, in pairs, each with a topic."""
    program, today = make.program(), now().date()
    with transaction.atomic():
        talks = []
        for _ in range(pairs):
            people = (make.person(hours="Mon-Sun 00:00-00:00"), make.person(hours="Mon-Sun 00:00-00:00"))
            mentorship = make.mentorship(
                make.participation(program, people[0], Role.MENTEE),
                make.participation(program, people[1], Role.MENTOR),
                started_on=today,
                ends_on=today + timedelta(days=182),
            )
            topic = open_topic(
                mentorship=mentorship, actor=people[0], title="Drill", intention=Intention.SHARING, now=now()
            )
            path = f"/pairs/{mentorship.public_id}/topics/{topic.public_id}/messages/"
            talks.append(Talk(path, topic.pk, session_of(people[0]), people[1]))
        Preferences.objects.update(zone_confirmed_at=now())
    return talks


class Writers:
    """People who write until `stop`. What was not acknowledged is sent again by the same form, as a browser does."""

    def __init__(self, talks: Sequence[Talk], port: int) -> None:
        self.talks, self.port, self.stop = talks, port, Event()
        self.acknowledged: dict[str, int] = {}  # words → topic
        self.cut_off = 0
        self._lock = Lock()

    def write(self, random: Random) -> None:
        while not self.stop.is_set():
            talk, words, form = random.choice(self.talks), f"words {new_token()}", new_token()
            while not self._sent(talk, words, form):
                with self._lock:
                    self.cut_off += 1
                if self.stop.wait(0.05):
                    return
            with self._lock:
                self.acknowledged[words] = talk.topic

    def _sent(self, talk: Talk, words: str, form: str) -> bool:
        """Whether the server said that it has the message."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(
                "POST",
                talk.path,
                urlencode({"body": words, "client_key": form}),
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"{settings.SESSION_COOKIE_NAME}={talk.session}; {settings.CSRF_COOKIE_NAME}={CSRF}",
                    "X-CSRFToken": CSRF,
                },
            )
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
        if answer.status not in (302, 503):
            raise SystemExit(f"{talk.path} answers {answer.status}")
        return answer.status == 302


def come_to_rest(days: int) -> None:
    """Nobody dies any more: the worker does what is left, and the next days' digests go out."""
    for _hour in range(24 * days):
        with keys_at_hand():
            for _turn in range(TURNS):
                if not sum(turn(lane, clock=now) for lane in LANES):
                    break
            else:
                raise SystemExit("The worker does not come to rest.")
        set_ahead(timedelta(hours=1))


def reckon(writers: Writers, mail_ids: Sequence[str]) -> tuple[Counter[str], list[str]]:
    """What was counted, and every sentence that is not true of it."""
    rows = list(Message.objects.filter(topic__in=[talk.topic for talk in writers.talks]))
    texts = open_many([(row.body_sealed, f"message:{row.public_id}:body") for row in rows])
    there = Counter((text, row.topic_id) for text, row in zip(texts, rows, strict=True))
    mails = Counter(mail_ids)
    notices = list(Notice.objects.select_related("told_with"))
    states = Counter(str(notice.state) for notice in notices)
    told = {notice.pk for notice in notices if mails[message_id_of(notice)]}
    doubtful = [notice for notice in notices if notice.state == NoticeState.UNKNOWN]
    counts = Counter(
        {
            "acknowledged writes": len(writers.acknowledged),
            "writes cut off and sent again": writers.cut_off,
            "mails": len(mail_ids),
            "mails in doubt": len(doubtful),
            "of these arrived": sum(notice.pk in told for notice in doubtful),
            "notices told in a digest or another mail": states["digested"] + states["merged"],
            "acknowledged writes lost": sum(there[item] == 0 for item in writers.acknowledged.items()),
            "writes there twice": sum(number > 1 for number in there.values()),
            "mails that came twice": sum(number > 1 for number in mails.values()),
        }
    )
    problems = [f"{name}: {counts[name]}" for name in list(counts)[-3:] if counts[name]]
    problems += [f"still {state}: {states[state]}" for state in ("due", "sending") if states[state]]
    unsent = [notice for notice in notices if notice.state == NoticeState.SENT and notice.pk not in told]
    problems += [f"called sent, arrived nowhere: notice {notice.pk}" for notice in unsent]
    # A digest in doubt is not told itself: what stood in it stands in the next.
    items = [notice for notice in doubtful if notice.notice_class != NoticeClass.DIGEST]
    forgotten = [notice for notice in items if notice.told_with_id not in told and _still_so(notice)]
    problems += [f"in doubt, and in no digest: notice {notice.pk}" for notice in forgotten]
    counts["notices in doubt that no digest tells"] = len(forgotten)
    counts["readers who do not see in the app that there is something new"] = invisible = _invisible(
        writers.talks
    )
    problems += [f"not visible in the app: {invisible}"] if invisible else []
    return counts, problems


def _still_so(notice: Notice) -> bool:
    """Whether there is anything left to tell: a topic opened is told of by its first message, once there is one."""
    scene = load_scene(notice.about, notice.context)
    return scene is not None and is_still_so(notice, scene)


def _invisible(talks: Sequence[Talk]) -> int:
    """How many readers do not see that there is something new: none of them has opened a page."""
    return sum(
        [line.topic.pk for line in new_for(talk.reader, of=own_mentorships(talk.reader))] != [talk.topic]
        for talk in talks
        if Message.objects.filter(topic=talk.topic).exists()
    )
