"""Sending what was written for later."""

from alongside.discussions.actions import send_scheduled_message
from alongside.foundation.clock import now
from alongside.jobs.actions import Task


def send_scheduled(task: Task) -> None:
    """Runs at the moment its author chose."""
    send_scheduled_message(message_id=task.payload["message"], now=now())
