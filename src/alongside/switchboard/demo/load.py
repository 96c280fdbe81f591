"""Makes the demo program in an empty database: invented people, programs, months of talk, all told from today."""

from django.conf import settings
from django.db import transaction

from alongside.journal import actions as journal
from alongside.people.models import Person
from alongside.switchboard import wiring
from alongside.switchboard.demo.ahead import tell_what_is_ahead
from alongside.switchboard.demo.announcing import make_announcements
from alongside.switchboard.demo.answers import make_answers, read_pairs
from alongside.switchboard.demo.content import demo_content
from alongside.switchboard.demo.growth import make_growth
from alongside.switchboard.demo.talks import make_talks
from alongside.switchboard.demo.together import make_pairs, settle_pairs
from alongside.switchboard.demo.world import make_world


class NotEmpty(Exception):
    """The database holds people whom the demo did not make."""


def load_if_absent() -> bool:
    """Makes the demo unless it is there; returns whether it did. All or nothing.

    Raises NotEmpty for a database with people of its own. While the past is told nobody is notified of it: reactions for
    the worker are unplugged, those that belong to the change itself stay. What is still ahead they are told of.
    """
    if Person.objects.filter(email=settings.DEMO_DOORS["coordinator"]).exists():
        return False
    if Person.objects.exists():
        raise NotEmpty
    journal.connect(at_once=wiring.AT_ONCE, afterwards={})
    try:
        with transaction.atomic():
            world = make_world(demo_content())
            make_pairs(world)
            make_talks(world)
            make_growth(world)
            make_answers(world)
            settle_pairs(world)
            read_pairs(world)
            make_announcements(world)
            journal.connect(at_once=wiring.AT_ONCE, afterwards=wiring.AFTERWARDS)
            tell_what_is_ahead(world)
    finally:
        journal.connect(at_once=wiring.AT_ONCE, afterwards=wiring.AFTERWARDS)
    return True
