"""The names and facts that go into a text, read at the moment of telling; and whether there is still anything to tell."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.delivery.clocks import clock_change
from alongside.delivery.enums import OUTCOMES, NoticeChannel
from alongside.delivery.links import act_link, taking_link
from alongside.delivery.models import Notice
from alongside.delivery.scenes import Scene
from alongside.delivery.texts import Block, escaped
from alongside.discussions.enums import Expectation
from alongside.engine.timing.zones import wall_at, zone_info
from alongside.enrollment.enums import Role
from alongside.foundation.text import excerpt
from alongside.meetings.enums import MeetingState, Rhythm
from alongside.meetings.queries.lists import turns_in_series
from alongside.mentorships.enums import MemberRole
from alongside.people.enums import Channel
from alongside.people.models import Person
from alongside.people.queries import known_zone
from alongside.programs.enums import STAFF_WORDS, StaffRole
from alongside.programs.models import MatchType
from alongside.vault.queries import open_many

Values = dict[str, str]
SECONDS_A_QUESTION = 10
# Where the words of two people stand that a notice may carry.
_SEALED = {
    "topic_opened": ("title_sealed", "topic:{}:title"),
    "message_posted": ("body_sealed", "message:{}:body"),
}


def values_for(notice: Notice, scenes: Sequence[Scene]) -> Values:
    """What each placeholder of the notice's text stands for, on the receiver's own clock.

    `scenes` are of all notices told together with this one, its own among them, oldest first.
    """
    values = _common(scenes[-1], notice.person)
    values["count"] = formats.number_format(len(scenes))
    maker = _MAKERS.get(notice.kind)
    if maker is not None:
        values |= maker(notice, scenes)
    return values


def day(on: date) -> str:
    """A date in words: 22 May 2026."""
    return formats.date_format(on, "j F Y")


def moment(at: datetime, person: Person | None, partner: Person | None = None) -> str:
    """An instant on the receiver's clock, and on the partner's if it is another one and they show it."""
    zone = _zone(person)
    local = at.astimezone(zone_info(zone))
    told = f"{formats.date_format(local, 'l j F')}, {local:%H:%M}"
    if partner is None or not partner.preferences.share_clock:
        return told
    there = wall_at(at, _zone(partner))
    if there.offset == local.utcoffset():
        return told
    return _("{moment} ({time} for {partner})").format(
        moment=told, time=f"{there.at:%H:%M}", partner=partner.name
    )


def _zone(person: Person | None) -> str:
    return known_zone(person.preferences.zone if person is not None else settings.ENV.default_zone)


def _common(scene: Scene, person: Person | None) -> Values:
    values = {"name": person.name if person is not None else ""}
    if scene.program is not None:
        values |= {"program": scene.program.name, "contact": scene.program.contact.name}
    partner = scene.partner_of(person) if person is not None else None
    if partner is not None:
        values["partner"] = partner.name
    return values


def _length(minutes: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def _lines(lines: Sequence[str]) -> Block:
    """A Markdown list of lines whose letters are no marks."""
    return Block("\n".join(f"- {escaped(line)}" for line in lines))


def _invitation(notice: Notice, scenes: Sequence[Scene]) -> Values:
    row = scenes[-1].thing
    by = scenes[-1].people.get("by") or row.program.contact
    match_type = row.program.match_types.order_by("pk").first()
    name = notice.person.name if notice.person else row.name
    return {
        "name": name or row.email.split("@")[0],
        "invited_by": by.name,
        "role": _role(match_type, row.role),
        "effort": _effort(match_type) if match_type is not None else "",
        "until": day(row.expires_at.astimezone(zone_info(_zone(notice.person))).date()),
    }


def _staff_invitation(notice: Notice, scenes: Sequence[Scene]) -> Values:
    row = scenes[-1].thing
    by = scenes[-1].people.get("by") or row.program.contact
    return {
        "name": row.email.split("@")[0],
        "invited_by": by.name,
        "role": str(STAFF_WORDS[StaffRole(row.role)]),
        "until": day(row.expires_at.astimezone(zone_info(_zone(None))).date()),
    }


def _staff_added(notice: Notice, scenes: Sequence[Scene]) -> Values:
    scene = scenes[-1]
    by = scene.people.get("actor") or (scene.program.contact if scene.program else None)
    role = StaffRole(scene.facts.get("role") or StaffRole.COORDINATOR)
    return {"invited_by": by.name if by else "", "role": str(STAFF_WORDS[role])}


def _role(match_type: MatchType | None, role: str) -> str:
    """What the program calls somebody of this role; who may be both has the product's word."""
    if match_type is None or role == Role.BOTH:
        return str(Role(role).label)
    return match_type.label_for(role)


