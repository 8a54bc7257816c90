"""The pages of kept reports: the way to keep one, one beside today, the records behind a difference, files, doors."""

import html
import io
import re
from datetime import date

import openpyxl
import pytest

from participants.models import Operation
from participants.operations.answers import enter
from participants.operations.stations import re_enter
from participants.tests.builders import make_participant
from reporting.models import KeptReport, Revision
from reporting.operations.submissions import freeze_report
from reporting.tests.world import COMPLETE
from resque.audit.models import AccessEntry, Deed
from resque.clock import moved_to
from resque.context.acting import acting_as

pytestmark = pytest.mark.django_db
LIST, NEW = "/reporting/submissions/", "/reporting/submissions/new/"
FIRST = date(2016, 12, 31)
LEFT = {
    "exit_date": date(2016, 12, 1), "exit_reason": "ZIEL", "x_observed": date(2016, 12, 1), "x_status": "employed",
}  # fmt: skip
KEPT = "date=31.12.2016"


def operation() -> Operation:
    return Operation.objects.get(code="resque-2.0")


@pytest.fixture
def working(cast):
    """Somebody who found work, and somebody who is still there."""
    make_participant(cast.lehmann, "Bleibt", **COMPLETE | {"entry_date": date(2016, 11, 1)})
    return make_participant(cast.lehmann, "Geht", **COMPLETE | {"entry_date": date(2016, 11, 1), "sex": "f"} | LEFT)


@pytest.fixture
def kept(cast, working) -> KeptReport:
    with acting_as(cast.hoffmann):
        return freeze_report(by=cast.hoffmann, operation=operation(), rules="2014", until=FIRST, reasons={})


def _text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return html.unescape(answer.content.decode())


