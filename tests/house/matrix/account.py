"""Rows of Me: everybody who is signed in has one's own, and nobody else's."""

from alongside.meetings.actions import set_feed
from alongside.meetings.enums import FeedDetail
from alongside.meetings.queries import feed_token
from tests.factories import NOW
from tests.house.matrix import Row
from tests.people import Cast


def _feed(cast: Cast) -> list[str]:
    return [feed_token(set_feed(actor=cast.chi, detail=FeedDetail.FULL, now=NOW))]


OWN = {
    "anonymous": "sign-in",
    "dov": 200,
    "chi": 200,
    "ben": 200,
    "eva": 200,
    "ada": 200,
    "gus": 200,
    "hal": 200,
}
ACT = OWN | {role: 302 for role in ("dov", "chi", "ben", "eva", "ada", "gus", "hal")}
UNCLEAR = OWN | {role: 422 for role in ("dov", "chi", "ben", "eva", "ada", "gus", "hal")}

ROWS = [
    *(Row(f"me:{page}", **OWN) for page in ("home", "profile", "hours", "notices", "calendar", "seasons", "privacy", "data")),
    Row("me:calendar", method="POST", **UNCLEAR),
    Row("me:calendar_renewal", method="POST", **ACT),
    Row("me:calendar_removal", method="POST", **ACT),
    Row("me:devices", method="POST", **OWN | {role: 404 for role in ("dov", "chi", "ben", "eva", "ada", "gus", "hal")}),
    Row("me:device_removal", args=lambda c: ["nosuchdevice2"], method="POST", **ACT),
    Row("public:service_worker", **OWN | {"anonymous": 200}),
    Row("public:manifest", **OWN | {"anonymous": 200}),
    # whoever has the address may read it, signed in as anybody or not at all; nobody else finds anything
    Row("public:calendar_feed", args=_feed, **OWN | {"anonymous": 200}),
    Row("public:calendar_feed", args=lambda c: [_feed(c)[0] + "0"], **dict.fromkeys(OWN, 404)),
    Row("me:export", method="POST", **OWN),
    Row("me:erasure", method="POST", **UNCLEAR),
    Row("me:erasure_regret", method="POST", **ACT),
    Row("me:season_end", args=lambda c: ["nosuchseason2"], method="POST",
        anonymous="sign-in", dov=404, chi=404, ben=404, eva=404, ada=404, gus=404, hal=404),
    # nobody of the cast has a photo: 404 for all; who may see one is told in tests/web/test_account_me.py
    Row("me:photo", args=lambda c: [c.chi.public_id],
        anonymous="sign-in", dov=404, chi=404, ben=404, eva=404, ada=404, gus=404, hal=404),
]  # fmt: skip
