"""The mailbox for answers, on a real IMAP server (Dovecot) where this machine has one."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import SecretStr
from pytest_django import Settings

from alongside.delivery.answers import LONGEST
from alongside.delivery.channels import fetching
from alongside.delivery.channels.mailbox import MailboxAway, opened
from alongside.jobs.actions import Task

DOVECOT = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
pytestmark = [
    pytest.mark.skipif(DOVECOT is None, reason="no Dovecot here"),
    pytest.mark.skipif(os.geteuid() != 0, reason="Dovecot signs in as another user"),
]

CONFIG = """
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail
default_internal_user = nobody
default_login_user = nobody
default_internal_group = nogroup
first_valid_uid = 1
first_valid_gid = 1
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
auth_failure_delay = 0
passdb {{
  driver = static
  args = password=se:cret
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={home}
}}
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    home = tmp_path_factory.mktemp("dovecot").resolve()
    for folder in (home, *home.parents):
        if folder.owner() == pwd.getpwuid(os.geteuid()).pw_name and folder != Path("/"):
            folder.chmod(0o755)
    mail = home / "mail"
    mail.mkdir()
    shutil.chown(mail, "nobody")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    (home / "dovecot.conf").write_text(CONFIG.format(home=home, port=number))
    server = subprocess.Popen([str(DOVECOT), "-F", "-c", str(home / "dovecot.conf")])
    _wait_for(number)
    yield number
    server.terminate()
    server.wait(timeout=10)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        try:
            with imaplib.IMAP4("127.0.0.1", port, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError


@pytest.fixture
def url(port: int, settings: Settings) -> Iterator[str]:
    address = f"imap://answers:se%3Acret@127.0.0.1:{port}/INBOX"
    settings.ENV = settings.ENV.model_copy(update={"reply_mailbox": SecretStr(address)})
    yield address
    with imaplib.IMAP4("127.0.0.1", port) as session:
        session.login("answers", "se:cret")
        _, [count] = session.select()
        if count != b"0":
            session.store("1:*", "+FLAGS", r"(\Deleted)")
            session.expunge()


def put(port: int, *bodies: str) -> None:
    with imaplib.IMAP4("127.0.0.1", port) as session:
        session.login("answers", "se:cret")
        for body in bodies:
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = (
                "chi@example.org",
                "reply@example.org",
                body.split("\n")[0],
            )
            message.set_content(body)
            session.append("INBOX", None, None, message.as_bytes())


class Taker:
    """Stands where answers are taken; stumbles over what says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.taken: list[tuple[str, bool]] = []
        monkeypatch.setattr(fetching, "take_answer", self)

    def __call__(self, raw: bytes, *, whole: bool, now: object) -> None:
        subject = raw.split(b"Subject: ")[1].splitlines()[0].decode()
        self.taken.append((subject, whole))
        if subject == "stumble":
            raise RuntimeError(subject)


def look() -> None:
    fetching.fetch_answers(Task(id=1, kind="delivery.fetch_answers", payload={}, attempt=1, token=""))


def test_each_mail_is_taken_once_and_one_that_stumbles_holds_up_no_other(
    url: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = Taker(monkeypatch)
    put(port, "one", "stumble", "two")

    look()
    look()
    put(port, "three")
    look()

    assert taker.taken == [("one", True), ("stumble", True), ("two", True), ("three", True)]


def test_of_a_huge_mail_the_headers_alone_are_read(
    url: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = Taker(monkeypatch)
    put(port, "a line of words\n" * (LONGEST // 15))

    look()

    assert [whole for _, whole in taker.taken] == [False]


def test_a_mailbox_that_does_not_open_is_no_trouble_for_the_worker(
    url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for wrong in (
        url.replace("se%3Acret", "other"),
        url.replace("INBOX", "Nowhere"),
        "imap://a:b@127.0.0.1:1/INBOX",
        "pop3://a:b@c/d",
    ):
        settings.ENV = settings.ENV.model_copy(update={"reply_mailbox": SecretStr(wrong)})
        look()
        with pytest.raises(MailboxAway), opened(wrong):
            pass

    assert caplog.text.count("The mailbox for answers could not be read") == 4
    assert "se:cret" not in caplog.text
