"""What surveys do when something happened elsewhere: be there in a new program, plan, let go."""

from alongside.journal.models import Entry
from alongside.mentorships.enums import OPEN_STATES, EndKind
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.models import Program
from alongside.surveys.actions import (
    copy_own_surveys,
    drop_asks,
    install_surveys,
    plan_asks,
    plan_closing_asks,
)
from alongside.surveys.actions.forgetting import forget_answers_of
from alongside.surveys.models import Survey


def install_for_program(entry: Entry) -> None:
    """A new program has the shipped surveys; a copy keeps what was switched on and off, and brings its own along."""
    program = Program.objects.get(pk=entry.subject_id)
    switches = dict(
        Survey.objects.filter(program=entry.data.get("from")).values_list("key", "switched_on")
        if entry.data.get("from")
        else ()
    )
    actor = Person.objects.filter(pk=entry.actor_id or 0).first()
    install_surveys(program=program, actor=actor, now=entry.at, switched_on=switches)
    if actor is not None and entry.data.get("from"):
        copy_own_surveys(program=program, source=entry.data["from"], actor=actor, now=entry.at)


def plan_for_mentorship(entry: Entry) -> None:
    """The two are asked from the start on."""
    mentorship = _mentorship(entry)
    if mentorship is not None and mentorship.state in OPEN_STATES:
        plan_asks(mentorship=mentorship, now=entry.at)


def follow_ending(entry: Entry) -> None:
    """What belongs to the way is let go; after a good ending the two are asked how it was."""
    mentorship = _mentorship(entry)
    if mentorship is None or mentorship.state in OPEN_STATES:
        return
    drop_asks(mentorship=mentorship, of_the_end=False, now=entry.at)
    if entry.data.get("kind") != EndKind.EARLY:
        plan_closing_asks(mentorship=mentorship, now=entry.at)


def follow_reopening(entry: Entry) -> None:
    """The two go on: questions about an ending are let go."""
    mentorship = _mentorship(entry)
    if mentorship is not None and mentorship.state in OPEN_STATES:
        drop_asks(mentorship=mentorship, of_the_end=True, now=entry.at)
        plan_asks(mentorship=mentorship, now=entry.at)


def forget_leaver(entry: Entry) -> None:
    """Somebody deletes their account: what they said by name goes with them."""
    forget_answers_of(person=Person.objects.get(pk=entry.subject_id))


def _mentorship(entry: Entry) -> Mentorship | None:
    rows = Mentorship.objects.select_related("program", "match_type")
    return rows.filter(pk=entry.subject_id).first()
