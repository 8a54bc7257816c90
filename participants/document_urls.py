"""Addresses of documents: the tab of a person, and the list of those that end. A copy is known by a random key."""

from django.urls import path

import resque.converters  # noqa: F401 - registers <reference:...>
from participants.views import documents

urlpatterns = [
    path("documents/", documents.ending, name="documents_ending"),
    path("<reference:reference>/documents/", documents.documents, name="documents"),
    path("<reference:reference>/documents/new/", documents.new, name="document_new"),
    path("<reference:reference>/documents/<uuid:key>/", documents.correct, name="document_correct"),
    path("<reference:reference>/documents/<uuid:key>/copy/", documents.copy, name="document_copy"),
    path("<reference:reference>/documents/<uuid:key>/remove/", documents.remove, name="document_remove"),
    path("<reference:reference>/documents/<uuid:key>/restore/", documents.restore, name="document_restore"),
]
