"""Addresses of the participants' pages. One block per room, each with its own file of views."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.web.workspace.views import messages, pairs, topics

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
    path("<slug:topic_id>/messages/<slug:message_id>/removal/", messages.removal, name="message.removal"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    # the pair
    path("pairs/", pairs.pairs, name="pair"),
    path("pairs/<slug:public_id>/", pairs.home, name="pair.home"),
    # talk in writing
    path("pairs/<slug:public_id>/topics/", include(_TOPICS)),
    path("pairs/<slug:public_id>/search/", topics.search, name="pair.search"),
]