def _hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'name="(form_key|shown)" value="([^"]*)"', page)
    reasons = re.findall(r'<textarea name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page)
    return dict(fields) | {name: html.unescape(text) for name, text in reasons}


def test_keeping_a_report_by_its_page(client, cast, working, request):
    request.getfixturevalue("app_role")
    client.force_login(cast.hoffmann)
    page = client.get(f"{NEW}?{KEPT}")
    assert page.context["draft"].content.values["CR04"].total == 1
    sent = _hidden(page.content.decode())
    answer = client.post(f"{NEW}?{KEPT}", sent, follow=True)
    with acting_as(cast.hoffmann):
        report = KeptReport.objects.get()
    assert answer.request["PATH_INFO"] == f"{LIST}{report.reference}/"
    text = html.unescape(answer.content.decode())
    assert ("Bericht zum 31.12.2016" in text and "Sabine Hoffmann" in text) or "Hoffmann" in text
    assert client.post(f"{NEW}?{KEPT}", sent).status_code == 302  # the same form once more
    assert client.post(f"{NEW}?{KEPT}", _hidden(client.get(f"{NEW}?{KEPT}").content.decode())).status_code == 302
    with acting_as(cast.hoffmann):
        assert KeptReport.objects.count() == 1
    assert report.reference in _text(client, LIST)


def test_a_return_must_be_told_before_the_next_report(client, cast, working, kept):
    re_enter(by=cast.lehmann, participation=working)
    client.force_login(cast.hoffmann)
    with moved_to(date(2017, 7, 31)):
        address = f"{NEW}?date=30.06.2017"
        page = _text(client, address)
        assert "1 Änderung an gemeldeten Werten braucht einen Grund" in page
        sent = _hidden(page)
        (name,) = [one for one in sent if one.startswith("M-")]
        assert sent[name] == f"{working.reference}: Wiedereintritt nach dem Austritt am 01.12.2016"
        refused = client.post(address, sent | {name: "  "})
        assert refused.status_code == 200 and "Bitte nennen Sie den Grund" in html.unescape(refused.content.decode())
        assert KeptReport.objects.count() == 1
        assert client.post(address, sent | {name: "x" * 501}).status_code == 200
        assert client.post(address, sent).status_code == 302
    assert {one.code for one in Revision.objects.all()} >= {"CR04", "EXITED", "STOCK"}
    assert set(Revision.objects.values_list("reason", flat=True)) == {sent[name]}
    with moved_to(date(2017, 7, 31)):
        new = KeptReport.objects.get(until=date(2017, 6, 30))
        assert sent[name] in _text(client, f"{LIST}{new.reference}/")
        assert sent[name] in _text(client, f"{LIST}{kept.reference}/")
        assert "nichts ohne Grund" in _text(client, LIST)


def test_what_moved_since_it_was_shown_is_shown_again(client, cast, working):
    client.force_login(cast.hoffmann)
    sent = _hidden(_text(client, f"{NEW}?{KEPT}"))
    make_participant(cast.lehmann, "Neu", **COMPLETE | {"entry_date": date(2016, 11, 2)})
    again = client.post(f"{NEW}?{KEPT}", sent)
    text = html.unescape(again.content.decode())
    assert "Seit der Anzeige dieser Seite haben sich Werte geändert" in text and not KeptReport.objects.exists()
    assert client.post(f"{NEW}?{KEPT}", _hidden(text)).status_code == 302
    assert KeptReport.objects.count() == 1


def test_the_indicators_compare_the_period_with_the_report(client, cast, working, kept):
    """−1 stands there with who returned; as known now it is 0."""
    re_enter(by=cast.lehmann, participation=working)
    client.force_login(cast.hoffmann)
    address = "/reporting/indicators/?date=2017-01-31&since=2016-12-31"
    page = client.get(address)
    lines = {line.code: line for group in page.context["groups"] for line in group.lines}
    assert [number.value for number in lines["CR04"].numbers] == [0, 0, 0, -1, 0, -1]
    text = html.unescape(page.content.decode())
    assert "−1" in text and "Seit der Meldung weggefallen" in text
    assert f"{working.reference}</a> (Wiedereintritt nach dem Austritt am 01.12.2016)" in text
    known = client.get(f"{address}&against=known").context
    lines = {line.code: line for group in known["groups"] for line in group.lines}
    assert [number.value for number in lines["CR04"].numbers] == [0] * 6 and lines["CR04"].gone is None
    # One partner alone was never reported.
    assert client.get(f"{address}&partner=daa").context["reported"] is None


def test_every_difference_is_what_joined_less_what_left(client, cast, working, kept):
    re_enter(by=cast.lehmann, participation=working)
    for name in ("A", "B"):
        make_participant(cast.lehmann, name, **COMPLETE | {"entry_date": date(2017, 1, 9), "sex": "m"})
    client.force_login(cast.hoffmann)
    page = client.get("/reporting/indicators/?date=2017-01-31&since=2016-12-31")
    numbers = [
        number for group in page.context["groups"] for line in group.lines for number in line.numbers[3:]
    ]  # fmt: skip
    assert {number.value for number in numbers} >= {-1, 0, 2}
    for number in numbers:
        behind = client.get(number.url).context
        assert behind["joined"] - behind["left"] == behind["difference"] == number.value, number.url
        assert len(behind["rows"]) == behind["joined"] + behind["left"]


def test_the_page_of_quality_leads_to_the_reports(client, cast, working, kept):
    re_enter(by=cast.lehmann, participation=working)
    client.force_login(cast.hoffmann)
    page = client.get("/reporting/quality/")
    found = {one.rule.id: one.report_url for group in page.context["groups"] for one in group.rules}
    assert found["A24"] == LIST and f'href="{LIST}"' in page.content.decode()
    assert "A24" not in _text(client, "/reporting/quality/?partner=daa")


def test_workers_see_the_difference_as_known_now(client, cast, working, kept):
    client.force_login(cast.lehmann)
    page = client.get("/reporting/indicators/?date=2017-01-31&since=2016-12-31")
    assert page.context["kept"] is None and kept.reference not in page.content.decode()


def test_a_corrected_sex_is_a_change_by_sex(client, cast, working, kept):
    enter(by=cast.lehmann, participation=working, answers={"sex": "m"})
    client.force_login(cast.hoffmann)
    page = client.get(f"{LIST}{kept.reference}/")
    lines = {line.code: line for group in page.context["groups"] for line in group.lines}
    assert lines["CR04"].moved == "Männer +1, Frauen −1" or lines["CR04"].moved == "Frauen −1, Männer +1"
    assert lines["COMPLETE"].moved == ""
    behind = client.get(lines["CR04"].url).context
    assert (behind["left"], behind["joined"], behind["difference"]) == (1, 1, 0)
    assert {row.cause for row in behind["rows"]} == {"geändert: „Geschlecht in der Meldung“"}
    assert client.get(lines["CR04"].url + "?sex=f").context["difference"] == -1


def test_openings_of_special_differences_are_written_down(client, cast, kept):
    special = {"e_migrant": "true", "e_disab": "false", "e_other_dis": "false"}
    case = make_participant(
        cast.lehmann, "Neu", **COMPLETE | {"entry_date": date(2016, 11, 2), "art9_basis": "consent"}, special=special
    )
    client.force_login(cast.hoffmann)
    opened = AccessEntry.objects.filter(deed=Deed.OPENED_SPECIAL)
    for page in (f"{LIST}{kept.reference}/", f"{NEW}?date=31.01.2017", LIST):
        _text(client, page)
    assert not opened.exists()
    assert case.reference in _text(client, f"{LIST}{kept.reference}/changes/CO15/")
    (entry,) = opened
    assert (entry.reference, entry.detail["figure"]) == (case.reference, "CO15")


def test_files_hold_the_values_and_leave_a_trace(client, cast, kept):
    client.force_login(cast.hoffmann)
    answer = client.get(f"{LIST}{kept.reference}/values.csv")
    rows = [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]
    by_code = {row[0]: row for row in rows}
    assert by_code["CR04"][2:5] == ["1", "0", "1"] and by_code["COMPLETE"][4] == "2"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}{kept.reference}/values.xlsx").content))
    cells = {row[0].value: [cell.value for cell in row] for row in book.worksheets[0]}
    assert cells["CR04"][2:5] == [1, 0, 1]
    assert kept.checksum in [row[1].value for row in book.worksheets[1]]
    taken = AccessEntry.objects.filter(deed=Deed.EXPORTED, reference=kept.reference)
    assert sorted(one.detail["format"] for one in taken) == ["csv", "xlsx"]
    assert client.get(f"{LIST}{kept.reference}/values.pdf").status_code == 404


