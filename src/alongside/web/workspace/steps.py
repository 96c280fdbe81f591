"""The steps of an enrollment as links: which there are, which were seen, which is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from alongside.enrollment.enums import EnrollmentStep
from alongside.questionnaires.queries import questions_for

if TYPE_CHECKING:
    from alongside.enrollment.models import Participation


@dataclass(frozen=True, slots=True)
class StepLink:
    step: EnrollmentStep
    state: str
    url: str

    @property
    def slug(self) -> str:
        return self.step.replace("_", "-")

    @property
    def word(self) -> str:
        return str(self.step.label)


def steps_of(row: Participation) -> list[EnrollmentStep]:
    """The steps this person goes through: "how you tick" only where the program asks something there."""
    asks = bool(questions_for(row.program.form, role=row.role, step=EnrollmentStep.HOW_YOU_TICK))
    return [step for step in EnrollmentStep if asks or step != EnrollmentStep.HOW_YOU_TICK]


def step_links(row: Participation, *, here: EnrollmentStep | None) -> list[StepLink]:
    """One link for each step, the open one included even where the program has emptied it meanwhile."""
    steps = steps_of(row)
    shown = [step for step in EnrollmentStep if step in steps or step == here]
    return [
        StepLink(
            step,
            "here" if step == here else ("done" if step in row.steps_done else "ahead"),
            reverse("workspace:enroll.step", args=[row.program.public_id, step.replace("_", "-")]),
        )
        for step in shown
    ]


def next_of(row: Participation, here: EnrollmentStep) -> StepLink | None:
    """The step after this one; None after the last."""
    later = list(EnrollmentStep)[list(EnrollmentStep).index(here) + 1 :]
    following = next((step for step in steps_of(row) if step in later), None)
    if following is None:
        return None
    return next(link for link in step_links(row, here=None) if link.step == following)
