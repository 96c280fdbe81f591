"""The figures of a program: counts and shares, never a row of a person. What each means stands in `metrics`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from alongside.activities.queries import activity_counts
from alongside.discussions.models import Topic
from alongside.engine.timing.zones import wall_at
from alongside.enrollment.enums import InvitationState, ParticipationState, Role
from alongside.enrollment.models import Invitation, Participation
from alongside.goals.queries import goal_counts
from alongside.insights.enums import CaseKind
from alongside.insights.models import Case, Signal
from alongside.insights.survival import course, still_meeting
from alongside.meetings.enums import MeetingState
from alongside.meetings.queries import meeting_counts
from alongside.mentorships.enums import OPEN_STATES, EndKind, MemberRole, MentorshipState
from alongside.mentorships.models import Agreement, Closing, Member, Mentorship
from alongside.people.queries import known_zone
from alongside.programs.enums import ENDING
from alongside.programs.models import Program
from alongside.questionnaires.enums import MatchDirection, MatchRule, Visibility
from alongside.questionnaires.models import Answer, Question
from alongside.surveys.disclosure import SMALLEST
from alongside.surveys.queries import INDEX, latest_core_wave, wave_results
from alongside.surveys.scoring import CORE

PATH = ("invited", "joined", "matched", "talked", "third_talk", "ended_well")
WAITING_FROM = (0, 7, 14, 28)  # days at which the bars of waiting begin
MOST_TOPICS = 12
AT_ONE_LOOK = 5
_JOINED = (
    ParticipationState.SUBMITTED,
    ParticipationState.WAITLISTED,
    ParticipationState.APPROVED,
    ParticipationState.RETIRED,
)

TOPICS_STEP = "topics"  # what people want to talk about; how they like to be helped is another matter


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFigures:
    """The newest wave with the core six: rows are (construct, n, value, low, high); no value below ten people."""

    key: str
    number: int
    title: str
    asked: int
    shown: int
    share: float | None
    is_few: bool
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything dashboard and report show of a program as counts. Made of plain values, so that it can be kept."""

    people: int = 0
    pairs: int = 0
    path: dict[str, int] = field(default_factory=dict)
    ended_early: int = 0
    waiting: int = 0
    waiting_oldest: int = 0
    waiting_bins: Sequence[int] = ()
    waiting_longest: Sequence[int] = ()
    free_mentors: int = 0
    topics: Sequence[Sequence[Any]] = ()
    states: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    meetings: dict[str, int] = field(default_factory=dict)
    goals: dict[str, int] = field(default_factory=dict)
    activities: dict[str, int] = field(default_factory=dict)
    talks_in_writing: dict[str, int] = field(default_factory=dict)
    agreements: int = 0
    endings: dict[str, int] = field(default_factory=dict)
    endings_hidden: int = 0
    still_meeting: Sequence[Sequence[float]] = ()
    help: dict[str, int] = field(default_factory=dict)
    survey: SurveyFigures | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        survey = SurveyFigures(**kept["survey"]) if kept.get("survey") else None
        return cls(**{**kept, "survey": survey})


def count_figures(program: Program, *, now: datetime) -> Figures:
    """The figures as they are. About twenty queries whatever the number of people; keep them with `figures_of`."""
    today = wall_at(now, known_zone(program.zone)).day
    mentorships = Mentorship.objects.filter(program=program)
    states = _counts(mentorships, "state")
    pairs_ever = sum(states.values())
    endings, hidden = _endings(program)
    return Figures(
        people=Participation.objects.filter(program=program, state=ParticipationState.APPROVED).count(),
        pairs=sum(states.get(state, 0) for state in OPEN_STATES),
        path=_path(program),
        ended_early=mentorships.filter(state=MentorshipState.CLOSED).filter(_ended_early()).count(),
        **_waiting(program, now),
        topics=_topics(program),
        states=states,
        words=_words(program),
        agreements=_agreements(program),
        **(_work(program) if pairs_ever >= SMALLEST else {}),
        endings=endings,
        endings_hidden=hidden,
        still_meeting=_still_meeting(mentorships, today),
        help=_help(program),
        survey=_survey(program),
    )


