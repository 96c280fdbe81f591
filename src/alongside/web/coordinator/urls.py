"""Addresses of the coordinators' pages. One block per area; long ones have a file of their own."""

from django.urls import URLPattern, URLResolver

from alongside.web.coordinator import urls_setup

app_name = "coordinator"
urlpatterns: list[URLPattern | URLResolver] = [
    # programs, set-up, form builder, plan, texts
    *urls_setup.urlpatterns,
]
