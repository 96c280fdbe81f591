"""What a group may be told of a wave. Every figure stands at a halt of `disclosure`: five people at least, in it and
between two looks at it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Case, Count, Q, When

from alongside.programs.models import Program
from alongside.questionnaires.enums import QuestionKind, Visibility
from alongside.questionnaires.models import Answer, Question
from alongside.questionnaires.queries import questions_of
from alongside.surveys.disclosure import CHANGE, COUNTS_ONLY, FEW, RECOMMEND, SMALLEST, shown_batches
from alongside.surveys.enums import WaveState
from alongside.surveys.intervals import Estimate, mean_interval, share_interval
from alongside.surveys.models import Ask, Response, Wave
from alongside.surveys.questions import NEED_STEP, QUOTE
from alongside.surveys.scoring import CORE, item_score, needs_of, needs_score, quality_index

INDEX, NEEDS = "INDEX", "NEED"
Cell = tuple[int, str]  # batch and role


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of those asked have answered, as far as answers are shown; None below five people asked."""

    asked: int
    shown: int
    share: Estimate | None
    is_few: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a wave. `n` is 0 while fewer than five answers may be shown.

    `counts` are (label, people) for each answer; `estimate` is on `least` to `most`, None below ten people: then the
    counts speak for themselves. `balance` is the difference of those who would and would not recommend, from 30 on.
    """

    key: str
    construct: str
    label: str
    label_for_mentor: str
    n: int
    counts: tuple[tuple[str, int], ...]
    estimate: Estimate | None
    least: int = 0
    most: int = 100
    balance: int | None = None


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments in no order of time, without role; empty below five. `quotable` says which may be quoted unnamed."""

    key: str
    label: str
    n: int
    texts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class WaveResults:
    """What is shown of a wave. `roles` are those a look by role is possible for, none when one would be too small."""

    wave: Wave
    role: str
    rate: Rate
    figures: tuple[Figure, ...]
    comments: tuple[Comments, ...]
    roles: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        return any(figure.n for figure in self.figures)

    def figure(self, key: str) -> Figure | None:
        return next((figure for figure in self.figures if figure.key == key), None)


def rate_of(asked: int, shown: int) -> Rate:
    """Response rate of a group; nothing of a group below five."""
    share = share_interval(min(shown, asked), asked) if asked >= SMALLEST else None
    return Rate(asked, shown, share, is_few=bool(share and shown and share.value < FEW))


def wave_results(wave: Wave, *, role: str = "") -> WaveResults:
    """What may be shown of a wave, of everybody or of one role. Seven queries at most, whatever the number of answers.

    One filter only: there is no second one to combine it with.
    """
    responses = _responses(wave)
    roles = _roles(responses)
    role = role if role in roles else ""
    questions = list(questions_of(wave.survey.questionnaire))
    counted = _counted_answers(wave)
    figures = [
        _figure(question, counted.get(question.pk, {}), role)
        for question in questions
        if question.step != NEED_STEP and question.kind != QuestionKind.LONG_TEXT and _is_shown(question)
    ]
    persons = _answers_by_response(wave, questions)
    whole = [
        figure for figure in (_index(questions, persons, role), _needs(questions, persons, role)) if figure
    ]
    return WaveResults(
        wave=wave,
        role=role,
        rate=_rate(wave, responses, role),
        figures=(*whole, *figures),
        comments=() if role else tuple(_comments(wave, questions)),
        roles=roles,
    )


def latest_core_wave(program: Program) -> Wave | None:
    """The newest wave with the core six that has means to show, else counts; None before there is one. One query."""
    asked = Count("asks", filter=Q(asks__asked_at__isnull=False))
    waves = Wave.objects.filter(
        survey__program=program, shown__gte=SMALLEST, survey__questionnaire__questions__key=CORE[0]
    )
    rows = waves.select_related("survey__questionnaire").annotate(asked=asked)
    has_means = Case(When(shown__gte=COUNTS_ONLY, then=1), default=0)
    return rows.order_by(has_means.desc(), "-opens_on", "-survey__position", "-number").first()


