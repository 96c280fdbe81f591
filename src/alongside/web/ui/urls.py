from django.urls import path

from alongside.web.ui import views

app_name = "kit"
urlpatterns = [
    path("", views.kit, name="kit"),
    path("shell/<str:audience>/", views.shell, name="shell"),
]
