from django.urls import URLPattern, URLResolver, path

from alongside.web.operator.views import delivery, system

app_name = "operator"
urlpatterns: list[URLPattern | URLResolver] = [
    # the installation
    path("", system.system, name="system"),
    path("programs/", system.programs, name="programs"),
    path("programs/<slug:program_id>/staff/", system.program_staff, name="program.staff"),
    path("people/", system.people, name="roles"),
    path("people/<slug:public_id>/<str:what>/<str:yes>/", system.decision, name="decision"),
    path("audit/", system.audit, name="audit"),
    # mail lane and worker
    path("mail/", delivery.delivery, name="delivery"),
    path("mail/server/try/", delivery.server_try, name="delivery.server_try"),
    path("mail/notices/<slug:public_id>/retry/", delivery.notice_retry, name="delivery.notice_retry"),
    path("mail/jobs/<int:job_id>/retry/", delivery.job_retry, name="delivery.job_retry"),
]
