"""A mail somebody wrote, read: to whom, from whom, and their own words without what they quote. Nothing is stored here."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage as Mail
from email.message import MIMEPart
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser

from mailparser_reply.parser import EmailMessage

from alongside.foundation.incoming import text_in

LONGEST = 10 * 1024 * 1024  # bytes of a mail that is taken
_LONGEST_TEXT = 100_000  # letters that are read at all
_SEARCHED = (
    1_200  # letters in which the answered mail is looked for: searching hostile words costs their cube
)
_LONGEST_SIGNATURE = 10  # lines; what is longer was meant to be read
_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "sv", "da", "pl", "cs", "ja", "ko", "zh"]
_RECEIVERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_GAPS = re.compile(r"\n\s*\n")
_SPACES = re.compile(r"[^\S\n]+")
_QUOTING = re.compile(r"^\s*(>|On .* wrote:$)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a mail besides its receivers. `key` is the same whenever the same mail comes again."""

    sender: str
    words: str
    files: int
    is_automatic: bool
    key: str


def read_answer(raw: bytes) -> Answer:
    """A mail as it came, however broken. Never raises for what a mail says."""
    mail = message_from_bytes(raw, _class=Mail, policy=policy.default)
    text = _text(mail)
    return Answer(
        sender=parseaddr(_header(mail, "From"))[1].lower(),
        words=own_words(text),
        files=sum(1 for _ in mail.iter_attachments()) if mail.is_multipart() else 0,
        is_automatic=_is_automatic(mail),
        key=_key(_header(mail, "Message-ID").strip().encode() or raw),
    )


def receivers_of(raw: bytes) -> tuple[str, ...]:
    """To whom a mail says it goes. Reads nothing but its headers."""
    heads = BytesHeaderParser(policy=policy.default).parsebytes(raw)
    return tuple(address for _, address in getaddresses(_headers(heads, *_RECEIVERS)) if address)


def own_words(text: str) -> str:
    """What somebody wrote themselves: without the mail they answer, quotes and a short signature.

    When nothing would be left, the words between the quotes are taken, as somebody writes who answers below or in between.
    """
    tidy = _GAPS.sub("\n\n", _SPACES.sub(" ", text.replace("\r\n", "\n")))[:_LONGEST_TEXT].strip()
    return _unquoted(_latest(tidy)) or _unquoted(tidy)


def _latest(text: str) -> str:
    """The newest part of a text; what follows the searched beginning belongs to it unless another part began there."""
    searched, rest = text[:_SEARCHED], text[_SEARCHED:]
    found = EmailMessage(text=searched, languages=list(_LANGUAGES), keep_hyphen_lists=True).read().replies
    latest = found[0]
    if len(found) == 1 and rest:
        return text
    is_short = latest.signatures is not None and latest.signatures.count("\n") < _LONGEST_SIGNATURE
    return str(latest.body if is_short else latest.full_body)


def _unquoted(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not _QUOTING.match(line)).strip()


def _text(mail: Mail) -> str:
    """The plain text of a mail; that of its HTML when there is no other."""
    for subtype in ("plain", "html"):
        part = mail.get_body(preferencelist=(subtype,))
        if part is None:
            continue
        content = _content(part)
        if subtype == "html":
            return _words_of_html(content)
        return _unfolded(content) if part.get_param("format") == "flowed" else content
    return ""


def _content(part: MIMEPart) -> str:
    """The text of a part; letters of an unknown or wrong alphabet become question marks."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    text = text_in(part, raw[: 4 * _LONGEST_TEXT])  # no letter has more bytes
    return _encodable(text[:_LONGEST_TEXT])


def _encodable(text: str) -> str:
    """The text with question marks for halves of letters, which nothing can store."""
    return text.encode("utf-8", "replace").decode()


def _unfolded(text: str) -> str:
    """Lines that a mail program broke only to fit (RFC 3676) are whole again."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if lines and lines[-1].endswith(" ") and lines[-1] != "-- " and not line.startswith(">"):
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(lines)


class _Words(HTMLParser):
    """Collects what a page says, block by block; quotes and what nobody sees are left out."""

    _BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "pre"})
    _UNSEEN = frozenset({"blockquote", "style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._UNSEEN:
            self.hidden += 1
        elif tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._UNSEEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "p":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(" ".join(data.split("\n")))


def _words_of_html(html: str) -> str:
    reader = _Words()
    reader.feed(html[:_LONGEST_TEXT])
    reader.close()
    return "".join(reader.parts)


def _is_automatic(mail: Mail) -> bool:
    """Whether a machine wrote it: an absence note, a report of delivery, a list."""
    return (
        _header(mail, "Auto-Submitted", "no").split(";")[0].strip().lower() != "no"
        or _header(mail, "Precedence").strip().lower() in _BULK
        or _header(mail, "Return-Path").strip() == "<>"
        or mail.get_content_type() == "multipart/report"
        or "X-Autoreply" in mail
        or "X-Autorespond" in mail
        or "List-Id" in mail
    )


def _headers(mail: Mail, *names: str) -> list[str]:
    return list(_raw_headers(mail, names))


def _raw_headers(mail: Mail, names: tuple[str, ...]) -> Iterator[str]:
    """Headers as they came: parsing them for their meaning can stumble over broken ones."""
    wanted = {name.lower() for name in names}
    for name, value in mail.raw_items():
        if name.lower() in wanted:
            yield _encodable(str(value)).replace("\r", " ").replace("\n", " ")


def _header(mail: Mail, name: str, default: str = "") -> str:
    return next(_raw_headers(mail, (name,)), default)


def _key(identity: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(identity).digest()).decode().rstrip("=")
