from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "alongside.web.workspace"
    label = "web_workspace"
