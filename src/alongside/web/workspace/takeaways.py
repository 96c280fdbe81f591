"""What somebody takes away from a topic, carried into a goal or a plan. Words never travel in an address: its id does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from alongside.discussions.access import get_topic
from alongside.discussions.queries import takeaway_of, topic_lines
from alongside.foundation.errors import NotFound
from alongside.foundation.text import excerpt
from alongside.web.visitors import signed_in

if TYPE_CHECKING:
    from alongside.mentorships.models import Mentorship


@dataclass(frozen=True, slots=True)
class Carried:
    """Words to begin with: a short title, the whole of them where that left something out, and where they come from."""

    topic_id: str
    topic_title: str
    title: str
    rest: str


def carried_from(request: HttpRequest, mentorship: Mentorship, *, longest: int) -> Carried | None:
    """The words of the closed topic the address names, if it names one. Raises NotFound for one of another pair.

    `longest` is how long a title may be. A topic closed without a word gives its own title.
    """
    topic_id = request.GET.get("topic", "")
    if not topic_id:
        return None
    topic = get_topic(signed_in(request), topic_id)
    if topic.mentorship_id != mentorship.pk:
        raise NotFound
    (line,) = topic_lines([topic])
    words = takeaway_of(topic)
    plain = " ".join((words or line.title).split())
    title = plain if len(plain) <= longest else excerpt(plain, longest - 1)
    return Carried(topic_id, line.title, title, words if title != plain else "")
