"""Everything that changes what people will hear: planning, sending, announcing, switching off."""

from alongside.delivery.actions.announcing import (
    LONGEST_BODY,
    LONGEST_SUBJECT,
    drop_announcement,
    mark_announcement_read,
    reword_announcement,
    send_announcement,
    write_announcement,
)
from alongside.delivery.actions.planning import cancel_notices, plan_notice, replan_person

__all__ = [
    "LONGEST_BODY",
    "LONGEST_SUBJECT",
    "cancel_notices",
    "drop_announcement",
    "mark_announcement_read",
    "plan_notice",
    "replan_person",
    "reword_announcement",
    "send_announcement",
    "write_announcement",
]
