"""Last part of making the demo: requests, drafts of a run, survey answers, hands asked for, and how pairs read now."""

import datetime as dt
from itertools import count

from alongside.insights.actions import ask_for_hand, recompute_signals, resolve_case, take_case, wait_for_case
from alongside.insights.enums import CaseKind, CaseState
from alongside.matching.actions import forbid_pair, pin_pair, start_run
from alongside.matching.enums import RequestState
from alongside.matching.models import Request
from alongside.mentorships.enums import OPEN_STATES
from alongside.mentorships.models import Member, Mentorship
from alongside.questionnaires.actions import create_answer_set, save_answers
from alongside.questionnaires.enums import Visibility
from alongside.questionnaires.queries import questions_of
from alongside.surveys.actions import close_wave, plan_asks, put_up_card
from alongside.surveys.actions.answering import release
from alongside.surveys.actions.planning import open_wave
from alongside.surveys.enums import AskState
from alongside.surveys.keys import giver_in
from alongside.surveys.models import Ask, Response, Survey, Wave
from alongside.switchboard.demo.pairs import DemoHand, DemoPair
from alongside.switchboard.demo.paths import DemoRequest
from alongside.switchboard.demo.voices import DemoWave
from alongside.switchboard.demo.world import DAY, World
from alongside.vault.actions import seal

DRAFTS = "reverse"  # the template of the program whose drafts wait for the coordinator
_givers = count(1)


def make_answers(world: World) -> None:
    for request in world.content.paths.requests:
        make_request(world, request)
    make_drafts(world)
    for wave in world.content.waves:
        make_wave(world, wave)
    for pair in world.content.pairs.values():
        if pair.hand:
            make_hand(world, pair, pair.hand)
    for mentorship in Mentorship.objects.filter(state__in=OPEN_STATES, started_on__gt=world.day(-12)):
        plan_asks(mentorship=mentorship, now=world.now)


def read_pairs(world: World) -> None:
    """How each pair reads, first a week ago and then now: offers are made to the two before the team hears."""
    keys = list(Mentorship.objects.filter(state__in=OPEN_STATES).values_list("pk", flat=True))
    for ago in (14, 7, 0):
        recompute_signals(keys, now=world.now - ago * DAY)


def make_request(world: World, entry: DemoRequest) -> None:
    """A request as it was sent, and how it was settled. What settled it is told elsewhere (a pair, a no)."""
    mentee, mentor = (world.places.get((entry.program, key)) for key in (entry.mentee, entry.mentor))
    if mentee is None or mentor is None:
        return
    sent = world.at(entry.day)
    row = Request(
        mentee=mentee,
        mentor=mentor,
        state=entry.state,
        created_at=sent,
        remind_at=sent + 3 * DAY,
        expires_at=sent + 7 * DAY,
        settled_at=world.at(entry.settled) if entry.settled is not None else None,
    )
    row.message_sealed = seal(
        entry.message, scope=row.scope, owner_id=mentee.person_id, about=row.message_place
    )
    row.reply_sealed = seal(entry.reply, scope=row.scope, owner_id=mentor.person_id, about=row.reply_place)
    row.save()
    if entry.state == RequestState.ACCEPTED:
        pair = next(
            (p for p in world.content.pairs.values() if p.members == (entry.mentee, entry.mentor)), None
        )
        row.mentorship = world.pairs[pair.key] if pair else None
        row.save(update_fields=["mentorship"])


def make_drafts(world: World) -> None:
    """The coordinator's words about pairs, and a solved run that waits to be published."""
    for word in world.content.overrides:
        act = pin_pair if word.kind == "pin" else forbid_pair
        act(
            mentee=world.places[word.program, word.mentee],
            mentor=world.places[word.program, word.mentor],
            actor=world.people[word.by],
            now=world.now - DAY,
        )
    for entry in world.content.programs.values():
        if entry.template == DRAFTS and entry.state == "matching":
            start_run(
                program=world.programs[entry.key], actor=world.people[entry.coordinators[0]], now=world.now
            )


def make_wave(world: World, entry: DemoWave) -> None:
    program = world.programs[entry.program]
    survey = Survey.objects.select_related("questionnaire").get(program=program, key=entry.survey)
    wave = open_wave(survey, 1, now=world.at(entry.opened))
    questions = {question.key: question for question in questions_of(survey.questionnaire)}
    first_day = dt.datetime.combine(wave.opens_on, dt.time(), dt.UTC)
    for response in entry.responses:
        given = {
            questions[key]: value
            for key, value in response.answers.items()
            if key in questions and questions[key].visibility == Visibility.GROUP
        }
        answers = create_answer_set(questionnaire=survey.questionnaire, now=first_day)
        save_answers(answer_set=answers, answers=given, owner_id=None, now=first_day)
        Response.objects.create(
            wave=wave,
            answers=answers,
            role=response.role,
            pseudonym=giver_in(program.pk, -next(_givers)),  # givers whom no row names
            created_at=first_day,
        )
    release(wave)
    _ask_everybody(world, entry, wave)
    coordinator = world.people[world.content.programs[entry.program].coordinators[0]]
    if entry.closed is not None:
        close_wave(wave=wave, actor=coordinator, now=world.at(entry.closed))
    if entry.you_said:
        said, _dot, will = entry.you_said.partition(" We will ")
        put_up_card(
            wave=wave,
            actor=coordinator,
            you_said=said.removeprefix("You said: "),
            we_will=f"We will {will}" if will else "",
            we_cannot="",
            now=world.at(entry.closed or 0),
        )


def _ask_everybody(world: World, entry: DemoWave, wave: Wave) -> None:
    """All members of the pairs that ran on that day were asked; which of them answered no row says."""
    pairs = [
        world.pairs[pair.key]
        for pair in world.content.pairs.values()
        if pair.program == entry.program and pair.started < entry.opened and (pair.closed or 1) > entry.opened
    ]
    members = Member.objects.filter(mentorship__in=pairs).order_by("pk")
    answered = min(len(entry.responses), len(members))
    asked_at = world.at(entry.opened)
    Ask.objects.bulk_create(
        Ask(
            wave=wave,
            person_id=member.person_id,
            mentorship_id=member.mentorship_id,
            role=member.role,
            state=AskState.ANSWERED if number < answered else AskState.ASKED,
            planned_for=asked_at,
            due_at=asked_at,
            asked_at=asked_at,
        )
        for number, member in enumerate(members)
    )


def make_hand(world: World, pair: DemoPair, hand: DemoHand) -> None:
    coordinator = world.people[world.content.programs[pair.program].coordinators[0]]
    asked = world.at(hand.day)
    case = ask_for_hand(
        mentorship=world.pairs[pair.key],
        actor=world.people[hand.by],
        kind=CaseKind(hand.wish),
        note=hand.note,
        now=asked,
    )
    later = min(asked + DAY, world.now)
    if hand.case != CaseState.NEW:
        take_case(case=case, actor=coordinator, now=later)
    if hand.case == CaseState.WAITING:
        wait_for_case(case=case, actor=coordinator, now=later)
    elif hand.case == CaseState.RESOLVED:
        resolve_case(case=case, actor=coordinator, now=later)
