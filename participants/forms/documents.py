"""Noting a document, correcting it, taking it out of the file."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.copies.checking import LARGEST, too_large
from participants.forms.fields import DayField
from participants.models import Document, RemovalReason
from participants.operations.document_copies import kind_of, may_be_copied, needs_consent
from participants.queries.documents import type_choices
from resque.clock import today
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row, Section

NOT_ARRIVED = _("The file did not arrive. Please choose it once more.")


class _SeenForm(OnceMixin, forms.Form):
    """What both forms ask: when the original was seen, until when it is valid, and a copy where it is needed."""

    seen_on = DayField(label=_("Original seen on"), help_text=_("That you saw the original is enough."))
    valid_until = DayField(label=_("Valid until"), help_text=_("As printed. Empty when it has no last day."))
    remark = forms.CharField(
        label=_("To mind"), max_length=120, required=False,
        help_text=_("For example: B1, without the number of the document. Nothing about health."),
    )  # fmt: skip
    copy = forms.FileField(
        label=_("Copy"), required=False, allow_empty_file=True,  # the check names what is wrong with it
        help_text=_("PDF, JPEG or PNG, at most 10 MB. Only where the report or an application needs it."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"invalid": NOT_ARRIVED, "missing": NOT_ARRIVED, "max_length": NOT_ARRIVED},
    )  # fmt: skip
    copy_consent_on = DayField(
        label=_("Consent to copies signed on"),
        help_text=_("Needed for papers of identity and residence. The signed sheet stays in the paper file."),
    )

    def _without(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def _copy_section(self) -> list:
        names = [name for name in ("copy", "copy_consent_on") if name in self.fields]
        lead = _("A copy is the exception: it must be kept safe, and deleted in time.")
        return [Section(_("Copy"), Row(*names), lead=lead)] if names else []

    def clean_copy(self):
        """Return the file; one that is too large is refused before it is read."""
        file = self.cleaned_data["copy"]
        if file and file.size > LARGEST:
            raise too_large(file.size)
        return file

    def said(self) -> dict:
        """Return what the operations take."""
        given = {name: self.cleaned_data.get(name) for name in ("seen_on", "valid_until", "remark", "copy_consent_on")}
        file = self.cleaned_data.get("copy")
        return given | {"copy": file.read() if file is not None else None}


class DocumentForm(_SeenForm):
    """A document that comes into the file.

    Args:
        consent_holds: the person agrees to copies already.
        renews: the document that this one is a newer version of.
        type: kind that a link proposed; then the original was probably seen today.
    """

    type = forms.ChoiceField(
        label=_("Document"), choices=lambda: type_choices(str(_("please choose"))),
        error_messages={
            "required": _("Please choose what kind of document it is."),
            "invalid_choice": _("This is no kind of document. Please choose one of the list."),
        },
    )  # fmt: skip
    replaces = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("type", "seen_on", "valid_until", "remark", "copy", "copy_consent_on")

    def __init__(self, *args, consent_holds: bool, renews: Document | None = None, type: str = "", **kwargs):
        initial = {"type": type, "seen_on": today()} if type else {}
        if renews is not None:
            initial = {"type": renews.type, "replaces": str(renews.key)}
        super().__init__(*args, initial=initial, **kwargs)
        if consent_holds:
            self._without("copy_consent_on")
        self.helper = FieldsHelper("type", Row("seen_on", "valid_until"), "remark", *self._copy_section(), form=self)

    def clean_replaces(self) -> str:
        """Return the key of the older version, or nothing."""
        return _key(self.cleaned_data["replaces"])


class CorrectionForm(VersionMixin, _SeenForm):
    """A document that was noted wrongly, or whose copy is still missing."""

    def __init__(self, *args, document: Document, consent_holds: bool, **kwargs):
        noted = {name: getattr(document, name) for name in ("seen_on", "valid_until", "remark", "version")}
        super().__init__(*args, initial=noted, **kwargs)
        if document.stored or not may_be_copied(document.type):
            self._without("copy", "copy_consent_on")
        elif consent_holds or not needs_consent(document.type):
            self._without("copy_consent_on")
        if kind_of(document.type).get("dates") == "residence":
            self._without("seen_on", "valid_until")
        days = [name for name in ("seen_on", "valid_until") if name in self.fields]
        self.helper = FieldsHelper(*([Row(*days)] if days else []), "remark", *self._copy_section(), form=self)
        self.document, self.consent_holds = document, consent_holds

    def again(self, document: Document) -> "CorrectionForm":
        """Return the typed answers for the version that somebody saved in between, with a sentence that says so."""
        data = self.data.copy()
        data["version"] = str(document.version)
        form = type(self)(data, document=document, consent_holds=self.consent_holds)
        form.add_error(None, gettext("Somebody saved this document in between. Please check and save again."))
        return form


class RemovalForm(OnceMixin, forms.Form):
    """Why a document leaves the file."""

    reason = forms.ChoiceField(
        label=_("Why"), choices=RemovalReason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Please say why."), "invalid_choice": _("Please say why.")},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper("reason", form=self)


def _key(text: str) -> str:
    try:
        return str(uuid.UUID(text)) if text else ""
    except ValueError as fault:
        raise ValidationError(gettext("The older version is not known. Please open the page again.")) from fault
