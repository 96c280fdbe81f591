from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "alongside.web.account"
    label = "web_account"
