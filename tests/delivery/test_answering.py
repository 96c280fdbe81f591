"""Answers by mail through real servers: what becomes a message, what is explained, what is passed over."""

import smtplib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from pytest_django import Settings

from alongside.delivery.actions import plan_notice
from alongside.delivery.actions.answering import Taken, take_answer
from alongside.delivery.answers import LONGEST
from alongside.delivery.channels.listener import Listener, listening
from alongside.delivery.jobs import send_due
from alongside.delivery.models import Notice
from alongside.delivery.replies import REPLY_LIFE, answered_notice
from alongside.discussions.actions import close_topic, open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.discussions.models import Message, Topic
from alongside.people.models import Person
from alongside.vault.queries import open_sealed
from tests.people import Cast
from tests.work import do_work

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # both of the pair are open
QUOTE = "\n\nOn Wed, 4 Mar 2026 at 10:03, Alongside <hello@alongside.example> wrote:\n\n> Ben wrote to you\n"


@pytest.fixture(autouse=True)
def _answers_are_wanted(settings: Settings) -> None:
    settings.ENV = settings.ENV.model_copy(update={"reply_address": "reply@mail.example"})


@pytest.fixture
def topic(cast_: Cast) -> Topic:
    return open_topic(
        mentorship=cast_.pair, actor=cast_.ben, title="Visa question", intention=Intention.ADVICE, now=NOW
    )


@pytest.fixture
def notice(cast_: Cast, topic: Topic) -> Notice:
    """Ben wrote, and Chi hears of it."""
    message = post_message(topic=topic, actor=cast_.ben, body="Would Wednesday suit?", now=NOW)
    told = plan_notice(
        kind="message_posted", about=f"message:{message.pk}", person=cast_.chi, program=cast_.program, now=NOW
    )
    assert told is not None
    return told


@pytest.fixture
def address(notice: Notice) -> str:
    """Where the mail about the notice asks answers to go."""
    send_due(NOW)
    [sent] = mail.outbox
    mail.outbox.clear()
    [reply_to] = sent.reply_to
    assert "Answer this mail, and your words go into the topic." in sent.body
    return reply_to


def answer(sender: Person | str, to: str, body: str = f"Yes, gladly.{QUOTE}", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender if isinstance(sender, str) else f"{sender.name} <{sender.email.upper()}>"
    message["To"], message["Message-ID"], message["Subject"] = to, "<one@example.org>", "Re: Ben wrote to you"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def words_of(author: Person) -> list[str]:
    rows = Message.objects.filter(author=author).order_by("pk")
    return [open_sealed(row.body_sealed, about=f"message:{row.public_id}:body") or "" for row in rows]


def explained() -> list[tuple[list[str], str]]:
    """The letters that explain, after the worker had its turn: receivers and words."""
    do_work()
    told = [(message.to, message.body) for message in mail.outbox if message.subject == "About your answer"]
    mail.outbox.clear()
    return told


@pytest.mark.django_db
def test_an_answer_becomes_a_message_once(cast_: Cast, address: str) -> None:
    raw = answer(cast_.chi, address).as_bytes()

    assert [take_answer(raw, now=NOW), take_answer(raw, now=NOW)] == [Taken.POSTED, Taken.POSTED]
    assert words_of(cast_.chi) == ["Yes, gladly."]
    assert explained() == []


@pytest.mark.django_db
def test_the_address_survives_letter_case_and_counts_in_the_envelope(cast_: Cast, address: str) -> None:
    raw = answer(cast_.chi, "somebody@else.example").as_bytes()

    assert take_answer(raw, receivers=[address.upper()], now=NOW) is Taken.POSTED


@pytest.mark.django_db
def test_a_forged_address_reaches_nobody(cast_: Cast, address: str, notice: Notice) -> None:
    forged = address.replace(address[10], "2" if address[10] != "2" else "3")
    others = [
        "reply@mail.example",
        "reply+@mail.example",
        forged,
        address.replace("mail.example", "evil.example"),
    ]

    assert [answered_notice(other) for other in others] == [None] * 4
    assert answered_notice(address) == notice.public_id
    taken = [take_answer(answer(cast_.chi, other).as_bytes(), now=NOW) for other in others]
    assert (taken, words_of(cast_.chi), explained()) == ([Taken.NO_ADDRESS] * 4, [], [])


@pytest.mark.django_db
def test_only_the_receiver_of_the_mail_may_answer(cast_: Cast, address: str) -> None:
    taken = take_answer(answer(cast_.eva, address).as_bytes(), now=NOW)

    [(to, words)] = explained()
    assert (taken, to) == (Taken.OTHER_SENDER, [cast_.chi.email])
    assert "came from another address" in words
    assert Message.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "whole", "later", "taken", "words"),
    [
        ("Yes", True, REPLY_LIFE, Taken.EXPIRED, "A mail can be answered for 60 days"),
        (QUOTE, True, timedelta(), Taken.NO_WORDS, "We found no words of yours"),
        ("", False, timedelta(), Taken.TOO_LARGE, "Your mail is larger than 10 MB"),
        ("long " * 5000, True, timedelta(), Taken.NOT_POSSIBLE, "This is longer than one message can hold"),
    ],
)
def test_what_cannot_be_posted_is_explained(
    cast_: Cast, address: str, body: str, whole: bool, later: timedelta, taken: Taken, words: str
) -> None:
    raw = answer(cast_.chi, address, body).as_bytes()

    assert take_answer(raw, whole=whole, now=NOW + later) is taken
    [(to, said)] = explained()
    assert (to, words in said, "Open the topic" in said) == ([cast_.chi.email], True, True)
    assert words_of(cast_.chi) == []


