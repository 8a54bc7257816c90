"""Several things that are stored together: a fault says which of them it belongs to."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError


@contextmanager
def faults_of(part: str) -> Iterator[None]:
    """Name faults after the part that they belong to: "years" of "schooling" becomes "schooling-years"."""
    try:
        yield
    except ValidationError as fault:
        by_field = fault.error_dict if hasattr(fault, "error_dict") else {"__all__": fault.error_list}
        raise ValidationError({f"{part}-{name}": errors for name, errors in by_field.items()}) from fault
