"""The upload of a file with people."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.importing.reading import LARGEST_BY_WEB
from participants.models import Operation
from resque.once.forms import OnceMixin
from resque.ui.forms import FieldsHelper


class UploadForm(OnceMixin, forms.Form):
    """A file and the operation that its people take part in; they belong to the partner of the uploader."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or Excel (XLSX), at most 10 MB. Nothing is stored before you have reviewed it."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        allow_empty_file=True,  # the reading names what is wrong with it
        error_messages={
            "required": _("Please choose a file."),
            "invalid": _("The file did not arrive. Please choose it once more."),
            "missing": _("The file did not arrive. Please choose it once more."),
        },
    )
    operation = forms.ModelChoiceField(
        label=_("Operation"), queryset=Operation.objects.none(), empty_label=None,
        error_messages={
            "required": _("Please choose an operation."),
            "invalid_choice": _("This operation takes no people. Please choose another one."),
        },
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        open_ones = Operation.objects.filter(accepts_entries=True)
        self.fields["operation"].queryset = open_ones
        self.fields["operation"].initial = open_ones.order_by("-start").values_list("pk", flat=True).first()
        self.helper = FieldsHelper("file", "operation", form=self)

    def clean_file(self):
        """Return the file; one that is too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BY_WEB:
            limit = {"size": round(file.size / 1024**2), "limit": LARGEST_BY_WEB // 1024**2}
            raise ValidationError(
                gettext("The file has %(size)s MB; at most %(limit)s MB are read. Please split it into several files.")
                % limit
            )
        return file
