"""The hidden key that makes a form write at most once, whatever the fingers do."""

from django import forms

from resque.once.operations import FIELD, new_key


class OnceMixin(forms.Form):
    """Give a form its hidden key; the view passes `form_key` of the cleaned data to `once()`."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[FIELD].initial = new_key()


class VersionMixin(forms.Form):
    """Carry the version that the form was opened with, so that nobody overwrites a colleague unseen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
