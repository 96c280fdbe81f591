"""What was done, as the audit page says it."""

from django.utils.translation import gettext_lazy as _

DONE = {
    "import.checked": _("Looked at a sheet before taking it in"),
    "import.discarded": _("Set a sheet aside"),
    "import.done": _("Took people in from a sheet"),
    "person.account_closed": _("Closed an account"),
    "person.account_opened": _("Opened an account again"),
    "person.added": _("Added somebody"),
    "person.administrator_taken": _("Took the administrator’s role from somebody"),
    "person.erased": _("Deleted an account"),
    "person.erasure_asked": _("Asked to be deleted"),
    "person.erasure_regretted": _("Stays after all"),
    "person.hours_changed": _("Changed their own hours"),
    "person.made_administrator": _("Made somebody administrator"),
    "person.notices_changed": _("Changed their own notices"),
    "person.device_added": _("Let a device of theirs show notes"),
    "person.device_removed": _("Silenced a device of theirs"),
    "person.photo_changed": _("Changed their own photo"),
    "person.profile_changed": _("Changed their own profile"),
    "program.changed": _("Changed a program"),
    "program.contact_chosen": _("Chose the person to ask"),
    "program.copied": _("Copied a program"),
    "program.created": _("Made a program"),
    "program.state_changed": _("Moved a program a step on or back"),
    "run.changed": _("Took pairs off a board that its limits no longer allow"),
    "run.discarded": _("Set a board aside"),
    "run.published": _("Published pairs"),
    "run.solved": _("Found pairs"),
    "run.started": _("Started a matching"),
    "run.stop_asked": _("Asked a matching to stop"),
    "run.stopped": _("Stopped a matching"),
    "run.undone": _("Took published pairs back"),
    "staff.added": _("Added somebody to the team of a program"),
    "staff.invitation_revoked": _("Took back a letter to somebody for the team of a program"),
    "staff.invited": _("Wrote to somebody for the team of a program"),
    "staff.removed": _("Took somebody off the team of a program"),
    "staff.role_changed": _("Changed a role in the team of a program"),
}


def done_words(verb: str) -> str:
    """The verb of a journal entry in words of people; one that has none yet stands as it is."""
    return str(DONE.get(verb, verb))
