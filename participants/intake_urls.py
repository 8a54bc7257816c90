"""Addresses of the list and of intake. No name ever stands in one of them."""

from django.urls import path

from participants.views import intake
from participants.views import list as lists

urlpatterns = [
    path("", lists.participants, name="list"),
    path("search/", lists.search, name="search"),
    path("new/", intake.new, name="new"),
    path("new/similar/", intake.similar, name="similar"),
    path("new/ask/", intake.ask_partners, name="ask_partners"),
    path("new/create/", intake.create, name="create"),
]
