"""Clients that send in their enrollments at the same moment, for test_places.py: prints the state each was told."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django
from django.db import connections


def main(participations: list[int]) -> None:
    django.setup()
    from alongside.enrollment.actions import submit_enrollment
    from alongside.enrollment.models import Participation
    from alongside.foundation.clock import now

    start = Barrier(len(participations))

    def send_in(pk: int) -> str:
        row = Participation.objects.select_related("program__form", "person__preferences", "answers").get(
            pk=pk
        )
        start.wait(60)
        told = submit_enrollment(participation=row, actor=row.person, now=now()).state
        connections.close_all()
        return told

    with ThreadPoolExecutor(len(participations)) as pool:
        print(json.dumps(list(pool.map(send_in, participations))))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
