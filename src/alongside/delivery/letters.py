"""From a notice to the letter that tells it: the right wording, its names put in, why one gets it and how to change that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.delivery.calendars import calendar_for
from alongside.delivery.enums import ALWAYS, CAN_WAIT, PUT_OFF, Act
from alongside.delivery.facts import Values, values_for
from alongside.delivery.links import act_link, page, page_of, unsubscribe_link
from alongside.delivery.models import Notice
from alongside.delivery.replies import reply_address
from alongside.delivery.scenes import Scene
from alongside.delivery.texts import Block, escaped, fill_line, fill_markdown
from alongside.foundation.mail import Action, Attachment, Letter, mail_host
from alongside.foundation.wording import in_words
from alongside.people.enums import NoticeClass
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.programs.queries import text_for
from alongside.programs.texts import CatalogText, Wording, text_catalog


@dataclass(frozen=True, slots=True)
class Told:
    """A notice together with what it is about, as it is now."""

    notice: Notice
    scene: Scene


def letter_for(notice: Notice, together: Sequence[Told]) -> Letter:
    """The mail for a notice, alone or together with others of its thread; `together` holds all of them, oldest first."""
    last = together[-1]
    with override(language_of(notice.person)):
        text = in_words(text_catalog()).text(notice.kind)
        scenes = [told.scene for told in together]
        values = values_for(notice, scenes)
        wording = wording_for(text, last.scene.program, many=len(together) > 1)
        url = page_of(last.notice, last.scene)
        calendar = calendar_for(notice, last.scene, url=url)
        letter = _letter(notice, text, wording, values, url, calendar)
        return answerable(letter, reply_address(notice, scenes))


def digest_for(digest: Notice, items: Sequence[Told]) -> Letter:
    """The mail that tells many things in a line each; things of one thread and kind share theirs."""
    with override(language_of(digest.person)):
        lines = lines_of(items)
        values: Values = {
            "name": digest.person.name if digest.person else "",
            "lines": Block("\n".join(f"- [{escaped(line)}]({url})" for line, url in lines)),
            "summary": summary_of([line for line, _url in lines]),
        }
        text = in_words(text_catalog()).text(digest.kind)
        return _letter(digest, text, text.one, values, page("workspace:today"))


def lines_of(items: Sequence[Told]) -> list[tuple[str, str]]:
    """A line for each thing and where it leads; things of one thread and kind share theirs. In the language in use."""
    groups: dict[tuple[str, str], list[Told]] = {}
    for item in items:
        key = item.notice.thread or item.notice.about, item.notice.kind
        groups.setdefault(key, []).append(item)
    return [_digest_line(group) for group in groups.values()]


def summary_of(lines: Sequence[str]) -> str:
    """Many lines in one: the first of them, and how many more."""
    if len(lines) <= 2:
        return " · ".join(lines)
    return _("{first} · and {count} more").format(first=lines[0], count=len(lines) - 1)


def answerable(letter: Letter, address: str) -> Letter:
    """The letter with the address its answers go to; the letter itself without one."""
    if not address:
        return letter
    told = _("Answer this mail, and your words go into the topic.")
    return replace(letter, reply_to=address, foot=f"{told}\n\n{letter.foot}")


def wording_for(text: CatalogText, program: Program | None, *, many: bool = False) -> Wording:
    """The coordinator's wording for this program if there is one that can be used, else the product's own.

    A wording made for one thing is not used for several: those are told in the product's words.
    """
    if many and text.many is not None:
        return text.many
    if program is None:
        return text.one
    own = text_for(program, text.key)
    return Wording(own.subject, own.body)


def language_of(person: Person | None) -> str:
    return person.language if person is not None else "en"


def letter_of(
    text: CatalogText,
    wording: Wording,
    values: Values,
    *,
    to: str,
    url: str,
    foot: str,
    unsubscribe: str = "",
    message_id: str = "",
    attachments: tuple[Attachment, ...] = (),
) -> Letter:
    """The letter of a wording with its names put in."""
    values = {**values, "link": Block(f"<{url}>")}
    return Letter(
        to=to,
        subject=fill_line(wording.subject, {**values, "link": url}),
        body=fill_markdown(wording.body, values),
        action=Action(fill_line(text.action, values), url),
        foot=foot,
        unsubscribe_url=unsubscribe,
        message_id=message_id,
        attachments=attachments,
    )


def footing(notice_class: NoticeClass, person: Person | None, unsubscribe: str) -> str:
    """Why one gets this, and where to change it. Markdown."""
    if person is None:
        return _(
            "You get this because somebody who knows you gave us your address. We keep it for this invitation only."
        )
    if notice_class in ALWAYS:
        return _("You get this at any hour, because it is about your account or someone's safety.")
    hours = escaped(person.preferences.hours)
    told = _("You get this in your hours ({hours}).").format(hours=hours)
    change = _("[Change]({change}) · [Only here, not by mail]({off})")
    return f"{told} " + change.format(change=page("me:notices"), off=unsubscribe)


def _letter(
    notice: Notice,
    text: CatalogText,
    wording: Wording,
    values: Values,
    url: str,
    attachments: tuple[Attachment, ...] = (),
) -> Letter:
    notice_class = NoticeClass(notice.notice_class)
    unsubscribe = "" if notice.person is None or notice_class in ALWAYS else unsubscribe_link(notice)
    return letter_of(
        text,
        wording,
        values,
        to=notice.person.email if notice.person is not None else notice.address,
        url=url,
        foot=f"{_put_off(notice, notice_class)}{footing(notice_class, notice.person, unsubscribe)}",
        unsubscribe=unsubscribe,
        message_id=message_id_of(notice),
        attachments=attachments,
    )


def _put_off(notice: Notice, notice_class: NoticeClass) -> str:
    """A way to hear of it later, where that helps. Markdown."""
    if notice.person is None or notice_class not in CAN_WAIT or is_put_off(notice):
        return ""
    return f"[{escaped(str(Act.LATER.label))}]({act_link(notice, Act.LATER)})\n\n"


def is_put_off(notice: Notice) -> bool:
    """Whether the notice is one that was asked for a second time: it is not put off for ever."""
    return notice.dedupe_key.startswith(PUT_OFF)


def message_id_of(notice: Notice) -> str:
    """Always the same for the same notice, so that a mail program that saw it knows it again."""
    return f"notice.{notice.public_id}@{mail_host()}"


def _digest_line(group: Sequence[Told]) -> tuple[str, str]:
    """One line for things of one thread and kind, and where it leads."""
    last = group[-1]
    text = in_words(text_catalog()).text(last.notice.kind)
    values = values_for(last.notice, [told.scene for told in group])
    template = text.digest_many if len(group) > 1 else text.digest
    return fill_line(template, values), page_of(last.notice, last.scene)
