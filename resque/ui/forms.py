"""Building blocks of crispy layouts: a helper without <form>, sections and rows."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import get_template
from django.utils.functional import Promise


class FieldsHelper(FormHelper):
    """Renders the fields only: <form>, token, summary of faults and buttons belong to layouts/form.html.

    Usage:  self.helper = FieldsHelper(Section(_("Person"), Row("first_name", "last_name")), "note")
    """

    def __init__(self, *layout, form=None):
        super().__init__(form)
        self.form_tag = False
        self.disable_csrf = True
        self.include_media = False
        # The key against double submits and the version of the record are in no layout, and always needed.
        self.render_hidden_fields = True
        self.form_show_errors = True
        if layout:
            self.layout = Layout(*layout)


class Row(Div):
    """Fields side by side where there is room."""

    css_class = "rq-row"


class Section(Fieldset):
    """Fields that belong together, under a heading.

    Args:
        legend: heading.
        fields: names of fields, or layout objects.
        lead: one sentence below the heading.
        id: for links to it.
    """

    template = "components/form_section.html"

    def __init__(self, legend: str | Promise, *fields, lead: str | Promise = "", id: str = ""):
        super().__init__(legend, *fields, css_id=id or None)
        self.lead = lead

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        """Render the section with its fields."""
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return get_template(self.template).render(
            {"legend": self.legend, "lead": self.lead, "id": self.css_id or "", "fields": fields}
        )
