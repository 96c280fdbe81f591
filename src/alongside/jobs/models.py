"""Work to do after the answer, as rows that commit or vanish with the business rows they belong to."""

from django.db import models
from django.db.models import Q

from alongside.jobs.enums import JobState


class Job(models.Model):
    """One piece of work. Claimed with a lease and a token; a worker that lost its lease cannot finish it."""

    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    priority = models.SmallIntegerField(default=5)
    run_after = models.DateTimeField()
    state = models.SmallIntegerField(choices=JobState.choices, default=JobState.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.DateTimeField(null=True)
    token = models.CharField(max_length=43, blank=True)
    dedupe = models.CharField(max_length=190, null=True, unique=True)  # noqa: DJ001 - unique among those that have one
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["priority", "run_after"], name="jobs_ready", condition=Q(state=JobState.READY)
            ),
            models.Index(fields=["lease"], name="jobs_running", condition=Q(state=JobState.RUNNING)),
        )

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Schedule(models.Model):
    """When a periodic job runs next. The table in `switchboard.schedule` says which exist."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class WorkerPulse(models.Model):
    """The last sign of life of a worker process; /healthz reads it."""

    name = models.CharField(max_length=80, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
