"""The one sentence under each chart: what it says, with the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.insights.tables import construct_name

if TYPE_CHECKING:
    from alongside.insights.queries import Figures
    from alongside.surveys.queries import Rate


def people_words(figures: Figures) -> str:
    """ "214 people · 96 pairs"."""
    people = ngettext("{count} person", "{count} people", figures.people).format(count=figures.people)
    pairs = ngettext("{count} pair", "{count} pairs", figures.pairs).format(count=figures.pairs)
    return f"{people} · {pairs}"


def path_caption(figures: Figures) -> str:
    path = figures.path
    return _(
        "{matched} of {joined} who joined have or had a partner; {talked} have talked, {third} three times."
    ).format(
        matched=path.get("matched", 0),
        joined=path.get("joined", 0),
        talked=path.get("talked", 0),
        third=path.get("third_talk", 0),
    )


def waiting_caption(figures: Figures) -> str:
    if not figures.waiting:
        return _("Nobody waits for a match.")
    return ngettext(
        "{count} person waits for a match, for {days} days.",
        "{count} people wait for a match, the longest for {days} days.",
        figures.waiting,
    ).format(count=figures.waiting, days=figures.waiting_oldest)


def has_means(figures: Figures) -> bool:
    """Whether the survey has a mean to draw: from ten answers on."""
    return figures.survey is not None and any(row[2] is not None for row in figures.survey.rows)


def survey_caption(figures: Figures) -> str:
    """The strongest and the weakest construct; how many answered."""
    survey = figures.survey
    if survey is None:
        return ""
    known = [(row[2], str(row[0]), row[3], row[4]) for row in survey.rows[1:] if row[2] is not None]
    answered = _("{shown} of {asked} answered.").format(shown=survey.shown, asked=survey.asked)
    if not known:
        return _("{answered} From ten answers on there is a mean.").format(answered=answered)
    value, name, low, high = min(known)
    return _("Lowest stands {construct} at {value:.0f}, between {low:.0f} and {high:.0f}; {answered}").format(
        construct=construct_name(name).lower(), value=value, low=low, high=high, answered=answered
    )


def topics_caption(figures: Figures) -> str:
    short = [(wanted - offered, label) for label, wanted, offered in figures.topics if wanted > offered]
    if not short:
        return _("Everything that is wanted is offered at least as often.")
    gap, label = max(short)
    return ngettext(
        "{label} is wanted by {count} more person than offer it.",
        "{label} is wanted by {count} more people than offer it.",
        gap,
    ).format(label=label, count=gap)


def curve_caption(figures: Figures) -> str:
    month, share, low, high = figures.still_meeting[-1]
    if share == 1:
        return ngettext(
            "No pair has ended early in the first month.",
            "No pair has ended early in the first {month} months.",
            int(month),
        ).format(month=int(month))
    return ngettext(
        "After {month} month {share} % of pairs still meet, between {low} and {high} %.",
        "After {month} months {share} % of pairs still meet, between {low} and {high} %.",
        int(month),
    ).format(month=int(month), share=round(100 * share), low=round(100 * low), high=round(100 * high))


def rate_words(rate: Rate) -> str:
    """ "118 of 192 answered, 61 %"; no share below ten people."""
    if rate.share is None:
        return _("fewer than five people asked so far")
    told = _("{shown} of {asked} answered").format(shown=rate.shown, asked=rate.asked)
    return f"{told}, {round(100 * rate.share.value)} %" if rate.asked >= 10 else told


def words_caption(figures: Figures) -> str:
    calm = figures.pairs - sum(n for word, n in figures.words.items() if word != "settled")
    return _("{calm} of {pairs} open pairs are settled.").format(calm=calm, pairs=figures.pairs)


def meetings_caption(figures: Figures) -> str:
    talks = figures.meetings
    return _("Of {booked} booked talks {both} are confirmed by both and {one} by one of the two.").format(
        booked=talks.get("booked", 0),
        both=talks.get("confirmed_by_both", 0),
        one=talks.get("confirmed_by_one", 0),
    )


def endings_caption(figures: Figures) -> str:
    total = sum(figures.endings.values()) + figures.endings_hidden
    return _("Reasons of {count} early endings, counted in groups of five.").format(count=total)
