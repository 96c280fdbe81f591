"""Pages of talks: finding a time on two clocks, the talk's own page, what became of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from alongside.goals.actions import add_goal
from alongside.meetings import actions
from alongside.meetings.enums import Attending, MeetingState, OutcomeKind
from alongside.meetings.models import Meeting
from alongside.meetings.queries import attending, meeting_page
from alongside.people.models import Season
from tests.factories import NOW
from tests.meetings.making import MONDAY, THURSDAY, TUESDAY, booked, offered
from tests.people import Cast

pytestmark = pytest.mark.django_db
AFTER = MONDAY + timedelta(hours=2)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The pages' clock stands at NOW until a test moves it."""
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def chi(cast_: Cast, client: Client) -> Client:
    client.force_login(cast_.chi)
    return client


@pytest.fixture
def ben(cast_: Cast) -> Client:
    client = Client()
    client.force_login(cast_.ben)
    return client


def _at(route: str, cast: Cast, *more: Any) -> str:
    return reverse(f"workspace:{route}", args=[cast.pair.public_id, *more])


def _page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_planner_offers_three_times_on_two_clocks(cast_: Cast, chi: Client) -> None:
    page = _page(chi, _at("meetings.new", cast_))

    assert page.count('name="times"') == 3
    for words in ("Thursday 5 March", "14:30", "09:00", "good for you both", "nobody needs to stretch"):
        assert words in page
    assert "Write instead this week" in page


def test_offer_is_made_and_the_other_takes_a_time(cast_: Cast, chi: Client, ben: Client) -> None:
    data = {
        "times": ["2026-03-09T09:30Z", "2026-03-10T09:30Z"],
        "own_1": "2026-03-12T15:00",
        "minutes": "45",
        "channel": "phone",
        "place": "+91 20 0000",
    }
    chi.post(_at("meetings.new", cast_), data)
    meeting = Meeting.objects.get()
    times = list(meeting.offered_times.all())
    assert [time.starts_at for time in times] == [MONDAY, TUESDAY, THURSDAY]

    page = _page(ben, _at("meeting", cast_, meeting.public_id))
    assert "Take 09:30" in page
    assert "Take 15:00" not in _page(chi, _at("meeting", cast_, meeting.public_id))
    ben.post(_at("meeting.booking", cast_, meeting.public_id), {"time": times[2].public_id})

    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == (MeetingState.BOOKED, THURSDAY)
    assert "+91 20 0000" in _page(ben, _at("meeting", cast_, meeting.public_id))


def test_second_taker_reads_who_was_first_on_the_page(cast_: Cast, chi: Client) -> None:
    meeting = offered(cast_, times=(MONDAY, TUESDAY))
    first, second = meeting.offered_times.all()
    address = _at("meeting.booking", cast_, meeting.public_id)
    chi.post(address, {"time": first.public_id})

    response = chi.post(address, {"time": second.public_id}, follow=True)

    assert "This talk is booked already: Monday 9 March, 15:00." in response.content.decode()