def waiting_for_match(program: Program) -> QuerySet[Participation, Any]:
    """Enrolled people who are to have a mentor and have none now, those who wait longest first (`since`).

    Whoever had one waits since then. Where no new pairs start, nobody waits.
    """
    as_mentee = Member.objects.filter(participation=OuterRef("pk"), role=MemberRole.MENTEE)
    rows = Participation.objects.filter(
        ~Exists(as_mentee.filter(mentorship__state__in=OPEN_STATES)),
        program=program,
        state=ParticipationState.APPROVED,
        role__in=(Role.MENTEE, Role.BOTH),
    )
    if program.state in ENDING:
        rows = rows.none()
    enrolled = Coalesce("approved_at", "state_since")
    ended = as_mentee.filter(mentorship__state=MentorshipState.CLOSED)
    parted = ended.order_by("-mentorship__state_since").values("mentorship__state_since")[:1]
    since = Greatest(Coalesce(Subquery(parted), enrolled), enrolled)
    return rows.annotate(since=since).select_related("person").order_by("since", "pk")


def longest_waiting(program: Program, figures: Figures, *, now: datetime) -> list[tuple[Participation, int]]:
    """Who has waited longest for a match, with the days, as the figures know them. One query."""
    rows = waiting_for_match(program).filter(pk__in=figures.waiting_longest)
    return [(row, (now - row.since).days) for row in rows]


def _counts(rows: QuerySet[Any], name: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(name).annotate(n=Count("pk")))


def _path(program: Program) -> dict[str, int]:
    invited = Invitation.objects.filter(program=program).exclude(state=InvitationState.REVOKED)
    emails = {email.casefold() for email in invited.values_list("email", flat=True)}
    enrolled = Participation.objects.filter(program=program)
    emails |= {email.casefold() for email in enrolled.values_list("person__email", flat=True)}
    joined = enrolled.filter(
        Q(state__in=_JOINED) | Q(approved_at__isnull=False) | Q(submitted_at__isnull=False)
    ).count()
    members = Member.objects.filter(mentorship__program=program)
    reached = members.aggregate(
        matched=Count("person", distinct=True),
        talked=Count("person", distinct=True, filter=Q(mentorship__first_met_at__isnull=False)),
    )
    third = Mentorship.objects.filter(program=program, meetings__state=MeetingState.HELD)
    third = third.annotate(held=Count("meetings")).filter(held__gte=3)
    ended = Mentorship.objects.filter(~_ended_early(), program=program, state=MentorshipState.CLOSED)
    return {
        "invited": len(emails),
        "joined": joined,
        **reached,
        "third_talk": _people_of(third),
        "ended_well": _people_of(ended),
    }


def _people_of(mentorships: QuerySet[Mentorship]) -> int:
    members = Member.objects.filter(mentorship__in=mentorships.values("pk"))
    return int(members.aggregate(n=Count("person", distinct=True))["n"])


def _ended_early() -> Exists:
    return Exists(Closing.objects.filter(mentorship=OuterRef("pk"), kind=EndKind.EARLY))


def _waiting(program: Program, now: datetime) -> dict[str, Any]:
    rows = waiting_for_match(program)
    edges = [now - timedelta(days=day) for day in WAITING_FROM]
    bins = {
        f"bin{place}": Count(
            "pk",
            filter=Q(since__lte=edges[place])
            & (Q(since__gt=edges[place + 1]) if place + 1 < len(edges) else Q()),
        )
        for place in range(len(edges))
    }
    found = rows.order_by().aggregate(all=Count("pk"), oldest=Min("since"), **bins)
    oldest = found["oldest"]
    mentoring = Member.objects.filter(
        participation=OuterRef("pk"), role=MemberRole.MENTOR, mentorship__state__in=OPEN_STATES
    )
    free = Participation.objects.filter(
        ~Exists(mentoring),
        program=program,
        state=ParticipationState.APPROVED,
        role__in=(Role.MENTOR, Role.BOTH),
        capacity__gt=0,
    )
    return {
        "waiting": found["all"],
        "waiting_oldest": (now - oldest).days if oldest else 0,
        "waiting_bins": [found[name] for name in bins],
        "waiting_longest": list(rows.values_list("pk", flat=True)[:AT_ONE_LOOK]),
        "free_mentors": free.count(),
    }


