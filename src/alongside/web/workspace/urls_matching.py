"""Addresses of finding somebody: people, wishes, requests."""

from django.urls import path

from alongside.web.workspace.views import finding, requests

_FIND = "find/<slug:program_id>/"
_REQUEST = "requests/<slug:request_id>/"

matching_patterns = [
    path("find/", finding.find, name="find"),
    path(_FIND, finding.find_program, name="find.program"),
    path(f"{_FIND}wishes/", finding.wishes, name="wishes"),
    path(f"{_FIND}fullness/", finding.fullness, name="fullness"),
    path(f"{_FIND}places/", finding.places, name="places"),
    path(f"{_FIND}people/<slug:participation_id>/", finding.find_person, name="find.person"),
    path("requests/", requests.requests, name="requests"),
    path(_REQUEST, requests.one, name="request"),
    path(f"{_REQUEST}acceptance/", requests.acceptance, name="request.acceptance"),
    path(f"{_REQUEST}refusal/", requests.refusal, name="request.refusal"),
    path(f"{_REQUEST}withdrawal/", requests.withdrawal, name="request.withdrawal"),
]
