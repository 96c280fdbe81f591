"""From a draft to pairs that begin, and back."""

import pytest

from alongside.journal.models import Entry
from alongside.matching import actions
from alongside.mentorships.models import Mentorship
from tests import factories as make
from tests.factories import NOW
from tests.matching import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make.person("Ada")


@pytest.fixture
def program(ada):
    return stage.program(coordinator=ada)


def test_publish_begins_every_pair_with_reasons_for_both(program, ada):
    chi = stage.mentee(program, "Chi", ("leading", "network"), values=("calm",))
    ben = stage.mentor(program, "Ben", ("leading",), values=("calm", "humor"))
    run = actions.start_run(program=program, actor=ada, now=NOW)

    actions.publish_run(run=run, actor=ada, now=NOW)

    mentorship = Mentorship.objects.get()
    assert {member.participation for member in mentorship.members.all()} == {chi, ben}
    assert [reason["mentee"] for reason in mentorship.reasons] == [
        "Knows what you would like to talk about: Leading",
        "What matters to both of you: Calm",
        "You share 50 good hours a week",
    ]
    assert mentorship.reasons[0]["mentor"] == "Would like to talk about what you know: Leading"
    verbs = Entry.objects.filter(program_id=program.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["mentorship.started", "run.published", "run.solved", "run.started"]
