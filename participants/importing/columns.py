"""The columns of an import file: name, kind, where the value goes. A test compares them with data/import_fields.csv."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.choices import (
    Art9Basis,
    BirthPrecision,
    LabourStatus,
    QualificationKind,
    Sex,
    WorkAccess,
)
from participants.countries import country_choices
from participants.importing import values
from participants.importing.values import Parser
from participants.models import Identity, Participation, Person, SpecialAnswers, Spelling
from participants.proposals import municipality_choices
from resque.codelists.queries import choices

MOST_SPELLINGS = 20


class Goes(Enum):
    """Where the value of a column is stored."""

    NUMBER = "number"  # external reference
    PERSON = "person"  # fields of the draft
    TAKEN_IN = "taken in"  # arguments of taking in
    ANSWER = "answer"  # entry, exit, follow-up and the rows that hang on them
    SPECIAL = "special"  # answers of special categories


class Kind(Enum):
    """What a cell holds, in words for the template."""

    TEXT = gettext_lazy("text")
    TEXTS = gettext_lazy("texts, separated by |")
    DATE = gettext_lazy("date: 2016-04-12 or 12.04.2016")
    TRUTH = gettext_lazy("true or false")
    ANSWER = gettext_lazy("true, false or refused")
    NUMBER = gettext_lazy("whole number")
    CODE = gettext_lazy("one of the codes")


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: as it stands in the header.
        kind: what a cell holds.
        goes: where it is stored.
        make_parser: makes the parser; once a file, so that lists are read once.
        codes: returns possible codes with labels, for the template.
        label: question in words.
        required: whether a row without it is a fault.
        target: name of the field, where it is another one.
        span: lowest and highest number.
    """

    name: str
    kind: Kind
    goes: Goes
    make_parser: Callable[[], Parser]
    label: str | Promise
    codes: Callable[[], dict[str, str]] | None = None
    required: bool = False
    target: str = ""
    span: tuple[int, int] | None = None

    @property
    def field(self) -> str:
        """Name of the field that holds the value."""
        return self.target or self.name


def _question(name: str) -> str | Promise:
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    models = (Participation, Person, Identity, SpecialAnswers)
    model = next(one for one in models if any(field.name == name for field in one._meta.fields))
    return model._meta.get_field(name).verbose_name


_ELSEWHERE = {
    "reference": gettext_lazy("own number of the person"),
    "name_original_script": Identity._meta.get_field("original_script").verbose_name,
    "other_spellings": gettext_lazy("other spellings"),
    "residence_status": gettext_lazy("residence status"),
    "accommodation": gettext_lazy("accommodation"),
    "municipality": gettext_lazy("municipality"),
    "guardian_recorded": gettext_lazy("guardian recorded on paper"),
    "info_given_on": gettext_lazy("privacy information handed out on"),
    "contact_consent": gettext_lazy("may be contacted after the exit"),
}


def _text(name: str, goes: Goes, field, **options) -> Column:
    return Column(name, Kind.TEXT, goes, lambda: values.text_up_to(field.max_length), _question(name), **options)


def _date(name: str, goes: Goes = Goes.ANSWER, **options) -> Column:
    return Column(name, Kind.DATE, goes, lambda: values.parse_date, _question(name), **options)


def _truth(name: str) -> Column:
    return Column(name, Kind.TRUTH, Goes.ANSWER, lambda: values.parse_truth, _question(name))


def _special(name: str) -> Column:
    return Column(name, Kind.ANSWER, Goes.SPECIAL, lambda: values.parse_answer, _question(name))


def _number(name: str, lowest: int, highest: int) -> Column:
    return Column(
        name, Kind.NUMBER, Goes.ANSWER, lambda: values.whole_number(lowest, highest), _question(name),
        span=(lowest, highest),
    )  # fmt: skip


def _code(name: str, codes: Callable[[], list], goes: Goes = Goes.ANSWER, describe: Callable[[], str] = str) -> Column:
    def possible() -> dict[str, str]:
        return {code: str(label) for code, label in codes()}

    return Column(
        name, Kind.CODE, goes, lambda: values.one_of(possible(), describe=describe()), _question(name), possible
    )


def _listed(name: str) -> Callable[[], list]:
    return lambda: choices(name)


def _nationality_remedy() -> str:
    return _("Three letters of ISO 3166, for example SYR; XXA stateless, XXX unknown, XKX Kosovo.")


def _municipality_remedy() -> str:
    return _("Eight digits of a municipality in the list, for example 14713000 for Leipzig; empty means not known.")


COLUMNS: tuple[Column, ...] = (
    _text("reference", Goes.NUMBER, Participation._meta.get_field("external_reference"), required=True),
    _text("family_name", Goes.PERSON, Identity._meta.get_field("family_name")),
    _text("given_name", Goes.PERSON, Identity._meta.get_field("given_name")),
    _text("name_original_script", Goes.PERSON, Identity._meta.get_field("original_script"), target="original_script"),
    Column(
        "other_spellings", Kind.TEXTS, Goes.PERSON,
        lambda: values.texts_up_to(Spelling._meta.get_field("text").max_length, most=MOST_SPELLINGS),
        _question("other_spellings"),
    ),
    _code("sex", lambda: Sex.choices, Goes.TAKEN_IN),
    _date("birth_date", Goes.PERSON),
    _code("birth_precision", lambda: BirthPrecision.choices, Goes.PERSON),
    _code("nationality", country_choices, Goes.PERSON, _nationality_remedy),
    _date("arrival_de", Goes.PERSON),
    _code("residence_status", _listed("residence_status")),
    _code("e_work_access", lambda: WorkAccess.choices),
    _code("accommodation", _listed("accommodation")),
    _code("municipality", municipality_choices, describe=_municipality_remedy),
    _number("degurba", 1, 3),
    _truth("guardian_recorded"),
    _date("info_given_on", Goes.TAKEN_IN),
    _code("art9_basis", lambda: Art9Basis.choices),
    _truth("contact_consent"),
    _date("entry_form_on"),
    _date("entry_date", required=True),
    _code("e_status", lambda: LabourStatus.choices),
    _date("e_unemp_since"),
    _truth("e_in_edu"),
    _truth("e_edu_fulltime"),
    _number("e_isced", 0, 8),
    _truth("hh_jobless"),
    _truth("hh_jobless_dep"),
    _truth("hh_single_dep"),
    _special("e_migrant"),
    _special("e_disab"),
    _special("e_other_dis"),
    _special("e_minority"),
    _truth("e_homeless"),
    _truth("e_rural"),
    _truth("e_foreign_bg"),
    _truth("e_third_country"),
    _date("exit_date"),
    _code("exit_reason", _listed("exit_reason")),
    _code("x_status", lambda: LabourStatus.choices),
    _truth("x_in_edu"),
    _truth("x_job_search"),
    _truth("x_qualified"),
    _code("x_qual_kind", lambda: QualificationKind.choices),
    _text("x_qual_evidence", Goes.ANSWER, Participation._meta.get_field("x_qual_evidence")),
    _date("x_observed"),
    _truth("x_unreachable"),
    _code("x_work_access", lambda: WorkAccess.choices),
    _code("f_status", lambda: LabourStatus.choices),
    _truth("f_improved"),
    _date("f_refers_to"),
    _truth("f_unreachable"),
)  # fmt: skip
BY_NAME: dict[str, Column] = {column.name: column for column in COLUMNS}
NAMES: frozenset[str] = frozenset(BY_NAME)
