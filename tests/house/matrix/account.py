"""Rows of Me: everybody who is signed in has one's own, and nobody else's."""

from tests.house.matrix import Row

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
    *(Row(f"me:{page}", **OWN) for page in ("home", "profile", "hours", "notices", "seasons", "privacy", "data")),
    Row("me:export", method="POST", **OWN),
    Row("me:erasure", method="POST", **UNCLEAR),
    Row("me:erasure_regret", method="POST", **ACT),
    Row("me:season_end", args=lambda c: ["nosuchseason2"], method="POST",
        anonymous="sign-in", dov=404, chi=404, ben=404, eva=404, ada=404, gus=404, hal=404),
    # nobody of the cast has a photo: 404 for all; who may see one is told in tests/web/test_account_me.py
    Row("me:photo", args=lambda c: [c.chi.public_id],
        anonymous="sign-in", dov=404, chi=404, ben=404, eva=404, ada=404, gus=404, hal=404),
]  # fmt: skip
