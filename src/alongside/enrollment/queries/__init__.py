"""Reading who takes part. What matching, mentorships and insights may rely on is named here."""

from alongside.enrollment.queries.answers import (
    answers_for_matching,
    answers_for_team,
    criteria_of,
    form_questions,
    own_form_answers,
    seen_by_others,
    who_sees_what,
    with_answers,
)
from alongside.enrollment.queries.imports import DryRun, dry_run, imports_of
from alongside.enrollment.queries.invitations import (
    AddressPlan,
    InvitationCounts,
    invitation_counts,
    invitation_link,
    invitations_of,
    plan_invitations,
)
from alongside.enrollment.queries.participants import (
    PeopleFilter,
    StateCounts,
    counts_by_state,
    enrolled,
    enrolled_in_role,
    kept_apart,
    own_not_with,
    people_list,
    place_in_waitlist,
    places_left,
    tags_of,
    usual_wait,
    waitlist,
)
from alongside.enrollment.queries.preview import SharedWithCity, shared_with_cities
from alongside.enrollment.queries.readiness import OpenPoint, open_points
from alongside.enrollment.queries.sheets import people_sheet

__all__ = [
    "AddressPlan",
    "DryRun",
    "InvitationCounts",
    "OpenPoint",
    "PeopleFilter",
    "SharedWithCity",
    "StateCounts",
    "answers_for_matching",
    "answers_for_team",
    "counts_by_state",
    "criteria_of",
    "dry_run",
    "enrolled",
    "enrolled_in_role",
    "form_questions",
    "imports_of",
    "invitation_counts",
    "invitation_link",
    "invitations_of",
    "kept_apart",
    "open_points",
    "own_form_answers",
    "own_not_with",
    "people_list",
    "people_sheet",
    "place_in_waitlist",
    "places_left",
    "plan_invitations",
    "seen_by_others",
    "shared_with_cities",
    "tags_of",
    "usual_wait",
    "waitlist",
    "who_sees_what",
    "with_answers",
]
