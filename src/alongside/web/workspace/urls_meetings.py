"""Addresses of talks."""

from django.urls import path

from alongside.web.workspace.views import agendas, meeting_notes, meetings, planner, rhythms

meeting_patterns = [
    path("", meetings.meetings, name="meetings"),
    path("new/", planner.new, name="meetings.new"),
    path("<slug:meeting_id>/", meetings.meeting, name="meeting"),
    path("<slug:meeting_id>/times/", planner.times, name="meeting.times"),
    path("<slug:meeting_id>/booking/", meetings.booking, name="meeting.booking"),
    path("<slug:meeting_id>/acceptance/", meetings.acceptance, name="meeting.acceptance"),
    path("<slug:meeting_id>/cancellation/", meetings.cancellation, name="meeting.cancellation"),
    path("<slug:meeting_id>/reinstatement/", meetings.reinstatement, name="meeting.reinstatement"),
    path("<slug:meeting_id>/rhythm/", rhythms.rhythm, name="meeting.rhythm"),
    path("<slug:meeting_id>/rhythm/end/", rhythms.end, name="meeting.rhythm_end"),
    path("<slug:meeting_id>/how/", meetings.how, name="meeting.how"),
    path("<slug:meeting_id>/outcome/", meetings.outcome, name="meeting.outcome"),
    path("<slug:meeting_id>/talk.ics", meetings.calendar, name="meeting.calendar"),
    path("<slug:meeting_id>/agenda/", agendas.agenda, name="meeting.agenda"),
    path("<slug:meeting_id>/agenda/suggestion/", agendas.suggestion, name="meeting.suggestion"),
    path("<slug:meeting_id>/agenda/<slug:item_id>/completion/", agendas.completion, name="meeting.item"),
    path("<slug:meeting_id>/agenda/<slug:item_id>/removal/", agendas.removal, name="meeting.item.removal"),
    path("<slug:meeting_id>/wish/", agendas.wish, name="meeting.wish"),
    path("<slug:meeting_id>/goals/", agendas.goals, name="meeting.goals"),
    path("<slug:meeting_id>/notes/", meeting_notes.notes, name="meeting.notes"),
    path("<slug:meeting_id>/own-note/", meeting_notes.own_note, name="meeting.own_note"),
]
