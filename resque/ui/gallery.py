"""Sample content of the gallery: every component in every state. Nobody in it exists."""

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.lanes import Stop
from resque.ui.partial_dates import GermanDateField, PartialDateField
from resque.ui.widgets import ChoiceChips, MinutesChips, MultiChips, SegmentChoice, Stepper

ANSWERS = [
    ("yes", gettext_lazy("yes")),
    ("no", gettext_lazy("no")),
    ("refused", gettext_lazy("refused")),
    ("", gettext_lazy("not asked yet")),
]
TOPICS = [
    ("work", gettext_lazy("Work")),
    ("german", gettext_lazy("German course")),
    ("training", gettext_lazy("Apprenticeship")),
    ("housing", gettext_lazy("Housing")),
]
INTERPRETERS = [
    ("none", gettext_lazy("not needed")),
    ("trained", gettext_lazy("trained, on site")),
    ("phone", gettext_lazy("telephone or video")),
]
SERVICES = [("first", gettext_lazy("First interview")), ("skills", gettext_lazy("Competence assessment"))]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("Every spelling and every script."))
    birth = PartialDateField(
        label=gettext_lazy("Birth date"), required=False, help_text=gettext_lazy("The year alone is enough.")
    )
    entry = GermanDateField(label=gettext_lazy("Entry"), required=False)
    service = forms.ChoiceField(label=gettext_lazy("Service"), choices=SERVICES)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=5, max_value=480, widget=MinutesChips)
    topics = forms.MultipleChoiceField(label=gettext_lazy("Topics"), choices=TOPICS, widget=MultiChips, required=False)
    interpreter = forms.ChoiceField(label=gettext_lazy("Interpreting"), choices=INTERPRETERS, widget=ChoiceChips)
    seeking = forms.ChoiceField(
        label=gettext_lazy("Registered as job seeker"), choices=ANSWERS, widget=SegmentChoice, required=False
    )
    men = forms.IntegerField(label=gettext_lazy("Men"), widget=Stepper, required=False)
    note = forms.CharField(
        label=gettext_lazy("What mattered"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    paper = forms.FileField(label=gettext_lazy("File"), required=False)
    seen = forms.BooleanField(label=gettext_lazy("I have seen the original of the signature."), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["birth"].hint = _("if known")
        self.fields["note"].hint = _("two sentences at most")
        self.helper = FieldsHelper(
            Section(_("Person"), Row("name", "birth"), lead=_("Search first, then write: so nobody arises twice.")),
            Section(
                _("Consultation"), Row("service", "minutes"), Row("entry", "men"), "topics", "interpreter", "seeking"
            ),
            Section(_("Papers"), "note", "paper", "seen"),
        )


def gallery_context(request: HttpRequest) -> dict:
    """Return everything that the gallery draws."""
    faulty = {
        "name": "",
        "birth_day": "31",
        "birth_month": "2",
        "birth_year": "1999",
        "entry": "31.02.2017",
        "service": "first",
    }
    faulty |= {"minutes_other": "3", "interpreter": "phone", "seeking": "refused", "topics": ["work"], "men": "4"}
    return {
        "form": SampleForm(prefix="a", initial={"minutes": 45, "interpreter": "none", "men": 9, "topics": ["german"]}),
        "faulty": SampleForm(faulty),
        "page": Paginator(range(213), 10).page(2),
        "stops": _stops(),
        "tabs": _tabs(),
        "todos": _todos(),
        "waits": [
            {
                "number": 2,
                "text": _("requests without an answer, one above the deadline"),
                "url": "#waits",
                "bad": True,
            },
            {"number": 11, "text": _("people with missing ESF answers"), "url": "#waits"},
            {"number": 5, "text": _("without contact for more than 30 days"), "url": "#waits"},
        ],
        "people": _people(),
        "levels": [("Tigrinya", _("first language")), (_("German"), "B1"), (_("English"), "A1")],
        "reasons": [
            (True, _("same sound frame: mhmd · lhsn")),
            (False, _("1 January does not count: set by an authority")),
        ],
        "names": [_("sent"), _("seen"), _("answered"), _("came"), _("result")],
        "accounts": [
            {"username": "caritas", "name": "M. Weber", "note": "Caritas"},
            {"username": "daa", "name": "K. Lehmann", "note": "DAA"},
        ],
        "wizard": [_("Search"), _("Person"), _("Contact and languages"), _("Consent"), _("ESF answers")],
        "business_day": date(2017, 2, 6),
        "marked": mark_safe("Alhussein, <mark>Muh</mark>a<mark>mm</mark>e<mark>d</mark>"),
    } | _figures()


def _stops() -> list[dict]:
    return [
        {"label": _("Contact"), "state": "done", "note": "18.01.2016", "url": "#line"},
        {"label": _("Entry"), "state": "done", "note": "10.02.2016", "url": "#line"},
        {"label": _("Skills"), "state": "now", "note": _("since 09.01.2017"), "url": "#line"},
        {"label": _("Plan"), "note": _("open")},
        {"label": _("Measures"), "note": _("open")},
        {"label": _("Result"), "note": _("open")},
        {"label": _("Follow-up"), "note": _("after exit")},
    ]


def _tabs() -> list[dict]:
    return [
        {"label": _("My cases"), "url": "#lists", "count": 64, "key": "mine"},
        {"label": _("Quiet for 30 days"), "url": "#lists", "count": 5, "key": "quiet"},
        {"label": _("Without plan"), "url": "#lists", "count": 1290, "key": "plan"},
    ]


def _todos() -> list[dict]:
    return [
        {"title": _("Overdue task"), "url": "#tasks", "when": _("2 days overdue"), "state": "late"},
        {"title": _("Task of today"), "url": "#tasks", "when": _("today"), "state": "today"},
        {"title": _("Later task"), "url": "#tasks", "when": _("until Friday, 17.02.")},
    ]


def _people() -> list[dict]:
    keys = ("name", "reference", "native", "days", "light", "text")
    rows = [
        ("Yıldız-Öztürk, Şükran", "R-C7V3M", "", 3, "yellow", _("1 missing")),
        ("Al-Mohammad Abdulrahman, Abdulkarim Hussein", "R-9WCT4", "عبدالكريم حسين", 12, "green", _("ready to report")),
        ("Ghebreyesus-Tekle, Filmon", "R-7K3FQ", "ፊልሞን ገብረየሱስ", 41, "red", _("deadline passed")),
    ]
    return [dict(zip(keys, row, strict=True)) for row in rows]


def _figures() -> dict:
    months = ["02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "01"]
    values = [
        (96, 24, 11, 51), (104, 38, 13, 47), (118, 41, 18, 56), (121, 36, 22, 62), (116, 44, 19, 58), (88, 18, 15, 49),
        (92, 12, 21, 53), (131, 47, 34, 66), (138, 52, 27, 71), (142, 58, 25, 74), (97, 31, 14, 48), (149, 55, 29, 70),
    ]  # fmt: skip
    return {
        "spark": [44, 52, 49, 60, 58, 63, 69, 61, 65, 77, 74, 79],
        "evidence": [
            {"value": 4, "label": _("after 6 months"), "url": "#figures"},
            {"value": 12, "label": _("employer confirmed"), "url": "#figures"},
            {"value": 38, "label": _("contract seen"), "url": "#figures"},
            {"value": 17, "label": _("stated by the person"), "url": "#figures"},
        ],
        "legacy": [
            (_("people reached until 31.12.2014"), "1.290"),
            (_("in German courses"), "50 %"),
            (_("in employment"), "20 %"),
        ],
        "funnel": [
            {"label": _("Reached"), "value": 612, "url": "#figures"},
            {"label": _("Participants"), "value": 268, "url": "#figures", "note": _("344 stayed short contacts")},
            {"label": _("Plan agreed"), "value": 214, "url": "#figures"},
            {"label": _("Result"), "value": 98, "url": "#figures"},
        ],
        "series": [_("Consultation"), _("Qualification"), _("Placement"), _("Support and accompaniment")],
        "columns": [
            {
                "label": month, "group": "2017" if month == "01" else "2016", "values": stack, "url": "#figures",
                "urls": ["#figures"] * 4,
            }
            for month, stack in zip(months, values, strict=True)
        ],
        "lanes": [
            (_("Level"), [Stop(date(2016, 6, 6), 1, "A1", "open"), Stop(date(2016, 9, 1), 2, "A2", "full"),
                          Stop(date(2017, 1, 6), 3, "B1", "proof")]),
            (_("Listening"), [Stop(date(2016, 9, 1), 3, "B1", "full")]),
        ],
        "lane_signs": [("open", _("self-assessed")), ("full", _("tested")), ("proof", _("certificate"))],
        "lane_heads": [_("Date"), _("Level"), _("Listening")],
        "lane_table": [["06.01.2017", "B1", ""], ["01.09.2016", "A2", "B1"], ["06.06.2016", "A1", ""]],
        "partners": ["Caritas", "DAA", "Jobcenter"],
        "flows": {
            (0, 1): {"value": 80, "note": _("3 days"), "url": "#figures"},
            (0, 2): {"value": 22, "note": _("8 days"), "url": "#figures"},
            (1, 0): {"value": 29, "note": _("4 days"), "url": "#figures"},
            (1, 2): {"value": 4, "text": "< 5", "note": _("too few")},
            (2, 0): {"value": 6, "hidden": True},
            (2, 1): {"value": 32, "note": _("2 days"), "url": "#figures"},
        },
    }  # fmt: skip
