"""What a person brought along: what a row may say, who writes it, and how two colleagues meet over one."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from participants.models import Credential, LanguageAssessment, Participation, Schooling, WorkExperience
from participants.operations.background import KINDS, add_entry, correct_entry, remove_entry
from participants.queries.background import background_of, languages_of, script_of, spoken
from participants.tests.builders import make_participant, share_case
from participants.tests.test_views_person import NASTY, form_data
from resque.audit.models import AccessEntry
from resque.locking import StaleRecord

pytestmark = pytest.mark.django_db
TODAY = date(2017, 2, 6)
GOOD = {
    "language": {"language": "deu", "overall": "A2", "evidence": "SELBST", "assessed_on": TODAY},
    "schooling": {"certificate": "ABI", "country": "SYR", "years": 12, "from_year": 2000, "until_year": 2012},
    "work": {"occupation": "Elektriker", "kind": "employed", "country": "SYR", "from_year": 2012},
    "credential": {"title": "Gesellenbrief", "route": "NREGL", "country": "SYR", "year": 2012, "paper": "copy"},
}


@pytest.fixture
def case(cast):
    return make_participant(cast.lehmann, birth_date=date(1990, 5, 5), birth_precision="day")


def add(cast, case, of, **said):
    return add_entry(by=cast.lehmann, participation=case, of=of, **(GOOD[of] | said))


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("language", {"language": ""}, "language"),
        ("language", {"language": "xxx"}, "language"),
        ("language", {"overall": ""}, "overall"),
        ("language", {"overall": "Z9"}, "overall"),
        ("language", {"listening": "MUT"}, "overall"),
        ("language", {"evidence": ""}, "evidence"),
        ("language", {"evidence": "HEARSAY"}, "evidence"),
        ("language", {"assessed_on": None}, "assessed_on"),
        ("language", {"assessed_on": TODAY + timedelta(days=1)}, "assessed_on"),
        ("language", {"assessed_on": date(1990, 5, 4)}, "assessed_on"),
        ("language", {"evidence": "ZERT"}, "exam"),
        ("language", {"evidence": "ZERT", "exam": "telc", "overall": "MUT"}, "overall"),
        ("language", {"evidence": "ZERT", "exam": "telc", "overall": "A1_1"}, "overall"),
        ("language", {"exam": "telc"}, "exam"),
        ("language", {"evidence": "ZERT", "exam": "own"}, "exam"),
        ("language", {"literacy": "NONE"}, "literacy"),
        ("schooling", {"certificate": ""}, "certificate"),
        ("schooling", {"certificate": "PHD"}, "certificate"),
        ("schooling", {"country": "ZZZ"}, "country"),
        ("schooling", {"years": 21}, "years"),
        ("schooling", {"years": -1}, "years"),
        ("schooling", {"from_year": 1989}, "from_year"),
        ("schooling", {"until_year": 2018}, "until_year"),
        ("schooling", {"until_year": 1999}, "until_year"),
        ("work", {"occupation": " "}, "occupation"),
        ("work", {"occupation": "x" * 121}, "occupation"),
        ("work", {"kind": "boss"}, "kind"),
        ("work", {"from_year": 99_999}, "from_year"),
        ("credential", {"title": ""}, "title"),
        ("credential", {"paper": "drawer"}, "paper"),
        ("credential", {"route": "XX"}, "route"),
        ("credential", {"year": 2018}, "year"),
        ("credential", {"seen_on": TODAY + timedelta(days=1)}, "seen_on"),
    ],
)
def test_every_fault_stands_at_its_field_and_stores_nothing(cast, case, kind, said, field):
    with pytest.raises(ValidationError) as fault:
        add(cast, case, kind, **said)
    assert list(fault.value.error_dict) == [field]
    assert not KINDS[kind].model.objects.exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("language", {"assessed_on": date(1990, 5, 5)}),
        ("language", {"overall": "", "literacy": "PRIM"}),
        ("language", {"overall": "NB"}),
        ("language", {"language": "tir", "overall": "MUT"}),
        ("language", {"evidence": "ZERT", "exam": "dtz", "overall": "C2"}),
        ("schooling", {"years": 0, "certificate": "KEINE", "from_year": None, "until_year": None}),
        ("schooling", {"years": 20, "from_year": 1990, "until_year": 2017}),
        ("work", {"from_year": 2012, "until_year": 2012}),
        ("credential", {"seen_on": TODAY, "year": 1990}),
    ],
)
def test_the_edges_can_be_stored(cast, case, kind, said):
    assert add(cast, case, kind, **said).pk


def test_a_level_is_noted_once_a_day_and_evidence_and_again_later(cast, case):
    add(cast, case, "language")
    with pytest.raises(ValidationError):
        add(cast, case, "language", overall="B1")
    add(cast, case, "language", evidence="EINST", overall="A1")
    add(cast, case, "language", assessed_on=date(2017, 1, 1), overall="A1_1")
    assert LanguageAssessment.objects.count() == 3


def test_the_newest_level_of_each_language_stands_beside_the_name_german_first(cast, case):
    add(cast, case, "language", language="tir", overall="MUT", literacy="ZWEIT", assessed_on=date(2017, 1, 2))
    add(cast, case, "language", assessed_on=date(2016, 1, 2), overall="X0", literacy="PRIM")
    add(cast, case, "language", overall="A1_1")
    rows = languages_of(case, cast.lehmann)
    assert spoken(rows) == [("Deutsch", "A1.1"), ("Tigrinya", "Erst")]
    assert "anderer Schrift" in script_of(rows)


def test_correcting_compares_versions_of_the_row_and_removing_twice_is_no_fault(cast, case):
    row = add(cast, case, "work")
    other = add(cast, case, "work", occupation="Bäcker")
    said = {"by": cast.lehmann, "participation": case, "of": "work"}
    changed = correct_entry(**said, row=row.pk, version=1, occupation="Elektroniker")
    assert changed.version == 2
    with pytest.raises(StaleRecord):
        correct_entry(**said, row=row.pk, version=1, occupation="Koch")
    assert correct_entry(**said, row=other.pk, version=1, tasks="Brot").version == 2  # another row: nobody meets
    audited = AccessEntry.objects.count()
    correct_entry(**said, row=row.pk, version=2, occupation="Elektroniker")  # nothing changes
    assert AccessEntry.objects.count() == audited
    for _time in range(2):
        remove_entry(**said, row=row.pk)
    assert AccessEntry.objects.count() == audited + 1
    with pytest.raises(ValidationError):
        correct_entry(**said, row=row.pk, version=None, occupation="Koch")


def test_only_the_owner_writes_and_a_foreign_row_is_not_reached(cast, case):
    other = make_participant(cast.weber)
    foreign = add_entry(by=cast.weber, participation=other, of="schooling", certificate="ABI")
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    for user in (cast.weber, cast.hoffmann):
        with pytest.raises(Participation.DoesNotExist):
            add_entry(by=user, participation=case, of="schooling", certificate="ABI")
        with pytest.raises(Participation.DoesNotExist):
            remove_entry(by=user, participation=case, of="schooling", row=1)
    remove_entry(by=cast.lehmann, participation=case, of="schooling", row=foreign.pk)
    with pytest.raises(ValidationError):
        correct_entry(by=cast.lehmann, participation=case, of="schooling", row=foreign.pk, version=None)
    assert Schooling.objects.filter(pk=foreign.pk).exists()


def test_the_database_lets_the_owner_write_too(cast, case, app_role_for):
    for kind, said in GOOD.items():
        row = app_role_for(
            lambda by, kind=kind, said=said: add_entry(by=by, participation=case, of=kind, **said), cast.lehmann
        )
        assert row.pk


def test_work_and_credentials_are_as_open_as_the_name(client, cast, case):
    for kind in GOOD:
        add(cast, case, kind)
    address = f"/participants/{case.reference}/background/"
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="services", until=date(2017, 3, 1))
    for user, status, named in (
        (cast.lehmann, 200, True), (cast.weber, 200, False), (cast.hoffmann, 200, False), (cast.krause, 404, False),
        (cast.berger, 404, False), (cast.seidel, 404, False),
    ):  # fmt: skip
        client.force_login(user)
        answer = client.get(address)
        assert answer.status_code == status
        if status == 200:
            page = answer.content.decode()
            assert "Selbsteinschätzung" in page and "Syrien" in page
            assert ("Elektriker" in page, "Gesellenbrief" in page) == (named, named)
            assert ("row_forms" in answer.context) == (user == cast.lehmann)


def sent(form) -> dict:
    return {form.add_prefix(name): value for name, value in form_data(form).items()}


@pytest.mark.parametrize("kind", GOOD)
def test_a_double_click_adds_one_row_and_it_is_corrected_and_removed(client, cast, case, kind):
    client.force_login(cast.vogel)
    address = f"/participants/{case.reference}/background/"
    form = client.get(address).context["row_forms"][kind]
    said = {
        name: value.strftime("%d.%m.%Y") if isinstance(value, date) else value for name, value in GOOD[kind].items()
    }
    data = sent(form) | {f"{kind}-{name}": value for name, value in said.items()}
    for _time in range(2):
        answer = client.post(f"{address}{kind}/", data)
        assert answer.status_code == 302 and answer["Location"].endswith(f"/background/#{kind}")
    row = KINDS[kind].model.objects.get()
    form = client.get(address, {kind: row.pk}).context["form"]
    name, value = {
        "language": ("overall", "B1"), "schooling": ("years", "9"), "work": ("tasks", "Kabel"),
        "credential": ("remark", "Übersetzung fehlt"),
    }[kind]  # fmt: skip
    opened = form_data(form)
    assert client.post(f"{address}{kind}/", opened | {name: value}).status_code == 302
    row.refresh_from_db()
    assert str(getattr(row, name)) == value and row.version == 2
    for _time in range(2):
        assert client.post(f"{address}{kind}/remove/", {"row": row.pk}).status_code == 302
    assert not KINDS[kind].model.objects.exists()


def test_two_colleagues_over_one_row_choose_field_by_field(client, cast, case):
    row = add(cast, case, "credential")
    client.force_login(cast.lehmann)
    address = f"/participants/{case.reference}/background/"
    opened = form_data(client.get(address, {"credential": row.pk}).context["form"])
    correct_entry(by=cast.vogel, participation=case, of="credential", row=row.pk, version=1, paper="original")
    answer = client.post(f"{address}credential/", opened | {"remark": "beglaubigt"})
    assert answer.status_code == 409
    assert {one.name for one in answer.context["differences"]} == {"paper", "remark"}
    chosen = {name: values[0] for name, values in answer.context["carried"]}
    chosen |= {"version": answer.context["version"], "form_key": answer.context["form_key"]}
    answer = client.post(f"{address}credential/", chosen | {"pick_paper": "theirs", "pick_remark": "mine"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.paper, row.remark, row.version) == ("original", "beglaubigt", 3)


@pytest.mark.parametrize("kind", GOOD)
def test_nothing_that_is_sent_breaks_it(client, cast, case, kind):
    row = add(cast, case, kind)
    client.force_login(cast.lehmann)
    address = f"/participants/{case.reference}/background/"
    for value in NASTY:
        names = (*KINDS[kind].fields, "row", "version", "form_key")
        assert client.post(f"{address}{kind}/", {f"{kind}-{name}": value for name in names}).status_code in (200, 302)
        assert client.post(f"{address}{kind}/", dict.fromkeys(names, value)).status_code in (200, 302)
        data = {name: value for name in names if name not in ("row", "version")} | {"row": row.pk, "version": 1}
        assert client.post(f"{address}{kind}/", data).status_code in (200, 302, 409)
        assert client.post(f"{address}{kind}/remove/", {"row": value}).status_code == 302
        assert client.get(address, {kind: value}).status_code == 200
    assert KINDS[kind].model.objects.filter(pk=row.pk).exists()


def test_the_page_has_words_where_nothing_is_noted(client, cast, case):
    client.force_login(cast.lehmann)
    page = client.get(f"/participants/{case.reference}/background/").content.decode()
    assert page.count("noch nicht") or page.count("Noch kein")
    assert len(background_of(case, cast.lehmann, names_visible=True)) == 4
    assert not WorkExperience.objects.exists() and not Credential.objects.exists()
