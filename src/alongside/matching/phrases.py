"""Sentences about a pair. Questions the product ships have words of their own; any other is quoted.

`labels` are answers as people worded them; lists are short already.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from alongside.questionnaires.enums import MatchDirection
from alongside.questionnaires.models import Question

if TYPE_CHECKING:
    from alongside.matching.reasons import Audience

MOST_NAMED: Final = 3

# For the questions of programs/data: what a pair has in common, whoever reads it of the two.
_SHARED: Final = {
    "values": gettext_noop("What matters to both of you: {answers}"),
    "learning": gettext_noop("You both learn well in the same way: {answers}"),
    "life_stage": gettext_noop("You both know this part of life: {answers}"),
    "channels": gettext_noop("You both like to talk by: {answers}"),
    "site": gettext_noop("You work from the same place: {answers}"),
    "pace": gettext_noop("You like the same pace: {answers}"),
    "languages": gettext_noop("You both speak: {answers}"),
}
_SHARED_TEAM: Final = {
    "values": gettext_noop("What matters to both: {answers}"),
    "learning": gettext_noop("Both learn well in the same way: {answers}"),
    "life_stage": gettext_noop("Both know this part of life: {answers}"),
    "channels": gettext_noop("Both like to talk by: {answers}"),
    "site": gettext_noop("Both work from: {answers}"),
    "pace": gettext_noop("Both like the same pace: {answers}"),
    "languages": gettext_noop("Both speak: {answers}"),
}


def overlap_words(question: Question, labels: Sequence[str], audience: "Audience") -> str:
    """What the mentee wants and the mentor offers, or what both chose."""
    answers = _listed(labels)
    if question.match_settings.get("direction") == MatchDirection.MUTUAL or question.key in _SHARED:
        return _in_common(question, answers, audience)
    if question.key == "help_style":
        return _help_words(answers, audience)
    match audience:
        case "team":
            return _("Wanted and offered: {answers}").format(answers=answers)
        case "mentor" | "asked":
            return _("Would like to talk about what you know: {answers}").format(answers=answers)
        case _:
            return _("Knows what you would like to talk about: {answers}").format(answers=answers)


def same_words(question: Question, label: str, audience: "Audience") -> str:
    """Both gave the same answer."""
    if question.key in _SHARED:
        return _in_common(question, label, audience)
    return _("The same answer to “{question}”: {answer}").format(question=question.label, answer=label)


def steps_words(
    question: Question, mentor: str, steps: int, audience: "Audience", *, mentee: str = ""
) -> str:
    """How far ahead one of the two is; close is a strength where closeness was asked for.

    Where the mentee is meant to be ahead, as in reverse mentoring, nobody is told who stands higher: it is the other
    point of view that helps.
    """
    direction = question.match_settings.get("direction")
    if steps and direction == MatchDirection.MENTEE_AHEAD:
        return _other_view(mentee, mentor, audience)
    if steps == 0:
        return _("At the same point on “{question}”: {answer}").format(question=question.label, answer=mentor)
    if direction == MatchDirection.CLOSE:
        return _("Close to each other on “{question}”").format(question=question.label)
    ahead = steps > 0
    count = abs(steps)
    match audience:
        case "mentor" | "asked":
            return _steps_of_mentee(count, mentor_is_ahead=ahead)
        case "team":
            return _steps_for_team(count, mentor_is_ahead=ahead, mentor=mentor)
        case _:
            return _steps_of_mentor(count, mentor_is_ahead=ahead, mentor=mentor)


def difference_words(question: Question, other: str, mentee: str, audience: "Audience") -> str:
    """A difference that helps."""
    if audience == "team":
        return _("A helpful difference: {mentee} and {mentor}").format(mentee=mentee, mentor=other)
    if question.key == "unit":
        return _("A fresh view from another team: {answer}").format(answer=other)
    return _("A helpful difference on “{question}”: {answer}").format(question=question.label, answer=other)


def _in_common(question: Question, answers: str, audience: "Audience") -> str:
    if audience == "team":
        words = _SHARED_TEAM.get(question.key)
        return (
            _(words).format(answers=answers) if words else _("Both named: {answers}").format(answers=answers)
        )
    words = _SHARED.get(question.key)
    return (
        _(words).format(answers=answers) if words else _("You both named: {answers}").format(answers=answers)
    )


def _help_words(answers: str, audience: "Audience") -> str:
    match audience:
        case "team":
            return _("Help that suits the mentee: {answers}").format(answers=answers)
        case "mentor" | "asked":
            return _("Is helped by what comes easily to you: {answers}").format(answers=answers)
        case _:
            return _("Helps in the way you like: {answers}").format(answers=answers)


def _other_view(mentee: str, mentor: str, audience: "Audience") -> str:
    if audience == "team":
        return _("Two points of view: {mentee} / {mentor}").format(mentee=mentee, mentor=mentor)
    other = mentee if audience in ("mentor", "asked") else mentor
    return _("Sees things from another place: {answer}").format(answer=other)


def _steps_of_mentor(count: int, *, mentor_is_ahead: bool, mentor: str) -> str:
    if mentor_is_ahead:
        return ngettext(
            "A step ahead of you: {answer}", "{count} steps ahead of you: {answer}", count
        ).format(count=count, answer=mentor)
    return ngettext("You are a step ahead: {answer}", "You are {count} steps ahead: {answer}", count).format(
        count=count, answer=mentor
    )


def _steps_of_mentee(count: int, *, mentor_is_ahead: bool) -> str:
    if mentor_is_ahead:
        return ngettext(
            "Stands where you were a step ago", "Stands where you were {count} steps ago", count
        ).format(count=count)
    return ngettext("A step ahead of you", "{count} steps ahead of you", count).format(count=count)


def _steps_for_team(count: int, *, mentor_is_ahead: bool, mentor: str) -> str:
    if mentor_is_ahead:
        return ngettext(
            "The mentor is a step ahead: {answer}", "The mentor is {count} steps ahead: {answer}", count
        ).format(count=count, answer=mentor)
    return ngettext(
        "The mentee is a step ahead; the mentor: {answer}",
        "The mentee is {count} steps ahead; the mentor: {answer}",
        count,
    ).format(count=count, answer=mentor)


def _listed(labels: Sequence[str]) -> str:
    """The first few, and how many more."""
    shown = ", ".join(labels[:MOST_NAMED])
    more = len(labels) - MOST_NAMED
    if more <= 0:
        return shown
    return ngettext("{shown} and {count} more", "{shown} and {count} more", more).format(
        shown=shown, count=more
    )