def _effort(match_type: MatchType) -> str:
    """What the rhythm of talks comes to in a month, to the next full hour."""
    hours = math.ceil(match_type.meeting_minutes * 30 / match_type.rhythm_days / 60)
    return ngettext("about %(count)d hour a month", "about %(count)d hours a month", hours) % {"count": hours}


def _participation(notice: Notice, scenes: Sequence[Scene]) -> Values:
    row = scenes[-1].thing
    return {"role": _role(row.match_type, row.role), "note": row.note_from_team, "partner": row.person.name}


def _introduction(notice: Notice, scenes: Sequence[Scene]) -> Values:
    scene = scenes[-1]
    role = MemberRole.MENTEE if notice.person == scene.people.get("mentee") else MemberRole.MENTOR
    reasons = pair_reasons(scene.mentorship.reasons if scene.mentorship is not None else (), role)
    first_step = (
        _("Say hello when it suits you. A first line that often works: what has your week been like?")
        if role == MemberRole.MENTEE
        else _("A short hello is enough to begin. The page shows hours that suit you both.")
    )
    fallback = _lines([_("Your wishes and offers, and the hours you share, fit well.")])
    return {"reasons": reasons or fallback, "first_step": first_step}


def pair_reasons(reasons: Sequence[Any], role: str) -> Block:
    """The first three reasons as a list, in words for one of the two; empty if none can be told."""
    return _lines([line for line in (_reason(reason, role) for reason in reasons) if line][:3])


def _reason(reason: Any, role: str) -> str:
    """A reason in words for one of the two: a sentence, or sentences by reader."""
    if isinstance(reason, Mapping):
        return str(reason.get(role) or reason.get("text") or "")
    return str(reason)


def _request(notice: Notice, scenes: Sequence[Scene]) -> Values:
    scene = scenes[-1]
    asked_me = notice.person == scene.people["requested"]
    other = scene.people["requester" if asked_me else "requested"]
    until = scene.thing.expires_at.astimezone(zone_info(_zone(notice.person))).date()
    return {"partner": other.name, "until": day(until)}


def _topics(notice: Notice, scenes: Sequence[Scene]) -> Values:
    return {"words": _lines(told_words(notice, scenes))}


def _messages(notice: Notice, scenes: Sequence[Scene]) -> Values:
    last = scenes[-1].thing
    expected = _("urgent") if last.urgency else _expectation(last.expectation, last.reply_by)
    words = Block("\n\n".join(_quoted(text) for text in told_words(notice, scenes)))
    return {"expectation": expected, "words": words}


def told_words(notice: Notice, scenes: Sequence[Scene]) -> list[str]:
    """What was written, as it was written, for a receiver who wants words on this channel; else nothing is opened."""
    person = notice.person
    if person is None or notice.kind not in _SEALED:
        return []
    wants = (
        person.preferences.push_text if notice.channel == NoticeChannel.PUSH else person.preferences.mail_text
    )
    column, about = _SEALED[notice.kind]
    rows = [scene.thing for scene in scenes] if wants else []
    texts = open_many([(getattr(row, column), about.format(row.public_id)) for row in rows])
    return [text for text in texts if text]


def _expectation(expectation: str, reply_by: date | None) -> str:
    if expectation == Expectation.BY_DATE and reply_by is not None:
        return _("an answer by {day} would help").format(day=day(reply_by))
    return str(Expectation(expectation).label)


def _quoted(text: str) -> str:
    """Words of a message as a quote, without marks of their own."""
    return "> " + escaped(excerpt(text, 2000))


