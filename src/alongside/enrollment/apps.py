from django.apps import AppConfig


class EnrollmentConfig(AppConfig):
    name = "alongside.enrollment"
    default_auto_field = "django.db.models.BigAutoField"
