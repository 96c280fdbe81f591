"""The demo program is made once, whole, and never among real people."""

import pytest

from alongside.discussions.models import Message
from alongside.mentorships.enums import MentorshipState
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.switchboard.demo.content import demo_content
from alongside.switchboard.demo.load import NotEmpty, load_if_absent
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_demo_is_made_whole_and_once() -> None:
    content = demo_content()

    assert load_if_absent()

    assert Person.objects.count() == len(content.cast.people)
    assert Mentorship.objects.count() == len(content.pairs)
    assert {pair.state for pair in content.pairs.values()} == set(
        Mentorship.objects.values_list("state", flat=True)
    )
    assert Message.objects.count() == sum(len(topic.messages) for topic in content.topics)
    assert all(row.reasons for row in Mentorship.objects.filter(state=MentorshipState.TRIAL))
    assert not load_if_absent()


def test_demo_is_not_made_among_real_people() -> None:
    make.person("Somebody real")

    with pytest.raises(NotEmpty):
        load_if_absent()
