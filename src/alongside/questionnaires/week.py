"""A week of hours as a form posts it: rows of from, to and kind for each day, as the kit's week of hours names them."""

from collections.abc import Mapping

from alongside.engine.timing.notation import DAY_NAMES

GOOD, POSSIBLE = "good", "possible"
ROWS_A_DAY = 6


def week_from_post(data: Mapping[str, str], name: str) -> dict[str, str]:
    """The rows as notation, by kind; one without a start or an end stays as it is, so that it is refused."""
    parts: dict[str, list[str]] = {GOOD: [], POSSIBLE: []}
    for day, day_name in enumerate(DAY_NAMES):
        for row in range(ROWS_A_DAY):
            prefix = f"{name}-{day}-{row}"
            start, end = (data.get(f"{prefix}-{side}", "").strip() for side in ("from", "to"))
            if start or end:
                kind = POSSIBLE if data.get(f"{prefix}-kind") == POSSIBLE else GOOD
                parts[kind].append(f"{day_name} {start}-{end}")
    return {kind: ", ".join(found) for kind, found in parts.items() if found}
