"""A real mail server for tests: keeps what it takes, and can refuse, hang up, or be switched off and on again."""

import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

Answer = Callable[[str, int], str]  # receiver and number of the mail → an SMTP answer


class Sink:
    """Listens on a port of its own, the same after `stop` and `start`. `mails` are those it said 250 to."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.mails: list[EmailMessage] = []
        self.receivers: list[str] = []
        self.at_rcpt: Answer = lambda address, number: "250 OK"
        self.at_data: Answer = lambda address, number: "250 OK"
        self._tries = 0
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = self.at_rcpt(address, self._tries)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self._tries += 1
        answer = self.at_data(envelope.rcpt_tos[0], self._tries)
        if answer == "hang up":
            server.transport.abort()
            return "250 OK"
        if answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
            self.receivers += envelope.rcpt_tos
        return answer
