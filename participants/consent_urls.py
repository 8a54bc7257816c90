"""Addresses of consents and of sheets to print. A version is the code on the paper; no name stands in an address."""

from django.urls import path

import resque.converters  # noqa: F401 - registers <reference:...>
from participants.views import consents, sheets

urlpatterns = [
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/<slug:sheet>/<slug:language>/", sheets.blank_sheet, name="sheet_blank"),
    path("sheets/<slug:version>/", sheets.kept_sheet, name="sheet_kept"),
    path("<reference:reference>/consents/", consents.consents, name="consents"),
    path("<reference:reference>/consents/record/", consents.record, name="consent_record"),
    path("<reference:reference>/consents/withdraw/", consents.withdraw, name="consent_withdraw"),
    path("<reference:reference>/consents/noted/", consents.noted, name="consent_noted"),
    path("<reference:reference>/consents/<slug:sheet>/<slug:language>/", sheets.sheet, name="sheet"),
]
