from django.apps import AppConfig


class OperatorConfig(AppConfig):
    name = "alongside.web.operator"
    label = "web_operator"
