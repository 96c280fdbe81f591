"""The metric dictionary: what each figure on dashboard and report means. docs/reference/metrics.md says the same."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure: its key in addresses and files, its name, what is counted and how."""

    key: str
    name: str | Promise
    definition: str | Promise


METRICS = (
    Metric(
        "people",
        _("People"),
        _("Everybody whose enrollment is approved and who has neither withdrawn nor retired."),
    ),
    Metric(
        "pairs",
        _("Pairs"),
        _("Mentorships on trial, running, resting or closing. One person may be in several."),
    ),
    Metric(
        "invited",
        _("Invited"),
        _(
            "Addresses that were invited and not taken back, and everybody who enrolled without an invitation."
        ),
    ),
    Metric(
        "joined", _("Joined"), _("Of these, everybody who has sent in their enrollment, whatever came after.")
    ),
    Metric("matched", _("Matched"), _("People who are or were in at least one mentorship.")),
    Metric("talked", _("Talked"), _("People in a mentorship whose first talk one of the two has confirmed.")),
    Metric("third_talk", _("Third talk"), _("People in a mentorship with three confirmed talks or more.")),
    Metric(
        "ended_well",
        _("Ended well"),
        _(
            "People in a closed mentorship that nobody ended early: by both, at its date, or with the program."
        ),
    ),
    Metric(
        "ended_early",
        _("Ended early"),
        _("Closed mentorships that one of the two ended before their time. No fault is kept."),
    ),
    Metric(
        "waiting",
        _("Waiting for a match"),
        _("Enrolled mentees without an open mentorship. The days count from their approval."),
    ),
    Metric(
        "free_mentors",
        _("Mentors without a mentee"),
        _("Enrolled mentors with room for one who have no open mentorship."),
    ),
    Metric(
        "topics",
        _("Topics wanted and offered"),
        _(
            "Answers of enrolled people to the questions that match wishes with offers: mentees want, "
            "mentors offer. The twelve named most."
        ),
    ),
    Metric(
        "words",
        _("Settled, Quiet, Would like a hand"),
        _(
            "What staff may see of open mentorships. Silence counts once it is longer than one and a half times the "
            "rhythm of the pair, and only after both were offered help on five reachable days. Rests and seasons "
            "stop every clock."
        ),
    ),
    Metric(
        "talks_booked",
        _("Talks booked"),
        _("Talks with an agreed time that were not called off, those to come included."),
    ),
    Metric(
        "talks_by_one",
        _("Confirmed by one"),
        _("Talks of which exactly one of the two says that they took place."),
    ),
    Metric("talks_by_both", _("Confirmed by both"), _("Talks of which both say that they took place.")),
    Metric(
        "topics_by_state",
        _("Topics in writing"),
        _("Topics of all pairs by state. What they are about is not read."),
    ),
    Metric(
        "goals_by_state",
        _("Goals"),
        _("Goals of all people by state. Letting one go is not failing; no goal is read."),
    ),
    Metric(
        "activities_by_state",
        _("Activities"),
        _("Activities planned in all pairs by state, tips left out. Skipping is a choice."),
    ),
    Metric(
        "agreements",
        _("Signed agreements"),
        _("Mentorships in which both have signed a version of their agreement."),
    ),
    Metric(
        "response_rate",
        _("Response rate"),
        _(
            "Answers shown, of all people asked in the wave. Answers are shown in batches of five or more, "
            "so the newest few wait."
        ),
    ),
    Metric(
        "construct",
        _("Connection, Trust, Listening, Agreement, Rhythm, Usefulness"),
        _(
            "Mean of one question on a scale of 0 to 100 (not at all 0, very much 100), with the interval that holds the "
            "true mean in 95 of 100 such samples (Student’s t). “Can’t say yet” is left out. "
            "From ten answers on; from five, counts."
        ),
    ),
    Metric(
        "quality",
        _("Quality of the relationship"),
        _(
            "Mean over people of their mean over these six questions, of those who answered four or more. "
            "Not a validated instrument yet."
        ),
    ),
    Metric(
        "endings",
        _("Reasons of early endings"),
        _(
            "What people chose when they ended early, counted in groups of five endings. A reason named by "
            "fewer than five is in the rest."
        ),
    ),
    Metric(
        "still_meeting",
        _("Still meeting"),
        _(
            "Share of mentorships not ended early after so many months (Kaplan–Meier, 95 % interval). A good ending is no loss. "
            "Shown as long as ten are watched."
        ),
    ),
    Metric(
        "offers",
        _("Offers to pairs"),
        _("How often a quiet pair was offered help. Each silence at most once."),
    ),
    Metric(
        "fines",
        _("“We’re fine, thanks”"),
        _("Offers the two answered so. They count as false alarms of ours."),
    ),
    Metric(
        "helped",
        _("Help that helped"),
        _("Settled requests of which the person says that it helped, and that it did not."),
    ),
)


def as_markdown() -> str:
    """The dictionary as docs/reference/metrics.md carries it."""
    lines = [f"**{entry.name}** (`{entry.key}`)\n: {entry.definition}" for entry in METRICS]
    return "\n\n".join(lines) + "\n"