def _topics(program: Program) -> list[list[Any]]:
    """What mentees want and mentors offer: (topic, wanted, offered) of the questions that match wishes with offers."""
    questions = [
        question
        for question in Question.objects.filter(
            questionnaire=program.form_id, retired_at=None, match_rule=MatchRule.OVERLAP, step=TOPICS_STEP
        )
        if question.match_settings.get("direction") == MatchDirection.WISH_TO_OFFER
        and question.visibility not in (Visibility.ME, Visibility.GROUP)
    ]
    labels = {
        (question.pk, option["id"]): option["label"] for question in questions for option in question.options
    }
    answers = Answer.objects.filter(
        question__in=questions,
        answer_set__participation__program=program,
        answer_set__participation__state=ParticipationState.APPROVED,
        value__isnull=False,
    )
    wanted, offered = Counter[str](), Counter[str]()
    for question_id, role, value in answers.values_list(
        "question_id", "answer_set__participation__role", "value"
    ):
        named = {
            labels[question_id, str(option)]
            for option in (value if isinstance(value, list | dict) else [value])
            if (question_id, str(option)) in labels
        }
        wanted.update(named if role != Role.MENTOR else ())
        offered.update(named if role != Role.MENTEE else ())
    both = sorted((wanted + offered).items(), key=lambda entry: (-entry[1], entry[0]))
    return [[label, wanted[label], offered[label]] for label, _n in both[:MOST_TOPICS]]


def _words(program: Program) -> dict[str, int]:
    rows = Signal.objects.filter(mentorship__program=program, mentorship__state__in=OPEN_STATES)
    return _counts(rows, "team_state")


def _agreements(program: Program) -> int:
    signed = Agreement.objects.filter(mentorship__program=program, in_force_at__isnull=False)
    return int(signed.aggregate(n=Count("mentorship", distinct=True))["n"])


def _work(program: Program) -> dict[str, Any]:
    """What goes on in all pairs together. Not counted for fewer than five pairs: then it would tell of one."""
    talks = meeting_counts(program)
    return {
        "meetings": {**asdict(talks), "held": talks.held},
        "goals": goal_counts(program),
        "activities": activity_counts(program),
        "talks_in_writing": _counts(Topic.objects.filter(mentorship__program=program), "state"),
    }


def _endings(program: Program) -> tuple[dict[str, int], int]:
    """Reasons of early endings, in groups of five endings as they came, so that one more ending tells nothing; a reason
    of fewer than five goes into the rest, and the smallest shown one with it where the rest would be smaller."""
    reasons = list(
        Closing.objects.filter(mentorship__program=program, kind=EndKind.EARLY)
        .exclude(reason="")
        .order_by("pk")
        .values_list("reason", flat=True)
    )
    counts = Counter(reasons[: len(reasons) // SMALLEST * SMALLEST])
    shown = {reason: n for reason, n in counts.items() if n >= SMALLEST}
    hidden = counts.total() - sum(shown.values())
    while 0 < hidden < SMALLEST and shown:
        hidden += shown.pop(min(shown, key=lambda reason: (shown[reason], reason)))
    return shown, hidden


def _still_meeting(mentorships: QuerySet[Mentorship], today: date) -> list[list[float]]:
    rows = mentorships.annotate(early=_ended_early()).values_list(
        "started_on", "state", "state_since", "early"
    )
    courses = [
        course(
            started_on,
            since.date() if state == MentorshipState.CLOSED else today,
            ended_early=early and state == MentorshipState.CLOSED,
        )
        for started_on, state, since, early in rows
    ]
    return [[stair.month, stair.share, stair.low, stair.high] for stair in still_meeting(courses)]


def _help(program: Program) -> dict[str, int]:
    offers = Signal.objects.filter(mentorship__program=program).aggregate(
        offers=Coalesce(Sum("offers"), 0), fines=Coalesce(Sum("fines"), 0)
    )
    cases = Case.objects.filter(program=program).exclude(kind=CaseKind.SAFETY)
    return {
        **offers,
        **cases.aggregate(
            cases=Count("pk"),
            it_helped=Count("pk", filter=Q(helped=True)),
            it_did_not=Count("pk", filter=Q(helped=False)),
        ),
    }


def _survey(program: Program) -> SurveyFigures | None:
    wave = latest_core_wave(program)
    if wave is None:
        return None
    results = wave_results(wave)
    return SurveyFigures(
        key=wave.survey.key,
        number=wave.number,
        title=wave.survey.questionnaire.title,
        asked=results.rate.asked,
        shown=results.rate.shown,
        share=results.rate.share.value if results.rate.share else None,
        is_few=results.rate.is_few,
        rows=[
            [
                figure.construct,
                figure.n,
                *(
                    (figure.estimate.value, figure.estimate.low, figure.estimate.high)
                    if figure.estimate
                    else (None, None, None)
                ),
            ]
            for figure in results.figures
            if figure.most == 100 and (figure.key in (*CORE, INDEX))
        ],
    )
