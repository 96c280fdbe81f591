"""Eight bookings of one hour at once: exactly one wins, and the others read why; on both databases."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from alongside.journal.models import Entry
from alongside.meetings.enums import MeetingState
from alongside.meetings.models import Meeting, OfferedTime
from alongside.people.models import Person
from tests import factories as make
from tests.databases import shared_database
from tests.factories import NOW
from tests.meetings.making import MONDAY, THURSDAY, TUESDAY, offered
from tests.people import Cast, cast

ROOT = Path(__file__).parents[2]
PROCESSES = 2


def _client(meeting: Meeting, who: Person, *, time: int = 0) -> str:
    return f"{meeting.public_id} {meeting.offered_times.all()[time].public_id} {who.pk}"


def _book_at_once(folder: Path, clients: Sequence[str]) -> tuple[list[str], list[Meeting]]:
    """What each client was answered, and the talks that are booked after that."""
    own = {
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "PYTHONPATH": "src",
        "ALONGSIDE_VAULT_KEY": settings.VAULT_KEY,
    }
    with shared_database(folder) as environment:
        running = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.concurrency.bookers",
                    NOW.isoformat(),
                    *clients[part::PROCESSES],
                ],
                cwd=ROOT,
                env={**environment, **own},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for part in range(PROCESSES)
        ]
        answers = [process.communicate(timeout=120) for process in running]
        assert [process.returncode for process in running] == [0] * PROCESSES, answers
        booked = list(Meeting.objects.filter(state=MeetingState.BOOKED).select_related("settled_by"))
        assert OfferedTime.objects.filter(taken=True).count() == len(booked)
        assert Entry.objects.filter(verb="meeting.booked").count() == len(booked)
    return [answer for out, _err in answers for answer in json.loads(out)], booked


@pytest.mark.django_db(transaction=True)
def test_one_offer_taken_eight_times_is_booked_once(tmp_path: Path) -> None:
    people = cast()
    meeting = offered(people, times=(MONDAY, TUESDAY, THURSDAY))
    clients = [_client(meeting, people.chi, time=number % 3) for number in range(8)]

    answers, booked = _book_at_once(tmp_path, clients)

    assert len(booked) == 1
    when = {MONDAY: "Monday 9", TUESDAY: "Tuesday 10", THURSDAY: "Thursday 12"}[booked[0].starts_at or NOW]
    assert sorted(answers) == [f"This talk is booked already: {when} March, 15:00."] * 7 + ["booked"]


@pytest.mark.django_db(transaction=True)
def test_one_hour_both_offered_each_other_is_booked_once(tmp_path: Path) -> None:
    people = cast()
    by_ben, by_chi = offered(people, by="ben"), offered(people, by="chi")
    clients = [_client(by_ben, people.chi), _client(by_chi, people.ben)] * 4
    clients = sorted(clients)  # each process gets both

    answers, booked = _book_at_once(tmp_path, clients)

    assert len(booked) == 1
    again = "Monday 9 March, " + ("15:00" if booked[0] == by_ben else "09:30")
    assert sorted(answers) == sorted(
        ["booked"]
        + [f"This talk is booked already: {again}."] * 3
        + ["You two talk at that time already."] * 4
    )


@pytest.mark.django_db(transaction=True)
def test_mentor_of_two_is_booked_once_for_an_hour(tmp_path: Path) -> None:
    people = cast()
    second, ivy = _second_pair(people)
    from_ben = offered(people)
    of_ivy = offered(second, times=(MONDAY + timedelta(minutes=30),))
    clients = [_client(from_ben, people.chi)] * 4 + [_client(of_ivy, ivy)] * 4

    answers, booked = _book_at_once(tmp_path, clients)

    assert len(booked) == 1
    assert answers.count("booked") == 1
    assert answers.count("Ben is not free at that time any more.") == 4


def _second_pair(people: Cast) -> tuple[Cast, Person]:
    """Ben also mentors Ivy: the cast again, with their pair in the first one's place."""
    ivy = make.person("Ivy", zone="Europe/Berlin")
    mentor = people.pair.members.get(person=people.ben).participation
    pair = make.mentorship(make.participation(people.program, ivy, "mentee"), mentor)
    return Cast(**{**vars(people), "pair": pair, "chi": ivy}), ivy
