"""Widgets of the look. All work as plain HTML; resque.js only adds keys and buttons."""

from collections.abc import Iterable

from django import forms
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from resque.ui.partial_dates import PartialDate


class OurTemplate:
    """Render a widget with a template of the project (Django's own form renderer looks into libraries only)."""

    def _render(self, template_name: str, context: dict, renderer=None) -> SafeString:
        return mark_safe(get_template(template_name).render(context))


class ChoiceChips(OurTemplate, forms.RadioSelect):
    """One of few choices as chips."""

    template_name = "components/widgets/choices.html"
    use_fieldset = True
    group_class = "rq-chips"

    def get_context(self, name, value, attrs) -> dict:
        return super().get_context(name, value, attrs) | {"group_class": self.group_class}


class SegmentChoice(ChoiceChips):
    """One of two to five short choices, joined: yes, no, refused, not asked yet."""

    group_class = "rq-seg"


class MultiChips(OurTemplate, forms.CheckboxSelectMultiple):
    """Several choices as chips."""

    template_name = "components/widgets/choices.html"
    use_fieldset = True
    group_class = "rq-chips"

    def get_context(self, name, value, attrs) -> dict:
        return super().get_context(name, value, attrs) | {"group_class": self.group_class}


class MinutesChips(OurTemplate, forms.Widget):
    """Minutes: the usual durations joined as a segment, beside them a field for any other.

    Both are submitted under names of their own; what is typed wins over what is chosen. For an IntegerField.
    """

    template_name = "components/widgets/minutes.html"
    use_fieldset = True

    def __init__(self, attrs: dict | None = None, minutes: Iterable[int] = (15, 30, 45, 60)):
        super().__init__(attrs)
        self.minutes = tuple(minutes)

    def value_from_datadict(self, data, files, name):
        """Return what was typed, else what was chosen."""
        typed = (data.get(f"{name}_other") or "").strip()
        return typed or data.get(name)

    def value_omitted_from_data(self, data, files, name) -> bool:
        return name not in data and f"{name}_other" not in data

    def id_for_label(self, id_: str) -> str:
        return ""

    def get_context(self, name, value, attrs) -> dict:
        context = super().get_context(name, value, attrs)
        text = "" if value is None else str(value)
        usual = [str(number) for number in self.minutes]
        context["widget"] |= {
            "usual": [{"value": number, "checked": number == text} for number in usual],
            "other": "" if text in usual else text,
            "invalid": "aria-invalid" in context["widget"]["attrs"],
        }
        return context


class DateText(forms.DateInput):
    """A day as text, dd.mm.yyyy: quicker to type than any calendar, and the same in every browser."""

    def __init__(self, attrs: dict | None = None, format: str | None = None):
        defaults = {"inputmode": "decimal", "autocomplete": "off", "maxlength": "10", "data-resque-date": True}
        super().__init__({**defaults, **(attrs or {})}, format or "%d.%m.%Y")

    def build_attrs(self, base_attrs, extra_attrs=None) -> dict:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.setdefault("class", "")
        attrs["class"] = f"{attrs['class']} rq-date".strip()
        return attrs


class Stepper(OurTemplate, forms.NumberInput):
    """A small number with buttons for one less and one more (the buttons need JavaScript, the field does not)."""

    template_name = "components/widgets/stepper.html"
    input_type = "text"

    def __init__(self, attrs: dict | None = None):
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


class PartialDateInput(OurTemplate, forms.MultiWidget):
    """Day, month and year in fields of their own, each may stay empty. For PartialDateField."""

    template_name = "components/widgets/partial_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict | None = None):
        part = {"inputmode": "numeric", "autocomplete": "off", "class": "form-control"}
        super().__init__(
            {
                "day": forms.TextInput({**part, "maxlength": "2", "size": "2"}),
                "month": forms.TextInput({**part, "maxlength": "2", "size": "2"}),
                "year": forms.TextInput({**part, "maxlength": "4", "size": "4"}),
            },
            attrs,
        )

    def decompress(self, value: PartialDate | None) -> list:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return ""

    def get_context(self, name, value, attrs) -> dict:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("Day"), _("Month"), _("Year")), strict=True):
            part["label"] = label
            if context["widget"]["attrs"].get("aria-invalid"):
                part["attrs"]["class"] = f"{part['attrs'].get('class', '')} is-invalid"
        return context


class Lookup(OurTemplate, forms.TextInput):
    """Type-ahead: words are typed, suggestions come from `url_name` (POST q, so that no name stands in an
    address; answer: components/options.html).

    Submitted are `<name>`, the chosen value, and `<name>_text`, what stands in the field. Without JavaScript only
    the text arrives; the view then searches with it.
    """

    template_name = "components/widgets/lookup.html"

    def __init__(self, url_name: str, attrs: dict | None = None, text: str = ""):
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.url_name = url_name
        self.text = text

    def get_context(self, name, value, attrs) -> dict:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"url": reverse(self.url_name), "text": self.text}
        return context
