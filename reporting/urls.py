"""Addresses below /reporting/."""

from django.urls import path

from reporting.views import dashboard, definitions, indicators, people, quality, reached

app_name = "reporting"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("definitions/", definitions.definitions, name="definitions"),
    path("reached/", reached.reached, name="reached"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("figures/<slug:code>/people/", people.people, name="people"),
    path("quality/", quality.quality, name="quality"),
    path("quality/next/", quality.next_hit, name="quality_next"),
    path("quality/rules/", quality.rules, name="quality_rules"),
]
