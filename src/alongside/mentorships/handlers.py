"""What the room does when something happened elsewhere."""

from alongside.journal.models import Entry
from alongside.mentorships.actions import end_early
from alongside.mentorships.enums import EndReason
from alongside.mentorships.queries import open_mentorships_of
from alongside.people.models import Person


def end_for_leaver(entry: Entry) -> None:
    """Somebody deletes their account: their partners are told that it ended, no more, and can be matched anew."""
    person = Person.objects.get(pk=entry.subject_id)
    for mentorship in open_mentorships_of(person):
        end_early(mentorship=mentorship, actor=person, reason=EndReason.UNSAID, now=entry.at)
