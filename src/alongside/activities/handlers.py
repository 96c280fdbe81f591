"""What activities do when something happens elsewhere."""

from alongside.activities.actions import lay_out_plan, shift_plan
from alongside.journal.models import Entry
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import open_mentorships_of
from alongside.people.enums import SeasonKind
from alongside.people.models import Season


def lay_out_plan_of_program(entry: Entry) -> None:
    """A mentorship has begun: it gets the program's plan. Entries about it may come twice."""
    mentorship = Mentorship.objects.filter(pk=entry.subject_id).first()
    if mentorship is not None:
        lay_out_plan(mentorship=mentorship, now=entry.at)


def shift_plan_of_mentorship(entry: Entry) -> None:
    """A mentorship began to rest or goes on: its plan moves along."""
    mentorship = Mentorship.objects.select_related("program").filter(pk=entry.subject_id).first()
    if mentorship is not None:
        shift_plan(mentorship=mentorship, now=entry.at)


def shift_plans_of_person(entry: Entry) -> None:
    """Somebody will be away, or is back: the plans of all their mentorships move along."""
    season = Season.objects.filter(pk=entry.subject_id, kind=SeasonKind.AWAY).select_related("person").first()
    if season is not None:
        for mentorship in open_mentorships_of(season.person):
            shift_plan(mentorship=mentorship, now=entry.at)
