"""Why two people fit: facts kept with a pair, and the words each reader gets for them.

Facts are stored without words, so a page says them in its reader's language and with the present wording of questions.
Which answers a reader may be told of, the visibility of each question decides. Wishes not to be matched with somebody
are no facts: they can be in no reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

from alongside.engine import matching as engine
from alongside.matching.columns import MENTEE, MENTOR, NOTHING, QUESTION
from alongside.matching.phrases import difference_words, overlap_words, same_words, steps_words
from alongside.matching.problem import WISH
from alongside.questionnaires.enums import SEES, MatchRule, Reader
from alongside.questionnaires.models import Question

MOST_REASONS: Final = 3
WISHED: Final = "wish"
HALF_HOURS: Final = "half_hours"

Fact = dict[str, Any]
"""{"key", "points", "most"} and what the question tells: "shared" and "missing" options; "mentee", "mentor" and
"steps" or "same"; "half_hours"; for a wish its "place"."""


class Audience(StrEnum):
    """Who reads: the coordinators, one of a pair, or somebody who looks for a partner."""

    TEAM = "team"
    MENTEE = "mentee"
    MENTOR = "mentor"
    SEEKER = "seeker"  # a mentee before there is a pair
    ASKED = "asked"  # a mentor before there is a pair

    @property
    def reader(self) -> Reader:
        return _READERS[self]

    @property
    def is_mentor(self) -> bool:
        return self in (Audience.MENTOR, Audience.ASKED)


_READERS: dict[Audience, Reader] = {
    Audience.TEAM: Reader.TEAM,
    Audience.MENTEE: Reader.PARTNER,
    Audience.MENTOR: Reader.PARTNER,
    Audience.SEEKER: Reader.FELLOW,
    Audience.ASKED: Reader.FELLOW,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """What one question gave, of what it could have given, in percent of itself."""

    label: str
    share: int
    words: str


@dataclass(frozen=True, slots=True)
class Why:
    """A pair in words: at most three reasons, the strongest first; one helpful difference; hours they share."""

    reasons: tuple[str, ...]
    difference: str
    hours: float | None
    bars: tuple[Bar, ...]

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        return " · ".join(filter(None, (*self.reasons, self.difference)))


# --- facts ---


def facts_of(explanation: engine.Explanation, *, boosted: Mapping[str, bool]) -> list[Fact]:
    """What the engine says about a pair, question by question, strongest first.

    What counts more for one of the two is added to its question; `boosted` says of each such key whether it counts for
    this very pair, so that "of what it could have given" is true for them.
    """
    found: dict[str, Fact] = {}
    for reason in explanation.reasons:
        if reason.key.startswith(WISH):
            if reason.points:
                place = int(reason.key.removeprefix(WISH))
                found[WISHED] = {"key": WISHED, "points": reason.points, "most": 0, "place": place}
            continue
        if reason.key == NOTHING:
            continue
        base, _colon, side = reason.key.removeprefix(QUESTION).partition(":")
        if not side:
            found[base] = {
                "key": base,
                "points": reason.points,
                "most": reason.most,
                **_told(reason.facts),
            }
        elif boosted.get(reason.key, False):
            found[base]["points"] += reason.points
            found[base]["most"] += reason.most
    return sorted(found.values(), key=lambda fact: (-fact["points"], fact["key"]))


def fit_of(facts: Iterable[Fact]) -> int:
    """The share of the points this pair could have reached, in percent, rounded down. Wishes do not count."""
    return _share([fact for fact in facts if fact["key"] != WISHED])


def _told(facts: engine.Facts | None) -> Fact:
    match facts:
        case engine.SharedTags(shared=shared, missing=missing):
            return {"shared": list(shared), "missing": list(missing)}
        case engine.StepDifference(mentee=mentee, mentor=mentor, difference=difference):
            return {MENTEE: mentee, MENTOR: mentor, "steps": difference}
        case engine.TwoLabels(mentee=mentee, mentor=mentor, same=same):
            return {MENTEE: mentee, MENTOR: mentor, "same": same}
        case engine.SharedWeek(half_hours=half_hours):
            return {HALF_HOURS: half_hours}
        case _:
            return {}


class Explainer:
    """Facts about pairs of one program, for whoever asks often."""

    def __init__(self, program: engine.Program) -> None:
        self._program = program
        self._rows = {person: place for place, person in enumerate(program.mentees.ids)}
        self._places = {person: place for place, person in enumerate(program.mentors.ids)}
        keys = [question.key for question in program.questions]
        self._boosts = [key for key in keys if key.count(":") > QUESTION.count(":")]

    def of(self, mentee: str, mentor: str) -> tuple[engine.Explanation, list[Fact]]:
        """The engine's explanation of a pair and its facts."""
        explanation = engine.explain(self._program, mentee, mentor)
        return explanation, facts_of(explanation, boosted=self._boosted(mentee, mentor))

    def _boosted(self, mentee: str, mentor: str) -> dict[str, bool]:
        i, j = self._rows[mentee], self._places[mentor]
        return {key: self._counts(key, i, j) for key in self._boosts}

    def _counts(self, key: str, i: int, j: int) -> bool:
        if key.endswith(f":{MENTEE}"):
            return self._program.mentees.columns[key][i] is not None
        return self._program.mentors.columns[key][j] is not None


