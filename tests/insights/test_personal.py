"""What somebody takes along is theirs: every word they wrote, none of anybody else, and nothing they did as staff."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from alongside.activities.actions import add_own_activity, write_activity_notes
from alongside.discussions.actions import close_topic, open_topic, post_message
from alongside.discussions.enums import Expectation, Intention
from alongside.goals.actions import add_goal, add_step
from alongside.insights.actions.cases import ask_for_hand, take_case, write_team_note
from alongside.insights.enums import CaseKind
from alongside.insights.personal import export_zip, own_data
from alongside.matching import actions as matching
from alongside.meetings.actions import add_agenda_item, save_own_note, save_shared_note
from alongside.mentorships.actions import end_early
from alongside.mentorships.enums import EndReason
from alongside.people.models import Person
from alongside.programs.enums import StaffRole
from alongside.programs.models import Staff
from tests.factories import NOW
from tests.matching import stage
from tests.meetings.making import booked
from tests.people import Cast

pytestmark = pytest.mark.django_db


def told(person: Person) -> str:
    """Everything in the ZIP, as one text."""
    with ZipFile(BytesIO(export_zip(person, now=NOW))) as archive:
        assert archive.namelist()[:2] == ["my-data.json", "my-data.html"]
        assert json.loads(archive.read("my-data.json"))["person"][0]["email"] == person.email
        return "".join(archive.read(name).decode() for name in archive.namelist()[:2])


def write_everywhere(cast: Cast, who: Person, mark: str) -> list[str]:
    """One sentence in every place where one of the two writes. Returns them."""
    words = [f"{mark}{number:02}" for number in range(13)]
    pair, meeting = cast.pair, booked(cast)
    topic = open_topic(mentorship=pair, actor=who, title=words[0], intention=Intention.ADVICE, now=NOW)
    post_message(topic=topic, actor=who, body=words[1], expectation=Expectation.WHENEVER, now=NOW)
    close_topic(topic=topic, actor=who, takeaway=words[2], now=NOW)
    goal = add_goal(mentorship=pair, actor=who, title=words[3], why=words[4], now=NOW)
    add_step(goal=goal, actor=who, text=words[5], now=NOW)
    activity = add_own_activity(mentorship=pair, actor=who, title=words[6], text=words[7], now=NOW)
    write_activity_notes(activity=activity, actor=who, text=words[8], based_on=0)
    add_agenda_item(meeting=meeting, actor=who, text=words[9], now=NOW)
    save_shared_note(meeting=meeting, actor=who, text=words[10], based_on=0, now=NOW)
    save_own_note(meeting=meeting, actor=who, text=words[11], now=NOW)
    ask_for_hand(mentorship=pair, actor=who, kind=CaseKind.TIP, note=words[12], now=NOW)
    return words


def test_export_holds_every_word_of_its_owner_and_none_of_the_partner(cast_: Cast) -> None:
    words = write_everywhere(cast_, cast_.chi, "chi-wrote-")

    for_chi, for_ben = told(cast_.chi), told(cast_.ben)

    assert [word for word in words if word not in for_chi] == []
    assert [word for word in words if word in for_ben] == []


def test_note_of_the_team_about_somebody_is_in_no_export_but_its_writers(cast_: Cast) -> None:
    case = ask_for_hand(
        mentorship=cast_.pair, actor=cast_.chi, kind=CaseKind.TIP, note="from Chi to the team", now=NOW
    )
    take_case(case=case, actor=cast_.ada, now=NOW)
    write_team_note(case=case, actor=cast_.ada, note="what the team keeps in mind", now=NOW)

    assert ("from Chi to the team" in told(cast_.chi), "keeps in mind" in told(cast_.chi)) == (True, False)
    assert "from Chi to the team" not in told(cast_.ada)


def test_team_note_on_the_case_of_one_of_the_team_ends_no_export(cast_: Cast) -> None:
    Staff.objects.create(program=cast_.program, person=cast_.chi, role=StaffRole.COORDINATOR)
    case = ask_for_hand(mentorship=cast_.pair, actor=cast_.chi, kind=CaseKind.TIP, note="my words", now=NOW)
    write_team_note(case=case, actor=cast_.chi, note="as one of the team", now=NOW)

    assert ("my words" in told(cast_.chi), "as one of the team" in told(cast_.chi)) == (True, False)


def test_words_of_a_farewell_are_its_writers(cast_: Cast) -> None:
    end_early(mentorship=cast_.pair, actor=cast_.chi, reason=EndReason.TIME, note="only mine", now=NOW)

    assert ("only mine" in told(cast_.chi), "only mine" in told(cast_.ben)) == (True, False)


def test_coordinator_takes_along_no_run_and_nothing_it_was_made_from(cast_: Cast) -> None:
    program = stage.program(coordinator=cast_.ada)
    chi, ben = stage.mentee(program, "Chi of the run"), stage.mentor(program, "Ben of the run")
    run = matching.start_run(program=program, actor=cast_.ada, now=NOW)
    Staff.objects.create(program=cast_.program, person=cast_.dov, role=StaffRole.ASSISTANT)

    taken = told(cast_.ada)

    assert run.proposals.count() == 1
    assert {"run", "case", "invitation", "sheet import", "program"}.isdisjoint(own_data(cast_.ada))
    assert [word for word in (chi.public_id, ben.public_id, "Chi of the run") if word in taken] == []
    assert "staff" in own_data(cast_.dov)


def test_request_is_in_both_exports_with_the_words_of_each(cast_: Cast) -> None:
    program = stage.program(coordinator=cast_.ada, requests_allowed=True)
    ivy, jon = stage.mentee(program, "Ivy"), stage.mentor(program, "Jon")
    request = matching.send_request(
        mentee=ivy, mentor=jon, message="would you have an hour", actor=ivy.person, now=NOW
    )
    matching.decline_request(request=request, actor=jon.person, words="not this spring", now=NOW)
    stage.keep_apart(ivy, jon)

    for_ivy, for_jon = told(ivy.person), told(jon.person)

    assert ("would you have an hour" in for_ivy, "not this spring" in for_ivy) == (True, False)
    assert ("would you have an hour" in for_jon, "not this spring" in for_jon) == (False, True)
    assert (jon.person.email in for_ivy, ivy.person.email in for_jon) == (True, False)
