"""Addresses of services: recording them, who took part, and what stands below a person's page."""

from django.urls import path

import resque.converters  # noqa: F401 - registers <reference:...>
from services.views import activity, outcome, record, timeline

app_name = "services"
urlpatterns = [
    path("services/record/", record.record, name="record"),
    path("services/record/people/", record.lookup, name="lookup"),
    path("services/<reference:reference>/", activity.activity, name="activity"),
    path("services/outcomes/<reference:reference>/", outcome.outcome, name="outcome"),
    path("participants/<reference:reference>/outcomes/new/", outcome.outcome_new, name="outcome_new"),
    path("participants/<reference:reference>/timeline/", timeline.timeline, name="timeline"),
    path("participants/<reference:reference>/notes/", timeline.note_new, name="note_new"),
    path("participants/<reference:reference>/notes/scope/", timeline.note_scope, name="note_scope"),
]
