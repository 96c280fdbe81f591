"""A process of mentors who answer requests at once, for test_matching.py: prints what each was answered.

Each client is "<request> <person>": the public id of the request and the id of who accepts it.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import django
from django.db import connections


def main(now: str, clients: list[str]) -> None:
    django.setup()
    from alongside.foundation.errors import Conflict
    from alongside.matching.access import get_request
    from alongside.matching.actions import accept_request
    from alongside.people.models import Person

    start = Barrier(len(clients))

    def accept(client: str) -> str:
        request_id, person_id = client.split()
        actor = Person.objects.select_related("preferences").get(pk=person_id)
        request = get_request(actor, request_id)
        start.wait(60)
        try:
            accept_request(request=request, actor=actor, now=datetime.fromisoformat(now))
        except Conflict as refused:
            return refused.message
        finally:
            connections.close_all()
        return "accepted"

    with ThreadPoolExecutor(len(clients)) as pool:
        print(json.dumps(list(pool.map(accept, clients))))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
