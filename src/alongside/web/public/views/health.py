"""For whoever watches the installation: is it in order?"""

from django.http import HttpRequest, JsonResponse

from alongside.foundation.clock import now
from alongside.foundation.health import database_answers, migrations_applied
from alongside.jobs.queries import is_worker_alive


def health(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and worker are in order, else 503; which of them is not stands in the JSON."""
    database = database_answers()
    parts = {
        "database": database,
        "migrations": database and migrations_applied(),
        "worker": database and is_worker_alive(now()),
    }
    in_order = all(parts.values())
    status = {
        "status": "ok" if in_order else "unwell",
        **{name: "ok" if fine else "unwell" for name, fine in parts.items()},
    }
    return JsonResponse(status, status=200 if in_order else 503, headers={"Cache-Control": "no-store"})
