"""Reading runs: the problem one was solved for, its result, and the pairs on its board."""

from django.db.models import Count, Q, QuerySet

from alongside.engine import matching as engine
from alongside.matching.enums import OPEN_RUNS, ProposalState
from alongside.matching.models import Override, Proposal, Run
from alongside.programs.models import Program
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


def with_pairs(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Adds `pairs`, how many stand on the board of each."""
    live = ~Q(proposals__state=ProposalState.REMOVED)
    return runs.annotate(pairs=Count("proposals", filter=live)).order_by("-created_at", "-pk")


def changed_since(run: Run) -> int:
    """How many words about pairs were put since the run began: they count from the next run on. One query."""
    return Override.objects.filter(match_type=run.match_type_id, changed_at__gt=run.created_at).count()


def latest_open_run(program: Program) -> Run | None:
    """The newest board that can still be changed."""
    rows = Run.objects.filter(program=program, state__in=OPEN_RUNS).defer("snapshot_sealed", "result")
    return rows.select_related("program", "match_type").first()
