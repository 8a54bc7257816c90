"""Fields and widgets: what is typed, what comes out, what the fault says."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import Context, Template

from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.gallery import SampleForm
from resque.ui.partial_dates import GermanDateField, PartialDate, PartialDateField
from resque.ui.widgets import ChoiceChips, Lookup, MinutesChips, SegmentChoice, Stepper


def drawn(form: forms.Form) -> str:
    return Template("{% load resque_ui %}{% error_summary form %}{% form_fields form %}").render(Context({"form": form}))


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        (["12", "5", "1999"], PartialDate(1999, 5, 12)), (["", "05", "1999"], PartialDate(1999, 5)),
        (["", "", "1999"], PartialDate(1999)), (["", "", ""], None), (["12.", " 5 ", "1999"], PartialDate(1999, 5, 12)),
    ],
)  # fmt: skip
def test_a_birth_date_may_be_known_in_part(parts, known):
    assert PartialDateField(required=False).clean(parts) == known


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (["31", "2", "2017"], "31.02.2017 gibt es nicht. Letzter Tag in diesem Monat ist der 28."),
        (["29", "2", "2015"], "29.02.2015 gibt es nicht"), (["1", "13", "1999"], "1 bis 12"), (["1", "0", "1999"], "1 bis 12"),
        (["", "5", ""], "Das Jahr fehlt"), (["5", "", "1999"], "Der Monat fehlt"), (["", "", "99"], "vier Ziffern"),
        (["x", "1", "1999"], "„x“ ist keine Zahl"), (["", "", "1850"], "ab 1900"), (["²", "1", "1999"], "keine Zahl"),
    ],
)  # fmt: skip
def test_a_wrong_birth_date_is_explained(parts, words):
    with pytest.raises(ValidationError) as fault:
        PartialDateField(required=False).clean(parts)
    assert words in fault.value.messages[0]


def test_a_birth_date_is_not_in_the_future():
    field = PartialDateField(required=False, latest=date(2017, 2, 6))
    assert field.clean(["6", "2", "2017"]).date == date(2017, 2, 6)
    with pytest.raises(ValidationError, match="Zukunft"):
        field.clean(["7", "2", "2017"])


def test_a_required_birth_date_must_be_given():
    with pytest.raises(ValidationError, match="Diese Angabe fehlt"):
        PartialDateField().clean(["", "", ""])


@pytest.mark.parametrize(
    ("stored", "precision", "parts"),
    [
        (date(1999, 5, 12), "day", (1999, 5, 12)),
        (date(1999, 5, 1), "month", (1999, 5, None)),
        (date(1999, 1, 1), "year", (1999, None, None)),
    ],
)
def test_a_stored_date_shows_what_is_known(stored, precision, parts):
    known = PartialDate.of(stored, precision)
    assert (known.year, known.month, known.day) == parts
    assert known.precision == precision
    assert known.date == stored
    assert PartialDate.of(None, "unknown") is None


@pytest.mark.parametrize("text", ["31.12.2016", "31.12.16", "2016-12-31"])
def test_days_are_typed_the_german_way(text):
    assert GermanDateField().clean(text) == date(2016, 12, 31)


@pytest.mark.parametrize(
    ("text", "words"),
    [("31.02.2017", "31.02.2017 gibt es nicht"), ("gestern", "31.12.2016"), ("1.1.1", "31.12.2016"), ("32.01.1990", "31.12.2016")],
)
def test_a_wrong_day_is_explained(text, words):
    with pytest.raises(ValidationError, match=words):
        GermanDateField().clean(text)


class Minutes(forms.Form):
    minutes = forms.IntegerField(label="Minuten", min_value=5, widget=MinutesChips)


@pytest.mark.parametrize(
    ("data", "minutes"),
    [({"minutes": "45"}, 45), ({"minutes_other": "75"}, 75), ({"minutes": "45", "minutes_other": "50"}, 50)],
)
def test_minutes_are_chosen_or_typed(data, minutes):
    form = Minutes(data)
    assert form.is_valid()
    assert form.cleaned_data["minutes"] == minutes


def test_minutes_show_what_was_chosen_or_typed():
    assert 'value="45" checked' in drawn(Minutes(initial={"minutes": 45}))
    html = drawn(Minutes(initial={"minutes": 75}))
    assert "checked" not in html
    assert 'name="minutes_other" value="75"' in html


def test_every_control_has_a_label_help_and_fault_that_belong_to_it():
    html = drawn(SampleForm({"name": "", "entry": "31.02.2017"}))
    assert '<label class="form-label" for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-invalid="true"' in html
    assert '<fieldset aria-describedby="id_minutes_error">' in html


def test_the_summary_links_to_the_fields():
    html = drawn(SampleForm({"name": ""}))
    assert 'role="alert" tabindex="-1" data-resque-focus' in html
    assert '<a href="#id_name">Name: Diese Angabe fehlt.</a>' in html
    assert 'href="#div_id_minutes"' in html
    assert 'id="div_id_minutes"' in html
    assert "rq-errors" not in drawn(SampleForm())


def test_what_was_typed_comes_back_escaped():
    html = drawn(SampleForm({"name": '"><script>', "entry": "<b>"}))
    assert "<script>" not in html
    assert "<b>" not in html.replace("<b>Bitte", "")


def test_required_is_said_where_some_answers_are_optional():
    assert drawn(SampleForm()).count("Pflichtangabe") == 4
    assert "Pflichtangabe" not in drawn(Minutes())


def test_a_plain_radio_group_is_drawn_as_chips():
    class Plain(forms.Form):
        a = forms.ChoiceField(label="A", choices=[("1", "eins"), ("2", "zwei")], widget=forms.RadioSelect)
        b = forms.ChoiceField(label="B", choices=[("1", "eins")], widget=ChoiceChips)
        c = forms.ChoiceField(label="C", choices=[("1", "eins")], widget=SegmentChoice)

    html = drawn(Plain({"a": "2"}))
    assert html.count("rq-choice") == 4
    assert html.count("<legend") == 3
    assert 'value="2" id="id_a_1" required checked' in html or 'checked' in html
    assert "rq-seg" in html


def test_sections_hold_rows():
    class Person(forms.Form):
        first = forms.CharField(label="Vorname")
        last = forms.CharField(label="Nachname")

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.helper = FieldsHelper(Section("Person", Row("last", "first"), lead="Zuerst suchen.", id="person"))

    html = drawn(Person())
    assert '<fieldset class="rq-section" id="person">' in html
    assert 'class="rq-row"' in html
    assert html.index("Nachname") < html.index("Vorname")
    assert "<form" not in html


def test_a_stepper_and_a_lookup_work_without_script():
    class Odd(forms.Form):
        men = forms.IntegerField(label="Männer", widget=Stepper)
        person = forms.CharField(label="Person", widget=Lookup("participants:similar", text="Ghebre"))

    html = drawn(Odd(initial={"men": 1290}))
    assert 'name="men" value="1290"' in html
    assert 'name="person_text" value="Ghebre"' in html
    assert 'role="combobox"' in html


def test_a_select_is_drawn_as_django_draws_it_and_in_one_template():
    africa = [("ERI", "Eritrea"), ("ETH", "Äthiopien")]
    select = forms.Select({"disabled": True}, [("", "alle & keine"), ("Afrika", africa), (1234, "<eins>"), (None, "–")])
    for chosen in ("ETH", 1234, "", None):
        pages = [select.render("land", chosen, {"id": "x"}, draws()) for draws in (TemplatesSetting, DjangoTemplates)]
        ours, theirs = ("".join(line.strip() for line in html.splitlines()) for html in pages)
        assert ours == theirs
