"""Faults that an operation found, shown at the fields that they name."""

from django import forms
from django.core.exceptions import ValidationError


def add_faults(form: forms.Form, fault: ValidationError) -> None:
    """Show faults that an operation found at the fields that they name."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, errors in fault.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
