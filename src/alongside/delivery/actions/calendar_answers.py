"""An answer of somebody's calendar that came by mail: applied to its talk, or kindly explained to its owner."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.delivery.actions.posting import post_letter
from alongside.delivery.letters import language_of
from alongside.delivery.links import page
from alongside.foundation.mail import Action, Letter
from alongside.meetings.actions import CalendarAnswer, apply_calendar_reply
from alongside.meetings.enums import ReplyOutcome
from alongside.people.models import Person


def take_calendar_answer(
    raw: bytes, *, person: Person, whole: bool = True, is_automatic: bool = False, now: datetime
) -> CalendarAnswer:
    """Applies a mail to this person's calendar address. What could not be applied is told to their own address, at once.

    The signed address is the permission: calendars send from many places. Calendars are machines, so one that calls itself
    automatic is applied as well; only words are not sent back to it.
    """
    with override(language_of(person)):
        answer = apply_calendar_reply(mail=raw if whole else b"", known_as=person, now=now)
        words = answer.words
        if answer.outcome == ReplyOutcome.NO_REPLY:
            words = _(
                "Only answers of a calendar are read at this address. Words find their way in your topics."
            )
        if words and not is_automatic:
            _write_back(answer, person, words, now)
    return answer


def _write_back(answer: CalendarAnswer, person: Person, words: str, now: datetime) -> None:
    meeting = answer.meeting
    url = (
        page("workspace:meeting", meeting.mentorship.public_id, meeting.public_id)
        if meeting is not None
        else page("workspace:today")
    )
    post_letter(
        Letter(
            to=person.email,
            subject=_("About your calendar's answer"),
            body=words,
            action=Action(_("See the talk") if meeting is not None else _("Go to your space"), url),
            language=person.language,
        ),
        now=now,
    )