@pytest.mark.django_db
def test_a_closed_topic_is_explained_with_its_own_words(cast_: Cast, address: str, topic: Topic) -> None:
    close_topic(topic=topic, actor=cast_.ben, now=NOW)

    assert take_answer(answer(cast_.chi, address).as_bytes(), now=NOW) is Taken.NOT_POSSIBLE
    [(_to, words)] = explained()
    assert "This topic is closed." in words


@pytest.mark.django_db
def test_files_stay_with_their_sender_who_is_told(cast_: Cast, address: str) -> None:
    message = answer(cast_.chi, address)
    message.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")

    assert take_answer(message.as_bytes(), now=NOW) is Taken.POSTED
    [(_to, words)] = explained()
    assert "The file that came with them was not kept" in words
    assert words_of(cast_.chi) == ["Yes, gladly."]


@pytest.mark.django_db
def test_a_machine_is_never_answered(cast_: Cast, address: str) -> None:
    raw = answer(cast_.chi, address, "I am away.", Auto_Submitted="auto-replied").as_bytes()

    assert (take_answer(raw, now=NOW), explained(), words_of(cast_.chi)) == (Taken.AUTOMATIC, [], [])


@pytest.mark.django_db
def test_a_mail_about_something_else_has_no_reply_address(cast_: Cast, settings: Settings) -> None:
    plan_notice(
        kind="pair_back",
        about=f"mentorship:{cast_.pair.pk}",
        person=cast_.chi,
        program=cast_.program,
        now=NOW,
    )

    send_due(NOW)

    assert [message.reply_to for message in mail.outbox] == [[]]


@pytest.mark.django_db
def test_a_mail_about_two_topics_has_no_reply_address(cast_: Cast, notice: Notice) -> None:
    other = open_topic(
        mentorship=cast_.pair, actor=cast_.ben, title="Another", intention=Intention.ADVICE, now=NOW
    )
    message = post_message(topic=other, actor=cast_.ben, body="And this?", now=NOW)
    thread = f"pair:{cast_.pair.pk}"
    Notice.objects.update(thread=thread)
    plan_notice(
        kind="message_posted",
        about=f"message:{message.pk}",
        person=cast_.chi,
        program=cast_.program,
        thread=thread,
        now=NOW,
    )

    send_due(NOW)

    assert [message.reply_to for message in mail.outbox] == [[]]


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture(params=["smtp", "lmtp"])
def server(
    request: pytest.FixtureRequest, port: int, monkeypatch: pytest.MonkeyPatch
) -> Iterator[smtplib.SMTP]:
    """A connection to a real listener, by each way it speaks."""
    monkeypatch.setattr("alongside.delivery.channels.listener.machine_now", lambda: NOW)
    with listening(f"{request.param}://127.0.0.1:{port}"):
        client = {"smtp": smtplib.SMTP, "lmtp": smtplib.LMTP}[request.param]
        with client("127.0.0.1", port) as connection:
            yield connection


@pytest.mark.django_db(transaction=True)
def test_the_listener_takes_an_answer_and_says_so_when_it_is_kept(
    cast_: Cast, address: str, server: smtplib.SMTP
) -> None:
    refused = server.send_message(answer(cast_.chi, address), from_addr=cast_.chi.email, to_addrs=[address])

    assert (refused, words_of(cast_.chi)) == ({}, ["Yes, gladly."])


@pytest.mark.django_db(transaction=True)
def test_the_listener_takes_mail_for_nobody_else(cast_: Cast, address: str, server: smtplib.SMTP) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        server.send_message(answer(cast_.chi, "ada@example.org"), to_addrs=["ada@example.org"])

    [(code, words)] = refusal.value.recipients.values()
    assert (code, words.decode()) == (
        550,
        "5.1.1 This is not an address one can answer to. Please write in the topic itself.",
    )


@pytest.mark.django_db(transaction=True)
def test_a_huge_mail_is_refused_before_it_is_read(cast_: Cast, address: str, server: smtplib.SMTP) -> None:
    huge = answer(cast_.chi, address, "a line of words\n" * (LONGEST // 15)).as_bytes()

    with pytest.raises(smtplib.SMTPResponseException) as refusal:
        server.sendmail(
            cast_.chi.email, [address], huge, ["SIZE=50000000"] if "size" in server.esmtp_features else []
        )

    assert refusal.value.smtp_code == 552
    assert words_of(cast_.chi) == []


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_cannot_be_kept_now_is_asked_for_again(
    cast_: Cast, address: str, server: smtplib.SMTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RuntimeError("no room")

    with monkeypatch.context() as broken:
        broken.setattr("alongside.delivery.channels.listener.take_answer", stumble)
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            server.send_message(answer(cast_.chi, address), to_addrs=[address])
    server.send_message(answer(cast_.chi, address), to_addrs=[address])

    assert refusal.value.smtp_code == 451
    assert words_of(cast_.chi) == ["Yes, gladly."]


def test_a_port_in_use_leaves_the_worker_at_work(port: int) -> None:
    with listening(f"smtp://127.0.0.1:{port}") as first, listening(f"smtp://127.0.0.1:{port}") as second:
        assert (isinstance(first, Listener), second) == (True, None)


@pytest.mark.parametrize("url", ["", "ftp://127.0.0.1:25", "smtp://127.0.0.1"])
def test_without_a_place_to_listen_nothing_listens(url: str) -> None:
    with listening(url) as listener:
        assert listener is None
