"""Answers of special categories (Article 9 GDPR)."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.choices import Art9Basis
from participants.definitions import DEFINITIONS
from participants.forms.fields import SpecialAnswerField
from participants.operations.answers import SPECIAL_FIELDS
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper


class SpecialAnswersForm(OnceMixin, VersionMixin, forms.Form):
    """Answers of special categories. Each may be refused, and refusing makes nothing incomplete."""

    art9_basis = forms.ChoiceField(
        label=_("Why may we store these answers?"),
        required=False,
        choices=[("", _("no basis yet")), *Art9Basis.choices],
        help_text=DEFINITIONS["art9_basis"],
    )
    e_migrant = SpecialAnswerField(
        label=_("Migrant, foreign background or minority"), help_text=DEFINITIONS["e_migrant"]
    )
    e_disab = SpecialAnswerField(label=_("Disability"), help_text=DEFINITIONS["e_disab"])
    e_other_dis = SpecialAnswerField(label=_("Other disadvantage"), help_text=DEFINITIONS["e_other_dis"])
    e_minority = SpecialAnswerField(label=_("Member of a minority"), help_text=DEFINITIONS["e_minority"])

    def __init__(self, *args, participation, stored=None, **kwargs):
        initial = {name: getattr(stored, name) if stored else "" for name in SPECIAL_FIELDS}
        initial |= {"art9_basis": participation.art9_basis, "version": participation.version}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.helper = FieldsHelper("art9_basis", *SPECIAL_FIELDS, form=self)

    def special(self) -> dict[str, str]:
        """Return the special answers for `enter`."""
        return {name: self.cleaned_data[name] for name in SPECIAL_FIELDS}

    def again(self, participation) -> "SpecialAnswersForm":
        """Return the typed answers for the version that somebody saved in between, with a sentence that says so."""
        data = self.data.copy()
        data["version"] = str(participation.version)
        form = SpecialAnswersForm(data, participation=participation)
        form.add_error(None, gettext("Somebody saved this record in between. Please check and save again."))
        return form
