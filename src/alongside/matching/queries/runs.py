"""Reading runs: the problem one was solved for, its result, and the pairs on its board."""

from alongside.engine import matching as engine
from alongside.matching.enums import ProposalState
from alongside.matching.models import Proposal, Run
from alongside.vault.queries import open_sealed


def program_of(run: Run) -> engine.Program:
    """The engine's program exactly as it was frozen; solving it again gives the same result, bit for bit."""
    return engine.program_from_json(snapshot_text(run))


def snapshot_text(run: Run) -> str:
    """The canonical text of the frozen input. It knows private wishes: never shown, only solved."""
    return open_sealed(run.snapshot_sealed, about=run.snapshot_place)


def result_of(run: Run) -> engine.Result:
    """The engine's result with its certificate."""
    return engine.result_from_json(run.result)


def present_pairs(run: Run) -> dict[str, str]:
    """{mentee: mentor} by public ids, as the board of a run stands now. One query."""
    rows = Proposal.objects.filter(run=run).exclude(state=ProposalState.REMOVED)
    return dict(rows.values_list("mentee__public_id", "mentor__public_id"))
