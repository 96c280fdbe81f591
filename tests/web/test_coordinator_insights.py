"""Overview, mentorships, cases, surveys, report: states and counts for staff, never content."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.discussions.actions import open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.foundation.clock import now
from alongside.insights.actions import ask_for_hand, recompute_signals
from alongside.insights.enums import CaseKind, CaseState
from alongside.insights.models import Case
from alongside.mentorships.enums import MentorshipState
from alongside.programs.enums import StaffRole
from alongside.programs.models import Program, Staff
from alongside.surveys.models import Survey, Wave
from tests import factories as make
from tests.insights.crowd import crowd
from tests.people import Cast
from tests.surveys.setting import answers_of_many, asked, core, member, pair, program_with_surveys

pytestmark = pytest.mark.django_db


def page(client: Client, program: Program, route: str, *args: object, **query: str) -> str:
    client.force_login(program.contact)
    response = client.get(reverse(f"coordinator:{route}", args=[program.public_id, *args]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_overview_stands_in_the_order_of_the_questions(client: Client, cast_: Cast) -> None:
    found = page(client, cast_.program, "overview")
    titles = [
        "Who would like a hand", "Who waits for a match", "Is the path healthy?", "What do people say?",
    ]  # fmt: skip

    places = [found.index(f"<h2>{title}</h2>") for title in titles]
    assert places == sorted(places)


def test_overview_names_who_would_like_a_hand_and_not_what_they_wrote(client: Client, cast_: Cast) -> None:
    ask_for_hand(mentorship=cast_.pair, actor=cast_.chi, kind=CaseKind.TIP, note="It is my knee", now=now())
    found = page(client, cast_.program, "overview")

    assert "A tip would be nice · Chi &amp; Ben" in found
    assert "knee" not in found


def test_overview_of_ten_thousand_costs_few_queries(
    client: Client, django_assert_max_num_queries: object
) -> None:
    program = program_with_surveys()
    crowd(program, 10_000, pairs=1_000)
    page(client, program, "overview")

    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(reverse("coordinator:overview", args=[program.public_id]))


def test_pages_cost_the_same_with_one_and_three(client: Client) -> None:
    program = program_with_surveys()
    counts: dict[str, set[int]] = {}
    for some in (1, 2):
        for _each in range(some):
            row = pair(program)
            ask_for_hand(mentorship=row, actor=member(row, "mentee"), kind=CaseKind.TIP, now=now())
            asked(row)
        for route in ("overview", "mentorships", "cases", "surveys", "report"):
            page(client, program, route)  # figures are counted and kept
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(f"coordinator:{route}", args=[program.public_id]))
            counts.setdefault(route, set()).add(len(queries))

    assert {route: len(found) for route, found in counts.items()} == dict.fromkeys(counts, 1)
    assert max(max(found) for found in counts.values()) <= 15


def test_nothing_two_people_write_reaches_a_page_of_staff(client: Client, cast_: Cast) -> None:
    """There is something that could leak; none of it does."""
    topic = open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title="Zanzibar", intention=Intention.ADVICE, now=now()
    )
    post_message(topic=topic, actor=cast_.chi, body="Zanzibar by boat", now=now())
    recompute_signals([cast_.pair.pk], now=now())
    program = cast_.program

    found = [
        page(client, program, route) for route in ("overview", "mentorships", "report", "cases", "surveys")
    ]
    found.append(page(client, program, "mentorship", cast_.pair.public_id))

    assert ["Zanzibar" in text for text in found] == [False] * 6


def test_board_shows_words_and_months_and_finds_by_name(client: Client, cast_: Cast) -> None:
    cast_.pair.last_contact_on = now().date() - timedelta(days=40)
    cast_.pair.save()

    everybody, one = (
        page(client, cast_.program, "mentorships"),
        page(client, cast_.program, "mentorships", q="eva"),
    )
    nobody = page(client, cast_.program, "mentorships", q="nobody")

    assert ("Chi &amp; Ben" in everybody, "Eva &amp; Fay" in everybody) == (True, True)
    assert ("Chi &amp; Ben" in one, "Eva &amp; Fay" in one) == (False, True)
    assert "No pair fits" in nobody


def test_mentorship_ends_with_the_program_and_help_is_taken_on(client: Client, cast_: Cast) -> None:
    client.force_login(cast_.ada)
    here = [cast_.program.public_id, cast_.pair.public_id]
    client.post(reverse("coordinator:mentorship.help", args=here))
    client.post(reverse("coordinator:mentorship.ending", args=here))

    cast_.pair.refresh_from_db()
    assert cast_.pair.state == MentorshipState.CLOSED
    assert (Case.objects.get().kind, Case.objects.get().taken_by) == (CaseKind.OFFERED, cast_.ada)


def test_assistants_see_states_and_change_nothing(client: Client, cast_: Cast) -> None:
    helper = make.person()
    Staff.objects.create(program=cast_.program, person=helper, role=StaffRole.ASSISTANT)
    case = ask_for_hand(mentorship=cast_.pair, actor=cast_.chi, kind=CaseKind.TIP, note="My words", now=now())
    client.force_login(helper)
    here = [cast_.program.public_id, case.public_id]

    assert "My words" not in client.get(reverse("coordinator:case", args=here)).content.decode()
    assert client.post(reverse("coordinator:case.taking", args=here)).status_code == 403
    ending = reverse("coordinator:mentorship.ending", args=[cast_.program.public_id, cast_.pair.public_id])
    assert client.post(ending).status_code == 403


def test_case_is_read_taken_noted_and_settled(client: Client, cast_: Cast) -> None:
    case = ask_for_hand(mentorship=cast_.pair, actor=cast_.chi, kind=CaseKind.TIP, note="My words", now=now())
    assert "My words" in page(client, cast_.program, "case", case.public_id)
    here = [cast_.program.public_id, case.public_id]
    for step in ("taking", "waiting", "resolution"):
        assert client.post(reverse(f"coordinator:case.{step}", args=here)).status_code == 302
    client.post(reverse("coordinator:case", args=here), {"note": "Called on Friday"})

    assert Case.objects.get().state == CaseState.RESOLVED
    assert "Called on Friday" in page(client, cast_.program, "case", case.public_id)
    client.force_login(cast_.chi)
    answer = reverse("workspace:hand.answer", args=[cast_.pair.public_id, case.public_id])
    assert client.post(answer, {"helped": "yes"}).status_code == 302
    assert Case.objects.get().helped is True


def test_results_are_held_back_below_five_and_drawn_from_ten(client: Client) -> None:
    program = program_with_surveys()
    answers_of_many(program, [core(5, 4, 5, 4, 5, 4)] * 4)
    here = ("how-is-it-going", 1)
    assert "Shown from five answers on" in page(client, program, "survey.results", *here)

    answers_of_many(program, [core(5, 4, 5, 4, 5, 4)] * 1)
    counted = page(client, program, "survey.results", *here)
    assert ("●●●●●" in counted, "%" in counted.split("<h1>")[1]) == (True, False)

    answers_of_many(program, [core(5, 4, 5, 4, 5, 4)] * 5)
    assert "10 of 10 answered, 100 %" in page(client, program, "survey.results", *here)
    assert page(client, program, "survey.file", *here).startswith("\ufeffKey,Construct,Question")


def test_survey_is_switched_and_answered_with_a_card(client: Client) -> None:
    program = program_with_surveys()
    client.force_login(program.contact)
    client.post(reverse("coordinator:survey.switch", args=[program.public_id, "half-way"]), {"on": "no"})
    assert Survey.objects.get(key="half-way").switched_on is False

    answers_of_many(program, [core(5, 4, 5, 4, 5, 4)] * 5)
    here = [program.public_id, "how-is-it-going", 1]
    client.post(reverse("coordinator:survey.closing", args=here))
    assert "Answer “How is it going?”" in page(client, program, "overview")
    client.post(reverse("coordinator:survey.card", args=here), {"you_said": "More time", "we_will": "Yes"})

    assert Wave.objects.get().you_said == "More time"
    assert "Answer “How is it going?”" not in page(client, program, "overview")


def test_report_says_what_its_figures_mean_and_comes_as_a_file(client: Client, cast_: Cast) -> None:
    assert "Everybody whose enrollment is approved" in page(client, cast_.program, "report")
    assert page(client, cast_.program, "report.file").startswith("\ufeffFigure,What,Value")
    client.force_login(cast_.ada)
    nothing = client.get(reverse("coordinator:figures", args=[cast_.program.public_id, "people"]))
    assert nothing.status_code == 404
