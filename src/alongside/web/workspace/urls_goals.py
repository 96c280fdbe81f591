"""Addresses of goals, of what a pair plans to do, and of the library."""

from django.urls import path

from alongside.web.workspace.views import activities, goal_steps, goals, library

goal_patterns = [
    path("", goals.goals, name="goals"),
    path("new/", goals.new, name="goals.new"),
    path("<slug:goal_id>/", goals.goal, name="goal"),
    path("<slug:goal_id>/edit/", goals.edit, name="goal.edit"),
    path("<slug:goal_id>/states/<str:state>/", goals.state, name="goal.state"),
    path("<slug:goal_id>/rest/", goals.rest, name="goal.rest"),
    path("<slug:goal_id>/letting-go/", goals.letting_go, name="goal.letting_go"),
    path("<slug:goal_id>/sharing/", goals.sharing, name="goal.sharing"),
    path("<slug:goal_id>/privacy/", goals.privacy, name="goal.privacy"),
    path("<slug:goal_id>/removal/", goals.removal, name="goal.removal"),
    path("<slug:goal_id>/steps/", goal_steps.steps, name="goal.steps"),
    path("<slug:goal_id>/steps/<slug:step_id>/completion/", goal_steps.completion, name="goal.step"),
    path("<slug:goal_id>/steps/<slug:step_id>/place/", goal_steps.place, name="goal.step.place"),
    path("<slug:goal_id>/steps/<slug:step_id>/removal/", goal_steps.removal, name="goal.step.removal"),
]

activity_patterns = [
    path("", activities.activities, name="activities"),
    path("new/", activities.new, name="activities.new"),
    path("<slug:activity_id>/", activities.activity, name="activity"),
    path("<slug:activity_id>/states/<str:state>/", activities.state, name="activity.state"),
    path("<slug:activity_id>/day/", activities.day, name="activity.day"),
    path("<slug:activity_id>/steps/<int:position>/", activities.step, name="activity.step"),
    path("<slug:activity_id>/notes/", activities.notes, name="activity.notes"),
    path("<slug:activity_id>/removal/", activities.removal, name="activity.removal"),
]

library_patterns = [
    path("", library.library, name="library"),
    path("<slug:key>/", library.detail, name="library.activity"),
]
