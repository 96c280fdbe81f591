"""What a mail will look like: every text with a real example of its program, before anybody gets it.

Real names where the coordinator sees them anyway (who is matched with whom, when the program ends); words that only the
two may read are never taken, those are invented.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.delivery.announced import people_in
from alongside.delivery.enums import ALWAYS, OUTCOMES
from alongside.delivery.facts import Values, day, moment, pair_reasons, values_for
from alongside.delivery.letters import Told, footing, language_of, letter_for, letter_of, wording_for
from alongside.delivery.links import page
from alongside.delivery.models import Announcement, Notice
from alongside.delivery.scenes import Scene
from alongside.delivery.still import scene_to_tell
from alongside.delivery.texts import Block, escaped
from alongside.enrollment.models import Invitation
from alongside.enrollment.queries.invitations import LASTS
from alongside.foundation.mail import Letter
from alongside.foundation.wording import in_words
from alongside.matching.enums import ProposalState, RunState
from alongside.matching.models import Proposal
from alongside.matching.queries.pairs import questions_by_key, reasons_for_both
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.programs.texts import CatalogText, Wording, check_wording, text_catalog
from alongside.questionnaires.models import Question

LONGEST_LIST = 20


@dataclass(frozen=True, slots=True)
class Example:
    """Two people of the program that a mail could be about."""

    mentee: Person
    mentor: Person
    reasons: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would go out. `number` of `count` real examples; 0 of 0 when all names are invented."""

    text: CatalogText
    letter: Letter
    wording: Wording
    is_own: bool
    number: int
    count: int


def text_keys() -> tuple[CatalogText, ...]:
    """All texts a coordinator may word, in the order people meet them."""
    return in_words(text_catalog()).texts


def preview(
    program: Program,
    key: str,
    *,
    subject: str | None = None,
    body: str | None = None,
    example: int = 1,
    pairs: Sequence[Example] = (),
    now: datetime,
) -> Preview:
    """The mail of a text for this program, with an example of its own people where there are any.

    `pairs` are the examples to take; without them, pairs under way or those of the latest draft.

    With `subject` and `body` those are tried instead of what is kept; raises Invalid, naming the field, when they cannot
    be sent. Errors: KeyError for a key no text has.
    """
    text = in_words(text_catalog()).text(key)
    kept = wording_for(text, program) if subject is None or body is None else None
    wording = Wording(
        kept.subject if kept and subject is None else (subject or "").replace("\r\n", "\n"),
        kept.body if kept and body is None else (body or "").replace("\r\n", "\n"),
    )
    check_wording(text, wording)
    examples = list(pairs) or _examples(program)
    number = min(max(example, 1), len(examples))
    chosen = examples[number - 1] if examples else None
    person = _receiver(text, program, chosen)
    values = _invented(program, now) | _real(text, program, chosen, person, now)
    letter = letter_of(
        text,
        wording,
        values,
        to=person.email if person is not None else "ana@example.org",
        url=page("workspace:today"),
        foot=_foot(text, person),
    )
    return Preview(text, letter, wording, (kept or wording) != text.one, number, len(examples))


def preview_announcement(announcement: Announcement) -> Letter:
    """The mail of an announcement as its first receiver would get it, or somebody invented when there is none."""
    text, program = in_words(text_catalog()).text("announcement"), announcement.program
    first = people_in(program, announcement.circle).first()
    person = first.person if first is not None else None
    return letter_of(
        text,
        wording_for(text, program),
        {"subject": announcement.subject, "message": Block(announcement.body)},
        to=person.email if person is not None else "ana@example.org",
        url=page("workspace:announcement", announcement.public_id),
        foot=_foot(text, person),
    )


def preview_invitation(
    program: Program, *, email: str, name: str, role: str, by: Person, now: datetime
) -> Letter:
    """The mail that inviting this address would send, but for its link: there is none before the invitation is made."""
    row = Invitation(program=program, email=email, name=name, role=role, expires_at=now + LASTS)
    with override(language_of(None)):
        text = in_words(text_catalog()).text("invitation")
        notice = Notice(kind=text.key, notice_class=text.notice_class, address=email)
        return letter_of(
            text,
            wording_for(text, program),
            values_for(notice, [Scene("invitation:0", row, program, people={"by": by})]),
            to=email,
            url=page("public:program", program.public_id),
            foot=footing(text.notice_class, None, ""),
        )


def letter_waiting(notice: Notice, *, now: datetime) -> Letter | None:
    """The mail of a notice that waits, as it would be written now; None when there is nothing to tell any more."""
    scene = scene_to_tell(notice, now) if notice.kind in text_catalog().every else None
    if scene is None:
        return None
    return letter_for(notice, [Told(notice, scene)])


