"""A process of clients that write to one topic at once, for test_messages.py: prints what was acknowledged.

Each send carries a key; every fourth is sent twice at the same moment by two clients, as an impatient thumb does.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django
from django.db import connections


def main(topic_id: str, author_ids: list[int], process: int, clients: int, sends: int) -> None:
    django.setup()
    from alongside.discussions.actions import post_message
    from alongside.discussions.models import Topic
    from alongside.foundation.clock import now
    from alongside.people.models import Person

    start = Barrier(clients)

    def write(client: int) -> list[tuple[str, str]]:
        topic = Topic.objects.select_related("mentorship").get(public_id=topic_id)
        actor = Person.objects.get(pk=author_ids[client // 2 % 2])
        start.wait(60)
        acknowledged = []
        for number in range(sends):
            # Clients 0 and 1 (2 and 3 …) share the author: every fourth key is the same for both.
            owner = client // 2 * 2 if number % 4 == 0 else client
            key = f"{process}.{owner}.{number}"
            message = post_message(
                topic=topic, actor=actor, body=f"words of {key}", client_key=key, now=now()
            )
            acknowledged.append((key, message.public_id))
        connections.close_all()
        return acknowledged

    with ThreadPoolExecutor(clients) as pool:
        results = list(pool.map(write, range(clients)))
    print(json.dumps([pair for result in results for pair in result]))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]), *map(int, sys.argv[3:6]))
