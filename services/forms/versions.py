"""What a colleague saved while somebody was typing."""

from django import forms
from django.http import QueryDict

from participants.forms.merging import EMPTY, differences


def saved_in_between(typed: forms.Form, stored: forms.Form) -> list[tuple[str, str]]:
    """Return label and saved words of every field in which the stored version differs from the typed one.

    Args:
        typed: the valid form as it was sent.
        stored: an unbound form of the record as it is now.
    """
    return [(one.label, one.theirs or EMPTY) for one in differences(typed, stored) if one.name in stored.fields]


def with_version(data: QueryDict, version: int, key: str) -> QueryDict:
    """Return the sent data with the version of now and a fresh key: saving again keeps what was typed."""
    data = data.copy()
    data["version"], data["form_key"] = str(version), key
    return data
