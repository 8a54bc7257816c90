"""Addresses of possible matches and of questions between partners; those of one record stand in page_urls.py."""

from django.urls import path

import resque.converters  # noqa: F401 - registers <reference:...>
from participants.views import comparing, matches

urlpatterns = [
    path("matches/", matches.matches, name="matches"),
    path("matches/questions/<reference:reference>/", comparing.match_request, name="match_request"),
    path("<reference:reference>/compare/", matches.compare, name="compare"),
    path("<reference:reference>/partners/", comparing.partners, name="partners"),
]
