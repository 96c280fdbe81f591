"""From what people answered to what the engine reads: cells, questions and hard rules. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from alongside.engine import matching as engine
from alongside.questionnaires.enums import HARD_RULES, MatchRule, QuestionKind
from alongside.questionnaires.points import HALF_HOURS_FOR_FULL_POINTS, as_full_score, match_settings

MENTEE, MENTOR = "mentee", "mentor"
SIDES: Final = (MENTEE, MENTOR)
QUESTION, LIMIT = "q:", "limit:"  # prefixes of keys in the engine; what people named can then never clash
NOTHING: Final = "nothing"  # the question that stands where no question gives points: nobody answered it
BOOST_SHARE: Final = 10  # percent of a question's weight that one side's "matters more to me" decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A question as matching sees it. `steps` are the values of its scale, lowest first."""

    key: str
    kind: str
    rule: str
    weight: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[str, ...] = ()

    @property
    def hard(self) -> bool:
        return self.rule in HARD_RULES

    @property
    def reads_tags(self) -> bool:
        """Whether several choices count, each for itself; "the same" about lists means what they have in common."""
        lists = self.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKED, QuestionKind.LANGUAGES)
        return self.rule in (MatchRule.OVERLAP, MatchRule.MUST_SHARE) or (
            self.rule == MatchRule.SAME and lists
        )


Answers = Mapping[str, Any]


class Labels:
    """Free texts compared without case and spaces at the ends; people read the spelling that sorts first."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._spelling: dict[str, str] = {}
        for text in sorted({" ".join(text.split()) for text in texts}):
            self._spelling.setdefault(text.casefold(), text)

    def of(self, text: str) -> str | None:
        """The common spelling of this text; None for an empty one."""
        return self._spelling.get(" ".join(text.split()).casefold()) or None


def labels_of(criterion: Criterion, people: Iterable[Answers]) -> Labels:
    """The spellings that occur among the answers to a question."""
    return Labels(_as_text(answers[criterion.key]) for answers in people if criterion.key in answers)


def cell(criterion: Criterion, value: Any, *, side: str, labels: Labels) -> engine.Answer:
    """One answer as the engine reads it. Weekly hours are not answers; see `snapshot`."""
    if value is None or value == "":
        return None
    if criterion.rule == MatchRule.STEPS:
        return str(value) if str(value) in criterion.steps else None
    if criterion.reads_tags:
        return _tags(criterion, value, side=side)
    return labels.of(_as_text(value))


def questions(
    criteria: Sequence[Criterion], boosted: Mapping[str, frozenset[str]]
) -> tuple[engine.Question, ...]:
    """The questions of the engine, their weights brought to a perfect score.

    `boosted` names, for each side, the questions that matter more than others to somebody on it. A tenth of such a
    question's weight then counts for those people only: their own word moves their matches, and never by more. Where
    no question has a weight, every pair that is allowed is as good as any other.
    """
    if not any(criterion.weight for criterion in criteria):
        return (engine.Same(key=NOTHING, weight=engine.PERFECT, mentee=NOTHING, mentor=NOTHING),)
    weights = as_full_score({criterion.key: criterion.weight for criterion in criteria})
    found: list[engine.Question] = []
    for criterion in criteria:
        weight, sides = weights[criterion.key], [side for side in SIDES if criterion.key in boosted[side]]
        extra = weight * BOOST_SHARE // 100
        found.append(_question(criterion, QUESTION + criterion.key, weight - extra * len(sides), {}))
        found.extend(
            _question(
                criterion, boost_key(criterion.key, side), extra, {side: boost_key(criterion.key, side)}
            )
            for side in sides
            if extra
        )
    return tuple(found)


def boost_key(key: str, side: str) -> str:
    """The engine's name, as question and as column, of what counts for those on `side` to whom it matters more."""
    return f"{QUESTION}{key}:{side}"


def limits(criteria: Iterable[Criterion]) -> tuple[engine.Rule, ...]:
    """The hard rules that questions make."""
    return tuple(_limit(criterion) for criterion in criteria)


def _limit(criterion: Criterion) -> engine.Rule:
    key, column = LIMIT + criterion.key, QUESTION + criterion.key
    if criterion.rule == MatchRule.MUST_SHARE:
        return engine.Rule(
            key=key, verb=engine.Verb.MUST, relation=engine.InCommon(mentee=column, mentor=column)
        )
    verb = engine.Verb.MUST if criterion.rule == MatchRule.MUST_SAME else engine.Verb.MUST_NOT
    return engine.Rule(key=key, verb=verb, relation=engine.SameAnswer(mentee=column, mentor=column))


def _question(criterion: Criterion, key: str, weight: int, columns: Mapping[str, str]) -> engine.Question:
    usual = QUESTION + criterion.key
    mentee, mentor = columns.get(MENTEE, usual), columns.get(MENTOR, usual)
    if criterion.reads_tags:
        return engine.Overlap(key=key, weight=weight, mentee=mentee, mentor=mentor)
    match criterion.rule:
        case MatchRule.STEPS:
            points = _step_points(criterion, weight)
            return engine.Steps(
                key=key, weight=weight, mentee=mentee, mentor=mentor, scale=criterion.steps, points=points
            )
        case MatchRule.SHARED_HOURS:
            full = int(criterion.settings.get("full") or HALF_HOURS_FOR_FULL_POINTS)
            return engine.SharedHours(key=key, weight=weight, mentee=mentee, mentor=mentor, full=full)
        case MatchRule.SAME:
            return engine.Same(key=key, weight=weight, mentee=mentee, mentor=mentor)
        case _:
            return engine.Different(key=key, weight=weight, mentee=mentee, mentor=mentor)


def _step_points(criterion: Criterion, weight: int) -> tuple[tuple[int, int], ...]:
    """The kept table brought to this weight: its largest entry is the weight exactly."""
    table = criterion.settings.get("points") or []
    most = max((points for _steps, points in table), default=0)
    if not most:
        direction = str(criterion.settings.get("direction", ""))
        table = match_settings(MatchRule.STEPS, direction=direction, weight=engine.PERFECT)["points"]
        most = engine.PERFECT
    return tuple((int(steps), max(0, int(points)) * weight // most) for steps, points in table)


def _tags(criterion: Criterion, value: Any, *, side: str) -> engine.Answer:
    """Choices. A mentee's order or level says how much each is wanted; what a mentor offers, they offer."""
    if isinstance(value, Mapping):
        levels = {str(option): int(level) for option, level in value.items() if int(level) > 0}
        return _wanted(levels, side)
    chosen = [str(entry) for entry in value] if isinstance(value, list | tuple) else [str(value)]
    if criterion.kind == QuestionKind.LANGUAGES:
        return frozenset(code.split("-")[0] for code in chosen) or None
    if criterion.kind == QuestionKind.RANKED:
        return _wanted({option: len(chosen) - place for place, option in enumerate(chosen)}, side)
    return frozenset(chosen) or None


def _wanted(weights: Mapping[str, int], side: str) -> engine.Answer:
    if not weights:
        return None
    return engine.weighted(weights) if side == MENTEE else frozenset(weights)


def _as_text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "|".join(sorted(str(entry) for entry in value))
    return str(value)
