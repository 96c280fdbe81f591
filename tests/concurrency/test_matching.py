"""Many accepts at once: only as many win as there are places, nobody is accepted by two; on both databases."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from alongside.enrollment.models import Participation
from alongside.journal.models import Entry
from alongside.matching.enums import RequestState
from alongside.matching.models import Request
from alongside.mentorships.models import Member
from tests.databases import shared_database
from tests.factories import NOW
from tests.matching import stage

ROOT = Path(__file__).parents[2]
PROCESSES = 2
WON, PLACE_TAKEN = "accepted", "A place was taken in the meantime, so this request is settled."


def _asked(mentee: Participation, mentor: Participation) -> Request:
    later = NOW + timedelta(days=7)
    return Request.objects.create(mentee=mentee, mentor=mentor, remind_at=later, expires_at=later)


def _accept_at_once(folder: Path, requests: Sequence[Request]) -> tuple[list[str], Counter[str]]:
    """What each mentor was answered, and how many requests stand in each state after that."""
    own = {
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "PYTHONPATH": "src",
        "ALONGSIDE_VAULT_KEY": settings.VAULT_KEY,
    }
    clients = [f"{row.public_id} {row.mentor.person_id}" for row in requests]
    with shared_database(folder) as environment:
        running = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.concurrency.askers",
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
        states = Counter(Request.objects.values_list("state", flat=True))
        assert Entry.objects.filter(verb="mentorship.started").count() == states[RequestState.ACCEPTED]
        assert Member.objects.count() == 2 * states[RequestState.ACCEPTED]
    return [answer for out, _err in answers for answer in json.loads(out)], states


@pytest.mark.django_db(transaction=True)
def test_one_place_left_and_eight_accepts_make_one_pair(tmp_path: Path) -> None:
    program = stage.program(requests_allowed=True)
    ben = stage.mentor(program, "Ben", capacity=1)
    requests = [_asked(stage.mentee(program, f"Chi{number}"), ben) for number in range(8)]

    answers, states = _accept_at_once(tmp_path, requests)

    assert sorted(answers) == [PLACE_TAKEN] * 7 + [WON]
    assert states == {RequestState.ACCEPTED: 1, RequestState.SUPERSEDED: 7}


@pytest.mark.django_db(transaction=True)
def test_one_mentee_and_eight_mentors_make_one_pair(tmp_path: Path) -> None:
    program = stage.program(requests_allowed=True)
    chi = stage.mentee(program, "Chi")
    requests = [_asked(chi, stage.mentor(program, f"Ben{number}")) for number in range(8)]

    answers, states = _accept_at_once(tmp_path, requests)

    assert sorted(answers) == [PLACE_TAKEN] * 7 + [WON]
    assert states == {RequestState.ACCEPTED: 1, RequestState.SUPERSEDED: 7}


@pytest.mark.django_db(transaction=True)
def test_two_mentors_who_ask_for_the_same_two_mentees_never_wait_for_each_other(tmp_path: Path) -> None:
    """Each accept holds two rows others hold too: held in one order, so all of them come to an end."""
    program = stage.program(requests_allowed=True)
    mentees = [stage.mentee(program, f"Chi{number}") for number in range(4)]
    mentors = [stage.mentor(program, f"Ben{number}", capacity=1) for number in range(4)]
    requests = [_asked(mentee, mentor) for mentee in mentees for mentor in mentors[::-1]]

    answers, states = _accept_at_once(tmp_path, requests)

    assert Counter(answers) == {WON: 4, PLACE_TAKEN: 12}
    assert states == {RequestState.ACCEPTED: 4, RequestState.SUPERSEDED: 12}
