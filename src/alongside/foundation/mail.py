"""One mail: from a Markdown body to HTML and plain text of the same words, with the headers a mail from software needs.

Renders and sends; knows nothing of who should hear what, or when.
"""

import re
import unicodedata
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, Engine
from django.template.base import Template
from django.utils.safestring import SafeString, mark_safe

from alongside.foundation.errors import Invalid
from alongside.foundation.letterhead import DARK, STYLES, styled
from alongside.foundation.plain import plain_text
from alongside.foundation.text import page_html

BRAND = "Alongside"
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing a mail invites to; a button in HTML, a line with its address in plain text."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is one. `body` and `foot` are Markdown.

    With `unsubscribe_url` the mail carries one-click unsubscribe (RFC 8058); that address must take a POST.
    `message_id` without angle brackets; the same letter sent again should carry the same. An attachment of type text/calendar
    is an invitation (RFC 6047): a third way to read the mail, for calendars, and a file beside it for all others.
    """

    to: str
    subject: str
    body: str
    action: Action | None = None
    foot: str = ""
    language: str = "en"
    message_id: str = ""
    reply_to: str = ""
    unsubscribe_url: str = ""
    attachments: tuple[Attachment, ...] = ()

    @property
    def html(self) -> str:
        """The mail as a page of its own."""
        context = {
            "language": self.language,
            "subject": one_line(self.subject),
            "dark": mark_safe(DARK),  # noqa: S308 - our own constant
            "styles": STYLES,
            "brand": BRAND,
            "sender": settings.ORGANIZATION,
            "body": _styled(self.body),
            "action": self.action,
            "foot": _styled(self.foot, foot=True),
        }
        return _template().render(Context(context))

    @property
    def text(self) -> str:
        """The same words without HTML."""
        parts = [" · ".join(filter(None, (BRAND, settings.ORGANIZATION))), plain_text(self.body)]
        if self.action:
            parts.append(f"{self.action.label}: {self.action.url}")
        if self.foot:
            parts += ["--", plain_text(self.foot)]
        return "\n\n".join(filter(None, parts)) + "\n"


def compose(letter: Letter) -> EmailMultiAlternatives:
    """The letter as a MIME message: plain text first, HTML as its twin. Raises Invalid for a bad address."""
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if letter.message_id:
        headers["Message-ID"] = f"<{one_line(letter.message_id)}>"
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{one_line(letter.unsubscribe_url)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=one_line(letter.subject),
        body=letter.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[checked_address(letter.to)],
        reply_to=[checked_address(letter.reply_to)] if letter.reply_to else None,
        headers=headers,
    )
    message.attach_alternative(letter.html, "text/html")
    for attachment in letter.attachments:
        mimetype = attachment.mimetype
        if mimetype.startswith("text/calendar"):
            message.attach_alternative(attachment.content.decode(), mimetype)
            mimetype = "application/ics"
        message.attach(attachment.name, attachment.content, mimetype)
    return message


def send_letter(letter: Letter, *, connection: BaseEmailBackend | None = None) -> None:
    """Hands the letter to the mail server now. Raises what the server or the network raises."""
    message = compose(letter)
    message.connection = connection
    message.send()


def one_line(text: str) -> str:
    """The text as one line for a header: line breaks and control characters become spaces.

    >>> one_line("Hello\\r\\nBcc: all@example.org")
    'Hello Bcc: all@example.org'
    """
    printable = (" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return " ".join("".join(printable).split())


def checked_address(address: str) -> str:
    """One bare address. Raises Invalid for lists, names, line breaks and whatever else could add a receiver."""
    if not _ADDRESS.fullmatch(address) or any(unicodedata.category(letter) == "Cc" for letter in address):
        raise Invalid("A mail needs exactly one plain address.")
    return address


def mail_host() -> str:
    """The domain of our own sender, for message ids."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _styled(markdown: str, *, foot: bool = False) -> SafeString:
    return mark_safe(styled(page_html(markdown), foot=foot))  # noqa: S308 - cleaned, then only our styles added


@cache
def _template() -> Template:
    engine = Engine(dirs=[str(Path(__file__).parent / "templates")], autoescape=True)
    return engine.get_template("mail/letter.html")
