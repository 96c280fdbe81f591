"""Items of the catalog as questions of a questionnaire, and which of their answers go where."""

from collections.abc import Iterable

from alongside.questionnaires.enums import QuestionKind, Visibility
from alongside.questionnaires.spec import QuestionSpec
from alongside.surveys.catalog import CatalogItem, CatalogSurvey, SurveyCatalog
from alongside.surveys.scoring import NEEDS

HAND, READERS, QUOTE, STATE = "HAND", "AUD1", "QUO1", "STA1"
TEAM_READS, QUOTE_NAMED = "team", "named"
WANTS_HAND = ("tip", "contact")
NEED_STEP = "needs"


def specs_of(survey: CatalogSurvey, catalog: SurveyCatalog) -> list[QuestionSpec]:
    """The survey's items in order, as `questionnaires.actions.create_questionnaire` takes them."""
    return [spec for item in survey.items for spec in _specs(item, catalog)]


def _specs(item: CatalogItem, catalog: SurveyCatalog) -> Iterable[QuestionSpec]:
    if item.kind == "needs":
        yield from _needs(item, catalog)
        return
    kinds = {"text": QuestionKind.LONG_TEXT, "scale": QuestionKind.SCALE}
    yield QuestionSpec(
        kind=kinds.get(item.kind, QuestionKind.SINGLE),
        key=item.id,
        label=item.wording,
        label_for_mentor=item.wording_mentor,
        help=item.help,
        step="survey",
        visibility=item.visibility,
        options=[(option.id, option.label) for option in item.options],
        settings=_settings(item, catalog),
        construct=item.construct,
        reversed=item.reversed,
    )


def _settings(item: CatalogItem, catalog: SurveyCatalog) -> dict[str, object]:
    settings: dict[str, object] = {
        "version": item.version,
        "readers": _readers(item, catalog),
        "no_answer": catalog.skip_label if item.kind in ("agree5", "scale") else "",
    }
    if item.kind == "agree5":
        settings["layout"] = "scale"
    if item.kind == "scale":
        settings |= {
            "least": item.least,
            "most": item.most,
            "least_label": item.least_label,
            "most_label": item.most_label,
        }
    return settings


def _readers(item: CatalogItem, catalog: SurveyCatalog) -> str:
    if item.id == HAND:
        return "The coordinators see this, with your name, if you ask for a hand."
    if item.id == QUOTE:
        return "Goes with your words. Your name only if you say so."
    return catalog.visibility_label(item)


def _needs(item: CatalogItem, catalog: SurveyCatalog) -> Iterable[QuestionSpec]:
    """Three needs: the words stay with the person, points and ratings are counted in groups."""
    steps = catalog.item("CON1").options
    group, me = catalog.visibility_labels["group"], catalog.visibility_labels["me"]
    for place in range(1, NEEDS + 1):
        yield QuestionSpec(
            kind=QuestionKind.SHORT_TEXT,
            key=f"NEED{place}",
            label="In a few words",
            step=NEED_STEP,
            visibility=Visibility.ME,
            settings={"readers": me, "no_answer": ""},
            construct=item.construct,
        )
        yield QuestionSpec(
            kind=QuestionKind.NUMBER,
            key=f"NEED{place}P",
            label="Points, of ten",
            step=NEED_STEP,
            visibility=Visibility.GROUP,
            settings={"least": 0, "most": item.points, "readers": group, "no_answer": ""},
            construct=item.construct,
        )
        yield QuestionSpec(
            kind=QuestionKind.SINGLE,
            key=f"NEED{place}R",
            label="How well is it met?",
            step=NEED_STEP,
            visibility=Visibility.GROUP,
            options=[(option.id, option.label) for option in steps],
            settings={"layout": "scale", "no_answer": catalog.skip_label, "readers": group},
            construct=item.construct,
        )