# --- words ---


def why(facts: Sequence[Fact], questions: Mapping[str, Question], audience: Audience) -> Why:
    """The facts in words for a reader, in the language that is active. No query.

    Guarantee: an answer is told only to readers whom its question's visibility includes; bars of other questions are
    one bar together, so that none can be read off.
    """
    told = [fact for fact in facts if fact["key"] == WISHED or _may_tell(fact, questions, audience)]
    reasons = [words for fact in told if (words := _reason(fact, questions, audience))]
    differences = [words for fact in told if (words := _difference(fact, questions, audience))]
    half_hours = next((fact[HALF_HOURS] for fact in facts if HALF_HOURS in fact), None)
    return Why(
        reasons=tuple(reasons[:MOST_REASONS]),
        difference=differences[0] if differences else "",
        hours=None if half_hours is None else half_hours / 2,
        bars=tuple(_bars(facts, questions, audience)),
    )


def _may_tell(fact: Fact, questions: Mapping[str, Question], audience: Audience) -> bool:
    question = questions.get(fact["key"])
    return question is not None and question.visibility in SEES[audience.reader]


def _reason(fact: Fact, questions: Mapping[str, Question], audience: Audience) -> str:
    """A reason for the two, none for what is no strength: hours stand on their own, differences too."""
    if fact["key"] == WISHED:
        return _wish_words(fact["place"], audience)
    question = questions[fact["key"]]
    if not fact["points"] or question.match_rule == MatchRule.DIFFERENT:
        return ""
    if fact.get("shared"):
        labels = [question.option_label(option) for option in fact["shared"]]
        return overlap_words(question, labels, audience)
    if fact.get("same"):
        return same_words(question, _label(question, fact[MENTOR]), audience)
    if fact.get("steps") is not None and fact["points"] * 2 >= fact["most"]:
        mentee, mentor = (_label(question, fact[side]) for side in (MENTEE, MENTOR))
        return steps_words(question, mentor, fact["steps"], audience, mentee=mentee)
    return ""


def _difference(fact: Fact, questions: Mapping[str, Question], audience: Audience) -> str:
    if fact["key"] == WISHED:
        return ""
    question = questions[fact["key"]]
    if question.match_rule != MatchRule.DIFFERENT or not fact["points"]:
        return ""
    other = MENTEE if audience.is_mentor else MENTOR
    return difference_words(
        question, _label(question, fact.get(other)), _label(question, fact.get(MENTEE)), audience
    )


def _label(question: Question, answer: str | None) -> str:
    return question.option_label(answer) if answer else ""


def _wish_words(place: int, audience: Audience) -> str:
    """The mentor hears of no order: being one of three is kind, being the third is not."""
    if audience is Audience.TEAM:
        return _("Wish number {place} of the mentee").format(place=place)
    return _("Would be glad to learn with you") if audience.is_mentor else _("One of the people you named")


def _bars(facts: Sequence[Fact], questions: Mapping[str, Question], audience: Audience) -> Iterable[Bar]:
    """One bar for each question the reader may be told of, by weight, and one for the others together."""
    asked = [fact for fact in facts if fact["key"] != WISHED and fact["most"]]
    open_ = [fact for fact in asked if _may_tell(fact, questions, audience)]
    for fact in sorted(open_, key=lambda fact: (-fact["most"], fact["key"])):
        question = questions[fact["key"]]
        yield Bar(question.label, _share([fact]), _bar_words(fact, question))
    if rest := [fact for fact in asked if not _may_tell(fact, questions, audience)]:
        yield Bar(_("Other answers"), _share(rest), _("not shown one by one"))


def _share(facts: Sequence[Fact]) -> int:
    points, most = (sum(int(fact[name]) for fact in facts) for name in ("points", "most"))
    return points * 100 // most if most else 0


def _bar_words(fact: Fact, question: Question) -> str:
    if "shared" in fact:
        wanted = len(fact["shared"]) + len(fact["missing"])
        if not wanted:
            return _("not answered")
        return _("{count} of {wanted}").format(count=len(fact["shared"]), wanted=wanted)
    if HALF_HOURS in fact:
        return _("{hours} hours a week").format(hours=f"{fact[HALF_HOURS] / 2:g}")
    answers = [_label(question, fact.get(side)) for side in (MENTEE, MENTOR)]
    if not any(answers):
        return _("not answered")
    return " / ".join(answer or _("not answered") for answer in answers)
