"""Addresses below /participants/. Intake and import stand in files of their own; they come before references."""

from importlib import import_module
from importlib.util import find_spec

import resque.converters  # noqa: F401 - registers <reference:...>


def _part(module: str) -> list:
    # A part under construction has no addresses yet.
    return import_module(module).urlpatterns if find_spec(module) else []


app_name = "participants"
urlpatterns = [*_part("participants.intake_urls"), *_part("participants.import_urls"), *_part("participants.page_urls")]
