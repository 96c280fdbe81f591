"""Today, the pair's room, agreement and endings, as people see them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.activities.actions import add_own_activity
from alongside.discussions.actions import close_topic, open_topic, post_message
from alongside.discussions.enums import Intention
from alongside.enrollment.enums import ParticipationState, Role
from alongside.foundation.clock import now
from alongside.goals.actions import add_goal
from alongside.meetings.actions import offer_times, take_time
from alongside.meetings.models import Meeting
from alongside.meetings.queries import talks_now
from alongside.mentorships.actions import end_early, end_well, propose_agreement, save_own_answers
from alongside.mentorships.agreement_form import agreement_form
from alongside.mentorships.enums import EndReason, MentorshipState
from alongside.mentorships.models import Agreement, Closing, Mentorship, OwnAnswers
from alongside.people.enums import Channel, SeasonKind
from alongside.people.models import Season
from alongside.web.workspace.talks import talk_card
from tests import factories as make
from tests.house.matrix.pair import ROWS
from tests.people import Cast

pytestmark = pytest.mark.django_db
STRANGERS = ["dov", "eva", "ada", "gus", "hal"]
LINES = dict.fromkeys(agreement_form().keys_that_make_it_usable, "as we like")


@pytest.fixture
def chi(cast_: Cast, client: Client) -> Client:
    client.force_login(cast_.chi)
    return client


def _get(client: Client, route: str, *arguments: str) -> str:
    response = client.get(reverse(route, args=arguments))
    assert response.status_code == 200
    return response.content.decode()


def _queries(client: Client, route: str, *arguments: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        _get(client, route, *arguments)
    return len(captured)


# Today


def test_today_shows_what_is_new_and_from_whom(cast_: Cast, chi: Client) -> None:
    topic = open_topic(
        mentorship=cast_.pair, actor=cast_.ben, title="Visa question", intention=Intention.ADVICE, now=now()
    )
    assert "Nothing needs you today" in _get(chi, "workspace:today")

    post_message(topic=topic, actor=cast_.ben, body="Hello", now=now())

    page = _get(chi, "workspace:today")
    assert "Visa question" in page
    assert "Ben wrote" in page
    assert "Nothing needs you today" not in page


def test_today_asks_for_a_signature_once(cast_: Cast, chi: Client) -> None:
    propose_agreement(
        mentorship=cast_.pair, actor=cast_.ben, agreed=LINES, rhythm_days=21, review_on=None, now=now()
    )
    assert "Your agreement, to read and sign" in _get(chi, "workspace:today")

    agreement = Agreement.objects.get()
    chi.post(reverse("workspace:agreement.signature", args=[cast_.pair.public_id, agreement.public_id]))

    assert "Your agreement, to read and sign" not in _get(chi, "workspace:today")


def test_today_names_the_partners_season(cast_: Cast, chi: Client) -> None:
    Season.objects.create(person=cast_.ben, kind=SeasonKind.LIGHTER, from_on=now().date() - timedelta(days=2))

    assert "Lighter weeks" in _get(chi, "workspace:today")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (ParticipationState.STARTED, "You have begun to enroll."),
        (ParticipationState.SUBMITTED, "Your enrollment is with the team."),
        (ParticipationState.WAITLISTED, "All places are taken right now."),
        (ParticipationState.APPROVED, "Matching is planned for Monday 7 December."),
        (ParticipationState.DECLINED, "This round did not work out."),
        (ParticipationState.WITHDRAWN, "You are not taking part right now."),
    ],
)
def test_today_before_a_pair_says_how_it_stands(
    cast_: Cast, client: Client, state: ParticipationState, sentence: str
) -> None:
    program = make.program(matches_on=date(2099, 12, 7), name="Spring")
    make.participation(program, cast_.dov, Role.MENTEE, state=state)
    client.force_login(cast_.dov)

    page = _get(client, "workspace:today")

    assert sentence in page
    assert "Spring" in page
    over = state in {ParticipationState.DECLINED, ParticipationState.WITHDRAWN}
    assert ("Until then" in page) is not over


@pytest.mark.parametrize(
    ("state", "word"),
    [(ParticipationState.STARTED, "Go on</a>"), (ParticipationState.APPROVED, "See where it stands</a>")],
)
def test_today_before_a_pair_leads_to_the_enrollment(
    cast_: Cast, client: Client, state: ParticipationState, word: str
) -> None:
    program = make.program(matches_on=date(2020, 12, 7))
    make.participation(program, cast_.dov, Role.MENTEE, state=state)
    client.force_login(cast_.dov)

    page = _get(client, "workspace:today")

    assert f'{reverse("workspace:enroll", args=[program.public_id])}">{word}' in page
    assert "Matching is planned" not in page  # a day gone by is no plan


def test_today_of_somebody_in_no_program_says_so(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.hal)

    assert "You take part in no program yet" in _get(client, "workspace:today")
    assert "No pair yet" in _get(client, "workspace:pair")


def test_today_costs_the_same_queries_with_one_pair_and_three(cast_: Cast, client: Client) -> None:
    client.force_login(cast_.ben)
    mentor = cast_.pair.members.get(person=cast_.ben).participation

    def write_in(pair: Mentorship) -> None:
        mentee = pair.members.get(role=Role.MENTEE).person
        topic = open_topic(mentorship=pair, actor=mentee, title="T", intention=Intention.ADVICE, now=now())
        post_message(topic=topic, actor=mentee, body="Hello", now=now())
        propose_agreement(
            mentorship=pair, actor=mentee, agreed=LINES, rhythm_days=21, review_on=None, now=now()
        )

    write_in(cast_.pair)
    _queries(client, "workspace:today")  # from here on the name at the foot is remembered
    with_one = _queries(client, "workspace:today")
    for name in ("Mia", "Max"):
        mentee = make.participation(cast_.program, make.person(name), Role.MENTEE)
        write_in(make.mentorship(mentee, mentor))
    with_three = _queries(client, "workspace:today")

    assert with_one == with_three <= 15
    assert _queries(client, "workspace:pair") <= 15


# The room


def test_pair_home_shows_the_partners_day(cast_: Cast, chi: Client) -> None:
    cast_.ben.preferences.reply_habit = "within two days"
    cast_.ben.preferences.channels = [{"channel": "voice"}, {"channel": "topics"}]
    cast_.ben.preferences.save()

    page = _get(chi, "workspace:pair.home", cast_.pair.public_id)

    assert "London" in page
    assert "Mon–Fri 08:00–18:00" in page
    assert "Voice call, then Writing here" in page
    assert "within two days" in page


def test_pair_home_keeps_a_clock_that_is_not_shared(cast_: Cast, chi: Client) -> None:
    cast_.ben.preferences.share_clock = False
    cast_.ben.preferences.save()

    page = _get(chi, "workspace:pair.home", cast_.pair.public_id)

    assert "London" not in page
    assert "08:00–18:00" not in page.split("Hours you share")[0]


def test_pair_home_costs_the_same_queries_however_many_topics(cast_: Cast, chi: Client) -> None:
    def opened(count: int) -> int:
        for index in range(count):
            open_topic(
                mentorship=cast_.pair,
                actor=cast_.ben,
                title=f"{index}",
                intention=Intention.ADVICE,
                now=now(),
            )
        return _queries(chi, "workspace:pair.home", cast_.pair.public_id)

    assert opened(1) == opened(3) <= 15


def _with_everything(cast: Cast) -> None:
    """A talk booked, one offered, goals in motion, activities planned, a topic with new words."""
    in_two_days = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    for hour, booked in ((0, True), (3, False)):
        offer = offer_times(
            mentorship=cast.pair,
            actor=cast.ben,
            times=[in_two_days + timedelta(hours=hour)],
            minutes=45,
            channel=Channel.VOICE,
            place="the usual number",
            now=now(),
        )
        if booked:
            first = offer.offered_times.get()
            take_time(meeting=offer, actor=cast.chi, offered=first.public_id, now=now())
    add_goal(mentorship=cast.pair, actor=cast.chi, title="Speak up", now=now())
    add_goal(mentorship=cast.pair, actor=cast.ben, title="Ask more", shared=True, now=now())
    add_goal(mentorship=cast.pair, actor=cast.ben, title="A private aim", now=now())
    add_own_activity(mentorship=cast.pair, actor=cast.ben, title="Walk and talk", now=now())
    topic = open_topic(
        mentorship=cast.pair, actor=cast.ben, title="Visa", intention=Intention.ADVICE, now=now()
    )
    post_message(topic=topic, actor=cast.ben, body="Hello", now=now())


def test_pair_home_gathers_what_is_in_motion(cast_: Cast, chi: Client) -> None:
    _with_everything(cast_)

    page = _get(chi, "workspace:pair.home", cast_.pair.public_id)

    assert "Visa" in page
    assert "A private aim" not in page


def test_full_pages_stay_within_the_budget(cast_: Cast, chi: Client) -> None:
    _with_everything(cast_)

    assert _queries(chi, "workspace:pair.home", cast_.pair.public_id) <= 15
    assert _queries(chi, "workspace:today") <= 15


def test_talk_of_a_partner_who_keeps_their_clock_shows_one_clock(cast_: Cast) -> None:
    _with_everything(cast_)
    coming = talks_now([cast_.pair], viewer=cast_.chi, now=now()).coming
    assert coming is not None

    with timezone.override("Asia/Kolkata"):
        both = talk_card(coming, cast_.ben)
        cast_.ben.preferences.share_clock = False
        one = talk_card(coming, cast_.ben)

    assert (both.mine, both.theirs) == (
        f"{_local(coming, 'Asia/Kolkata')}",
        f"{_local(coming, 'Europe/London')}",
    )
    assert (one.mine, one.theirs) == ("", "")
    assert one.day.endswith(f", {both.mine}")


def _local(meeting: Meeting, zone: str) -> str:
    assert meeting.starts_at is not None
    return f"{meeting.starts_at.astimezone(ZoneInfo(zone)):%H:%M}"


def test_rhythm_rest_and_contact_are_a_form_away(cast_: Cast, chi: Client) -> None:
    pair_id = cast_.pair.public_id

    chi.post(reverse("workspace:pair.rhythm", args=[pair_id]), {"rhythm-rhythm_days": "none"})
    chi.post(reverse("workspace:pair.contact", args=[pair_id]), {"contact-on": str(now().date())})
    chi.post(reverse("workspace:pair.pause", args=[pair_id]), {"pause-until_on": ""})
    cast_.pair.refresh_from_db()
    rested = (cast_.pair.rhythm_days, cast_.pair.last_contact_on, cast_.pair.state)
    chi.post(reverse("workspace:pair.resumption", args=[pair_id]))

    cast_.pair.refresh_from_db()
    assert rested == (None, now().date(), "paused")
    assert cast_.pair.state == "running"


@pytest.mark.parametrize(
    ("route", "data"),
    [
        ("workspace:pair.contact", {"contact-on": "2020-01-01"}),
        ("workspace:pair.pause", {"pause-until_on": "2020-01-01"}),
        ("workspace:pair.end_date", {"end-ends_on": "2020-01-01"}),
        ("workspace:pair.rhythm", {"rhythm-rhythm_days": "2"}),
    ],
)
def test_form_that_does_not_fit_comes_back_with_what_was_typed(
    cast_: Cast, chi: Client, route: str, data: dict[str, str]
) -> None:
    response = chi.post(reverse(route, args=[cast_.pair.public_id]), data)

    assert response.status_code == 422
    if route != "workspace:pair.rhythm":
        assert 'value="2020-01-01"' in response.content.decode()


# The agreement


def test_agreement_goes_from_alone_to_signed(cast_: Cast, chi: Client) -> None:
    pair_id = cast_.pair.public_id
    save_own_answers(
        mentorship=cast_.pair, actor=cast_.ben, answers={"hopes": "to listen"}, done=True, now=now()
    )
    assert "to listen" not in _get(chi, "workspace:agreement", pair_id)
    assert "to listen" not in _get(chi, "workspace:agreement.draft", pair_id)

    chi.post(reverse("workspace:agreement.own", args=[pair_id]), {"hopes": "to be heard", "done": "1"})
    assert "to listen" in _get(chi, "workspace:agreement.draft", pair_id)
    chi.post(
        reverse("workspace:agreement.draft", args=[pair_id]),
        {**LINES, "hopes": "both", "rhythm_days": "14", "review_on": "2026-12-24"},
    )
    agreement = Agreement.objects.get()
    chi.force_login(cast_.ben)
    chi.post(reverse("workspace:agreement.signature", args=[pair_id, agreement.public_id]))

    cast_.pair.refresh_from_db()
    agreement.refresh_from_db()
    page = _get(chi, "workspace:agreement", pair_id)
    assert agreement.in_force_at is not None
    assert (cast_.pair.rhythm_days, agreement.review_on) == (14, date(2026, 12, 24))
    assert "every 2 weeks" in page
    assert "both" in page


def test_answers_kept_for_later_are_not_done(cast_: Cast, chi: Client) -> None:
    chi.post(reverse("workspace:agreement.own", args=[cast_.pair.public_id]), {"hopes": "hm"})

    assert OwnAnswers.objects.get().done_at is None


def test_agreement_without_one_of_the_five_lines_keeps_what_was_typed(cast_: Cast, chi: Client) -> None:
    lines = {**LINES, "exit": "", "hopes": "kept words", "rhythm_days": "21"}

    response = chi.post(reverse("workspace:agreement.draft", args=[cast_.pair.public_id]), lines)

    assert response.status_code == 422
    assert "kept words" in response.content.decode()
    assert Agreement.objects.count() == 0


# Endings


def test_early_ending_shows_the_partner_no_reason_on_any_page(cast_: Cast, chi: Client) -> None:
    pair_id = cast_.pair.public_id
    chi.post(
        reverse("workspace:ending.early", args=[pair_id]),
        {"reason": "not_the_fit", "note": "a private thought", "words": "All the best", "new_match": "no"},
    )
    chi.force_login(cast_.ben)

    pages = "".join(
        _get(chi, route, pair_id)
        for route in (
            "workspace:pair.home",
            "workspace:pair.about",
            "workspace:ending",
            "workspace:ending.help",
            "workspace:agreement",
        )
    ) + _get(chi, "workspace:today")

    assert Closing.objects.get().reason == EndReason.NOT_THE_FIT
    assert "All the best" in pages
    assert "not the right fit" not in pages
    assert "a private thought" not in pages
    assert "Open it again" not in pages


def test_not_feeling_safe_leads_to_a_person_at_once(cast_: Cast, chi: Client) -> None:
    pair_id = cast_.pair.public_id

    response = chi.post(reverse("workspace:ending.early", args=[pair_id]), {"reason": "unsafe"}, follow=True)

    page = response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("workspace:ending.help", args=[pair_id])
    assert cast_.ada.email in page
    assert "you did right" in page
    chi.force_login(cast_.ben)
    assert "you did right" not in _get(chi, "workspace:ending.help", pair_id)


def test_ending_well_shows_each_the_others_words(cast_: Cast, chi: Client) -> None:
    pair_id = cast_.pair.public_id
    end_well(mentorship=cast_.pair, actor=cast_.ben, words="It was good", note="mine alone", now=now())

    page = _get(chi, "workspace:ending.well", pair_id)
    assert ("It was good" in page, "mine alone" in page) == (True, False)
    chi.post(reverse("workspace:ending.well", args=[pair_id]), {"words": "For me too"})

    cast_.pair.refresh_from_db()
    home = _get(chi, "workspace:pair.home", pair_id)
    assert cast_.pair.state == MentorshipState.CLOSED
    assert ("It was good" in home, "For me too" in home, "mine alone" in home) == (True, True, False)


# Nobody else


@pytest.mark.parametrize("stranger", STRANGERS)
def test_strangers_staff_and_administrators_read_no_word_on_any_page(
    cast_: Cast, client: Client, stranger: str
) -> None:
    secret = "zanzibar"
    topic = open_topic(
        mentorship=cast_.pair, actor=cast_.chi, title=secret, intention=Intention.ADVICE, now=now()
    )
    post_message(topic=topic, actor=cast_.chi, body=secret, now=now())
    close_topic(topic=topic, actor=cast_.chi, takeaway=secret, now=now())
    save_own_answers(mentorship=cast_.pair, actor=cast_.chi, answers={"hopes": secret}, done=True, now=now())
    propose_agreement(
        mentorship=cast_.pair,
        actor=cast_.chi,
        agreed={**LINES, "hopes": secret},
        rhythm_days=21,
        review_on=None,
        now=now(),
    )
    client.force_login(cast_.chi)
    assert secret in _get(client, "workspace:topics", cast_.pair.public_id)  # there is something to leak
    addresses = [reverse(row.route, args=row.args(cast_)) for row in ROWS if row.method == "GET"]
    addresses.append(reverse("workspace:topic", args=[cast_.pair.public_id, topic.public_id]))
    end_early(mentorship=cast_.pair, actor=cast_.chi, reason=EndReason.TIME, words=secret, now=now())

    client.force_login(getattr(cast_, stranger))
    leaks = [address for address in addresses if secret.encode() in client.get(address).content]

    assert leaks == []
