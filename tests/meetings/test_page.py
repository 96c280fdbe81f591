"""The page of a talk: agenda, things that carry over, wishes, notes in versions, private notes, outcome."""

from datetime import timedelta

import pytest

from alongside.foundation.errors import Conflict, Invalid, NotFound
from alongside.journal.models import Entry
from alongside.meetings import actions
from alongside.meetings.access import get_agenda_item, get_offered_time
from alongside.meetings.agendas import talk_help
from alongside.meetings.enums import MeetingState, OutcomeKind, WishKind
from alongside.meetings.errors import NoteChanged
from alongside.meetings.models import AgendaItem, Meeting, Note
from alongside.meetings.queries import meeting_page, note_versions, suggested_agenda
from alongside.mentorships.actions import record_contact
from alongside.mentorships.enums import MentorshipState
from alongside.people.enums import Channel
from tests.factories import NOW
from tests.meetings.making import MONDAY, THURSDAY, booked, offered
from tests.people import Cast

pytestmark = pytest.mark.django_db
AFTER = MONDAY + timedelta(hours=1)
STRANGERS = ("dov", "eva", "ada", "gus", "hal")


@pytest.fixture
def meeting(cast_: Cast) -> Meeting:
    return booked(cast_)


def _add(meeting: Meeting, actor: object, text: str, *, is_action: bool = False) -> AgendaItem:
    return actions.add_agenda_item(meeting=meeting, actor=actor, text=text, is_action=is_action, now=NOW)  # type: ignore[arg-type]


def _save(meeting: Meeting, actor: object, text: str, based_on: int) -> int:
    return actions.save_shared_note(meeting=meeting, actor=actor, text=text, based_on=based_on, now=NOW)  # type: ignore[arg-type]


def test_agenda_is_by_both_in_order_and_sealed(cast_: Cast, meeting: Meeting) -> None:
    first = _add(meeting, cast_.chi, "review  talk")
    _add(meeting, cast_.ben, "network map")

    page = meeting_page(meeting, viewer=cast_.ben)

    assert [(line.text, line.item.by) for line in page.agenda] == [
        ("review talk", cast_.chi),
        ("network map", cast_.ben),
    ]
    assert b"review" not in bytes(first.text_sealed)
    with pytest.raises(Invalid):
        _add(meeting, cast_.chi, "   ")


def test_open_action_carries_over_until_done(cast_: Cast, meeting: Meeting) -> None:
    send = _add(meeting, cast_.chi, "Send the letter", is_action=True)
    done = _add(meeting, cast_.ben, "Ask Li", is_action=True)
    actions.tick_agenda_item(item=done, actor=cast_.chi, done=True, now=AFTER)
    following = booked(cast_, THURSDAY)
    own = _add(following, cast_.chi, "Read it", is_action=True)

    carried = meeting_page(following, viewer=cast_.ben).to_do
    assert [(line.item, line.is_carried) for line in carried] == [(send, True), (own, False)]
    assert [line.item for line in meeting_page(meeting, viewer=cast_.ben).to_do] == [send, done]

    actions.tick_agenda_item(item=send, actor=cast_.ben, done=True, now=AFTER)
    assert [line.item for line in meeting_page(following, viewer=cast_.ben).to_do] == [own]


def test_removed_line_is_gone(cast_: Cast, meeting: Meeting) -> None:
    item = _add(meeting, cast_.chi, "review talk")

    actions.remove_agenda_item(item=item, actor=cast_.ben)

    assert meeting_page(meeting, viewer=cast_.chi).agenda == []


def test_suggested_agenda_fits_the_talk(cast_: Cast, meeting: Meeting) -> None:
    assert suggested_agenda(meeting).key == "first-video"
    meeting.channel = Channel.PHONE
    assert suggested_agenda(meeting).key == "first-phone"
    meeting.mentorship.first_met_at = NOW
    assert suggested_agenda(meeting).key == "regular-talk"
    meeting.mentorship.state = MentorshipState.CLOSING
    assert suggested_agenda(meeting).key == "closing-talk"
    meeting.agenda_key = "first-video"
    assert suggested_agenda(meeting).key == "first-video"


def test_shipped_agenda_is_put_on_once_without_life_first(cast_: Cast, meeting: Meeting) -> None:
    for _ in range(2):
        actions.use_agenda(meeting=meeting, actor=cast_.chi, key="first-video", now=NOW)
        meeting.refresh_from_db()

    parts = talk_help().agenda("first-video").parts
    page = meeting_page(meeting, viewer=cast_.ben)
    assert [line.text for line in page.agenda] == [part.title for part in parts[1:]]
    assert parts[0].title == "Life first"


