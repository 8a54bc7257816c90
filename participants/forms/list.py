"""The search box of the list and of the bar on top."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.names import tidy


class SearchBoxForm(forms.Form):
    """A name in any spelling, or a number."""

    q = forms.CharField(label=_("Name, spelling or number"), max_length=200)

    def clean_q(self) -> str:
        """Return the text without doubled blanks and control characters."""
        return tidy(self.cleaned_data["q"])
