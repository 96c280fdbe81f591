"""What can come in between when two people find a time or write notes together. Each says what is so now."""

from alongside.foundation.errors import Conflict


class TimeTaken(Conflict):
    """The talk is booked, moved or called off already; the sentence says who did what."""


class NoteChanged(Conflict):
    """The partner wrote the shared notes anew while they were being edited. Nothing was overwritten."""
