"""The words of every mail: as shipped in data/texts.toml, or as a coordinator worded them, with names put in.

Placeholders are names in braces and nothing else. They are looked up, never evaluated.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from alongside.foundation.contentfile import ContentError, Section, read_content, refuse_repeats
from alongside.foundation.errors import Invalid
from alongside.foundation.mail import one_line
from alongside.people.enums import NoticeClass

TEXTS_FILE = Path(__file__).parent / "data" / "texts.toml"
ALWAYS_THERE = ("name", "program", "contact")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_BRACE = re.compile(r"[{}]")
_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")


class Block(str):
    """A value that is Markdown already, made by us: stands as it is. Everything else is a word to be escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and body as templates."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Text:
    """One mail: who gets it, of which class it is, and its wording for one thing and for several together."""

    key: str
    notice_class: NoticeClass
    label: str
    receiver: str
    uses: tuple[str, ...]
    one: Wording
    many: Wording | None
    action: str
    digest: str
    digest_many: str

    @property
    def merges(self) -> bool:
        """Whether several of one thread are told in one mail."""
        return self.many is not None

    @property
    def placeholders(self) -> tuple[str, ...]:
        return (*ALWAYS_THERE, *self.uses)


@dataclass(frozen=True, slots=True)
class Catalog:
    texts: Mapping[str, Text]
    placeholders: Mapping[str, str]  # name → what it stands for


@cache
def catalog() -> Catalog:
    """The texts as shipped, read once for each process."""
    return load_catalog(TEXTS_FILE)


def text_of(key: str) -> Text:
    """The text of a kind of notice. Errors: KeyError for a kind that no text is written for."""
    return catalog().texts[key]


def load_catalog(path: Path) -> Catalog:
    """Reads a texts file. Raises ContentError when a text uses a name it may not, or anything else is amiss."""
    file = read_content(path)
    file.only("version", "placeholders", "text")
    known = file.labels("placeholders")
    texts = file.each("text", lambda section: _text(section, known))
    refuse_repeats(file.file, "text.key", (text.key for text in texts))
    return Catalog({text.key: text for text in texts}, known)


def check_wording(key: str, wording: Wording) -> None:
    """Raises Invalid, naming the field, when a coordinator's wording cannot be sent as it stands."""
    allowed = text_of(key).placeholders
    for field, template in (("subject", wording.subject), ("body", wording.body)):
        if not template.strip():
            raise Invalid(_("Please write something here."), field=field)
        problem = _problem(template, allowed)
        if problem:
            raise Invalid(
                _("“{part}” is not one of the names this text can use: {names}.").format(
                    part=problem, names=", ".join(f"{{{name}}}" for name in allowed)
                ),
                field=field,
            )
    if len(one_line(wording.subject)) > 200:
        raise Invalid(_("A subject has at most 200 characters."), field="subject")


def fill_line(template: str, values: Mapping[str, str]) -> str:
    """The template as one line of plain text, for subjects and buttons."""
    return one_line(_PLACEHOLDER.sub(lambda found: values.get(found[1], ""), template))


def fill_markdown(template: str, values: Mapping[str, str]) -> str:
    """The template as Markdown. Values are shown as they are: none of their letters counts as a mark.

    A paragraph that holds nothing but an empty value disappears.
    """
    paragraphs = re.split(r"\n\s*\n", template.strip())
    filled = (_PLACEHOLDER.sub(lambda found: _value(values.get(found[1], "")), part) for part in paragraphs)
    return "\n\n".join(part for part in filled if part.strip())


def escaped(value: str) -> str:
    """One line of Markdown that shows the value as it is: none of its letters counts as a mark."""
    return _SPECIAL.sub(r"\\\1", one_line(value))


def _value(value: str) -> str:
    return value if isinstance(value, Block) else escaped(value)


def _problem(template: str, allowed: tuple[str, ...]) -> str:
    """The first placeholder nobody knows, or the first brace that is none; empty if all is well."""
    for name in _PLACEHOLDER.findall(template):
        if name not in allowed:
            return f"{{{name}}}"
    stray = _BRACE.search(_PLACEHOLDER.sub("", template))
    return stray.group() if stray else ""


def _text(section: Section, known: Mapping[str, str]) -> Text:
    section.only(
        "key", "class", "label", "receiver", "uses", "subject", "body", "subject_many", "body_many", "action",
        "digest", "digest_many",
    )  # fmt: skip
    one = Wording(section.text("subject"), section.text("body"))
    many = None
    if section.has("subject_many"):
        many = Wording(section.text("subject_many"), section.text("body_many", one.body))
    digest = section.text("digest")
    text = Text(
        key=section.key("key"),
        notice_class=NoticeClass(section.choice("class", NoticeClass.values)),
        label=section.text("label"),
        receiver=section.text("receiver"),
        uses=section.texts("uses", known, default=()),
        one=one,
        many=many,
        action=section.text("action"),
        digest=digest,
        digest_many=section.text("digest_many", digest),
    )
    _check_shipped(section, text)
    return text


def _check_shipped(section: Section, text: Text) -> None:
    wordings = [text.one, *([text.many] if text.many else [])]
    templates = [part for wording in wordings for part in (wording.subject, wording.body)]
    for template in (*templates, text.action, text.digest, text.digest_many):
        problem = _problem(template, text.placeholders)
        if problem:
            raise ContentError(section.file, f"{section.path}.{text.key}", f"{problem} is not in `uses`")