def _meeting(notice: Notice, scenes: Sequence[Scene]) -> Values:
    row, person = scenes[-1].thing, notice.person
    partner = scenes[-1].partner_of(person) if person is not None else None
    starts_at = notice.starts_at or row.starts_at
    channel = str(Channel(row.channel).label)
    values = {"length": _length(row.minutes), "channel": channel[:1].lower() + channel[1:]}
    if starts_at is not None:
        values["when"] = moment(starts_at, person, partner)
    if notice.kind == "meeting_offered":
        offered = row.offered_times.order_by("starts_at").values_list("starts_at", "public_id")
        lines = [(escaped(moment(at, person, partner)), taking_link(notice, time)) for at, time in offered]
        values["times"] = Block("\n".join(f"- [{line}]({link})" for line, link in lines))
    return values


def _rhythm(notice: Notice, scenes: Sequence[Scene]) -> Values:
    row = scenes[-1].thing
    turns = [turn for turn in turns_in_series(row) if turn.state != MeetingState.CANCELED]
    last = max(datetime.fromisoformat(turn.turn_wall) for turn in turns or [row]).date()
    words = _("{rhythm} until {day}").format(rhythm=Rhythm(row.rhythm).label, day=day(last))
    return {**_meeting(notice, scenes), "how_long": words}


def _over(notice: Notice, scenes: Sequence[Scene]) -> Values:
    answers = "\n".join(f"- [{escaped(str(act.label))}]({act_link(notice, act)})" for act in OUTCOMES)
    return {**_meeting(notice, scenes), "answers": Block(answers)}


def _resting(notice: Notice, scenes: Sequence[Scene]) -> Values:
    mentorship = scenes[-1].mentorship
    pause = mentorship.pauses.filter(ended_at__isnull=True).first() if mentorship is not None else None
    if pause is None or pause.until_on is None:
        return {"how_long": _("for as long as it takes")}
    return {"how_long": _("until {day}").format(day=day(pause.until_on))}


def _ending(notice: Notice, scenes: Sequence[Scene]) -> Values:
    mentorship = scenes[-1].mentorship
    return {"until": day(mentorship.ends_on)} if mentorship is not None else {}


def _survey(notice: Notice, scenes: Sequence[Scene]) -> Values:
    questionnaire = scenes[-1].thing.wave.survey.questionnaire
    seconds = questionnaire.questions.count() * SECONDS_A_QUESTION
    return {"survey": questionnaire.title_said, "length": _length(max(1, round(seconds / 60)))}


def _case(notice: Notice, scenes: Sequence[Scene]) -> Values:
    scene = scenes[-1]
    actor = scene.people.get("actor") or (scene.program.contact if scene.program else None)
    return {"partner": actor.name if actor else ""}


def _announcement(notice: Notice, scenes: Sequence[Scene]) -> Values:
    row = scenes[-1].thing
    return {"subject": row.subject, "message": Block(row.body)}


def _device(notice: Notice, scenes: Sequence[Scene]) -> Values:
    return {"device": scenes[-1].facts.get("device") or _("A browser")}


_MAKERS: Mapping[str, Callable[[Notice, Sequence[Scene]], Values]] = {
    "invitation": _invitation,
    "invitation_reminder": _invitation,
    "staff_invitation": _staff_invitation,
    "staff_added": _staff_added,
    "enrollment_received": _participation,
    "enrollment_to_approve": _participation,
    "enrolled": _participation,
    "waitlisted": _participation,
    "not_this_time": _participation,
    "introduction_mentee": _introduction,
    "introduction_mentor": _introduction,
    "request_received": _request,
    "request_reminder": _request,
    "request_accepted": _request,
    "request_declined": _request,
    "request_expired": _request,
    "request_superseded": _request,
    "topic_opened": _topics,
    "message_posted": _messages,
    "meeting_offered": _meeting,
    "meeting_booked": _meeting,
    "meeting_moved": _meeting,
    "meeting_changed": _meeting,
    "meeting_canceled": _meeting,
    "meeting_doubted": _meeting,
    "meeting_shifted": _meeting,
    "clock_change": clock_change,
    "calendar_entry": _meeting,
    "meeting_reminder": _meeting,
    "meeting_repeats": _rhythm,
    "meeting_rhythm_ended": _meeting,
    "meeting_over": _over,
    "pair_resting": _resting,
    "closing_soon": _ending,
    "survey_asked": _survey,
    "survey_reminder": _survey,
    "case_taken": _case,
    "case_resolved": _case,
    "announcement": _announcement,
    "device_added": _device,
}
