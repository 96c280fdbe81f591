"""The health engine: whether two people might welcome a hand, concluded from dates and what they chose to share.

    assessment = assess(Facts(today=..., people=("ada", "ben"), started_on=..., last_contact_on=..., ...))
    assessment.seen_by("ada").state, assessment.team.reason, assessment.findings

Help, not surveillance: docs/algorithms/health.md tells what goes in, what cannot, and who sees what when.
"""

from .facts import CADENCE, AskedForHand, Facts, Hand, Seen, SharedAnswer, Unanswered
from .score import Assessment, Audience, Finding, Kind, Month, Reading, Reason, State, assess, silence

__all__ = [
    "CADENCE",
    "AskedForHand",
    "Assessment",
    "Audience",
    "Facts",
    "Finding",
    "Hand",
    "Kind",
    "Month",
    "Reading",
    "Reason",
    "Seen",
    "SharedAnswer",
    "State",
    "Unanswered",
    "assess",
    "silence",
]
