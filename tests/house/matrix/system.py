"""Rows of the administrators' pages: not there for anybody else."""

from tests.house.matrix import Row

HAL = {
    "anonymous": "sign-in",
    "dov": 404,
    "chi": 404,
    "ben": 404,
    "eva": 404,
    "ada": 404,
    "gus": 404,
    "hal": 200,
}

ROWS = [
    *(Row(f"operator:{page}", **HAL) for page in ("system", "programs", "roles", "audit")),
    Row("operator:program.staff", args=lambda c: [c.program.public_id], **HAL),
    Row(
        "operator:program.staff",
        args=lambda c: [c.program.public_id],
        method="POST",
        **(HAL | {"hal": 422}),
    ),
    Row(
        "operator:decision",
        args=lambda c: [c.dov.public_id, "account", "yes"],
        method="POST",
        **(HAL | {"hal": 302}),
    ),
]
