"""Addresses of the coordinators' pages. One block per area; long ones have a file of their own."""

from django.urls import URLPattern, URLResolver, path

from alongside.web.coordinator import urls_insights, urls_matching, urls_people, urls_setup
from alongside.web.coordinator.views import text_preview

app_name = "coordinator"
urlpatterns: list[URLPattern | URLResolver] = [
    # programs, set-up, form builder, plan, texts
    *urls_setup.urlpatterns,
    # readiness, runs, boards, publishing
    *urls_matching.urlpatterns,
    # previews of mails
    path("<slug:program_id>/texts/<slug:key>/preview/", text_preview.text_preview, name="text_preview"),
    # people, invitations, sheets
    *urls_people.urlpatterns,
    # overview, mentorships, cases, surveys, report
    *urls_insights.urlpatterns,
]