def test_a_deleted_record_keeps_its_number_in_the_report(client, cast, working, kept):
    """What retention will do one day: the numbers stay, nothing leads to people, and the page says so."""
    reference = working.reference
    working.delete()
    client.force_login(cast.hoffmann)
    page = client.get(f"{LIST}{kept.reference}/changes/CR04/")
    (row,) = page.context["rows"]
    assert (row.reference, row.joined, row.partner, row.cause) == (reference, False, "", "Der Datensatz wurde gelöscht")


@pytest.mark.parametrize(
    ("query", "status"),
    [("date=31.02.2016", 200), ("date=01.01.2099", 200), ("date=01.01.2001", 200), ("date=x", 200), ("rules=x", 404),
     ("operation=x", 404), ("operation=%00", 404), ("date=" + "9" * 400, 200)],
)  # fmt: skip
def test_questions_that_mean_nothing(client, cast, query, status):
    client.force_login(cast.hoffmann)
    answer = client.get(f"{NEW}?{query}")
    assert answer.status_code in (status, 400)
    if answer.status_code == 200:
        assert "draft" not in answer.context and "is-invalid" in answer.content.decode()
        assert client.post(f"{NEW}?{query}", {"shown": "x"}).status_code == 200
    assert not KeptReport.objects.exists()


@pytest.mark.parametrize(
    ("address", "status"),
    [("changes/CR04/", 200), ("changes/CO99/", 404), ("changes/EECO01/", 404), ("changes/CR04/?sex=x", 404),
     ("changes/CR04/?date=2016-12-30", 404), ("changes/CR04/?date=2099-01-01", 404), ("changes/CR04/?date=x", 404),
     ("changes/GRAND_TOTAL/", 200), ("changes/CO23/", 200), ("changes/CR04/?date=2017-01-31&sex=f&page=x", 200)],
)  # fmt: skip
def test_addresses_of_differences(client, cast, kept, address, status):
    client.force_login(cast.hoffmann)
    assert client.get(f"{LIST}{kept.reference}/{address}").status_code == status


@pytest.mark.parametrize("who", ["lehmann", "weber", "krause", "berger", "seidel"])
def test_reports_are_for_the_coordination(client, cast, kept, who):
    client.force_login(getattr(cast, who))
    for address in (LIST, NEW, f"{LIST}{kept.reference}/", f"{LIST}{kept.reference}/values.csv"):
        answer = client.get(address)
        assert answer.status_code == 403
    assert client.post(NEW, {}).status_code == 403
