"""Who reports to whom, as far as the organization's sheets tell: for the limit that keeps managers and reports apart."""

from collections.abc import Sequence

from alongside.enrollment.apart import address_digest
from alongside.enrollment.models import Participation
from alongside.people.queries import managers_of


class Lines:
    """The reporting lines around these participations, at most `levels` up; nothing is read for 0.

    People stand for their participation where it is among them, else for a digest of their address: no address gets into
    what is kept with a run.
    """

    def __init__(self, rows: Sequence[Participation], *, levels: int) -> None:
        self._levels = levels
        self._ids = {row.person.email.lower(): row.public_id for row in rows} if levels else {}
        self.above: tuple[tuple[str, str], ...] = self._read(rows) if levels else ()

    def manager_of(self, row: Participation) -> str | None:
        """The one above; None for those without, and where nobody looks at it."""
        address = row.person.manager_email
        return self._name(address) if self._levels and address else None

    def _read(self, rows: Sequence[Participation]) -> tuple[tuple[str, str], ...]:
        """The links above people who are not among the rows. One query for each level there is."""
        known = set(self._ids)
        wanted = {row.person.manager_email for row in rows} - known - {""}
        found: dict[str, str] = {}
        for _level in range(self._levels - 1):
            if not wanted:
                break
            links = managers_of(wanted)
            found |= links
            wanted = set(links.values()) - known - set(found)
        return tuple(sorted((self._name(person), self._name(above)) for person, above in found.items()))

    def _name(self, address: str) -> str:
        return self._ids.get(address) or f"outside:{address_digest(address)[:24]}"
