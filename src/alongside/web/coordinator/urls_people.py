"""Addresses of the people of a program: list, invitations, sheets, words to them."""

from django.urls import path

from alongside.web.coordinator.views import announcements, imports, invitations, people

PEOPLE = "<slug:program_id>/people/"
PERSON = PEOPLE + "<slug:participation_id>/"
INVITATIONS = "<slug:program_id>/invitations/"
ANNOUNCEMENTS = "<slug:program_id>/announcements/"
ANNOUNCEMENT = ANNOUNCEMENTS + "<slug:announcement_id>/"
IMPORTS = "<slug:program_id>/imports/"

urlpatterns = [
    # people
    path(PEOPLE, people.people, name="people"),
    path(PEOPLE + "decisions/", people.decisions, name="people.decisions"),
    path(PEOPLE + "sheet/", people.sheet, name="people.sheet"),
    path(PERSON, people.person, name="person"),
    path(PERSON + "decision/", people.decision, name="person.decision"),
    path(PERSON + "place/", people.place, name="person.place"),
    path(PERSON + "tags/", people.tagging, name="person.tags"),
    # invitations
    path(INVITATIONS, invitations.invitations, name="invitations"),
    path(INVITATIONS + "plan/", invitations.plan, name="invitations.plan"),
    path(INVITATIONS + "sending/", invitations.sending, name="invitations.sending"),
    path(INVITATIONS + "reminders/", invitations.reminders, name="invitations.reminders"),
    path(INVITATIONS + "<slug:invitation_id>/resending/", invitations.resending, name="invitation.resending"),
    path(
        INVITATIONS + "<slug:invitation_id>/revocation/", invitations.revocation, name="invitation.revocation"
    ),
    # sheets
    path(IMPORTS, imports.imports, name="imports"),
    path(IMPORTS + "<slug:import_id>/", imports.sheet, name="import"),
    path(IMPORTS + "<slug:import_id>/confirmation/", imports.confirmation, name="import.confirmation"),
    path(IMPORTS + "<slug:import_id>/removal/", imports.removal, name="import.removal"),
    # words to participants
    path(ANNOUNCEMENTS, announcements.announcements, name="announcements"),
    path(ANNOUNCEMENTS + "new/", announcements.new, name="announcement.new"),
    path(ANNOUNCEMENT, announcements.announcement, name="announcement"),
    path(ANNOUNCEMENT + "wording/", announcements.wording, name="announcement.wording"),
    path(ANNOUNCEMENT + "sending/", announcements.sending, name="announcement.sending"),
    path(ANNOUNCEMENT + "removal/", announcements.removal, name="announcement.removal"),
]
