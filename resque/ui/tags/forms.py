"""Forms: summary of faults, fields, save bar, key against double submits."""

from typing import Any

from crispy_forms.utils import render_crispy_form
from django.forms import BaseForm, BoundField
from django.template import Context, Library
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resque.ui.forms import FieldsHelper
from resque.ui.tags.rendering import part

register = Library()


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """All faults of the forms on top of the page, focused when it opens, each a link to its field."""
    faults = [fault for form in forms for fault in _faults(form)]
    if not faults:
        return mark_safe("")
    title = ngettext("Please check %(number)s answer", "Please check %(number)s answers", len(faults))
    return part("error_summary", faults=faults, title=title % {"number": len(faults)})


def _faults(form: BaseForm) -> list[dict]:
    faults = []
    for name, errors in form.errors.items():
        if name == "__all__":
            faults += [{"text": str(error), "url": ""} for error in errors]
            continue
        field = form[name]
        target = (
            f"div_{field.auto_id}" if field.use_fieldset or field.is_hidden else field.id_for_label or field.auto_id
        )
        faults += [{"text": f"{field.label}: {error}", "url": f"#{target}"} for error in errors]
    return faults


@register.simple_tag(takes_context=True)
def form_fields(context: Context, form: BaseForm) -> SafeString:
    """Fields of a form with its crispy layout (form.helper), or one below the other."""
    helper = getattr(form, "helper", None) or FieldsHelper(*form.fields, form=form)
    helper.form_tag, helper.disable_csrf, helper.include_media = False, True, False
    return render_crispy_form(form, helper=helper, context=context.flatten() | {"faults_in_summary": True})


@register.simple_tag
def form_field(field: BoundField, show_label: bool = True) -> SafeString:
    """One field with label, help and fault; a label that is not shown is still read out."""
    context = {"field": field, "form_show_labels": show_label, "form_show_errors": True}
    return get_template("bootstrap5/field.html").render(context)


@register.simple_tag(takes_context=True)
def save_bar(
    context: Context, label: str = "", cancel_url: str = "", *, cancel_label: str = "", second_name: str = "",
    second_label: str = "", saved: str = "", key: str = "",
) -> SafeString:  # fmt: skip
    """Bar below a form: the primary button, perhaps a second one, a way back, and what is saved.

    Label and cancel_url may also stand in the page's context as save_label and cancel_url.

    Args:
        second_name, second_label: a second submit button ("Speichern und nächste"); its name tells the view.
        saved: "Entwurf gesichert, 10:52 Uhr".
        key: shortcut shown on the primary button.
    """
    return part(
        "save_bar", label=label or context.get("save_label") or _("Save"),
        cancel_url=cancel_url or context.get("cancel_url") or "", cancel_label=cancel_label or _("Cancel"),
        second_name=second_name, second_label=second_label, saved=saved, key=key,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def once_key(context: Context) -> SafeString:
    """Hidden field with the key against double submits, when the page has a `form_key` (resque.once)."""
    key = context.get("form_key")
    return format_html('<input type="hidden" name="form_key" value="{}">', key) if key else mark_safe("")


@register.filter
def marks_required(field: BoundField) -> bool:
    """Return whether a required field says so: only where the form has optional ones too."""
    visible = [other.field.required for other in field.form.visible_fields()]
    return field.field.required and not all(visible)


@register.filter
def hint_of(field: BoundField) -> str:
    """Return the words behind a label ("falls bekannt"), set as `hint` on the form field."""
    return getattr(field.field, "hint", "")


@register.filter
def is_choice_group(field: BoundField) -> bool:
    """Return whether a field is drawn as a fieldset with a legend."""
    return field.use_fieldset


@register.filter
def control_class(field: BoundField) -> str:
    """Return the Bootstrap class of a control."""
    kind = type(field.field.widget).__mro__
    names = {cls.__name__ for cls in kind}
    if "CheckboxInput" in names:
        return "form-check-input"
    return "form-select" if names & {"Select", "SelectMultiple"} else "form-control"


@register.simple_tag
def draw(field: BoundField) -> SafeString:
    """Draw the control of a field with the classes of the look (groups of choices draw themselves)."""
    attrs: dict[str, Any] = {}
    if not field.use_fieldset:
        before = field.field.widget.attrs.get("class", "")
        invalid = "is-invalid" if field.errors else ""
        attrs["class"] = " ".join(filter(None, [control_class(field), before, invalid]))
    return field.as_widget(attrs=attrs)


@register.filter
def as_choices(field: BoundField) -> list:
    """Return the options of a plain RadioSelect or CheckboxSelectMultiple for our chips."""
    widget = field.field.widget
    id_ = widget.attrs.get("id") or field.auto_id
    context = widget.get_context(field.html_name, field.value(), {"id": id_} if id_ else {})
    return context["widget"]["optgroups"]


@register.filter
def is_stock_choice(field: BoundField) -> bool:
    """Return whether a field has Django's own radio buttons or check boxes, which we draw as chips."""
    return type(field.field.widget).__name__ in {"RadioSelect", "CheckboxSelectMultiple", "LinkWidget"} and hasattr(
        field.field.widget, "optgroups"
    )


@register.filter
def is_single_check(field: BoundField) -> bool:
    """Return whether a field is one check box beside its label."""
    return control_class(field) == "form-check-input"
