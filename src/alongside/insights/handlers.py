"""What the outlook does when something happened: read a relationship anew, open a case, plan a look back."""

from alongside.insights.actions import ask_for_hand, open_safety_case, recompute_signals
from alongside.insights.actions.forgetting import forget_cases_of
from alongside.insights.enums import ASKED_FOR, CaseKind
from alongside.journal.models import Entry
from alongside.meetings.queries import talks_held
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.models import Member, Mentorship
from alongside.people.models import Person, Season
from alongside.surveys.actions import plan_talk_asks


def look_again(entry: Entry) -> None:
    """Reads the mentorships of an entry anew; of somebody's season, all their open ones."""
    if entry.subject_type == "mentorship":
        keys = [entry.subject_id]
    elif entry.subject_type == "season":
        keys = _open_ones_of(entry)
    else:
        keys = [entry.data["mentorship"]] if entry.data.get("mentorship") else []
    recompute_signals(keys, now=entry.at)


def open_asked_case(entry: Entry) -> None:
    """Somebody asked for a hand in a survey."""
    kind, mentorship = entry.data.get("hand"), _mentorship(entry.data.get("mentorship"))
    person = Person.objects.filter(pk=entry.data.get("person") or 0).first()
    if kind in ASKED_FOR and mentorship is not None and person is not None:
        ask_for_hand(mentorship=mentorship, actor=person, kind=CaseKind(kind), now=entry.at)


def open_case_of_safety(entry: Entry) -> None:
    """Somebody left because they did not feel safe."""
    mentorship = _mentorship(entry.subject_id)
    person = Person.objects.filter(pk=entry.actor_id or 0).first()
    if mentorship is not None and person is not None:
        open_safety_case(mentorship=mentorship, person=person, now=entry.at)


def follow_talk(entry: Entry) -> None:
    """After every second talk each of the two may look back, for themself alone."""
    mentorship = _mentorship(entry.data.get("mentorship"))
    if mentorship is not None and mentorship.state in OPEN_STATES:
        plan_talk_asks(mentorship=mentorship, talks_held=talks_held(mentorship), now=entry.at)


def forget_leaver(entry: Entry) -> None:
    """Somebody deletes their account: what they asked the team for goes with them."""
    forget_cases_of(person=Person.objects.get(pk=entry.subject_id))


def _mentorship(pk: int | None) -> Mentorship | None:
    return Mentorship.objects.select_related("program", "match_type").filter(pk=pk or 0).first()


def _open_ones_of(entry: Entry) -> list[int]:
    person_id = Season.objects.filter(pk=entry.subject_id).values_list("person_id", flat=True).first()
    members = Member.objects.filter(person=person_id or entry.actor_id, mentorship__state__in=OPEN_STATES)
    return list(members.values_list("mentorship_id", flat=True))
