"""Addresses below /reporting/."""

from django.urls import path

from reporting.views import dashboard, definitions, indicators, people, quality, reached, submissions

app_name = "reporting"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("definitions/", definitions.definitions, name="definitions"),
    path("reached/", reached.reached, name="reached"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("figures/<slug:code>/people/", people.people, name="people"),
    path("submissions/", submissions.submissions, name="submissions"),
    path("submissions/new/", submissions.submission_new, name="submission_new"),
    path("submissions/<str:reference>/", submissions.submission, name="submission"),
    path("submissions/<str:reference>/changes/<slug:code>/", submissions.submission_changes, name="submission_changes"),
    path("submissions/<str:reference>/values.<slug:kind>", submissions.submission_file, name="submission_file"),
    path("quality/", quality.quality, name="quality"),
    path("quality/next/", quality.next_hit, name="quality_next"),
    path("quality/rules/", quality.rules, name="quality_rules"),
]
