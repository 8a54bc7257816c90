"""Path converters of all floors. A URLconf that uses one imports this module; importing registers them once."""

from django.urls import register_converter


class ReferenceConverter:
    """An opaque reference such as R-7K3FQ (resque/references.py). Anything else is no address of ours."""

    regex = "[A-Z]-[2-9A-HJ-NP-Z]{4,8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")
