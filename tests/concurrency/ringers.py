"""Clients that write urgently at the same moment, for test_ringing.py: prints whether each of them rang through."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import django
from django.db import connections


def main(topic_ids: list[str], author_id: int, clients: int, at: datetime) -> None:
    django.setup()
    from alongside.discussions.actions import post_message
    from alongside.discussions.models import Topic
    from alongside.foundation.errors import Invalid
    from alongside.people.models import Person

    start = Barrier(clients)

    def ring(client: int) -> bool:
        topic = Topic.objects.select_related("mentorship").get(public_id=topic_ids[client % len(topic_ids)])
        actor = Person.objects.get(pk=author_id)
        start.wait(60)
        try:
            post_message(topic=topic, actor=actor, body="It cannot wait", urgent=True, now=at)
        except Invalid:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(clients) as pool:
        print(json.dumps(list(pool.map(ring, range(clients)))))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), datetime.fromisoformat(sys.argv[4]))
