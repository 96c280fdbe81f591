from django.apps import AppConfig


class CoordinatorConfig(AppConfig):
    name = "alongside.web.coordinator"
    label = "web_coordinator"
