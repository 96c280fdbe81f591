"""Addresses of the participants' pages. One block per room, each with its own file of views."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.web.workspace.urls_goals import activity_patterns, goal_patterns, library_patterns
from alongside.web.workspace.urls_matching import matching_patterns
from alongside.web.workspace.urls_meetings import meeting_patterns
from alongside.web.workspace.views import (
    agreement,
    announcements,
    endings,
    enrollment,
    helping,
    letters,
    messages,
    pairs,
    surveys,
    today,
    topics,
)

app_name = "workspace"

_TOPICS = [
    path("", topics.topics, name="topics"),
    path("new/", topics.new_topic, name="topics.new"),
    path("<slug:topic_id>/", topics.topic, name="topic"),
    path("<slug:topic_id>/rest/", topics.rest, name="topic.rest"),
    path("<slug:topic_id>/close/", topics.close, name="topic.close"),
    path("<slug:topic_id>/reopening/", topics.reopening, name="topic.reopening"),
    path("<slug:topic_id>/messages/", messages.messages, name="topic.messages"),
    path("<slug:topic_id>/messages/<slug:message_id>/", messages.message, name="message"),
    path("<slug:topic_id>/messages/<slug:message_id>/edit/", messages.edit, name="message.edit"),
    path("<slug:topic_id>/messages/<slug:message_id>/ring/", messages.ring, name="message.ring"),
    path("<slug:topic_id>/messages/<slug:message_id>/removal/", messages.removal, name="message.removal"),
]

_PAIR = [
    path("", pairs.home, name="pair.home"),
    path("about/", pairs.about, name="pair.about"),
    path("rhythm/", pairs.rhythm, name="pair.rhythm"),
    path("end-date/", pairs.end_date, name="pair.end_date"),
    path("contact/", pairs.contact, name="pair.contact"),
    path("introduction/", pairs.introduction, name="pair.introduction"),
    path("confirmation/", pairs.confirmation, name="pair.confirmation"),
    path("pause/", pairs.pause, name="pair.pause"),
    path("resumption/", pairs.resumption, name="pair.resumption"),
    path("fine/", helping.fine, name="pair.fine"),
    path("hand/", helping.hand, name="pair.hand"),
    path("hand/<slug:case_id>/answer/", helping.answer, name="hand.answer"),
    path("ending/", endings.ending, name="ending"),
    path("ending/well/", endings.well, name="ending.well"),
    path("ending/early/", endings.early, name="ending.early"),
    path("ending/completion/", endings.completion, name="ending.completion"),
    path("ending/help/", endings.help_now, name="ending.help"),
    path("reopening/", endings.reopening, name="pair.reopening"),
    path("letter/", letters.letter, name="letter"),
    path("letter/removal/", letters.removal, name="letter.removal"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("agreement/own/", agreement.own, name="agreement.own"),
    path("agreement/draft/", agreement.draft, name="agreement.draft"),
    path("agreement/<slug:agreement_id>/signature/", agreement.signature, name="agreement.signature"),
]

_ENROLLMENT = [
    path("", enrollment.enroll, name="enroll"),
    path("submission/", enrollment.submission, name="enroll.submission"),
    path("withdrawal/", enrollment.withdrawal, name="enroll.withdrawal"),
    path("role/", enrollment.role, name="enroll.role"),
    path("preview/", enrollment.preview, name="enroll.preview"),
    path("<slug:step>/", enrollment.step, name="enroll.step"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("today/", today.today, name="today"),
    # words of the team
    path("announcements/", announcements.announcements, name="announcements"),
    path("announcements/<slug:announcement_id>/", announcements.announcement, name="announcement"),
    # surveys
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/<slug:ask_id>/", surveys.survey, name="survey"),
    path("surveys/<slug:ask_id>/thanks/", surveys.thanks, name="survey.thanks"),
    # the pair
    path("pairs/", pairs.pairs, name="pair"),
    path("pairs/<slug:public_id>/", include(_PAIR)),
    # talk in writing
    path("pairs/<slug:public_id>/topics/", include(_TOPICS)),
    path("pairs/<slug:public_id>/search/", topics.search, name="pair.search"),
    # coming into a program
    path("programs/", enrollment.programs, name="programs"),
    path("programs/<slug:program_id>/enroll/", include(_ENROLLMENT)),
    # goals, activities, talks, the library
    path("pairs/<slug:public_id>/goals/", include(goal_patterns)),
    path("pairs/<slug:public_id>/activities/", include(activity_patterns)),
    path("pairs/<slug:public_id>/meetings/", include(meeting_patterns)),
    path("library/", include(library_patterns)),
    # find somebody, ask, answer
    path("", include(matching_patterns)),
]