def index_change(before: Wave, after: Wave) -> Estimate | None:
    """How the index changed for those in both waves; None below ten of them, or while a wave is open.

    Somebody with two mentorships counts once, with their mean.
    """
    if WaveState.OPEN in (before.state, after.state):
        return None
    first, second = _index_by_giver(before), _index_by_giver(after)
    both = [second[giver] - first[giver] for giver in first.keys() & second.keys()]
    return mean_interval(sorted(both), least=-100, most=100) if len(both) >= CHANGE else None


def _responses(wave: Wave) -> Counter[Cell]:
    rows = Response.objects.filter(wave=wave, batch__isnull=False).values_list("batch", "role")
    return Counter({(row[0], row[1]): row[2] for row in rows.annotate(n=Count("pk")).order_by()})


def _counted_answers(wave: Wave) -> dict[int, dict[Cell, Counter[Any]]]:
    """Answers of released responses by question, batch, role and value, counted by the database."""
    rows = _released(wave).exclude(question__kind=QuestionKind.LONG_TEXT).exclude(question__step=NEED_STEP)
    found: dict[int, dict[Cell, Counter[Any]]] = defaultdict(lambda: defaultdict(Counter))
    grouped = rows.values_list(
        "question_id", "answer_set__response__batch", "answer_set__response__role", "value"
    )
    for question_id, batch, role, value, n in grouped.annotate(n=Count("pk")).order_by():
        found[question_id][batch, role][value] += n
    return found


def _released(wave: Wave) -> Any:
    return Answer.objects.filter(
        answer_set__response__wave=wave,
        answer_set__response__batch__isnull=False,
        question__visibility=Visibility.GROUP,
    )


def _answers_by_response(wave: Wave, questions: Sequence[Question]) -> dict[int, tuple[Cell, dict[str, Any]]]:
    """Core items and needs of each released response."""
    keys = {question.key for question in questions}
    wanted = [key for key in keys if key in CORE or key.startswith(NEEDS)]
    if not wanted:
        return {}
    found: dict[int, tuple[Cell, dict[str, Any]]] = {}
    rows = _released(wave).filter(question__key__in=wanted)
    for pk, batch, role, key, value in rows.values_list(
        "answer_set_id", "answer_set__response__batch", "answer_set__response__role", "question__key", "value"
    ):
        found.setdefault(pk, ((batch, role), {}))[1][key] = value
    return found


def _visible_cells(sizes: Mapping[Cell, int], role: str) -> set[Cell]:
    """The cells that count in what is shown of a figure with these many answers in each cell."""
    batches: list[dict[str, int]] = [{} for _place in range(max((cell[0] for cell in sizes), default=0))]
    for (batch, of_role), size in sizes.items():
        batches[batch - 1][of_role] = size
    until = shown_batches(batches, by_role=bool(role))
    return {cell for cell in sizes if cell[0] <= until and role in ("", cell[1])}


def _roles(responses: Counter[Cell]) -> tuple[str, ...]:
    shown = {
        role for _batch, role in _visible_cells(responses, "mentee") | _visible_cells(responses, "mentor")
    }
    return ("mentee", "mentor") if shown == {"mentee", "mentor"} else ()


def _rate(wave: Wave, responses: Counter[Cell], role: str) -> Rate:
    asked = Counter(
        dict(
            Ask.objects.filter(wave=wave, asked_at__isnull=False)
            .values_list("role")
            .annotate(n=Count("pk"))
            .order_by()
        )
    )
    shown = sum(responses[cell] for cell in _visible_cells(responses, role))
    return rate_of(asked[role] if role else asked.total(), shown)


def _is_shown(question: Question) -> bool:
    return question.visibility == Visibility.GROUP


def _figure(question: Question, cells: Mapping[Cell, Counter[Any]], role: str) -> Figure:
    visible = _visible_cells({cell: counter.total() for cell, counter in cells.items()}, role)
    counts: Counter[Any] = sum((cells[cell] for cell in visible), Counter())
    if question.kind == QuestionKind.SCALE:
        return _scale_figure(question, counts)
    labels = [(option["id"], option["label"]) for option in question.options]
    scores = (
        [
            item_score(option, is_reversed=question.reversed)
            for option, n in sorted(counts.items())
            for _person in range(n)
        ]
        if question.settings.get("layout") == "scale"
        else []
    )
    return Figure(
        key=question.key,
        construct=question.construct,
        label=question.label,
        label_for_mentor=question.label_for("mentor"),
        n=counts.total(),
        counts=tuple((label, counts[option]) for option, label in labels) if counts else (),
        estimate=mean_interval(scores) if len(scores) >= COUNTS_ONLY else None,
    )


