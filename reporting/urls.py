"""Addresses below /reporting/."""

from django.urls import path

from reporting.views import dashboard, definitions, people

app_name = "reporting"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("definitions/", definitions.definitions, name="definitions"),
    path("figures/<slug:code>/people/", people.people, name="people"),
]
