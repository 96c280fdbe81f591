"""Notes on devices: sealed, signed, in hours, once, without words, and gone with the device. Against a real endpoint."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from alongside.delivery.actions import replan_person
from alongside.delivery.actions.devices import MOST_DEVICES, add_device, remove_device
from alongside.delivery.actions.sending import claim_push, settle_lost_letters
from alongside.delivery.channels import pushing
from alongside.delivery.channels.mail import Outcome
from alongside.delivery.channels.pushing import send_due_pushes
from alongside.delivery.enums import NoticeChannel, NoticeState, Why
from alongside.delivery.handlers import tell_people
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Device, Notice
from alongside.delivery.pushes import Push
from alongside.delivery.pushkeys import public_push_key
from alongside.discussions.actions import mark_read, open_topic, post_message, remove_message
from alongside.discussions.enums import Intention
from alongside.discussions.models import Message, Topic
from alongside.foundation import net
from alongside.foundation.errors import Conflict, Invalid
from alongside.journal.models import Entry
from alongside.people.enums import NoticeClass, NoticeMode, UrgentPolicy
from alongside.people.models import Person
from tests.delivery.pushservice import Browser, PushService, is_signed_by, new_session, push_service
from tests.factories import NOW
from tests.people import Cast

# Ben, in London, is open 8 to 18 UTC in March.
NIGHT = datetime(2026, 3, 3, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 4, 8, 3, tzinfo=UTC)  # Wednesday, hours open and jitter over
DIGEST = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db
Write = Callable[..., Message]


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with push_service() as service:
        settings.PUSH_SERVICES = frozenset({service.origin})
        yield service


@pytest.fixture
def topic(cast_: Cast) -> Topic:
    topic = open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Visa question", intention=Intention.ADVICE, now=NIGHT
    )
    Entry.objects.all().delete()
    return topic


@pytest.fixture
def write(cast_: Cast, topic: Topic) -> Write:
    """Chi writes to Ben, and the worker hears of it."""

    def write(at: datetime = NIGHT, body: str = "Could you look at my letter?", **more: Any) -> Message:
        message = post_message(topic=topic, actor=cast_.chi, body=body, now=at, **more)
        tell_people(Entry.objects.filter(verb="message.posted").latest("pk"))
        return message

    return write


@pytest.fixture
def phone(service: PushService, cast_: Cast) -> Browser:
    return service.subscribe(cast_.ben)


def _choose(person: Person, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(person.preferences, name, value)
    person.preferences.save()
    replan_person(person, now=NIGHT)


def _pushes() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(channel=NoticeChannel.PUSH).order_by("pk")
    return list(rows.values_list("state", "why"))


def test_note_waits_for_the_hours_and_comes_without_words(
    service: PushService, phone: Browser, write: Write
) -> None:
    write()

    assert send_due_pushes(NIGHT + timedelta(hours=1)) == 0
    assert phone.tries == 0
    assert send_due_pushes(MORNING) == 1
    assert send_due_pushes(MORNING + timedelta(hours=1)) == 0

    [note] = phone.notes
    assert (note["title"], note["body"]) == ("Chi wrote to you", "whenever suits")
    assert "/topics/" in note["url"]
    [headers] = phone.headers
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["urgency"] == "normal"
    # The push service lets it go when Ben's hours close, so a phone switched on at night stays silent.
    until_six = timedelta(hours=9, minutes=57).total_seconds()
    assert until_six - 10 < int(headers["ttl"]) <= until_six
    claims = is_signed_by(headers["authorization"])
    assert claims["k"] == public_push_key()
    assert service.origin.startswith(claims["aud"])


def test_words_come_only_when_switched_on_for_devices(cast_: Cast, phone: Browser, write: Write) -> None:
    _choose(cast_.ben, mail_text=True)
    write(body="Could you look at **my letter**?")
    send_due_pushes(MORNING)
    _choose(cast_.ben, mail_text=False, push_text=True)
    write(at=MORNING, body="And *this* one?")
    send_due_pushes(MORNING + timedelta(minutes=3))

    assert [note["body"] for note in phone.notes] == ["whenever suits", "And this one?"]


def test_both_channels_tell_the_same_and_reading_takes_both_back(
    cast_: Cast, phone: Browser, topic: Topic, write: Write
) -> None:
    write()
    mark_read(topic=topic, reader=cast_.ben, until_at=NIGHT + timedelta(hours=1))

    assert (send_due(MORNING), send_due_pushes(MORNING)) == (0, 0)
    assert set(Notice.objects.values_list("channel", "state")) == {
        ("mail", "canceled"),
        ("push", "canceled"),
    }


def test_message_taken_back_is_not_shown(cast_: Cast, phone: Browser, write: Write) -> None:
    remove_message(message=write(), actor=cast_.chi, now=NIGHT + timedelta(minutes=5))

    assert send_due_pushes(MORNING) == 0
    assert phone.tries == 0


def test_three_messages_are_one_note_in_the_place_of_the_one_before(phone: Browser, write: Write) -> None:
    for minutes in range(3):
        write(at=NIGHT + timedelta(minutes=minutes))
    send_due_pushes(MORNING)
    write(at=MORNING)
    send_due_pushes(MORNING + timedelta(minutes=3))

    first, second = phone.notes
    assert (first["title"], second["title"]) == ("3 messages from Chi", "Chi wrote to you")
    assert first["tag"] == second["tag"] == phone.headers[0]["topic"]
    assert len(first["tag"]) == 32


@pytest.mark.parametrize(
    ("push", "mails", "notes"),
    [(NoticeMode.NOW, 1, 1), (NoticeMode.OFF, 1, 0), (NoticeMode.DIGEST, 1, 0)],
)
def test_each_channel_has_its_own_row_in_the_matrix(
    cast_: Cast, phone: Browser, write: Write, push: NoticeMode, mails: int, notes: int
) -> None:
    _choose(cast_.ben, push={NoticeClass.MESSAGE: push.value})
    write()

    assert send_due(MORNING) == mails
    assert send_due_pushes(MORNING) == notes
    assert len(phone.notes) == notes


def test_devices_alone_when_mail_is_off(cast_: Cast, phone: Browser, write: Write) -> None:
    _choose(cast_.ben, notices={NoticeClass.MESSAGE: NoticeMode.OFF.value})
    write()

    assert (send_due(MORNING), send_due_pushes(MORNING)) == (0, 1)


def test_digest_on_devices_is_one_note_at_its_time(cast_: Cast, phone: Browser, write: Write) -> None:
    _choose(cast_.ben, push={NoticeClass.MESSAGE: NoticeMode.DIGEST.value})
    write()
    write(at=NIGHT + timedelta(minutes=1))

    assert send_due_pushes(DIGEST - timedelta(seconds=1)) == 0
    assert send_due_pushes(DIGEST) == 1
    assert [note["title"] for note in phone.notes] == ["2 messages from Chi"]
    states = Notice.objects.filter(channel="push", kind="message_posted").values_list("state", flat=True)
    assert set(states) == {NoticeState.DIGESTED}


def test_urgent_rings_where_it_may(cast_: Cast, phone: Browser, write: Write) -> None:
    _choose(cast_.ben, urgent=UrgentPolicy.ANYTIME)
    write(urgent=True)

    assert send_due_pushes(NIGHT) == 1
    assert phone.headers[0]["urgency"] == "high"
    assert int(phone.headers[0]["ttl"]) == 30 * 60  # outside the hours it is for now or not at all


def test_tag_joins_neither_people_nor_kinds(
    service: PushService, cast_: Cast, phone: Browser, topic: Topic, write: Write
) -> None:
    other = service.subscribe(cast_.chi, "/chi")
    write()
    answer = post_message(topic=topic, actor=cast_.ben, body="Of course.", now=NIGHT)
    open_topic(mentorship=cast_.pair, actor=cast_.chi, title="Another", intention=Intention.ADVICE, now=NIGHT)
    for entry in Entry.objects.filter(subject_id=answer.pk, verb="message.posted"):
        tell_people(entry)
    tell_people(Entry.objects.get(verb="topic.opened"))
    for hours in range(24):
        send_due_pushes(MORNING + timedelta(hours=hours))

    tags = {note["tag"] for note in (*phone.notes, *other.notes)}
    assert (len(phone.notes), len(other.notes), len(tags)) == (2, 1, 3)


def test_one_slow_service_takes_a_budget_and_not_one_for_each_device(
    service: PushService, cast_: Cast, phone: Browser, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "BUDGET", 0.2)
    monkeypatch.setattr(net, "DEADLINE", 0.4)
    laptop = service.subscribe(cast_.ben, "/two")
    service.silent = {"/one", "/two"}
    write()
    send_due_pushes(MORNING)

    assert (phone.tries, laptop.tries) == (1, 0)
    assert _pushes() == [("unknown", Why.CUT_OFF)]


def test_device_that_had_no_time_comes_first_the_next_time(
    service: PushService, cast_: Cast, phone: Browser, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = service.subscribe(cast_.ben, "/two")
    asked: list[str] = []

    def hand_over(push: Push, device: Device, *, within: float) -> tuple[Outcome, str]:
        asked.append(device.endpoint.removeprefix(service.origin))
        return Outcome.NOT_NOW, "busy"

    monkeypatch.setattr(pushing, "hand_over", hand_over)
    write()
    send_due_pushes(MORNING)
    send_due_pushes(MORNING + timedelta(minutes=5))

    assert asked == [phone.path, laptop.path, laptop.path, phone.path]


def test_batch_ends_when_a_sign_of_life_is_due(
    cast_: Cast,
    service: PushService,
    phone: Browser,
    topic: Topic,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pushing, "PULSE", timedelta())
    write()
    open_topic(mentorship=cast_.pair, actor=cast_.chi, title="Another", intention=Intention.ADVICE, now=NIGHT)
    tell_people(Entry.objects.get(verb="topic.opened"))

    assert [send_due_pushes(MORNING) for _turn in range(3)] == [1, 1, 0]
    assert len(phone.notes) == 2


def test_name_within_walls_is_no_other_answer_than_an_unknown_one(
    service: PushService, cast_: Cast, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.origin = "https://push.example.org"
    service.subscribe(cast_.ben)
    seen = []
    for found in ([(None, None, 6, "", ("10.0.0.1", 443))], []):

        def look_up(*_args: object, found: Any = found, **_more: object) -> Any:
            if not found:
                raise socket.gaierror(socket.EAI_NONAME, "unknown")
            return found

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        write(at=MORNING)
        send_due_pushes(MORNING + timedelta(seconds=1))
        row = Notice.objects.get(channel="push")
        seen.append((Device.objects.count(), row.state, row.why, row.error, row.attempts))
        Notice.objects.all().delete()

    assert seen[0] == seen[1]
    assert seen[0][:3] == (1, "due", Why.NOT_NOW)


def test_gone_device_is_removed_and_asked_no_more(
    service: PushService, cast_: Cast, phone: Browser, write: Write
) -> None:
    laptop = service.subscribe(cast_.ben, "/two")
    service.status["/one"] = 410
    write()
    send_due_pushes(MORNING)

    assert list(Device.objects.values_list("endpoint", flat=True)) == [f"{service.origin}/two"]
    assert len(laptop.notes) == 1
    service.status["/two"] = 404
    write(at=MORNING)
    send_due_pushes(MORNING + timedelta(minutes=3))
    assert Device.objects.count() == 0
    assert _pushes() == [("sent", ""), ("canceled", Why.NO_DEVICE)]
    write(at=MORNING + timedelta(minutes=5))
    assert Notice.objects.filter(channel="push").count() == 2


def test_service_that_is_busy_is_asked_again_later(
    service: PushService, phone: Browser, write: Write
) -> None:
    service.status["/one"] = 503
    write()
    send_due_pushes(MORNING)

    assert _pushes() == [("due", Why.NOT_NOW)]
    service.status["/one"] = 201
    assert send_due_pushes(MORNING + timedelta(minutes=2)) == 1
    assert len(phone.notes) == 1


def test_answer_that_never_came_is_unknown_and_not_sent_again(
    service: PushService, phone: Browser, write: Write
) -> None:
    service.status["/one"] = None
    write()
    send_due(MORNING)
    send_due_pushes(MORNING)
    service.status["/one"] = 201

    assert _pushes() == [("unknown", Why.CUT_OFF)]
    assert send_due_pushes(MORNING + timedelta(days=1)) == 0
    assert phone.tries == 1
    # the mail told the same, so no digest repeats it
    assert Notice.objects.get(channel="push").told_with == Notice.objects.get(channel="mail")
    assert send_due(DIGEST + timedelta(days=1)) == 0
    assert len(mail.outbox) == 1


def test_doubt_without_a_mail_is_told_in_the_digest(
    service: PushService, cast_: Cast, phone: Browser, write: Write
) -> None:
    _choose(cast_.ben, notices={NoticeClass.MESSAGE: NoticeMode.OFF.value})
    write()
    assert claim_push(now=MORNING) is not None  # and the worker ends here
    settle_lost_letters(now=MORNING + timedelta(minutes=3))

    assert _pushes() == [("unknown", Why.CUT_OFF)]
    assert send_due(DIGEST) == 1
    assert "Chi wrote to you" in mail.outbox[0].body
    assert phone.tries == 0


def test_redirect_is_no_way_anywhere(service: PushService, phone: Browser, write: Write) -> None:
    service.browsers["/elsewhere"] = Browser("/elsewhere")
    service.status["/one"], service.location = 307, f"{service.origin}/elsewhere"
    write()
    send_due_pushes(MORNING)

    assert (phone.tries, service.browsers["/elsewhere"].tries) == (1, 0)
    assert _pushes() == [("bounced", Why.REFUSED)]


def test_removing_the_last_device_cancels_what_was_held(cast_: Cast, phone: Browser, write: Write) -> None:
    write()
    remove_device(actor=cast_.chi, public_id=Device.objects.get().public_id, now=NIGHT)
    assert Device.objects.count() == 1  # somebody else's stays
    remove_device(actor=cast_.ben, public_id=Device.objects.get().public_id, now=NIGHT)

    assert _pushes() == [("canceled", Why.NO_DEVICE)]
    assert (send_due_pushes(MORNING), send_due(MORNING)) == (0, 1)


def test_browser_shows_notes_of_whoever_asked_last_and_people_have_a_few(
    service: PushService, cast_: Cast, phone: Browser
) -> None:
    service.add(cast_.chi, phone)
    assert [device.person for device in Device.objects.all()] == [cast_.chi]
    for number in range(MOST_DEVICES + 1):
        service.subscribe(cast_.ben, f"/{number}")

    own = Device.objects.filter(person=cast_.ben).order_by("pk").values_list("endpoint", flat=True)
    assert list(own) == [f"{service.origin}/{number}" for number in range(1, MOST_DEVICES + 1)]


def test_device_is_not_added_after_the_password_was_changed_meanwhile(
    service: PushService, cast_: Cast
) -> None:
    Person.objects.filter(pk=cast_.ben.pk).update(password="another")
    with pytest.raises(Conflict):
        service.subscribe(cast_.ben)
    assert Device.objects.count() == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/a",
        "https://push.example.org:8443/a",
        "https://user:word@push.example.org/a",
        "file:///etc/passwd",
        "https:///a",
        "https://push.example.org/a\r\nHost: other",
        "https://push.example.org/ä",
    ],
)
def test_endpoint_that_is_not_public_https_is_refused(cast_: Cast, endpoint: str) -> None:
    browser = Browser("/a")
    with pytest.raises(Invalid):
        PushService("").add(cast_.ben, Browser(endpoint, browser.key, browser.secret))
    assert Device.objects.count() == 0


@pytest.mark.parametrize(("p256dh", "auth"), [("", "AAAA"), ("AAAA", "A" * 22), ("<key>", "A" * 22)])
def test_keys_that_are_none_are_refused(cast_: Cast, p256dh: str, auth: str) -> None:
    with pytest.raises(Invalid):
        add_device(
            actor=cast_.ben,
            session=new_session(),
            endpoint="https://push.example.org/a",
            p256dh=p256dh,
            auth=auth,
            now=NOW,
        )
