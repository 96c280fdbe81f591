"""The words of every mail as shipped, and what may stand in braces. Wordings kept for a program are in models.

The list lives here, below the rooms that send, because a program may have its own wording of each.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from alongside.foundation.contentfile import Section, read_content, refuse_repeats
from alongside.foundation.errors import Invalid
from alongside.people.enums import NoticeClass

TEXTS_FILE = Path(__file__).parent / "data" / "texts.toml"
ALWAYS_THERE = ("name", "program", "contact", "link")
LONGEST_SUBJECT = 200
_BRACES = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and body as templates."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class CatalogText:
    """One mail: who gets it and when, of which class it is, and how it is worded for one thing and for several together.

    `needs` are the placeholders it cannot do without; a `fixed` one is not worded by coordinators.
    """

    key: str
    notice_class: NoticeClass
    name: str
    when: str
    receiver: str
    uses: tuple[str, ...]
    needs: tuple[str, ...]
    fixed: bool
    one: Wording
    many: Wording | None
    action: str
    digest: str
    digest_many: str

    @property
    def subject(self) -> str:
        return self.one.subject

    @property
    def body(self) -> str:
        return self.one.body

    @property
    def placeholders(self) -> tuple[str, ...]:
        return (*ALWAYS_THERE, *self.uses)

    @property
    def merges(self) -> bool:
        """Whether several of one thread are told in one mail."""
        return self.many is not None


@dataclass(frozen=True, slots=True)
class TextCatalog:
    version: int
    placeholders: Mapping[str, str]  # name → what it stands for
    every: Mapping[str, CatalogText]

    @property
    def texts(self) -> tuple[CatalogText, ...]:
        """Those a coordinator may word, in the order people meet them."""
        return tuple(text for text in self.every.values() if not text.fixed)

    def text(self, key: str) -> CatalogText:
        """The mail with this key; KeyError when there is none."""
        return self.every[key]


@cache
def text_catalog() -> TextCatalog:
    """The catalog as shipped, read once for each process."""
    return load_text_catalog(TEXTS_FILE)


def load_text_catalog(path: Path) -> TextCatalog:
    """Reads a catalog file. Raises ContentError naming file and key when anything in it is amiss."""
    file = read_content(path)
    file.only("version", "placeholders", "text")
    placeholders = file.labels("placeholders")
    texts = file.each("text", lambda section: _text(section, placeholders))
    refuse_repeats(file.file, "text.key", (text.key for text in texts))
    version = file.integer("version", least=1, most=10_000)
    return TextCatalog(version, placeholders, {text.key: text for text in texts})


def placeholders_in(words: str) -> tuple[str, ...]:
    """What stands in braces, in order, each once."""
    return tuple(dict.fromkeys(_BRACES.findall(words)))


def check_wording(text: CatalogText, wording: Wording) -> None:
    """Raises Invalid, naming the field, when a coordinator's wording of a mail cannot be sent as it stands."""
    if not wording.subject.strip():
        raise Invalid(_("A mail needs a subject."), field="subject")
    if len(wording.subject) > LONGEST_SUBJECT:
        raise Invalid(_("A subject has at most 200 characters."), field="subject")
    if not wording.body.strip():
        raise Invalid(_("A mail needs some words."), field="body")
    for field, words in (("subject", wording.subject), ("body", wording.body)):
        for name in placeholders_in(words):
            if name not in text.placeholders:
                known = ", ".join(f"{{{known}}}" for known in text.placeholders)
                raise Invalid(
                    _("This mail does not know “{name}”. It can fill in: {known}.").format(
                        name=f"{{{name}}}", known=known
                    ),
                    field=field,
                )
    for name in text.needs:
        if name not in placeholders_in(wording.subject + wording.body):
            raise Invalid(
                _("Keep “{name}” somewhere: without it people cannot go on.").format(name=f"{{{name}}}"),
                field="body",
            )


def _text(section: Section, known: Mapping[str, str]) -> CatalogText:
    section.only(
        "key", "class", "name", "when", "receiver", "uses", "needs", "fixed", "subject", "body", "subject_many",
        "body_many", "action", "digest", "digest_many",
    )  # fmt: skip
    uses = section.texts("uses", known, default=())
    one, many = Wording(section.text("subject"), section.text("body")), None
    if section.has("subject_many"):
        many = Wording(section.text("subject_many"), section.text("body_many", one.body))
    digest = section.text("digest")
    text = CatalogText(
        key=section.key("key"),
        notice_class=NoticeClass(section.choice("class", NoticeClass.values)),
        name=section.text("name"),
        when=section.text("when"),
        receiver=section.text("receiver"),
        uses=uses,
        needs=section.texts("needs", uses, default=()),
        fixed=section.boolean("fixed", default=False),
        one=one,
        many=many,
        action=section.text("action"),
        digest=digest,
        digest_many=section.text("digest_many", digest),
    )
    _check_shipped(section, text)
    return text


def _check_shipped(section: Section, text: CatalogText) -> None:
    wordings = (text.one, text.many) if text.many is not None else (text.one,)
    parts = [part for wording in wordings for part in (wording.subject, wording.body)]
    used = placeholders_in("\n".join((*parts, text.action, text.digest, text.digest_many)))
    if unknown := [name for name in used if name not in text.placeholders]:
        raise section.error("body", f"{{{unknown[0]}}} is not among its placeholders")
    if absent := [name for name in text.needs if name not in placeholders_in(text.subject + text.body)]:
        raise section.error("body", f"{{{absent[0]}}} is needed")
