"""Every figure as a table: what a chart draws, what its twin says, what the file holds. One source, so they agree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.activities.enums import ActivityState
from alongside.discussions.enums import TopicState
from alongside.goals.enums import GoalState
from alongside.insights.enums import SignalState
from alongside.insights.queries.figures import PATH, WAITING_FROM, Figures
from alongside.mentorships.enums import EndReason, MentorshipState
from alongside.surveys.words import CONSTRUCTS, construct_word

Cell = str | int | float
QUALITY = gettext_lazy("Quality of the relationship")

PATH_WORDS: Mapping[str, str | Promise] = {
    "invited": gettext_lazy("Invited"),
    "joined": gettext_lazy("Joined"),
    "matched": gettext_lazy("Matched"),
    "talked": gettext_lazy("Talked"),
    "third_talk": gettext_lazy("Third talk"),
    "ended_well": gettext_lazy("Ended well"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows of plain cells."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def path_rows(figures: Figures) -> list[tuple[str, int]]:
    return [(str(PATH_WORDS[step]), figures.path.get(step, 0)) for step in PATH]


def waiting_rows(figures: Figures) -> list[tuple[str, int]]:
    """Bars of waiting: (days, people)."""
    ends = [*WAITING_FROM[1:], None]
    labels = [
        _("{first} and more").format(first=first) if end is None else f"{first}–{end - 1}"
        for first, end in zip(WAITING_FROM, ends, strict=True)
    ]
    return list(zip(labels, figures.waiting_bins, strict=False))


def topic_rows(figures: Figures) -> list[tuple[str, int, int]]:
    return [(str(label), int(wanted), int(offered)) for label, wanted, offered in figures.topics]


def construct_rows(figures: Figures) -> list[tuple[str, float | None, float | None, float | None, str]]:
    """Rows for dots with intervals: (construct, value, low, high, note); the note says why a value is hidden."""
    rows = figures.survey.rows if figures.survey else ()
    return [
        (construct_name(construct), value, low, high, _note(n, value))
        for construct, n, value, low, high in rows
    ]


def construct_name(construct: str) -> str:
    return construct_word(construct) if construct in CONSTRUCTS else str(QUALITY)


def _note(n: int, value: float | None) -> str:
    if value is not None:
        return _("{n} answers").format(n=n)
    if n:
        return _("{n} answers, too few for a mean").format(n=n)
    return _("hidden because fewer than 5 answered")


def state_rows(figures: Figures) -> list[tuple[str, int]]:
    return _by(figures.states, MentorshipState.choices)


def word_rows(figures: Figures) -> list[tuple[str, int]]:
    """Open mentorships by word; one not read yet is settled."""
    known = sum(figures.words.values())
    words = {**figures.words}
    words[SignalState.SETTLED] = words.get(SignalState.SETTLED, 0) + max(0, figures.pairs - known)
    return _by(words, SignalState.choices)


def goal_rows(figures: Figures) -> list[tuple[str, int]]:
    return _by(figures.goals, GoalState.choices)


def activity_rows(figures: Figures) -> list[tuple[str, int]]:
    return _by(figures.activities, ActivityState.choices)


def writing_rows(figures: Figures) -> list[tuple[str, int]]:
    return _by(figures.talks_in_writing, TopicState.choices)


def meeting_rows(figures: Figures) -> list[tuple[str, int]]:
    words = {
        "booked": _("Booked"),
        "confirmed_by_one": _("Confirmed by one"),
        "confirmed_by_both": _("Confirmed by both"),
        "not_held": _("Did not happen"),
        "canceled": _("Called off"),
    }
    return [(word, figures.meetings.get(key, 0)) for key, word in words.items()] if figures.meetings else []


def ending_rows(figures: Figures) -> list[tuple[str, int]]:
    """Reasons of early endings, the most frequent first, then the rest together."""
    labels = dict(EndReason.choices)
    shown = sorted(figures.endings.items(), key=lambda entry: -entry[1])
    rows = [(str(labels.get(reason, reason)).capitalize(), n) for reason, n in shown]
    return (
        [*rows, (_("Other reasons, each by fewer than five"), figures.endings_hidden)]
        if figures.endings_hidden
        else rows
    )


def curve_rows(figures: Figures) -> list[tuple[str, float, float, float]]:
    return [
        (_("month {month}").format(month=int(month)), share, low, high)
        for month, share, low, high in figures.still_meeting
    ]


def help_rows(figures: Figures) -> list[tuple[str, int]]:
    words = {
        "offers": _("Offers to pairs"),
        "fines": _("“We’re fine, thanks”"),
        "cases": _("Requests and offers of help"),
        "it_helped": _("It helped"),
        "it_did_not": _("It did not help"),
    }
    return [(word, figures.help.get(key, 0)) for key, word in words.items()]


def table_of(key: str, figures: Figures) -> Table:
    """The table behind a chart. KeyError for none of this name."""
    return _TABLES[key](figures)


def _by(counts: Mapping[str, int], choices: Sequence[tuple[str, object]]) -> list[tuple[str, int]]:
    return [(str(label), counts.get(value, 0)) for value, label in choices] if counts else []


def _counted(
    rows: Callable[[Figures], Sequence[Sequence[Cell]]], *head: str | Promise
) -> Callable[[Figures], Table]:
    return lambda figures: Table([str(word) for word in head], rows(figures))


def _constructs(figures: Figures) -> Table:
    head = [_("What"), _("Estimate"), _("From"), _("To"), _("Note")]
    return Table(
        head,
        [
            (
                label,
                "" if value is None else value,
                "" if low is None else low,
                "" if high is None else high,
                note,
            )
            for label, value, low, high, note in construct_rows(figures)
        ],
    )


def _curve(figures: Figures) -> Table:
    head = [_("When"), _("Share"), _("From"), _("To")]
    return Table(
        head,
        [
            (label, *(round(part, 3) for part in (share, low, high)))
            for label, share, low, high in curve_rows(figures)
        ],
    )


_PEOPLE, _COUNT = gettext_lazy("People"), gettext_lazy("Count")
_STATE = gettext_lazy("State")
_TABLES: Mapping[str, Callable[[Figures], Table]] = {
    "path": _counted(path_rows, gettext_lazy("Step"), _PEOPLE),
    "waiting": _counted(waiting_rows, gettext_lazy("Days"), _PEOPLE),
    "topics": _counted(topic_rows, gettext_lazy("Topic"), gettext_lazy("Wanted"), gettext_lazy("Offered")),
    "survey": _constructs,
    "mentorships": _counted(state_rows, _STATE, _COUNT),
    "words": _counted(word_rows, gettext_lazy("Word"), _COUNT),
    "meetings": _counted(meeting_rows, gettext_lazy("Talks"), _COUNT),
    "goals": _counted(goal_rows, _STATE, _COUNT),
    "activities": _counted(activity_rows, _STATE, _COUNT),
    "writing": _counted(writing_rows, _STATE, _COUNT),
    "endings": _counted(ending_rows, gettext_lazy("Reason"), _COUNT),
    "still-meeting": _curve,
    "help": _counted(help_rows, gettext_lazy("What"), _COUNT),
}
KEYS = tuple(_TABLES)