def test_each_has_a_wish_of_their_own(cast_: Cast, meeting: Meeting) -> None:
    actions.set_wish(meeting=meeting, actor=cast_.chi, wish=WishKind.HEARD)
    actions.set_wish(meeting=meeting, actor=cast_.chi, wish=WishKind.CHALLENGED)

    page = meeting_page(meeting, viewer=cast_.ben)
    assert (page.my_wish, page.their_wish) == (None, WishKind.CHALLENGED)
    actions.set_wish(meeting=meeting, actor=cast_.chi, wish=None)
    assert meeting_page(meeting, viewer=cast_.chi).my_wish is None


def test_goals_are_tucked_away_for_both(cast_: Cast, meeting: Meeting) -> None:
    actions.set_goals_tucked_away(meeting=meeting, actor=cast_.ben, tucked_away=True)

    meeting.refresh_from_db()
    assert meeting.goals_tucked_away


def test_shared_notes_keep_every_version(cast_: Cast, meeting: Meeting) -> None:
    assert _save(meeting, cast_.chi, "One.", 0) == 1
    assert _save(meeting, cast_.ben, "One. Two.", 1) == 2
    assert _save(meeting, cast_.ben, "One. Two.", 1) == 2

    versions = note_versions(meeting, viewer=cast_.chi)
    assert [(note.version, note.text, note.author) for note in versions] == [
        (2, "One. Two.", cast_.ben),
        (1, "One.", cast_.chi),
    ]
    assert b"One" not in bytes(Note.objects.get(version=1).text_sealed or b"")


def test_shared_notes_are_never_overwritten_unseen(cast_: Cast, meeting: Meeting) -> None:
    _save(meeting, cast_.chi, "One.", 0)

    with pytest.raises(NoteChanged):
        _save(meeting, cast_.ben, "Mine.", 0)

    assert meeting_page(meeting, viewer=cast_.ben).shared.text == "One."


def test_own_note_is_its_authors_alone(cast_: Cast, meeting: Meeting) -> None:
    for text in ("He did not fill the pauses.", "He did not fill the pauses. Good."):
        actions.save_own_note(meeting=meeting, actor=cast_.chi, text=text, now=NOW)
    _save(meeting, cast_.ben, "Shared.", 0)

    assert meeting_page(meeting, viewer=cast_.chi).own_note == "He did not fill the pauses. Good."
    theirs = meeting_page(meeting, viewer=cast_.ben)
    assert (theirs.own_note, theirs.shared.text) == ("", "Shared.")
    actions.save_own_note(meeting=meeting, actor=cast_.chi, text=" ", now=NOW)
    assert Note.objects.filter(author=cast_.chi).count() == 0


def test_one_word_makes_a_talk_held_and_counts_as_contact(cast_: Cast, meeting: Meeting) -> None:
    actions.say_outcome(meeting=meeting, actor=cast_.chi, kind=OutcomeKind.HELD, now=AFTER)
    actions.say_outcome(meeting=meeting, actor=cast_.ben, kind=OutcomeKind.HELD, now=AFTER)

    meeting.refresh_from_db()
    cast_.pair.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert (cast_.pair.first_met_at, cast_.pair.last_contact_on) == (MONDAY, MONDAY.date())
    assert Entry.objects.get(verb="meeting.held").actor_id == cast_.chi.pk
    page = meeting_page(meeting, viewer=cast_.chi)
    assert (page.my_outcome, page.their_outcome) == (OutcomeKind.HELD, OutcomeKind.HELD)


def test_talk_elsewhere_is_a_talk(cast_: Cast, meeting: Meeting) -> None:
    actions.say_outcome(meeting=meeting, actor=cast_.ben, kind=OutcomeKind.ELSEWHERE, now=AFTER)

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD


@pytest.mark.parametrize("kind", [OutcomeKind.NOT_HELD, OutcomeKind.MOVED])
def test_talk_that_did_not_happen_is_no_contact_and_may_be_said_anew(
    cast_: Cast, meeting: Meeting, kind: OutcomeKind
) -> None:
    actions.say_outcome(meeting=meeting, actor=cast_.ben, kind=kind, now=AFTER)
    meeting.refresh_from_db()
    cast_.pair.refresh_from_db()
    assert (meeting.state, cast_.pair.first_met_at) == (MeetingState.NOT_HELD, None)

    actions.say_outcome(meeting=meeting, actor=cast_.chi, kind=OutcomeKind.HELD, now=AFTER)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD


