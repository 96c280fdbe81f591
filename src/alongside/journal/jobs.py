"""Reactions after the fact: one job runs one handler for one entry, in one transaction with its acknowledgement."""

import logging

from alongside.foundation.named import function_named
from alongside.jobs.actions import Task
from alongside.journal.actions import is_wired
from alongside.journal.models import Entry

log = logging.getLogger(__name__)


def react(task: Task) -> None:
    """Runs the handler the job names. A handler that the wiring no longer knows, or an erased entry, is nothing to do."""
    name = task.payload["handler"]
    entry = Entry.objects.filter(pk=task.payload["entry"]).first()
    if entry is None or not is_wired(entry.verb, name):
        log.warning("Nothing to do for job %s: entry or handler is gone", task.id)
        return
    function_named(name)(entry)
