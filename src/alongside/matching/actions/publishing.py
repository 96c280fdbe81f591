"""From a draft to pairs that begin, and back for half an hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.foundation.errors import Conflict
from alongside.journal.actions import record
from alongside.matching.access import check_may_match, check_open
from alongside.matching.actions.runs import locked_run
from alongside.matching.actions.settling import full_among, lock_participations, supersede_requests
from alongside.matching.enums import ProposalState, RunState
from alongside.matching.models import Proposal, Run
from alongside.matching.queries.pairs import questions_by_key, reasons_for_both
from alongside.matching.queries.standing import live_proposals, no_longer_possible
from alongside.mentorships.actions import start_mentorship, undo_start
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from alongside.programs.access import check_may_change

UNDO_WINDOW = timedelta(minutes=30)


@transaction.atomic
def publish_run(*, run: Run, actor: Person, now: datetime) -> Run:
    """Begins a mentorship for every pair of the board: all of them, or none.

    Holds every participation concerned and looks at each pair once more as things stand now. Nobody is written to
    before the undo window is over. Open requests of the people matched are settled. Does nothing when it is published
    already. Raises Conflict when a pair is no longer possible, naming how many; `take_out_impossible` helps.
    """
    check_may_change(actor, run.program)
    row = locked_run(run)
    if row.state == RunState.PUBLISHED:
        return row
    check_open(row)
    check_may_match(row.program)
    proposals = live_proposals(row)
    if not proposals:
        raise Conflict(_("There is no pair on this board to publish."))
    people = lock_participations({pk for pair in proposals for pk in (pair.mentee_id, pair.mentor_id)})
    _check_possible(row, proposals)
    questions = questions_by_key(row.program)
    for pair in proposals:
        pair.mentee, pair.mentor = people[pair.mentee_id], people[pair.mentor_id]
        reasons = reasons_for_both(
            pair.reasons, questions, mentee=pair.mentee.person, mentor=pair.mentor.person
        )
        pair.mentorship = start_mentorship(
            mentee=pair.mentee, mentor=pair.mentor, reasons=reasons, actor=actor, now=now
        )
        pair.state = ProposalState.PUBLISHED
    Proposal.objects.bulk_update(proposals, ["mentorship", "state"], batch_size=500)
    supersede_requests(
        mentees={pair.mentee_id for pair in proposals},
        full_mentors=full_among(pair.mentor_id for pair in proposals),
        actor=actor,
        now=now,
    )
    row.state, row.published_at, row.undo_until = RunState.PUBLISHED, now, now + UNDO_WINDOW
    row.save(update_fields=["state", "published_at", "undo_until"])
    _tell("run.published", row, actor=actor, now=now, pairs=len(proposals))
    return row


@transaction.atomic
def undo_publish(*, run: Run, actor: Person, now: datetime) -> Run:
    """Takes the pairs of a published run back as if they had never begun; the draft can be changed and published again.

    Raises Conflict once the window is over or somebody has done something in their pair.
    """
    check_may_change(actor, run.program)
    row = locked_run(run)
    if row.state == RunState.UNDONE:
        return row
    if row.state != RunState.PUBLISHED or row.undo_until is None or now >= row.undo_until:
        raise Conflict(_("The pairs have heard of each other by now. You can still end single pairs kindly."))
    proposals = list(Proposal.objects.filter(run=row, state=ProposalState.PUBLISHED))
    begun = Mentorship.objects.filter(pk__in=[pair.mentorship_id for pair in proposals])
    undo_start(mentorships=list(begun), actor=actor, now=now)
    Proposal.objects.filter(run=row, state=ProposalState.PUBLISHED).update(
        state=ProposalState.PROPOSED, mentorship=None
    )
    row.state, row.published_at, row.undo_until = RunState.UNDONE, None, None
    row.save(update_fields=["state", "published_at", "undo_until"])
    _tell("run.undone", row, actor=actor, now=now, pairs=len(proposals))
    return row


@transaction.atomic
def take_out_impossible(*, run: Run, actor: Person, now: datetime) -> int:
    """Takes every pair off the board that can no longer begin; returns how many."""
    check_may_change(actor, run.program)
    row = locked_run(run)
    check_open(row)
    impossible = no_longer_possible(row, live_proposals(row))
    Proposal.objects.filter(pk__in=list(impossible)).update(state=ProposalState.REMOVED)
    if impossible:
        _tell("run.changed", row, actor=actor, now=now, pairs=len(impossible))
    return len(impossible)


def _check_possible(run: Run, proposals: Sequence[Proposal]) -> None:
    impossible = no_longer_possible(run, proposals)
    if impossible:
        raise Conflict(
            ngettext(
                "{count} pair is no longer possible: {why} Take it out or solve again.",
                "{count} pairs are no longer possible, for example: {why} Take them out or solve again.",
                len(impossible),
            ).format(count=len(impossible), why=next(iter(impossible.values())))
        )


def _tell(verb: str, row: Run, *, actor: Person, now: datetime, pairs: int) -> None:
    record(verb, actor_id=actor.pk, subject=row, program_id=row.program_id, data={"pairs": pairs}, now=now)