def test_offer_that_needs_another_look_keeps_everything(cast_: Cast, chi: Client) -> None:
    data = {
        "times": ["2026-03-09T09:30Z"],
        "own_1": "2026-03-04T16:00",
        "minutes": "60",
        "channel": "phone",
        "place": "Room 2",
    }
    response = chi.post(_at("meetings.new", cast_), data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "This time is very near" in page
    assert 'value="2026-03-09T09:30Z" checked' in page
    assert "2026-03-04T16:00" in page
    assert "Room 2" in page
    assert Meeting.objects.count() == 0


def test_time_that_clocks_skip_is_said_so(cast_: Cast, ben: Client) -> None:
    data = {"own_1": "2026-03-29T01:30", "minutes": "45", "channel": "phone"}

    response = ben.post(_at("meetings.new", cast_), data)

    assert response.status_code == 422
    assert "Clocks are set forward that night" in response.content.decode()


def test_planner_without_a_common_time_offers_writing(cast_: Cast, chi: Client) -> None:
    Season.objects.create(person=cast_.ben, kind="away", from_on=datetime(2026, 3, 1, tzinfo=UTC).date())

    page = _page(chi, _at("meetings.new", cast_))

    assert "No time in the coming weeks suits you both" in page
    assert "<details" in page


def test_other_times_turn_the_offer_round(cast_: Cast, chi: Client) -> None:
    meeting = offered(cast_)

    chi.post(_at("meeting.times", cast_, meeting.public_id), {"times": ["2026-03-10T09:30Z"]})

    meeting.refresh_from_db()
    assert meeting.offered_by == cast_.chi
    assert [time.starts_at for time in meeting.offered_times.all()] == [TUESDAY]


def test_booked_talk_is_moved_straight_to_the_one_chosen(cast_: Cast, chi: Client) -> None:
    meeting = booked(cast_)
    address = _at("meeting.times", cast_, meeting.public_id)

    unsure = chi.post(address, {"times": ["2026-03-10T09:30Z", "2026-03-12T09:30Z"], "how": "direct"})
    assert unsure.status_code == 422
    assert "Choose exactly one time" in unsure.content.decode()
    chi.post(address, {"times": ["2026-03-10T09:30Z"], "how": "direct"})

    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == (MeetingState.BOOKED, TUESDAY)


def test_calling_off_has_a_way_back(cast_: Cast, chi: Client) -> None:
    meeting = booked(cast_)

    response = chi.post(_at("meeting.cancellation", cast_, meeting.public_id), follow=True)
    assert "Undo" in response.content.decode()
    assert "No reason is needed" in _page(chi, _at("meeting", cast_, meeting.public_id))
    chi.post(_at("meeting.reinstatement", cast_, meeting.public_id))

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.BOOKED


def test_how_it_is_held_is_changed(cast_: Cast, chi: Client) -> None:
    meeting = booked(cast_)
    data = {"channel": "video", "place": "https://talk.example.org/x", "minutes": "30"}

    chi.post(_at("meeting.how", cast_, meeting.public_id), data)

    page = _page(chi, _at("meeting", cast_, meeting.public_id))
    assert 'href="https://talk.example.org/x"' in page
    assert "30 min" in page


def test_place_is_a_link_only_when_it_is_one_of_the_web(cast_: Cast, chi: Client) -> None:
    meeting = booked(cast_, place="javascript:alert(1)")

    assert 'href="javascript' not in _page(chi, _at("meeting", cast_, meeting.public_id))


def test_page_opens_with_life_and_goals_can_be_tucked_away(cast_: Cast, chi: Client) -> None:
    add_goal(mentorship=cast_.pair, actor=cast_.chi, title="Speak up", now=NOW)
    meeting = booked(cast_)
    address = _at("meeting", cast_, meeting.public_id)
    page = _page(chi, address)
    assert (
        page.index("Life first") < page.index("What would make this talk good?") < page.index('id="agenda"')
    )
    assert "Speak up" in page

    chi.post(_at("meeting.goals", cast_, meeting.public_id), {"tucked": "1"})

    assert "Speak up" not in _page(chi, address)


def test_private_goal_and_note_do_not_reach_the_partner(cast_: Cast, chi: Client, ben: Client) -> None:
    add_goal(mentorship=cast_.pair, actor=cast_.chi, title="Private goal", now=NOW)
    meeting = booked(cast_)
    chi.post(_at("meeting.own_note", cast_, meeting.public_id), {"text": "Private note"})
    address = _at("meeting", cast_, meeting.public_id)
    mine = _page(chi, address)
    assert "Private goal" in mine
    assert "Private note" in mine

    theirs = _page(ben, address)

    assert "Private goal" not in theirs
    assert "Private note" not in theirs


def test_agenda_by_both_says_who_added_what(cast_: Cast, chi: Client, ben: Client) -> None:
    meeting = booked(cast_)
    address = _at("meeting.agenda", cast_, meeting.public_id)
    ben.post(address, {"text": "Network map"})
    chi.post(address, {"text": "Send the letter", "is_action": "1"})

    page = _page(chi, _at("meeting", cast_, meeting.public_id))
    assert "Network map" in page
    assert "added by Ben" in page
    assert page.index("Network map") < page.index("Send the letter")
    empty = chi.post(address, {"text": " ", "is_action": "1"})
    assert empty.status_code == 422


def test_first_talk_is_offered_an_agenda(cast_: Cast, chi: Client) -> None:
    meeting = booked(cast_)
    address = _at("meeting", cast_, meeting.public_id)
    assert "First talk, by video or voice" in _page(chi, address)

    chi.post(_at("meeting.suggestion", cast_, meeting.public_id), {"agenda": "first-video"})

    page = _page(chi, address)
    assert "Hopes, not goals" in page
    assert "Put this on our agenda" not in page


def test_wish_is_read_by_the_other(cast_: Cast, chi: Client, ben: Client) -> None:
    meeting = booked(cast_)

    chi.post(_at("meeting.wish", cast_, meeting.public_id), {"wish": "heard"})

    assert "Chi would like to be heard." in _page(ben, _at("meeting", cast_, meeting.public_id))


def test_shared_notes_written_at_once_lose_nothing(cast_: Cast, chi: Client, ben: Client) -> None:
    meeting = booked(cast_)
    address = _at("meeting.notes", cast_, meeting.public_id)
    ben.post(address, {"text": "Ben’s words", "based_on": "0"})

    response = chi.post(address, {"text": "Chi’s words", "based_on": "0"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Ben’s words" in page
    assert "Chi’s words" in page
    assert meeting_page(meeting, viewer=cast_.chi).shared.text == "Ben’s words"
    chi.post(address, {"text": "Ben’s words. Chi’s words.", "based_on": "1"})
    versions = _page(ben, address)
    assert versions.index("Version 2") < versions.index("Version 1")


def test_outcome_is_one_tap_once_the_time_has_come(
    cast_: Cast, chi: Client, clock: time_machine.Traveller
) -> None:
    meeting = booked(cast_)
    address = _at("meeting", cast_, meeting.public_id)
    assert "How did it go?" not in _page(chi, address)
    clock.move_to(AFTER)
    assert "We talked elsewhere" in _page(chi, address)

    chi.post(_at("meeting.outcome", cast_, meeting.public_id), {"kind": "held"})

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert "Find the next date" in _page(chi, address)


def test_moved_leads_to_the_planner(cast_: Cast, chi: Client, clock: time_machine.Traveller) -> None:
    meeting = booked(cast_)
    clock.move_to(AFTER)

    response = chi.post(_at("meeting.outcome", cast_, meeting.public_id), {"kind": "moved"})

    assert response.headers["Location"] == _at("meetings.new", cast_)


def test_list_has_what_waits_what_comes_and_what_was(
    cast_: Cast, chi: Client, clock: time_machine.Traveller
) -> None:
    assert "No talk is planned right now" in _page(chi, _at("meetings", cast_))
    talk = booked(cast_)
    booked(cast_, THURSDAY)
    offered(cast_, times=(THURSDAY + timedelta(days=7),))
    clock.move_to(AFTER)
    actions.say_outcome(meeting=talk, actor=cast_.ben, kind=OutcomeKind.HELD, now=AFTER)

    page = _page(chi, _at("meetings", cast_))

    assert page.index("1 time offered") < page.index("Thursday 12 March") < page.index("Monday 9 March")
    assert "You talked" in page


def test_calendar_file_is_the_talk(cast_: Cast, chi: Client) -> None:
    meeting = booked(cast_, place="Room 2")

    response = chi.get(_at("meeting.calendar", cast_, meeting.public_id))

    assert response.headers["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert event["DTSTART"].dt.astimezone(UTC) == MONDAY
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Talk with Ben", "Room 2")


def test_clock_that_is_not_shared_is_not_shown(cast_: Cast, chi: Client) -> None:
    cast_.ben.preferences.share_clock = False
    cast_.ben.preferences.save()
    meeting = booked(cast_)

    for address in (
        _at("meetings.new", cast_),
        _at("meetings", cast_),
        _at("meeting", cast_, meeting.public_id),
    ):
        page = _page(chi, address)
        assert 'clock-time">09:30' not in page
        assert "for <bdi>Ben" not in page


def test_pages_stay_within_fifteen_queries(
    cast_: Cast, chi: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    waiting, fixed = offered(cast_, times=(TUESDAY, THURSDAY)), booked(cast_, place="Room 2")
    actions.add_agenda_item(meeting=fixed, actor=cast_.chi, text="Review", now=NOW)
    actions.save_shared_note(meeting=fixed, actor=cast_.ben, text="Words", based_on=0, now=NOW)
    add_goal(mentorship=cast_.pair, actor=cast_.chi, title="Speak up", now=NOW)
    for address in (
        _at("meetings.new", cast_),
        _at("meeting.times", cast_, fixed.public_id),
        _at("meeting", cast_, fixed.public_id),
        _at("meeting", cast_, waiting.public_id),
        _at("meeting.how", cast_, fixed.public_id),
        _at("meeting.notes", cast_, fixed.public_id),
    ):
        with django_assert_max_num_queries(15):
            _page(chi, address)


def test_list_costs_the_same_for_one_talk_and_three(
    cast_: Cast, chi: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    booked(cast_)
    _page(chi, _at("meetings", cast_))
    with django_assert_num_queries(8):
        _page(chi, _at("meetings", cast_))
    booked(cast_, TUESDAY)
    booked(cast_, THURSDAY)
    with django_assert_num_queries(8):
        _page(chi, _at("meetings", cast_))


def test_moved_time_is_answered_with_one_tap(cast_: Cast, chi: Client, ben: Client) -> None:
    meeting = actions.move_meeting(meeting=booked(cast_), actor=cast_.ben, to=TUESDAY, now=NOW)
    page = _at("meeting", cast_, meeting.public_id)
    assert "This time suits me" in _page(chi, page)
    assert "Chi has not answered this time yet." in _page(ben, page)

    chi.post(_at("meeting.acceptance", cast_, meeting.public_id))

    assert "This time suits me" not in _page(chi, page)
    assert "not answered" not in _page(ben, page)
    assert set(attending(Meeting.objects.get()).values()) == {Attending.ACCEPTED}