def _examples(program: Program) -> list[Example]:
    """Pairs under way; before there are any, those of the latest solved run."""
    pairs = Mentorship.objects.filter(program=program, state__in=OPEN_STATES).order_by("-pk")
    rows = pairs.prefetch_related("members__person__preferences")[:LONGEST_LIST]
    found = []
    for row in rows:
        people = {member.role: member.person for member in row.members.all()}
        if len(people) == 2:
            found.append(Example(people["mentee"], people["mentor"], tuple(row.reasons)))
    if found:
        return found
    proposals = Proposal.objects.filter(
        run__program=program, run__state=RunState.SOLVED, state=ProposalState.PROPOSED
    )
    drafts = proposals.select_related("mentee__person__preferences", "mentor__person__preferences")
    questions = questions_by_key(program)
    return [_drafted(row, questions) for row in drafts.order_by("-run_id", "pk")[:LONGEST_LIST]]


def _drafted(row: Proposal, questions: Mapping[str, Question]) -> Example:
    """A pair of a draft, with the reasons the two would read."""
    mentee, mentor = row.mentee.person, row.mentor.person
    return Example(
        mentee, mentor, tuple(reasons_for_both(row.reasons, questions, mentee=mentee, mentor=mentor))
    )


def _receiver(text: CatalogText, program: Program, example: Example | None) -> Person | None:
    if text.key.startswith("invitation"):
        return None
    if text.receiver.startswith(("Coordinators", "The contact")):
        return program.contact
    if example is None:
        return None
    return (
        example.mentor
        if text.key in {"introduction_mentor", "request_received", "request_reminder"}
        else example.mentee
    )


def _real(
    text: CatalogText, program: Program, example: Example | None, person: Person | None, now: datetime
) -> Values:
    values: Values = {"program": program.name, "contact": program.contact.name}
    if text.key.startswith("case"):
        values["partner"] = program.contact.name
    if person is not None:
        values["name"] = person.name
    if example is None or person is None or text.key.startswith("case"):
        return values
    partner = example.mentee if person == example.mentor else example.mentor
    if person in {example.mentee, example.mentor}:
        values["when"] = moment(_some_afternoon(now), person, partner)
        reasons = pair_reasons(example.reasons, "mentor" if person == example.mentor else "mentee")
        if reasons:
            values["reasons"] = reasons
    return {**values, "partner": partner.name}


def _invented(program: Program, now: datetime) -> Values:
    """Something plausible for every name there is."""
    when = _some_afternoon(now)
    match_type = min(program.match_types.all(), key=lambda row: row.pk, default=None)
    lines: Mapping[str, tuple[str, ...]] = {
        "answers": tuple(str(act.label) for act in OUTCOMES),
        "times": tuple(moment(when + timedelta(days=days), None) for days in (0, 1, 5)),
        "reasons": (
            _("You both know what it is like to change fields"),
            _("One of you offers what the other would like to learn"),
            _("You share six good hours a week"),
        ),
        "lines": (_("Ana wrote to you"), _("Ana offers times for a talk")),
    }
    return {
        "name": "Tom",
        "partner": "Ana",
        "count": "3",
        "expectation": _("whenever suits"),
        "words": Block("> " + _("Could you look at my letter before Friday?")),
        "when": moment(when, None),
        "length": _("45 minutes"),
        "clocks": _(
            "Clocks change for Ana on 29 March. The talk stays at 16:00 for you. For Ana it is at 11:30 instead of 10:30."
        ),
        "channel": _("video call"),
        "first_step": _("Say hello when it suits you."),
        "until": day((now + timedelta(days=14)).date()),
        "how_long": _("until {day}").format(day=day((now + timedelta(days=30)).date())),
        "note": "",
        "role": match_type.label_for("mentee") if match_type is not None else _("Mentee"),
        "invited_by": program.contact.name,
        "effort": _("about 2 hours a month"),
        "survey": _("Pulse"),
        "summary": " · ".join(lines["lines"]),
        "device": "Firefox, Android",
        "subject": _("Our next meeting"),
        "message": Block(_("Hello all,\n\nthere is news.")),
        **{name: Block("\n".join(f"- {escaped(line)}" for line in many)) for name, many in lines.items()},
    }


def _some_afternoon(now: datetime) -> datetime:
    return (now + timedelta(days=7)).replace(hour=14, minute=0, second=0, microsecond=0)


def _foot(text: CatalogText, person: Person | None) -> str:
    off = "" if person is None or text.notice_class in ALWAYS else page("me:notices")
    return footing(text.notice_class, person, off)