def test_third_talk_ends_the_trial(cast_: Cast) -> None:
    cast_.pair.state = MentorshipState.TRIAL
    cast_.pair.save()

    states = []
    for week in range(3):
        at = MONDAY + timedelta(weeks=week)
        talk = booked(cast_, at)
        actions.say_outcome(meeting=talk, actor=cast_.ben, kind=OutcomeKind.HELD, now=at + timedelta(hours=1))
        cast_.pair.refresh_from_db()
        states.append(cast_.pair.state)

    assert states == [MentorshipState.TRIAL, MentorshipState.TRIAL, MentorshipState.RUNNING]


def test_talk_nobody_calls_held_any_more_is_no_contact(cast_: Cast, meeting: Meeting) -> None:
    actions.say_outcome(meeting=meeting, actor=cast_.chi, kind=OutcomeKind.HELD, now=AFTER)
    actions.say_outcome(meeting=meeting, actor=cast_.ben, kind=OutcomeKind.HELD, now=AFTER)

    actions.say_outcome(meeting=meeting, actor=cast_.chi, kind=OutcomeKind.NOT_HELD, now=AFTER)
    cast_.pair.refresh_from_db()
    assert cast_.pair.last_contact_on == MONDAY.date()  # Ben still says so

    actions.say_outcome(meeting=meeting, actor=cast_.ben, kind=OutcomeKind.NOT_HELD, now=AFTER)
    cast_.pair.refresh_from_db()
    assert (cast_.pair.first_met_at, cast_.pair.last_contact_on) == (None, None)

    actions.say_outcome(meeting=meeting, actor=cast_.ben, kind=OutcomeKind.HELD, now=AFTER)
    cast_.pair.refresh_from_db()
    assert (cast_.pair.first_met_at, cast_.pair.last_contact_on) == (MONDAY, MONDAY.date())


def test_retracted_talk_leaves_what_was_written_and_told_of(cast_: Cast, meeting: Meeting) -> None:
    told = MONDAY.date() - timedelta(days=3)
    record_contact(mentorship=cast_.pair, actor=cast_.chi, on=told, now=AFTER)
    actions.say_outcome(meeting=meeting, actor=cast_.chi, kind=OutcomeKind.HELD, now=AFTER)
    cast_.pair.refresh_from_db()
    assert cast_.pair.last_contact_on == MONDAY.date()

    actions.say_outcome(meeting=meeting, actor=cast_.chi, kind=OutcomeKind.NOT_HELD, now=AFTER)

    cast_.pair.refresh_from_db()
    assert (cast_.pair.first_met_at, cast_.pair.last_contact_on) == (None, told)


def test_outcome_waits_for_the_time_of_the_talk(cast_: Cast, meeting: Meeting) -> None:
    with pytest.raises(Conflict):
        actions.say_outcome(meeting=meeting, actor=cast_.chi, kind=OutcomeKind.HELD, now=NOW)
    with pytest.raises(Conflict):
        actions.say_outcome(meeting=offered(cast_), actor=cast_.chi, kind=OutcomeKind.HELD, now=AFTER)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_else_reads_or_writes_a_line(cast_: Cast, meeting: Meeting, stranger: str) -> None:
    actor = getattr(cast_, stranger)
    item = _add(meeting, cast_.chi, "review talk")
    actions.save_own_note(meeting=meeting, actor=cast_.chi, text="Mine.", now=NOW)
    _save(meeting, cast_.chi, "Shared.", 0)

    with pytest.raises(NotFound):
        get_agenda_item(actor, item.public_id)
    with pytest.raises(NotFound):
        get_offered_time(actor, meeting, meeting.offered_times.get().public_id)
    with pytest.raises(NotFound):
        _add(meeting, actor, "x")
    with pytest.raises(NotFound):
        _save(meeting, actor, "x", 1)
    with pytest.raises(NotFound):
        actions.save_own_note(meeting=meeting, actor=actor, text="x", now=NOW)
    with pytest.raises(NotFound):
        actions.say_outcome(meeting=meeting, actor=actor, kind=OutcomeKind.HELD, now=AFTER)
    page = meeting_page(meeting, viewer=actor)
    assert (page.shared.text, page.own_note) == ("", "")
    assert note_versions(meeting, viewer=actor) == []
