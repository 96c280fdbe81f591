"""A process of clients that take times at once, for test_meetings.py: prints what each was answered.

Each client is "<meeting> <time> <person>": the public ids of the talk and the time, the id of who takes it.
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
    from alongside.meetings.actions import take_time
    from alongside.meetings.models import Meeting
    from alongside.people.models import Person

    start = Barrier(len(clients))

    def book(client: str) -> str:
        meeting_id, time_id, person_id = client.split()
        meeting = Meeting.objects.select_related("mentorship").get(public_id=meeting_id)
        actor = Person.objects.select_related("preferences").get(pk=person_id)
        start.wait(60)
        try:
            take_time(meeting=meeting, actor=actor, offered=time_id, now=datetime.fromisoformat(now))
        except Conflict as refused:
            return refused.message
        finally:
            connections.close_all()
        return "booked"

    with ThreadPoolExecutor(len(clients)) as pool:
        print(json.dumps(list(pool.map(book, clients))))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
