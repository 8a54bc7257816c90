"""Addresses below /reporting/."""

from django.urls import path

from reporting.views import dashboard, definitions, indicators, people

app_name = "reporting"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("definitions/", definitions.definitions, name="definitions"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("figures/<slug:code>/people/", people.people, name="people"),
]
