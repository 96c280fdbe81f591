"""Whether the pairs of a draft are still possible, seen from what stands now."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.enrollment.enums import ParticipationState, Role
from alongside.enrollment.models import Participation
from alongside.enrollment.queries import kept_apart
from alongside.matching.enums import OverrideKind, ProposalState
from alongside.matching.models import Override, Proposal, Run
from alongside.mentorships.queries import with_load


def live_proposals(run: Run) -> list[Proposal]:
    """The pairs that would be published, in a stable order. One query."""
    rows = Proposal.objects.filter(run=run, state=ProposalState.PROPOSED).select_related(
        "mentee__person__preferences", "mentor__person__preferences"
    )
    return list(rows.order_by("pk"))


def no_longer_possible(run: Run, proposals: Sequence[Proposal]) -> dict[int, str]:
    """{proposal's pk: why in a sentence} of those that can no longer begin. Three queries, however many.

    A private wish is told as nothing but "not possible any more".
    """
    wanted = {pk for row in proposals for pk in (row.mentee_id, row.mentor_id)}
    rows = with_load(Participation.objects.filter(pk__in=wanted).select_related("person"))
    people = {row.pk: row for row in rows}
    apart = kept_apart(people.values())
    bans = Override.objects.filter(match_type=run.match_type_id, kind=OverrideKind.FORBID)
    banned = set(bans.values_list("mentee_id", "mentor_id"))
    planned = Counter(row.mentor_id for row in proposals)
    found: dict[int, str] = {}
    for row in proposals:
        mentee, mentor = people[row.mentee_id], people[row.mentor_id]
        if (mentee.pk, mentor.pk) in banned:
            found[row.pk] = _("You keep these two apart.")
        elif (min(mentee.pk, mentor.pk), max(mentee.pk, mentor.pk)) in apart:
            found[row.pk] = _("These two cannot be a pair any more.")
        elif words := _mentee_words(mentee) or _mentor_words(mentor, planned[mentor.pk]):
            found[row.pk] = words
    return found


def _mentee_words(mentee: Participation) -> str:
    if mentee.state != ParticipationState.APPROVED or mentee.role == Role.MENTOR:
        return _("{name} no longer takes part as mentee.").format(name=mentee.person.name)
    if mentee.as_mentee:  # type: ignore[attr-defined]  # from with_load
        return _("{name} has found a mentor in the meantime.").format(name=mentee.person.name)
    return ""


def _mentor_words(mentor: Participation, planned: int) -> str:
    if mentor.state != ParticipationState.APPROVED or mentor.role == Role.MENTEE:
        return _("{name} no longer takes part as mentor.").format(name=mentor.person.name)
    if mentor.load + planned > mentor.capacity:  # type: ignore[attr-defined]  # from with_load
        return _("{name} has no place for this any more.").format(name=mentor.person.name)
    return ""
