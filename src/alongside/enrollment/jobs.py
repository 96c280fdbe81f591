"""Letters that open a door: they prove an address, so they are sent to it and to nobody else."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.enrollment.tokens import ProvenAddress, address_token
from alongside.foundation.mail import Action, Letter, send_letter
from alongside.jobs.actions import Task
from alongside.programs.models import Program


def send_address_letter(task: Task) -> None:
    """Sends the link that proves the address of the payload. The token is made here, so it is as fresh as the letter."""
    program = Program.objects.filter(public_id=task.payload["program"]).first()
    if program is None:
        return
    proven = ProvenAddress(
        task.payload["email"], program.public_id, task.payload["role"], task.payload["key"]
    )
    link = settings.BASE_URL + reverse("public:address", args=[address_token(proven)])
    send_letter(
        Letter(
            to=proven.email,
            subject=_("{program}: your way in").format(program=program.name),
            body=_(
                "You asked to join **{program}**. The link below shows that this address is yours. "
                "It works once, within the next two hours."
            ).format(program=program.name),
            action=Action(_("Go on"), link),
            foot=_("If you did not ask for it, leave it: nothing happens."),
        )
    )
