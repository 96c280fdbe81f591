"""Second part of making the demo: pairs, and what the two wrote. Through the rooms' own actions, told at their time."""

from alongside.discussions.actions import close_topic, mark_read, open_topic, post_message, rest_topic
from alongside.discussions.enums import Expectation, Intention, TopicState
from alongside.discussions.models import Topic
from alongside.enrollment.enums import ParticipationState
from alongside.enrollment.models import Participation
from alongside.matching.queries.pairs import pair_facts, reasons_for_both
from alongside.mentorships.actions import (
    change_rhythm,
    close_mentorship,
    confirm_mentorship,
    end_early,
    end_well,
    pause_mentorship,
    propose_agreement,
    sign_agreement,
    start_mentorship,
)
from alongside.mentorships.enums import EndReason, MentorshipState, NewMatch
from alongside.mentorships.models import Mentorship
from alongside.switchboard.demo.pairs import DemoPair
from alongside.switchboard.demo.paths import DemoAgreement
from alongside.switchboard.demo.voices import DemoMessage, DemoTopic
from alongside.switchboard.demo.world import DAY, World


def make_pairs(world: World) -> None:
    """Every pair in its state. What they did in between comes before the ending: an ended room takes nothing new."""
    for entry in world.content.pairs.values():
        world.pairs[entry.key] = start_pair(world, entry)
    for agreement in world.content.paths.agreements:
        make_agreement(world, agreement)
    for topic in world.content.topics:
        make_topic(world, topic)


def settle_pairs(world: World) -> None:
    """Pauses and endings, once everything else is told."""
    for entry in world.content.pairs.values():
        settle_pair(world, entry)


def start_pair(world: World, entry: DemoPair) -> Mentorship:
    mentee, mentor = world.places[entry.program, entry.mentee], world.places[entry.program, entry.mentor]
    mentorship = start_mentorship(
        mentee=mentee,
        mentor=mentor,
        reasons=reasons_of(world, mentee, mentor),
        actor=None,
        now=world.at(entry.started),
    )
    if entry.state != MentorshipState.TRIAL:
        confirm_mentorship(mentorship=mentorship, actor=None, now=world.at(entry.started) + 30 * DAY)
    change_rhythm(
        mentorship=mentorship,
        actor=world.people[entry.mentee],
        rhythm_days=entry.rhythm,
        now=world.at(entry.started),
    )
    mentorship.refresh_from_db()
    return mentorship


def reasons_of(world: World, mentee: Participation, mentor: Participation) -> list[dict[str, str]]:
    """Why these two, from their answers; nothing for those who have left the program since."""
    if {mentee.state, mentor.state} != {ParticipationState.APPROVED}:
        return []
    found = pair_facts(mentee, mentor, now=world.now)
    return reasons_for_both(found.facts, found.questions, mentee=mentee.person, mentor=mentor.person)


def settle_pair(world: World, entry: DemoPair) -> None:
    mentorship = world.pairs[entry.key]
    mentorship.refresh_from_db()
    if entry.pause:
        pause_mentorship(
            mentorship=mentorship,
            actor=world.people[entry.pause.by],
            until_on=world.day(entry.pause.until_day),
            now=world.at(entry.pause.from_day),
        )
    if entry.closing is None:
        return
    closing, by = entry.closing, world.people[entry.closing.by]
    at = world.at(closing.day)
    if closing.kind == "early":
        end_early(
            mentorship=mentorship,
            actor=by,
            reason=EndReason(closing.reason or EndReason.UNSAID),
            words=closing.words,
            new_match=NewMatch(closing.new_match) if closing.new_match else None,
            now=at,
        )
    else:
        end_well(mentorship=mentorship, actor=by, words=closing.words, now=at)
        if entry.state == MentorshipState.CLOSED:
            close_mentorship(mentorship=mentorship, actor=by, now=world.at(entry.closed or closing.day))


def make_agreement(world: World, entry: DemoAgreement) -> None:
    mentorship = world.pairs[entry.pair]
    first = world.people[entry.proposed_by]
    days = dict(entry.signed)
    agreement = propose_agreement(
        mentorship=mentorship,
        actor=first,
        agreed=entry.lines,
        rhythm_days=mentorship.rhythm_days,
        review_on=world.day(entry.review),
        now=world.at(days.pop(entry.proposed_by)),
    )
    for key, day in days.items():
        sign_agreement(agreement=agreement, actor=world.people[key], now=world.at(day))


def make_topic(world: World, entry: DemoTopic) -> None:
    mentorship, opener = world.pairs[entry.pair], world.people[entry.by]
    opened = entry.messages[0].at.instant(world.today, zone_of(world, entry.by))
    topic = open_topic(
        mentorship=mentorship,
        actor=opener,
        title=entry.title,
        intention=Intention(entry.intention),
        now=min(opened, world.now),
    )
    for message in entry.messages:
        make_message(world, topic, message)
    if entry.state == TopicState.CLOSED:
        closer, day = world.people[entry.closed_by or entry.by], entry.closed_day or 0
        close_topic(topic=topic, actor=closer, takeaway=entry.takeaway, now=world.at(day, hour=18))
    elif entry.state == TopicState.RESTING:
        rest_topic(topic=topic, actor=opener, now=world.now)


def make_message(world: World, topic: Topic, entry: DemoMessage) -> None:
    """Posts it at its time; the author's partner has read all but what was written in the last two days."""
    author = world.people[entry.by]
    at = min(entry.at.instant(world.today, zone_of(world, entry.by)), world.now)
    message = post_message(
        topic=topic,
        actor=author,
        body=entry.text,
        expectation=Expectation(entry.expects),
        reply_by=world.day(entry.reply_by) if entry.reply_by is not None else None,
        send_at=entry.send.instant(world.today, zone_of(world, entry.by)) if entry.send else None,
        now=at,
    )
    if message.sent_at and world.now - message.sent_at > 2 * DAY:
        for member in topic.mentorship.members.select_related("person"):
            mark_read(topic=topic, reader=member.person, until_at=message.sent_at)


def zone_of(world: World, key: str) -> str:
    return world.content.person(key).zone
