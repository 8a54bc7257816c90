"""Addresses below /participants/. Intake and import stand in files of their own; they come before references."""

from participants import import_urls, intake_urls, page_urls

app_name = "participants"
urlpatterns = [*intake_urls.urlpatterns, *import_urls.urlpatterns, *page_urls.urlpatterns]
