"""Everything that changes what people will hear: planning, sending, announcing, switching off."""

from alongside.delivery.actions.planning import cancel_notices, plan_notice, replan_person

__all__ = ["cancel_notices", "plan_notice", "replan_person"]
