"""Forms of one step of intake, sent together: what nobody touched is neither checked nor stored."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.forms.identity import IdentityForm
from participants.forms.intake import InformationForm
from participants.forms.merging import merged
from participants.queries.circumstances import Circumstances
from resque.once.forms import OnceMixin
from resque.once.operations import FIELD

TECHNICAL = frozenset((FIELD, "version", "row"))


class KeyForm(OnceMixin, forms.Form):
    """The key of a page that holds several forms."""


class TheInformationForm(OnceMixin, InformationForm):
    """When the privacy information was handed out, of somebody whose record says nothing of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["info_language"]


class NamesForm(IdentityForm):
    """Identity with further spellings, so that one page says how the person is called."""

    other_spellings = forms.CharField(
        label=_("Further spellings"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One on each line. The person is found under every one."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout.fields[0].fields.append("other_spellings")  # below the name

    def answers(self) -> dict:
        """Return the arguments of `change_identity`."""
        return super().answers() | {"other_spellings": tuple(self.cleaned_data["other_spellings"].splitlines())}


@dataclass(frozen=True)
class Part:
    """One form of a step.

    Attributes:
        name: its prefix; empty where a step has this form alone, so that two versions can be laid side by side.
        title: heading; empty where the form has headings of its own.
        make: makes the form from the case, what was sent (or None) and the prefix (or None).
        asked: whether this part is asked of a person.
        proposed: fields that are filled from the start: they alone are no answer.
    """

    name: str
    title: str | Promise
    make: Callable[[Circumstances, QueryDict | None, str | None], forms.Form]
    asked: Callable[[Circumstances], bool] = lambda around: True
    proposed: frozenset[str] = frozenset()

    def fresh(self, around: Circumstances) -> forms.Form:
        """Return the form as it opens."""
        return self.make(around, None, self.name or None)

    def sent(self, around: Circumstances, data: QueryDict) -> forms.Form | None:
        """Return the form with what was sent; None when nobody touched it."""
        data = data if self.name else merged(data, self.fresh(around))
        form = self.make(around, data, self.name or None)
        return form if set(form.changed_data) - TECHNICAL - self.proposed else None


class Bundle:
    """The forms of a step with what was sent; stands where `write_once` expects one form.

    Args:
        parts: what the step asks.
        around: the case.
        data: what was sent.
    """

    def __init__(self, parts: list[Part], around: Circumstances, data: QueryDict):
        self.key = KeyForm(data)
        sent = {part.name: part.sent(around, data) for part in parts}
        self.touched = {name: form for name, form in sent.items() if form is not None}

    def is_valid(self) -> bool:
        """Check every touched form, so that all faults stand on the page at once."""
        return all([self.key.is_valid(), *(form.is_valid() for form in self.touched.values())])

    @property
    def cleaned_data(self) -> dict:
        """The key alone; each part reads its own answers."""
        return self.key.cleaned_data

    @property
    def fields(self) -> set[str]:
        """Names under which an operation may report a fault."""
        return {form.add_prefix(name) for form in self.touched.values() for name in (*form.fields, NON_FIELD_ERRORS)}

    def add_error(self, name: str | None, errors) -> None:
        """Show a fault at the form and the field that it names; what names none stands above all."""
        for form in self.touched.values():
            for field in (*form.fields, NON_FIELD_ERRORS):
                if name == form.add_prefix(field):
                    form.add_error(field if field in form.fields else None, errors)
                    return
        first = next(iter(self.touched.values()), self.key)
        first.add_error(None, errors)
