"""Questions of a program's own surveys: the kinds whose answers can be counted in groups, and how long they take."""

from collections.abc import Iterable, Sequence

from alongside.questionnaires.enums import QuestionKind, Visibility
from alongside.questionnaires.models import Question
from alongside.questionnaires.spec import QuestionSpec
from alongside.surveys.catalog import survey_catalog
from alongside.surveys.enums import OwnKind

STEP = "survey"
SECONDS_A_TAP, SECONDS_OF_WRITING = 6, 20
_KINDS = {
    OwnKind.AGREE: QuestionKind.SINGLE,
    OwnKind.SINGLE: QuestionKind.SINGLE,
    OwnKind.SCALE: QuestionKind.SCALE,
    OwnKind.WORDS: QuestionKind.LONG_TEXT,
}


def spec_of(
    kind: OwnKind,
    *,
    words: dict[str, str],
    choices: Sequence[tuple[str, str]],
    ends: dict[str, object],
    private: bool,
) -> QuestionSpec:
    """The question as `questionnaires` takes it. `words`: label, label_for_mentor, help. `ends`: of a scale."""
    catalog = survey_catalog()
    visibility = Visibility.ME if private else Visibility.GROUP
    settings: dict[str, object] = {
        "own": kind.value,
        "readers": catalog.visibility_labels[visibility],
        "no_answer": catalog.skip_label if kind in (OwnKind.AGREE, OwnKind.SCALE) else "",
    }
    if kind == OwnKind.AGREE:
        choices = [(option.id, option.label) for option in catalog.item("CON1").options]
        settings["layout"] = "scale"
    return QuestionSpec(
        kind=_KINDS[kind],
        label=words["label"],
        label_for_mentor=words.get("label_for_mentor", ""),
        help=words.get("help", ""),
        step=STEP,
        visibility=visibility,
        options=choices if kind in (OwnKind.AGREE, OwnKind.SINGLE) else (),
        settings={**settings, **ends} if kind == OwnKind.SCALE else settings,
    )


def kind_words(question: Question) -> str:
    """What kind it is, in the builder's words."""
    if not is_ours(question):
        return str(OwnKind(question.settings["own"]).label)
    return str(
        OwnKind.AGREE.label if question.settings.get("layout") == "scale" else question.get_kind_display()
    )


def is_ours(question: Question) -> bool:
    """Whether it shipped with the product: its words are the same everywhere."""
    return "own" not in question.settings


def seconds_for(questions: Iterable[Question]) -> int:
    """How long answering takes, roughly: in tens of seconds."""
    each = (SECONDS_OF_WRITING if row.kind == QuestionKind.LONG_TEXT else SECONDS_A_TAP for row in questions)
    return -(-sum(each) // 10) * 10
