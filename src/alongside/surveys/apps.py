from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "alongside.surveys"
    default_auto_field = "django.db.models.BigAutoField"
