"""Addresses of matching: readiness, runs, boards, single pairs, publishing."""

from django.urls import path

from alongside.web.coordinator.views import board, matching, pairing, publication

_MATCHING = "<slug:program_id>/matching/"
_RUN = f"{_MATCHING}runs/<slug:run_id>/"
_PROPOSAL = f"{_RUN}pairs/<slug:proposal_id>/"

urlpatterns = [
    path(_MATCHING, matching.home, name="matching"),
    path(f"{_MATCHING}readiness/", matching.readiness_page, name="matching.readiness"),
    path(f"{_MATCHING}runs/", matching.runs, name="matching.runs"),
    path(f"{_MATCHING}overrides/", pairing.overrides, name="matching.overrides"),
    path(
        f"{_MATCHING}overrides/<slug:override_id>/removal/", pairing.override_removal, name="override.removal"
    ),
    path(f"{_MATCHING}people/<slug:participation_id>/", pairing.candidates, name="candidates"),
    # a run
    path(_RUN, board.board, name="run"),
    path(f"{_RUN}waiting/", board.waiting, name="run.waiting"),
    path(f"{_RUN}mentors/", board.mentors, name="run.mentors"),
    path(f"{_RUN}pairs.csv", board.sheet, name="run.sheet"),
    path(f"{_RUN}again/", board.again, name="run.again"),
    path(f"{_RUN}stop/", board.stop, name="run.stop"),
    path(f"{_RUN}setting-aside/", board.setting_aside, name="run.setting_aside"),
    path(f"{_RUN}comparison/", publication.comparison, name="run.comparison"),
    path(f"{_RUN}publication/", publication.publication, name="run.publication"),
    path(f"{_RUN}publication/undo/", publication.undo, name="run.undo"),
    path(f"{_RUN}impossible/", publication.impossible, name="run.impossible"),
    # one pair of it
    path(f"{_RUN}pairs/new/", pairing.new_pair, name="pair.new"),
    path(f"{_PROPOSAL}removal/", pairing.removal, name="proposal.removal"),
    path(f"{_PROPOSAL}return/", pairing.putting_back, name="proposal.return"),
]
