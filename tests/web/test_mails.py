"""Pages of mails: the shelf and its frame, leaving a class, what was held and sent, the mail lane, previews."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from pytest_django import Settings

from alongside.delivery.actions import plan_notice
from alongside.delivery.actions.outages import note_outage
from alongside.delivery.enums import NoticeState
from alongside.delivery.letters import Told, letter_for
from alongside.delivery.links import unsubscribe_link
from alongside.delivery.models import Notice, Outage, ShelfMail
from alongside.delivery.scenes import load_scene
from alongside.enrollment.models import Invitation
from alongside.foundation.letterhead import style_policy
from alongside.foundation.mail import Letter
from alongside.jobs.enums import JobState
from alongside.jobs.models import Job
from alongside.meetings.actions import cancel_meeting, offer_times
from alongside.people.enums import Channel, NoticeClass
from alongside.people.models import Person
from alongside.programs.actions import word_text
from tests.people import Cast
from tests.web.letters import letter_in

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _shelved(to: str, subject: str = "Hello") -> ShelfMail:
    letter = Letter(to=to, subject=subject, body="Dear Chi,\n\nsee <https://example.org/a>")
    return ShelfMail.objects.create(to=to, subject=subject, text=letter.text, html=letter.html)


def _notice(person: Person, number: int = 1, **fields: object) -> Notice:
    notice = plan_notice(
        kind="message_posted", about=f"message:{number}", thread="pair:1", person=person, now=NOW
    )
    assert notice is not None
    Notice.objects.filter(pk=notice.pk).update(**fields)
    notice.refresh_from_db()
    return notice


def test_demo_visitor_reads_every_mail_and_a_person_sees_theirs_first(
    cast_: Cast, client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    mine, other = _shelved(cast_.chi.email, "To Chi"), _shelved(cast_.ben.email, "To Ben")
    shelf = reverse("public:mail_shelf")

    assert {mail.pk for mail in client.get(shelf).context["page"]} == {mine.pk, other.pk}
    assert client.get(reverse("public:mail_shelf.mail", args=[other.public_id])).status_code == 200

    client.force_login(cast_.chi)
    assert [mail.pk for mail in client.get(shelf).context["page"]] == [mine.pk]
    assert {mail.pk for mail in client.get(shelf, {"all": "1"}).context["page"]} == {mine.pk, other.pk}


def test_demo_shows_what_waits_for_a_good_moment_as_it_would_read_now(
    cast_: Cast, client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    meeting = offer_times(
        mentorship=cast_.pair,
        actor=cast_.ben,
        times=[NOW + timedelta(days=2)],
        minutes=45,
        channel=Channel.VIDEO,
        now=NOW,
    )
    waits = plan_notice(
        kind="meeting_offered",
        about=f"meeting:{meeting.pk}",
        person=cast_.chi,
        program=cast_.program,
        now=NOW,
    )
    assert waits is not None
    shelf = reverse("public:mail_shelf")
    address = reverse("public:mail_shelf.waiting", args=[waits.public_id])

    assert address in client.get(shelf).content.decode()
    page = client.get(address)
    inside = client.get(reverse("public:mail_shelf.waiting_html", args=[waits.public_id]))
    assert (page.context["mail"].to, page.context["at"]) == (cast_.chi.email, waits.not_before)
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "Ben" in inside.content.decode()
    client.force_login(cast_.ben)
    assert [line.notice for line in client.get(shelf).context["waiting"]] == []
    assert [line.notice for line in client.get(shelf, {"all": "1"}).context["waiting"]] == [waits]

    cancel_meeting(meeting=meeting, actor=cast_.ben, now=NOW)
    assert client.get(address)["Location"] == shelf


def test_what_waits_is_shown_to_nobody_outside_a_demo(cast_: Cast, client: Client) -> None:
    waits = _notice(cast_.hal)
    client.force_login(cast_.hal)

    assert list(client.get(reverse("public:mail_shelf")).context["waiting"]) == []
    assert client.get(reverse("public:mail_shelf.waiting", args=[waits.public_id])).status_code == 404


def test_mail_is_shown_in_a_frame_without_scripts_and_with_our_styles_only(
    cast_: Cast, client: Client
) -> None:
    mail = _shelved(cast_.hal.email)
    client.force_login(cast_.hal)

    page = client.get(reverse("public:mail_shelf.mail", args=[mail.public_id]))
    inside = client.get(reverse("public:mail_shelf.html", args=[mail.public_id]))

    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "sandbox=" in page.content.decode()
    policy = inside["Content-Security-Policy"]
    assert style_policy() in policy
    assert "unsafe-inline" not in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in inside.content.decode()
    assert client.get(reverse("public:mail_shelf"))["X-Frame-Options"] == "DENY"


def test_every_style_of_a_mail_is_in_the_policy_of_its_frame() -> None:
    body = "# a\n\n## b\n\n- c\n\n1. d\n\n> e\n\n`f`\n\n```\ng\n```\n\n---\n\n|h|i|\n|-|-|\n|j|[k](https://x.y)|\n"
    html = Letter(to="a@example.org", subject="s", body=body, foot="[l](https://x.y)").html
    styles = [*re.findall(r'style="([^"]*)"', html), *re.findall(r"<style>(.*?)</style>", html, re.DOTALL)]

    assert len(styles) > 15
    for style in styles:
        digest = base64.b64encode(hashlib.sha256(unescape(style).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in style_policy()


def test_plain_text_of_a_mail_has_its_links(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.hal)
    address = reverse("public:mail_shelf.mail", args=[_shelved(cast_.hal.email).public_id])
    assert 'href="https://example.org/a"' in client.get(address, {"text": "1"}).content.decode()


def test_link_in_a_mail_switches_a_class_off_by_post_only_and_once(cast_: Cast) -> None:
    notice = _notice(cast_.ben)
    address = unsubscribe_link(notice).removeprefix(settings.BASE_URL)
    client = Client(enforce_csrf_checks=True)

    assert client.get(address).status_code == 200
    cast_.ben.preferences.refresh_from_db()
    assert cast_.ben.preferences.notices == {}

    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    cast_.ben.preferences.refresh_from_db()
    assert cast_.ben.preferences.notices == {"message": "off"}
    notice.refresh_from_db()
    assert notice.state == NoticeState.CANCELED

    cast_.ben.preferences.notices = {}
    cast_.ben.preferences.save()
    client.post(address)
    cast_.ben.preferences.refresh_from_db()
    assert cast_.ben.preferences.notices == {}  # the link was used


@pytest.mark.parametrize("change", [lambda t: t[:-1] + ("a" if t[-1] != "a" else "b"), lambda t: "nonsense"])
def test_changed_link_is_no_link(cast_: Cast, client: Client, change: Callable[[str], str]) -> None:
    token = unsubscribe_link(_notice(cast_.ben)).rstrip("/").rpartition("/")[2]
    assert client.get(reverse("public:unsubscribe", args=[change(token)])).status_code == 404


def test_own_log_shows_what_is_held_and_what_became_of_the_rest(cast_: Cast, client: Client) -> None:
    _notice(cast_.ben, 1)
    _notice(cast_.ben, 2, state=NoticeState.CANCELED, why="gone", settled_at=NOW)
    _notice(cast_.chi, 3)
    client.force_login(cast_.ben)

    page = client.get(reverse("me:notices_log"))

    assert [line.label for line in page.context["held"]] == ["A message"]
    assert [line.why for line in page.context["told"]] == ["What it was about is settled"]


@pytest.mark.parametrize("route", ["public:mail_shelf", "me:notices_log", "operator:delivery"])
def test_list_does_not_grow_queries(cast_: Cast, client: Client, settings: Settings, route: str) -> None:
    settings.DEMO = True
    client.force_login(cast_.hal)
    counts = []
    for number in range(3):
        _notice(cast_.hal, 10 + number)
        _notice(cast_.hal, 20 + number, state=NoticeState.BOUNCED, settled_at=NOW)
        _shelved(cast_.hal.email)
        Job.objects.create(kind="a", state=JobState.GIVEN_UP, run_after=NOW, created_at=NOW, finished_at=NOW)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(route))
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2] <= 15


def test_mail_lane_says_what_is_wrong_and_lets_an_administrator_try_again(
    cast_: Cast, client: Client
) -> None:
    bounced = _notice(cast_.ben, state=NoticeState.BOUNCED, why="refused", error="receiver refused: 550")
    job = Job.objects.create(
        kind="a", state=JobState.GIVEN_UP, run_after=NOW, created_at=NOW, finished_at=NOW, error="ValueError"
    )
    note_outage("ConnectionRefusedError", now=NOW)
    client.force_login(cast_.hal)

    page = client.get(reverse("operator:delivery")).content.decode()
    for words in (
        "The mail server does not answer",
        "receiver refused: 550",
        "ValueError",
        "No worker is running",
    ):
        assert words in page

    client.post(reverse("operator:delivery.server_try"))
    client.post(reverse("operator:delivery.notice_retry", args=[bounced.public_id]))
    client.post(reverse("operator:delivery.job_retry", args=[job.pk]))

    bounced.refresh_from_db()
    job.refresh_from_db()
    assert (bounced.state, job.state) == (NoticeState.DUE, JobState.READY)
    assert Outage.objects.get().next_try_at > NOW + timedelta(days=1)  # now, by the machine's clock


def test_mail_that_was_perhaps_sent_is_not_sent_again(cast_: Cast, client: Client) -> None:
    unknown = _notice(cast_.ben, state=NoticeState.UNKNOWN)
    client.force_login(cast_.hal)
    address = reverse("operator:delivery.notice_retry", args=[unknown.public_id])
    assert client.post(address).status_code == 409


def test_preview_tries_words_without_keeping_them_and_says_what_cannot_be_filled(
    cast_: Cast, client: Client
) -> None:
    client.force_login(cast_.ada)
    address = reverse("coordinator:text_preview", args=[cast_.program.public_id, "introduction_mentee"])

    kept = client.get(address)
    assert kept.context["letter"].subject in {
        f"{cast_.program.name}: meet Ben",
        f"{cast_.program.name}: meet Fay",
    }
    assert kept.context["shown"].count == 2

    tried = client.post(
        address, {"subject": "Meet {partner}!", "body": "Hello *{name}*, meet **{partner}**."}
    )
    assert tried.context["letter"].subject in {"Meet Ben!", "Meet Fay!"}
    assert letter_in(tried.content.decode()) == tried.context["letter"].html
    assert (
        ">Ben</strong>" in letter_in(tried.content.decode())
        or ">Fay</strong>" in tried.context["letter"].html
    )
    assert "**" not in tried.content.decode()
    assert cast_.program.texts.count() == 0

    refused = client.post(address, {"subject": "Meet {partner}", "body": "{partner} {salary}"})
    assert refused.status_code == 422
    assert "{salary}" in refused.content.decode()


def test_page_with_letters_allows_their_styles_and_no_others(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.ada)
    page = client.get(reverse("coordinator:text_preview", args=[cast_.program.public_id, "invitation"]))

    policy = dict(part.strip().partition(" ")[::2] for part in page["Content-Security-Policy"].split(";"))
    assert policy["style-src"] == style_policy().replace("style-src", "'self'")
    assert policy["script-src"] == "'self'"
    assert re.findall(r"<iframe[^>]* (sandbox[^ >]*)", page.content.decode()) == ["sandbox"]


def test_invitation_is_shown_as_it_will_be_sent(cast_: Cast, client: Client) -> None:
    """But for its link, which there is only once somebody is invited."""
    client.force_login(cast_.ada)
    wording = {
        "subject": "Come to {program}",
        "body": "Hello **{name}**,\n\n{effort} until {until}. {invited_by}",
    }
    word_text(program=cast_.program, actor=cast_.ada, key="invitation", **wording, seen=None)
    data = {"addresses": f"{cast_.ben.email}\nAna Rao <ana@example.org>", "role": "mentor"}
    args = [cast_.program.public_id]

    page = client.post(reverse("coordinator:invitations.plan", args=args), data).content.decode()
    client.post(reverse("coordinator:invitations.sending", args=args), data)

    invitation = Invitation.objects.get()
    scene = load_scene(f"invitation:{invitation.pk}", {})
    assert scene is not None
    notice = Notice(kind="invitation", notice_class=NoticeClass.MATCHING, address=invitation.email)
    sent = letter_for(notice, [Told(notice, scene)])
    sent = replace(sent, action=replace(sent.action, url=page_with_program(cast_)))
    assert letter_in(page) == sent.html
    assert ">Ana Rao</strong>" in sent.html
    assert f'<div class="mail-text">{escape(sent.text)}</div>' in page
    assert "**" not in page


def page_with_program(cast: Cast) -> str:
    return settings.BASE_URL + reverse("public:program", args=[cast.program.public_id])
