from django.urls import URLPattern, URLResolver, path

from alongside.web.operator.views import system

app_name = "operator"
urlpatterns: list[URLPattern | URLResolver] = [
    # the installation
    path("", system.system, name="system"),
    path("programs/", system.programs, name="programs"),
    path("people/", system.people, name="roles"),
    path("people/<slug:public_id>/<str:what>/<str:yes>/", system.decision, name="decision"),
    path("audit/", system.audit, name="audit"),
]
