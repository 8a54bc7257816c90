"""Addresses below /participants/. Intake and import stand in files of their own; they come before references."""

from participants import consent_urls, document_urls, import_urls, intake_urls, match_urls, page_urls

app_name = "participants"
urlpatterns = [
    *consent_urls.urlpatterns,
    *document_urls.urlpatterns,
    *intake_urls.urlpatterns,
    *import_urls.urlpatterns,
    *match_urls.urlpatterns,
    *page_urls.urlpatterns,
]
