"""Addresses of services: recording them in every shape, who took part, and what stands below a person's page."""

from django.urls import path

import resque.converters  # noqa: F401 - registers <reference:...>
from services.views import (
    activity,
    event_organisations,
    events,
    my_way,
    organisations,
    outcome,
    outreach,
    record,
    timeline,
)

app_name = "services"
urlpatterns = [
    path("services/record/", record.record, name="record"),
    path("services/record/people/", record.lookup, name="lookup"),
    path("services/outreach/", outreach.outreach, name="outreach"),
    path("services/outreach/visits/", outreach.visits, name="visits"),
    path("services/outreach/<reference:reference>/edit/", outreach.visit_edit, name="visit_edit"),
    path("services/events/", events.events, name="events"),
    path("services/events/new/", events.event_new, name="event_new"),
    path("services/events/<reference:reference>/", events.event, name="event"),
    path("services/events/<reference:reference>/edit/", events.event_edit, name="event_edit"),
    path("services/events/<reference:reference>/cancel/", events.event_cancel, name="event_cancel"),
    path(
        "services/events/<reference:reference>/organisations/",
        event_organisations.event_organisations,
        name="event_organisations",
    ),
    path("services/organisations/", organisations.organisations, name="organisations"),
    path("services/organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("services/organisations/<reference:reference>/", organisations.organisation, name="organisation"),
    path(
        "services/organisations/<reference:reference>/edit/", organisations.organisation_edit, name="organisation_edit"
    ),
    path("services/<reference:reference>/", activity.activity, name="activity"),
    path("services/outcomes/<reference:reference>/", outcome.outcome, name="outcome"),
    path("participants/<reference:reference>/outcomes/new/", outcome.outcome_new, name="outcome_new"),
    path("participants/<reference:reference>/way/<slug:language>/", my_way.my_way, name="my_way"),
    path("participants/<reference:reference>/timeline/", timeline.timeline, name="timeline"),
    path("participants/<reference:reference>/notes/", timeline.note_new, name="note_new"),
    path("participants/<reference:reference>/notes/scope/", timeline.note_scope, name="note_scope"),
]
