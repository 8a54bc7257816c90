"""Addresses of the list, of intake and of refusals. No name ever stands in one of them."""

from django.urls import path

import resque.converters  # noqa: F401 - registers <reference:...>
from participants.operations.intake import STEPS
from participants.views import brief, intake, intake_steps, refusals
from participants.views import list as lists

urlpatterns = [
    path("", lists.participants, name="list"),
    path("search/", lists.search, name="search"),
    path("new/", intake.new, name="new"),
    path("new/similar/", intake.similar, name="similar"),
    path("new/ask/", intake.ask_partners, name="ask_partners"),
    path("new/create/", intake.create, name="create"),
    path("new/contact/", brief.contact, name="contact"),
    path("intakes/", intake_steps.intakes, name="intakes"),
    path("<reference:reference>/intake/", intake_steps.intake, name="intake"),
    *[
        path(f"<reference:reference>/intake/{step}/", intake_steps.step, {"step": step}, name=f"intake_{step}")
        for step in STEPS
    ],
    path("<reference:reference>/intake/close/", intake_steps.close, name="intake_close"),
    path("refusals/", refusals.refusals, name="refusals"),
    path("refusals/new/", refusals.new, name="refusal_new"),
    path("refusals/<reference:reference>/take-back/", refusals.take_back, name="refusal_take_back"),
]
