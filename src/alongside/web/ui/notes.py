"""What a page says after something was done: one sentence, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, sentence: str, *, undo_url: str = "") -> None:
    """Shows the sentence on the next page. With `undo_url` it carries an Undo button that posts there."""
    messages.info(request, sentence, extra_tags=undo_url)
