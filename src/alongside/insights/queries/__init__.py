"""Reading the whole: gentle states, cases, figures. Counts and months, never content."""

from alongside.insights.queries.board import (
    MentorshipFacts,
    MentorshipFilter,
    MentorshipLine,
    mentorship_board,
    mentorship_facts,
    mentorship_lines,
)
from alongside.insights.queries.cases import (
    CaseLine,
    CaseView,
    case_lines,
    case_view,
    cases_about,
    cases_of,
    cases_to_rate,
    open_cases,
    own_open_cases,
)
from alongside.insights.queries.figures import (
    Figures,
    SurveyFigures,
    count_figures,
    longest_waiting,
    waiting_for_match,
)
from alongside.insights.queries.signals import PairSignal, TeamLine, signal_for_pair, team_view
from alongside.insights.queries.talks import busy_until

__all__ = [
    "CaseLine",
    "CaseView",
    "Figures",
    "MentorshipFacts",
    "MentorshipFilter",
    "MentorshipLine",
    "PairSignal",
    "SurveyFigures",
    "TeamLine",
    "busy_until",
    "case_lines",
    "case_view",
    "cases_about",
    "cases_of",
    "cases_to_rate",
    "count_figures",
    "longest_waiting",
    "mentorship_board",
    "mentorship_facts",
    "mentorship_lines",
    "open_cases",
    "own_open_cases",
    "signal_for_pair",
    "team_view",
    "waiting_for_match",
]
