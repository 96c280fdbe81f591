"""Figures counted once and kept until something happens in the program."""

from datetime import datetime
from time import monotonic

from django.db import transaction

from alongside.engine.timing.zones import wall_at
from alongside.insights.models import Snapshot
from alongside.insights.queries.figures import Figures, count_figures
from alongside.journal.models import Entry
from alongside.people.queries import known_zone
from alongside.programs.models import Program

FORMAT = "2"  # changes with what is counted
QUICK_MS = 50  # counting that takes less is done whenever something happened
PAUSE = 100  # else it rests a hundred times as long as it took: one percent of the time goes into counting


def figures_of(*, program: Program, now: datetime) -> tuple[Figures, datetime]:
    """The figures of a program and when they were counted: kept ones while nothing happened since, or only just now.

    Two queries for kept ones. Figures of a small program are always those of this moment.
    """
    version = _version(program, now)
    kept = Snapshot.objects.filter(program=program).first()
    if kept is not None and (kept.version == version or _rests(kept, version, now)):
        return Figures.from_json(kept.figures), kept.counted_at
    begun = monotonic()
    figures = count_figures(program, now=now)
    took = round((monotonic() - begun) * 1000)
    with transaction.atomic():
        Snapshot.objects.update_or_create(
            program=program,
            defaults={
                "version": version,
                "figures": figures.to_json(),
                "counted_at": now,
                "took_ms": took,
            },
        )
    return figures, now


def _version(program: Program, now: datetime) -> str:
    """The newest thing that happened in the program, and the day: waiting grows by itself."""
    newest = Entry.objects.filter(program_id=program.pk).order_by("-at", "-pk").values_list("pk", flat=True)
    today = wall_at(now, known_zone(program.zone)).day
    return f"{FORMAT}:{today}:{newest.first() or 0}"


def _rests(kept: Snapshot, version: str, now: datetime) -> bool:
    """Whether it was counted so lately that it may stand although something happened; never over a change of format."""
    same_format = kept.version.startswith(f"{FORMAT}:")
    since = (now - kept.counted_at).total_seconds() * 1000
    return same_format and kept.took_ms > QUICK_MS and 0 <= since < kept.took_ms * PAUSE