def _scale_figure(question: Question, counts: Counter[Any]) -> Figure:
    least, most = int(question.settings["least"]), int(question.settings["most"])
    values = [int(value) for value, n in sorted(counts.items()) for _person in range(n)]
    n = len(values)
    balance = None
    if n >= RECOMMEND and (least, most) == (0, 10):
        balance = round(100 * (sum(value >= 9 for value in values) - sum(value <= 6 for value in values)) / n)
    return Figure(
        key=question.key,
        construct=question.construct,
        label=question.label,
        label_for_mentor=question.label_for("mentor"),
        n=n,
        counts=tuple((str(step), counts[step]) for step in range(least, most + 1)) if n else (),
        estimate=mean_interval(values, least=least, most=most) if n >= COUNTS_ONLY else None,
        least=least,
        most=most,
        balance=balance,
    )


def _index(
    questions: Sequence[Question], persons: Mapping[int, tuple[Cell, dict[str, Any]]], role: str
) -> Figure | None:
    if not {question.key for question in questions} >= set(CORE):
        return None
    scores = ((cell, quality_index(answers)) for cell, answers in persons.values())
    return _whole_figure(INDEX, "quality", scores, role)


def _needs(
    questions: Sequence[Question], persons: Mapping[int, tuple[Cell, dict[str, Any]]], role: str
) -> Figure | None:
    if not any(question.step == NEED_STEP for question in questions):
        return None
    scores = ((cell, needs_score(needs_of(answers))) for cell, answers in persons.values())
    return _whole_figure(NEEDS, "own_needs", scores, role)


def _whole_figure(key: str, construct: str, scores: Iterable[tuple[Cell, float | None]], role: str) -> Figure:
    """A figure made of one score for each person. There is nothing to count, so below ten it stays hidden."""
    by_cell: dict[Cell, list[float]] = defaultdict(list)
    for cell, score in scores:
        if score is not None:
            by_cell[cell].append(score)
    visible = _visible_cells({cell: len(values) for cell, values in by_cell.items()}, role)
    shown = sorted(score for cell in visible for score in by_cell[cell])
    return Figure(
        key=key,
        construct=construct,
        label="",
        label_for_mentor="",
        n=len(shown),
        counts=(),
        estimate=mean_interval(shown) if len(shown) >= COUNTS_ONLY else None,
    )


def _comments(wave: Wave, questions: Sequence[Question]) -> Iterable[Comments]:
    open_ones = [question for question in questions if question.kind == QuestionKind.LONG_TEXT]
    if not open_ones:
        return
    released = _released(wave).filter(question__in=open_ones)
    rows = list(
        released.values_list("pk", "answer_set_id", "question_id", "answer_set__response__batch", "value")
    )
    consents = Answer.objects.filter(answer_set__response__wave=wave, question__key=QUOTE)
    quotable = dict(consents.values_list("answer_set_id", "value")) if rows else {}
    for question in (question for question in open_ones if question.visibility == Visibility.GROUP):
        own = [row for row in rows if row[2] == question.pk]
        visible = _visible_cells(Counter((row[3], "") for row in own), "")
        texts = [
            (_shuffle_key(wave, row[0]), row[4], quotable.get(row[1]) in ("named", "unnamed"))
            for row in own
            if (row[3], "") in visible
        ]
        yield Comments(
            question.key, question.label, len(texts), tuple((text, may) for _key, text, may in sorted(texts))
        )


def _shuffle_key(wave: Wave, pk: int) -> str:
    """An order that stays and tells nothing of time."""
    return sha256(f"{wave.public_id}:{pk}".encode()).hexdigest()


def _index_by_giver(wave: Wave) -> dict[str, float]:
    questions = list(questions_of(wave.survey.questionnaire))
    persons = _answers_by_response(wave, questions)
    givers = dict(
        Response.objects.filter(wave=wave, batch__isnull=False).values_list("answers_id", "pseudonym")
    )
    scores: dict[str, list[float]] = defaultdict(list)
    for pk, (_cell, answers) in persons.items():
        index = quality_index(answers)
        if index is not None:
            scores[givers[pk]].append(index)
    return {giver: sum(values) / len(values) for giver, values in scores.items()}
