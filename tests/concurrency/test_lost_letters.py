"""Mail and push look after letters of dead workers at the same time: neither waits for what the other holds."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from alongside.delivery.actions import plan_notice
from alongside.delivery.actions.sending import settle_lost_letters
from alongside.delivery.enums import NoticeState
from alongside.delivery.models import Notice
from tests.factories import NOW
from tests.people import cast


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_letters_another_lane_settles_are_left_to_it() -> None:
    people = cast()
    for person in (people.ben, people.chi):
        about = f"mentorship:{people.pair.pk}"
        plan_notice(kind="safety_reported", about=about, person=person, program=people.program, now=NOW)
    Notice.objects.update(state=NoticeState.SENDING, lease=NOW, token="of somebody who died")
    held, done = Event(), Event()

    def hold_one() -> None:
        with transaction.atomic():
            Notice.objects.select_for_update().get(person=people.ben)
            held.set()
            done.wait(60)
        connection.close()

    other = Thread(target=hold_one)
    other.start()
    assert held.wait(60)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            assert settle_lost_letters(now=NOW + timedelta(minutes=5)) == 1
    finally:
        done.set()
        other.join()

    states = dict(Notice.objects.exclude(kind="digest").values_list("person__name", "state"))
    assert states == {"Ben": NoticeState.SENDING, "Chi": NoticeState.UNKNOWN}
