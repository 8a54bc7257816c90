"""Which forms each step of intake asks, and which operation stores them."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.forms.background import FORMS as BACKGROUND
from participants.forms.consents import ConsentForm
from participants.forms.entry import EntryForm
from participants.forms.identity import ContactForm, GuardianForm
from participants.forms.residence import FORMS as HISTORIES
from participants.forms.steps import NamesForm, Part
from participants.operations.answers import enter
from participants.operations.background import add_entries
from participants.operations.consents import consents_version, record_decisions
from participants.operations.identities import add_ways, change_identity
from participants.operations.residence import add_rows
from participants.queries.background import highest_certificate
from participants.queries.circumstances import Circumstances
from participants.queries.consents import asked_purposes, network_of
from participants.queries.intake import may_be_minor
from resque.once.operations import FIELD

Forms = dict[str, forms.Form]


@dataclass(frozen=True)
class Asked:
    """What one step asks.

    Attributes:
        parts: its forms.
        store: writes what was typed; gets `by`, `participation` and the touched forms by name.
    """

    parts: tuple[Part, ...]
    store: Callable[..., object]


def _names(by, participation, typed: Forms) -> None:
    form = typed[""]
    change_identity(by=by, participation=participation, version=form.cleaned_data["version"], **form.answers())


def _ways(by, participation, typed: Forms) -> None:
    given = {
        name: {field: value for field, value in form.cleaned_data.items() if field != FIELD}
        for name, form in typed.items()
    }
    add_ways(by=by, participation=participation, **given)


def _entries(by, participation, typed: Forms) -> None:
    add_entries(by=by, participation=participation, entries={name: form.said() for name, form in typed.items()})


def _rows(by, participation, typed: Forms) -> None:
    add_rows(by=by, participation=participation, rows={name: form.said() for name, form in typed.items()})


def _decisions(by, participation, typed: Forms) -> None:
    form = typed[""]
    record_decisions(
        by=by, participation=participation, paper=form.paper, decisions=form.decisions,
        version=form.cleaned_data["version"],
    )  # fmt: skip


def _answers(by, participation, typed: Forms) -> None:
    form = typed[""]
    enter(by=by, participation=participation, answers=form.answers(), version=form.cleaned_data["version"])


def _consent_form(around: Circumstances, data, prefix) -> ConsentForm:
    case = around.participation
    version = consents_version(case.person_id)
    asked = {"purposes": asked_purposes(case), "others": network_of(case.partner), "version": version}
    return ConsentForm(data, around=around, prefix=prefix, **asked)


def _plain(form: type[forms.Form]) -> Callable:
    return lambda around, data, prefix: form(data, prefix=prefix)


def _with_case(form: type[forms.Form]) -> Callable:
    return lambda around, data, prefix: form(data, participation=around.participation, prefix=prefix)


def _entry_form(around: Circumstances, data, prefix) -> EntryForm:
    return EntryForm(data, around=around, education=highest_certificate(around.participation), prefix=prefix)


def _background(kind: str, title) -> Part:
    form = BACKGROUND[kind]
    return Part(kind, title, _plain(form), proposed=frozenset(form.proposals))


ASKED: dict[str, Asked] = {
    "identity": Asked((Part("", "", _with_case(NamesForm)),), _names),
    "contact": Asked(
        (
            Part("contact", _("A way to reach the person"), _plain(ContactForm), proposed=frozenset({"kind"})),
            Part("guardian", _("Who has custody"), _plain(GuardianForm), asked=may_be_minor),
        ),
        _ways,
    ),
    "languages": Asked((_background("language", _("A language")),), _entries),
    "background": Asked(
        (
            _background("schooling", _("A school or university")),
            _background("work", _("An occupation")),
            _background("credential", _("A credential")),
        ),
        _entries,
    ),
    "residence": Asked(
        (
            Part("status", _("Residence status"), _with_case(HISTORIES["status"])),
            Part("place", _("Place of residence"), _with_case(HISTORIES["place"])),
        ),
        _rows,
    ),
    "consents": Asked((Part("", "", _consent_form, proposed=frozenset({"given_by_kind", "given_by"})),), _decisions),
    "entry": Asked((Part("", "", _entry_form),), _answers),
}


def parts_of(step: str, around: Circumstances) -> list[Part]:
    """Return the forms that a step asks of this person."""
    return [part for part in ASKED[step].parts if part.asked(around)]
