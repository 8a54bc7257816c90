"""Addresses of the operations. Their codes are no secret: nothing personal stands on these pages."""

from django.urls import path, register_converter

from participants.views import grants


class OperationCodeConverter:
    """A short code such as resque-2.0."""

    regex = "[a-z0-9][a-z0-9.-]{0,31}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(OperationCodeConverter, "operation_code")

app_name = "operations"
urlpatterns = [
    path("", grants.operations, name="list"),
    path("<operation_code:code>/", grants.operation, name="operation"),
    path("<operation_code:code>/settings/", grants.settings, name="settings"),
    path("<operation_code:code>/extensions/", grants.extend, name="extend"),
    path("<operation_code:code>/extensions/take-back/", grants.take_back, name="take_back"),
]
