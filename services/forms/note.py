"""A note on a case, written without a service."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resque.once.forms import OnceMixin
from resque.ui.forms import FieldsHelper
from resque.ui.widgets import ChoiceChips
from services.choices import NoteScope
from services.operations.notes import LONGEST_NOTE


class NoteForm(OnceMixin, forms.Form):
    """Text, and who may read it."""

    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Short and factual: what matters for the next conversation."),
        error_messages={"required": _("Please write the note.")},
    )
    note_scope = forms.ChoiceField(
        label=_("Who may read it"),
        choices=NoteScope.choices,
        initial=NoteScope.TEAM,
        widget=ChoiceChips,
        error_messages={"required": _("Please choose who may read the note.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper("note", "note_scope", form=self)


class ScopeForm(forms.Form):
    """Who may read a note from now on."""

    note = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    note_scope = forms.ChoiceField(choices=NoteScope.choices)
