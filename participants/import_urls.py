"""Addresses of the import. Files are known by a random key, imports by an opaque reference."""

from django.urls import path

import resque.converters  # noqa: F401 - registers <reference:...>
from participants.views import imports

urlpatterns = [
    path("import/", imports.upload, name="import"),
    path("import/template/", imports.template, name="import_template"),
    path("import/<uuid:key>/", imports.review, name="import_review"),
    path("import/<uuid:key>/run/", imports.run, name="import_run"),
    path("import/<uuid:key>/again/", imports.again, name="import_again"),
    path("import/<uuid:key>/discard/", imports.discard, name="import_discard"),
    path("imports/<reference:reference>/", imports.batch, name="import_batch"),
    path("imports/<reference:reference>/take-back/", imports.take_back, name="import_take_back"),
]
