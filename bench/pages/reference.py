"""What pages are compared with: an empty view, and a plain page of nine queries and 35 kB without cached templates.

The plain page stands for an ordinary Django page written without a thought for speed. It cost 13 to 15 ms of CPU where it
was first measured.
"""

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

from alongside.activities.models import Activity
from alongside.delivery.models import Notice
from alongside.discussions.models import Message
from alongside.goals.models import Goal
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Mentorship

# No cached loader: the template is read and parsed for each answer.
_ENGINE = Engine(
    loaders=[("django.template.loaders.filesystem.Loader", [str(Path(__file__).parent / "templates")])]
)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@login_required
def plain(request: HttpRequest) -> HttpResponse:
    """Two queries for session and person, seven here."""
    mentorship = (
        Mentorship.objects.select_related("program", "match_type", "program__contact")
        .filter(members__person=request.user)
        .first()
    )
    context = {
        "mentorship": mentorship,
        "goals": list(Goal.objects.filter(mentorship=mentorship)[:10]),
        "activities": list(Activity.objects.filter(mentorship=mentorship)[:25]),
        "meetings": list(Meeting.objects.filter(mentorship=mentorship)[:10]),
        "messages": list(Message.objects.filter(topic__mentorship=mentorship).select_related("author")[:30]),
        "notices": list(Notice.objects.filter(person=request.user)[:10]),
        "number": Message.objects.filter(topic__mentorship=mentorship).count(),
        "lines": range(47),
    }
    return HttpResponse(_ENGINE.get_template("base.html").render(Context(context)))
