import pytest

from alongside.foundation.errors import Conflict, NotFound
from alongside.programs.actions import (
    add_form_question,
    edit_form_question,
    place_form_question,
    restore_form_question,
    retire_form_question,
)
from alongside.programs.models import Program
from alongside.questionnaires.spec import QuestionSpec
from tests.factories import NOW
from tests.people import Cast

pytestmark = pytest.mark.django_db
SPEC = QuestionSpec(kind="single", label="Fruit", options=(("", "Apples"), ("", "Pears")))


def test_coordinator_builds_the_form(cast_: Cast) -> None:
    fruit = add_form_question(program=cast_.program, actor=cast_.ada, spec=SPEC)
    add_form_question(program=cast_.program, actor=cast_.ada, spec=QuestionSpec(kind="date", label="When"))

    reworded = QuestionSpec(
        kind="single", label="Fruit", options=(("pears", "Ripe pears"), ("apples", "Apples"))
    )
    edited = edit_form_question(program=cast_.program, question=fruit, actor=cast_.ada, spec=reworded)
    place_form_question(program=cast_.program, question=fruit, actor=cast_.ada, step="topics", index=1)

    assert edited.options == [{"id": "pears", "label": "Ripe pears"}, {"id": "apples", "label": "Apples"}]
    assert [row.key for row in cast_.program.form.questions.all()] == ["when", "fruit"]


def test_strangers_touch_no_question(cast_: Cast) -> None:
    fruit = add_form_question(program=cast_.program, actor=cast_.ada, spec=SPEC)

    for stranger in (cast_.gus, cast_.hal, cast_.chi):
        with pytest.raises(NotFound):
            add_form_question(program=cast_.program, actor=stranger, spec=SPEC)
        with pytest.raises(NotFound):
            edit_form_question(program=cast_.program, question=fruit, actor=stranger, spec=SPEC)
        with pytest.raises(NotFound):
            place_form_question(program=cast_.program, question=fruit, actor=stranger, step="when", index=0)
        with pytest.raises(NotFound):
            retire_form_question(program=cast_.program, question=fruit, actor=stranger, now=NOW)
        with pytest.raises(NotFound):
            restore_form_question(program=cast_.program, question=fruit, actor=stranger)


def test_question_of_another_program_is_not_found(cast_: Cast) -> None:
    foreign = add_form_question(program=cast_.other_program, actor=cast_.gus, spec=SPEC)

    with pytest.raises(NotFound):
        edit_form_question(program=cast_.program, question=foreign, actor=cast_.ada, spec=SPEC)
    with pytest.raises(NotFound):
        retire_form_question(program=cast_.program, question=foreign, actor=cast_.ada, now=NOW)


def test_form_of_an_archived_program_stays(cast_: Cast) -> None:
    Program.objects.filter(pk=cast_.program.pk).update(state="archived")

    with pytest.raises(Conflict):
        add_form_question(program=cast_.program, actor=cast_.ada, spec=SPEC)
