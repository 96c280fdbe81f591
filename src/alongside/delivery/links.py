"""Where a mail leads: full addresses of pages, and the secret in the link that switches a class of mails off."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.core import signing
from django.urls import NoReverseMatch, reverse

from alongside.delivery.models import Notice
from alongside.delivery.scenes import Scene
from alongside.enrollment.tokens import invitation_token
from alongside.programs.tokens import staff_token

_SALT = "alongside.delivery.unsubscribe"
_TAKING = "alongside.delivery.taking"
_ACTING = "alongside.delivery.acting"
_FALLBACK = "workspace:today"


def page(route: str, *args: str) -> str:
    """The full address of a page; the first page of the house when an installation has no such route."""
    for name, arguments in ((route, args), (_FALLBACK, ())):
        try:
            return f"{settings.BASE_URL}{reverse(name, args=arguments)}"
        except NoReverseMatch:
            continue
    return f"{settings.BASE_URL}/"


def page_of(notice: Notice, scene: Scene) -> str:
    """Where one goes to see what the notice tells of."""
    route, arguments = ROUTES.get(notice.kind, (_FALLBACK, _nothing))
    return page(route, *arguments(scene))


def unsubscribe_link(notice: Notice) -> str:
    """A signed address that switches the notice's class off for its receiver: shown by GET, done by POST, once."""
    return page("public:unsubscribe", signing.Signer(salt=_SALT).sign(notice.public_id).replace(":", "."))


def notice_of_link(token: str) -> str | None:
    """The public id of the notice a link came with; None when the link is not one of ours."""
    try:
        return signing.Signer(salt=_SALT).unsign(token.replace(".", ":"))
    except signing.BadSignature:
        return None


def taking_link(notice: Notice, offered: str) -> str:
    """A signed address at which the receiver of the notice takes a time offered (its public id) without signing in.

    Shown by GET, done by POST; a time is taken once.
    """
    token = signing.Signer(salt=_TAKING).sign(f"{notice.public_id}-{offered}")
    return page("public:taking", token.replace(":", "."))


def taking_of_link(token: str) -> tuple[str, str] | None:
    """The public ids of the notice and of the time a link came with; None when the link is not one of ours."""
    try:
        notice, _dash, offered = signing.Signer(salt=_TAKING).unsign(token.replace(".", ":")).partition("-")
    except signing.BadSignature:
        return None
    return notice, offered


def act_link(notice: Notice, act: str) -> str:
    """A signed address at which the receiver of the notice does one simple thing (an Act) without signing in.

    Shown by GET, done by POST, once.
    """
    return page(
        "public:act", signing.Signer(salt=_ACTING).sign(f"{notice.public_id}-{act}").replace(":", ".")
    )


def act_of_link(token: str) -> tuple[str, str] | None:
    """The public id of the notice and the act a link came with; None when the link is not one of ours."""
    try:
        notice, _dash, act = signing.Signer(salt=_ACTING).unsign(token.replace(".", ":")).partition("-")
    except signing.BadSignature:
        return None
    return notice, act


def _nothing(scene: Scene) -> Sequence[str]:
    return ()


def _pair(scene: Scene) -> Sequence[str]:
    return (scene.mentorship.public_id,) if scene.mentorship is not None else ()


def _topic(scene: Scene) -> Sequence[str]:
    topic = getattr(scene.thing, "topic", scene.thing)
    return (*_pair(scene), topic.public_id)


def _thing_of_pair(scene: Scene) -> Sequence[str]:
    return (*_pair(scene), scene.thing.public_id)


def _thing(scene: Scene) -> Sequence[str]:
    return (scene.thing.public_id,)


def _program(scene: Scene) -> Sequence[str]:
    return (scene.program.public_id,) if scene.program is not None else ()


def _invitation(scene: Scene) -> Sequence[str]:
    return (invitation_token(scene.thing),)


def _staff_invitation(scene: Scene) -> Sequence[str]:
    return (staff_token(scene.thing),)


ROUTES: Mapping[str, tuple[str, Callable[[Scene], Sequence[str]]]] = {
    "invitation": ("public:invitation", _invitation),
    "invitation_reminder": ("public:invitation", _invitation),
    "staff_invitation": ("public:staff_invitation", _staff_invitation),
    "staff_added": ("coordinator:overview", _program),
    "enrollment_received": ("workspace:enroll", _program),
    "enrollment_to_approve": ("coordinator:people", _program),
    "enrolled": ("workspace:enroll", _program),
    "waitlisted": ("workspace:enroll", _program),
    "not_this_time": ("public:program", _program),
    "introduction_mentee": ("workspace:pair.home", _pair),
    "introduction_mentor": ("workspace:pair.home", _pair),
    "request_received": ("workspace:request", _thing),
    "request_reminder": ("workspace:request", _thing),
    "request_accepted": ("workspace:pair", _nothing),
    "request_declined": ("workspace:find", _nothing),
    "request_expired": ("workspace:find", _nothing),
    "request_superseded": ("workspace:find", _nothing),
    "topic_opened": ("workspace:topic", _topic),
    "message_posted": ("workspace:topic", _topic),
    "pair_resting": ("workspace:pair.home", _pair),
    "pair_back": ("workspace:pair.home", _pair),
    "closing_soon": ("workspace:ending", _pair),
    "pair_ending": ("workspace:pair.home", _pair),
    "pair_ended": ("workspace:pair.home", _pair),
    "pair_reopened": ("workspace:pair.home", _pair),
    "agreement_proposed": ("workspace:agreement", _pair),
    "agreement_signed": ("workspace:agreement", _pair),
    "meeting_offered": ("workspace:meeting", _thing_of_pair),
    "meeting_booked": ("workspace:meeting", _thing_of_pair),
    "meeting_moved": ("workspace:meeting", _thing_of_pair),
    "meeting_changed": ("workspace:meeting", _thing_of_pair),
    "meeting_canceled": ("workspace:pair.home", _pair),
    "meeting_shifted": ("workspace:meeting", _thing_of_pair),
    "clock_change": ("workspace:meeting", _thing_of_pair),
    "meeting_doubted": ("workspace:meeting", _thing_of_pair),
    "calendar_entry": ("workspace:meeting", _thing_of_pair),
    "meeting_reminder": ("workspace:meeting", _thing_of_pair),
    "meeting_repeats": ("workspace:meeting", _thing_of_pair),
    "meeting_rhythm_ended": ("workspace:meetings", _pair),
    "meeting_over": ("workspace:meeting", _thing_of_pair),
    "survey_asked": ("workspace:survey", _thing),
    "survey_reminder": ("workspace:survey", _thing),
    "signal_offered": ("workspace:pair.about", _pair),
    "case_taken": ("workspace:pair.hand", _pair),
    "case_resolved": ("workspace:pair.hand", _pair),
    "goal_woke": ("workspace:goal", _thing_of_pair),
    "device_added": ("me:notices", _nothing),
    "announcement": ("workspace:announcement", _thing),
    "case_opened": ("coordinator:cases", _program),
    "safety_reported": ("coordinator:cases", _program),
}
