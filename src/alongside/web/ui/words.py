"""The look of each state of product.md §2: its word for people, its tone, its sign. Words never rest on color alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TONES = frozenset({"calm", "strong", "amber", "open", "plain"})


@dataclass(frozen=True, slots=True)
class StateLook:
    word: str | Promise
    tone: str
    icon: str


def _look(word: str | Promise, tone: str, icon: str) -> StateLook:
    return StateLook(word, tone, icon)


STATES: dict[str, dict[str, StateLook]] = {
    "signal": {
        "settled": _look(_("Settled"), "calm", "sprout"),
        "quiet": _look(_("Quiet"), "open", "moon"),
        "would_like_a_hand": _look(_("Would like a hand"), "amber", "hand"),
    },
    "mentorship": {
        "trial": _look(_("On trial"), "calm", "sunrise"),
        "running": _look(_("Running"), "calm", "footprints"),
        "paused": _look(_("Resting"), "open", "pause"),
        "closing": _look(_("Closing"), "amber", "flag"),
        "closed": _look(_("Closed"), "plain", "archive"),
    },
    "goal": {
        "idea": _look(_("Idea"), "open", "lightbulb"),
        "active": _look(_("In motion"), "calm", "footprints"),
        "resting": _look(_("Resting"), "open", "moon"),
        "reached": _look(_("Reached"), "strong", "check"),
        "let_go": _look(_("Let go"), "plain", "feather"),
    },
    "activity": {
        "planned": _look(_("Planned"), "open", "circle-dashed"),
        "done": _look(_("Done"), "calm", "check"),
        "skipped": _look(_("Skipped"), "plain", "arrow-right"),
    },
    "meeting": {
        "proposed": _look(_("Times offered"), "open", "calendar-clock"),
        "booked": _look(_("Booked"), "calm", "calendar"),
        "held": _look(_("You talked"), "plain", "check"),
        "not_held": _look(_("Did not happen"), "plain", "waves"),
        "canceled": _look(_("Called off"), "plain", "x"),
    },
    "topic": {
        "open": _look(_("Open"), "calm", "messages-square"),
        "resting": _look(_("Resting"), "open", "moon"),
        "closed": _look(_("Closed"), "plain", "check"),
    },
    "season": {
        "planned": _look(_("Planned"), "open", "calendar"),
        "on": _look(_("On now"), "amber", "leaf"),
        "over": _look(_("Over"), "plain", "check"),
    },
    "program": {
        "draft": _look(_("Draft"), "open", "pencil"),
        "enrolling": _look(_("Enrolling"), "calm", "user-plus"),
        "matching": _look(_("Matching"), "calm", "shuffle"),
        "running": _look(_("Running"), "calm", "footprints"),
        "closing": _look(_("Closing"), "amber", "flag"),
        "closed": _look(_("Closed"), "plain", "check"),
        "archived": _look(_("Archived"), "plain", "archive"),
    },
    "participant": {
        "invited": _look(_("Invited"), "open", "mail"),
        "started": _look(_("Started"), "open", "pencil"),
        "submitted": _look(_("Sent in"), "amber", "send"),
        "approved": _look(_("Taking part"), "calm", "check"),
        "waitlisted": _look(_("On the waiting list"), "open", "clock"),
        "declined": _look(_("Not this time"), "plain", "x"),
        "withdrawn": _look(_("Withdrew"), "plain", "log-out"),
        "retired": _look(_("Retired"), "plain", "archive"),
    },
    "request": {
        "sent": _look(_("Sent"), "open", "send"),
        "accepted": _look(_("Accepted"), "calm", "handshake"),
        "declined": _look(_("Declined"), "plain", "x"),
        "expired": _look(_("No answer came"), "plain", "clock"),
        "withdrawn": _look(_("Taken back"), "plain", "undo-2"),
        "superseded": _look(_("Met someone else"), "plain", "arrow-right"),
    },
    "run": {
        "draft": _look(_("Being solved"), "open", "clock"),
        "solved": _look(_("Draft"), "calm", "scale"),
        "published": _look(_("Published"), "strong", "check"),
        "discarded": _look(_("Set aside"), "plain", "archive"),
        "undone": _look(_("Taken back"), "open", "undo-2"),
        "stopped": _look(_("Stopped"), "plain", "x"),
    },
    "proposal": {
        "proposed": _look(_("Proposed"), "open", "shuffle"),
        "pinned": _look(_("Pinned"), "calm", "pin"),
        "forbidden": _look(_("Kept apart"), "plain", "ban"),
        "approved": _look(_("Approved"), "calm", "check"),
        "published": _look(_("Published"), "strong", "handshake"),
    },
    "agreement": {
        "proposed": _look(_("Proposed"), "open", "file-text"),
        "signed_by_some": _look(_("Signed by one of you"), "open", "pencil"),
        "signed_by_all": _look(_("Signed"), "calm", "handshake"),
        "replaced": _look(_("Replaced"), "plain", "history"),
    },
    "survey": {
        "planned": _look(_("Planned"), "open", "calendar"),
        "open": _look(_("Open"), "calm", "pencil"),
        "closed": _look(_("Closed"), "plain", "check"),
        "held_back": _look(_("Held back"), "open", "shield"),
    },
    "case": {
        "new": _look(_("New"), "amber", "hand"),
        "taken": _look(_("Taken"), "calm", "user-round"),
        "waiting": _look(_("Waiting"), "open", "clock"),
        "resolved": _look(_("Resolved"), "plain", "check"),
    },
    "notice": {
        "due": _look(_("To be sent"), "open", "clock"),
        "sending": _look(_("On its way"), "open", "send"),
        "sent": _look(_("Sent"), "calm", "check"),
        "merged": _look(_("Sent with others"), "calm", "mail"),
        "digested": _look(_("Sent in the digest"), "calm", "mail"),
        "canceled": _look(_("Called off"), "plain", "x"),
        "expired": _look(_("No longer needed"), "plain", "clock"),
        "unknown": _look(_("Not sure it arrived"), "amber", "info"),
        "bounced": _look(_("Came back"), "amber", "undo-2"),
    },
}
