"""What activities do when something happens elsewhere."""

from alongside.activities.actions import lay_out_plan
from alongside.journal.models import Entry
from alongside.mentorships.models import Mentorship


def lay_out_plan_of_program(entry: Entry) -> None:
    """A mentorship has begun: it gets the program's plan. Entries about it may come twice."""
    mentorship = Mentorship.objects.filter(pk=entry.subject_id).first()
    if mentorship is not None:
        lay_out_plan(mentorship=mentorship, now=entry.at)
