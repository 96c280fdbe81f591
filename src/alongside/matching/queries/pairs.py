"""Two people of a program looked at on their own: may they be a pair, and why would they fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.enrollment.enums import Role
from alongside.enrollment.models import Participation
from alongside.matching.problem import build
from alongside.matching.reasons import Audience, Explainer, Fact, fit_of, why
from alongside.matching.snapshot import Focus, freeze, questions_by_key
from alongside.mentorships.enums import ReasonKind
from alongside.people.models import Person
from alongside.questionnaires.models import Question

__all__ = ["PairFacts", "pair_facts", "questions_by_key", "reasons_for_both"]


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What is known of two people as a pair. `forbidden_by` holds rule keys, private ones among them: for decisions,
    never for display. `questions` are those of the form by key."""

    points: int
    fit: int
    facts: list[Fact]
    forbidden_by: tuple[str, ...]
    questions: Mapping[str, Question]

    @property
    def allowed(self) -> bool:
        return not self.forbidden_by


def pair_facts(mentee: Participation, mentor: Participation, *, now: datetime) -> PairFacts:
    """The two as a pair, from what stands now. Reads only them. Both must be enrolled."""
    focus = Focus(mentee, Role.MENTEE)
    frozen = freeze(mentee.program, now=now, focus=focus, only=(mentee, mentor))
    explainer = Explainer(build(frozen.material).program)
    explanation, facts = explainer.of(mentee.public_id, mentor.public_id)
    return PairFacts(explanation.score, fit_of(facts), facts, explanation.forbidden_by, frozen.questions)


def reasons_for_both(
    facts: Sequence[Fact], questions: Mapping[str, Question], *, mentee: Person, mentor: Person
) -> list[dict[str, str]]:
    """The reasons as each of the two reads them, in their own language: what a mentorship keeps and mails tell.

    The strongest first; a helpful difference and the hours they share come after, each line with its `ReasonKind`. A
    side without a sentence has "".
    """
    told = {
        role: _sentences(facts, questions, audience, person)
        for role, audience, person in (
            ("mentee", Audience.MENTEE, mentee),
            ("mentor", Audience.MENTOR, mentor),
        )
    }
    return [
        {"kind": kind.value, **dict(zip(told, lines, strict=True))}
        for kind in ReasonKind
        for lines in zip_longest(*(sentences[kind] for sentences in told.values()), fillvalue="")
    ]


def _sentences(
    facts: Sequence[Fact], questions: Mapping[str, Question], audience: Audience, reader: Person
) -> dict[ReasonKind, list[str]]:
    with override(reader.language):
        found = why(facts, questions, audience)
        hours = (
            _("You share {hours} good hours a week").format(hours=f"{found.hours:g}") if found.hours else ""
        )
        return {
            ReasonKind.REASON: list(found.reasons),
            ReasonKind.DIFFERENCE: [found.difference] if found.difference else [],
            ReasonKind.HOURS: [hours] if hours else [],
        }
