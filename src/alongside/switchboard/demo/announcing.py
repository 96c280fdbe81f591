"""Last part of making the demo: what coordinators told everybody, written, sent and read through the actions."""

import datetime as dt

from alongside.delivery.actions import mark_announcement_read, send_announcement, write_announcement
from alongside.delivery.models import Announcement
from alongside.switchboard.demo.world import DAY, World

HOUR = dt.timedelta(hours=1)
STILL_NEW = 5 * DAY


def make_announcements(world: World) -> None:
    """Receivers read them a day later; what is still new waits for them on Today. Drafts stay with the coordinators."""
    for entry in world.content.announcements:
        zone = world.content.person(entry.by).zone
        at = entry.at.on_workday(world.today).instant(world.today, zone) if entry.at else world.now - HOUR
        row = write_announcement(
            program=world.programs[entry.program],
            circle=entry.circle,
            subject=entry.subject,
            body=entry.body,
            actor=world.people[entry.by],
            now=at,
        )
        if entry.at:
            sent = send_announcement(announcement=row, actor=world.people[entry.by], now=at)
            if world.now - at > STILL_NEW:
                _read(world, sent, at + DAY)


def _read(world: World, row: Announcement, at: dt.datetime) -> None:
    for receipt in row.receipts.select_related("participation__person"):
        mark_announcement_read(announcement=row, reader=receipt.participation.person, now=at)
