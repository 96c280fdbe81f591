"""Announcements in the browser: a coordinator writes, looks, sends; participants find it on Today and on its page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.delivery.models import Announcement
from alongside.delivery.previews import preview_announcement
from alongside.enrollment.enums import Role
from alongside.programs.enums import StaffRole
from alongside.programs.models import Staff
from tests import factories as make
from tests.people import Cast
from tests.web.letters import letter_in

pytestmark = pytest.mark.django_db
WORDS = {"circle": "mentees", "subject": "A word in spring", "body": "Dear all,\n\n*hello*."}


@pytest.fixture
def ada(cast_: Cast, client: Client) -> Cast:
    client.force_login(cast_.ada)
    return cast_


def at(cast: Cast, route: str, *more: str) -> str:
    return reverse(f"coordinator:{route}", args=[cast.program.public_id, *more])


def test_announcement_is_written_looked_at_changed_and_sent(client: Client, ada: Cast) -> None:
    new = client.get(at(ada, "announcement.new")).content.decode()
    assert "Those without a match (0)" in new

    shown = client.post(at(ada, "announcement.new"), WORDS, follow=True)
    row = Announcement.objects.get()
    page = shown.content.decode()
    assert "2 people." in page
    assert "<em>hello</em>" in page
    assert letter_in(page) == preview_announcement(row).html
    assert "A word in spring" in letter_in(page)

    changed = {**WORDS, "circle": "everybody"}
    assert (
        "4 people."
        in client.post(at(ada, "announcement.wording", row.public_id), changed, follow=True).content.decode()
    )

    listed = client.post(at(ada, "announcement.sending", row.public_id), follow=True).content.decode()
    assert "On its way to 4 people" in listed
    assert "Everybody who takes part · went to 4 people" in listed
    sent = client.get(at(ada, "announcement", row.public_id)).content.decode()
    assert "Who has opened it is for nobody to see." in sent
    assert at(ada, "announcement.sending", row.public_id) not in sent


def test_announcement_without_words_keeps_what_was_typed(client: Client, ada: Cast) -> None:
    answer = client.post(at(ada, "announcement.new"), {**WORDS, "subject": ""})

    assert answer.status_code == 422
    assert "*hello*" in answer.content.decode()


def test_draft_can_be_taken_away(client: Client, ada: Cast) -> None:
    client.post(at(ada, "announcement.new"), WORDS)

    client.post(at(ada, "announcement.removal", Announcement.objects.get().public_id))

    assert not Announcement.objects.exists()


def test_assistant_may_look_and_not_write(client: Client, ada: Cast) -> None:
    Staff.objects.filter(person=ada.ada, program=ada.program).update(role=StaffRole.ASSISTANT)

    assert client.get(at(ada, "announcement.new")).status_code == 403
    assert at(ada, "announcement.new") not in client.get(at(ada, "announcements")).content.decode()


def test_participant_finds_it_on_today_until_it_is_opened(client: Client, ada: Cast) -> None:
    client.post(at(ada, "announcement.new"), WORDS)
    row = Announcement.objects.get()
    client.post(at(ada, "announcement.sending", row.public_id))
    page = reverse("workspace:announcement", args=[row.public_id])

    client.force_login(ada.chi)
    assert page in client.get(reverse("workspace:today")).content.decode()
    opened = client.get(page).content.decode()
    assert "<em>hello</em>" in opened
    assert page not in client.get(reverse("workspace:today")).content.decode()
    assert page in client.get(reverse("workspace:announcements")).content.decode()

    client.force_login(ada.ben)  # a mentor: it did not go to him
    assert client.get(page).status_code == 404


def test_draft_is_nobodys_to_read(client: Client, ada: Cast) -> None:
    client.post(at(ada, "announcement.new"), WORDS)

    client.force_login(ada.chi)
    row = Announcement.objects.get()
    assert client.get(reverse("workspace:announcement", args=[row.public_id])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_looking_before_sending_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    program = make.program()
    for _number in range(count):
        make.participation(program, make.person(), Role.MENTEE)
    client.force_login(program.contact)
    client.post(reverse("coordinator:announcement.new", args=[program.public_id]), WORDS)
    row = Announcement.objects.get()
    address = reverse("coordinator:announcement", args=[program.public_id, row.public_id])
    client.get(address)

    with django_assert_num_queries(11):
        client.get(address)
