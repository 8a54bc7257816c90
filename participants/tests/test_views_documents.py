"""Pages of documents: what a browser may send, who gets which answer, and how a copy is handed out."""

import random
import re
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from participants.models import Document
from participants.operations.documents import record_document, remove_document
from participants.tests.builders import make_participant, share_case
from participants.tests.copies import jpeg, pdf, png
from participants.tests.test_views_person import NASTY
from resque.audit.models import AccessEntry, Deed

TODAY = date(2017, 2, 6)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.RESQUE_DATA_DIR = tmp_path
    return tmp_path / "documents"


@pytest.fixture
def case(cast):
    return make_participant(cast.lehmann, entry_date=date(2017, 1, 9))


def page(case, *, key=None, part="") -> str:
    address = f"/participants/{case.reference}/documents/"
    return f"{address}{key}/{part}" if key else f"{address}{part}"


def upload(data: bytes, name: str = "a.pdf", content_type: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type)


def note(cast, case, type="PASS", **said):
    return record_document(by=cast.lehmann, participation=case, type=type, **{"seen_on": TODAY, **said})


def test_noting_a_document_in_the_browser(client, cast, case):
    client.force_login(cast.lehmann)
    shown = client.get(page(case) + "?type=TFB")
    form = shown.context["adding"]
    assert (form["type"].value(), form["seen_on"].value()) == ("TFB", TODAY)
    sent = {"type": "TFB", "seen_on": "06.02.2017", "form_key": str(uuid.uuid4())}
    answer = client.post(page(case, part="new/"), sent)
    assert answer.status_code == 302
    assert client.post(page(case, part="new/"), sent).url == answer.url  # the same form again
    document = Document.objects.get()
    assert (document.participation, document.seen_by) == (case, cast.lehmann)
    assert "06.02.2017" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\boot.ini",
        "a\x00b.pdf",
        "gnp\u202efdp.exe",
        "x" * 300 + ".pdf",
        "",
        "<svg onload=1>.pdf",
    ],
)
def test_the_name_of_a_file_means_nothing_and_is_kept_nowhere(client, cast, case, home, name):
    client.force_login(cast.lehmann)
    body = pdf()
    sent = {"type": "ZEUGNIS", "copy": upload(body)}
    sent["copy"].name = name or "x"
    answer = client.post(page(case, part="new/"), sent)
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert re.fullmatch(r"[0-9a-f]{32}", Document.objects.get().stored)
        shown = client.get(page(case)).content.decode()
        assert "passwd" not in shown and "onload" not in shown and "\u202e" not in shown


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "leer|empty"), (b"GIF89a" + bytes(99), "GIF"), (jpeg(end=b""), "besch|damaged"), (pdf()[:-9], "PDF")],
)
def test_a_bad_file_is_refused_at_its_field(client, cast, case, home, data, said):
    client.force_login(cast.lehmann)
    answer = client.post(page(case, part="new/"), {"type": "ZEUGNIS", "seen_on": "06.02.2017", "copy": upload(data)})
    assert answer.status_code == 200
    assert re.search(said, str(answer.context["adding"].errors["copy"]))
    assert not Document.objects.exists()
    assert not home.exists() or not [one for one in home.rglob("*") if one.is_file()]


def test_a_copy_is_handed_out_as_a_locked_download_and_each_opening_is_logged(client, cast, case):
    document = note(cast, case, copy=png(), copy_consent_on=TODAY)
    client.force_login(cast.vogel)
    before = AccessEntry.objects.count()
    answer = client.get(page(case, key=document.key, part="copy/"))
    assert answer.content.startswith(b"\x89PNG")
    assert answer["Content-Type"] == "image/png"
    assert re.fullmatch(r'attachment; filename="R-[0-9A-Z]{5}-[0-9a-f]{4}\.png"', answer["Content-Disposition"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    (entry,) = AccessEntry.objects.filter(deed=Deed.OPENED, detail__part="document")
    assert (entry.reference, entry.user_id, entry.detail["document"]) == (
        case.reference,
        cast.vogel.pk,
        str(document.key),
    )
    assert AccessEntry.objects.count() == before + 1


def test_a_copy_that_is_gone_is_a_sentence(client, cast, case, home):
    document = note(cast, case, "ZEUGNIS", copy=png())
    next(one for one in home.rglob("*") if one.is_file()).unlink()
    client.force_login(cast.lehmann)
    answer = client.get(page(case, key=document.key, part="copy/"), follow=True)
    assert answer.status_code == 200
    assert not AccessEntry.objects.filter(detail__part="document").exists()


def test_strangers_meet_404_and_partners_read_only(client, cast, case):
    document = note(cast, case, copy=png(), copy_consent_on=TODAY)
    copy = page(case, key=document.key, part="copy/")
    for user in (cast.weber, cast.hoffmann, cast.krause, cast.berger, cast.seidel):
        client.force_login(user)
        assert {client.get(address).status_code for address in (page(case), copy)} == {404}
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="services", until=date(2017, 3, 1))
    client.force_login(cast.weber)
    assert {client.get(address).status_code for address in (page(case), copy)} == {404}
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    client.force_login(cast.weber)
    shown = client.get(page(case))
    assert shown.status_code == 200
    assert "adding" not in shown.context
    assert client.get(copy).status_code == 200
    assert client.post(page(case, part="new/"), {"type": "PASS", "seen_on": "06.02.2017"}).status_code == 403
    for part in ("", "remove/", "restore/"):
        assert client.post(page(case, key=document.key, part=part)).status_code == 403


def test_a_document_of_another_person_is_not_reached_through_ones_own(client, cast, case):
    other = make_participant(cast.lehmann, "Tesfay", "Selam")
    document = note(cast, other, copy=png(), copy_consent_on=TODAY)
    client.force_login(cast.lehmann)
    assert client.get(page(case, key=document.key, part="copy/")).status_code == 404
    assert client.post(page(case, key=document.key), {"version": 1}).status_code == 404
    removed = remove_document(by=cast.lehmann, document=document, reason="mistake")
    assert client.get(page(other, key=removed.key, part="copy/")).status_code == 404


def test_special_categories_open_only_on_purpose(client, cast, case):
    note(cast, case, "ATTEST", remark="geheim", valid_until=TODAY)
    client.force_login(cast.lehmann)
    assert "geheim" not in client.get(page(case)).content.decode()
    listed = client.get(reverse("participants:documents_ending")).content.decode()
    assert "geheim" not in listed and "rztlich" not in listed
    assert not AccessEntry.objects.filter(deed=Deed.OPENED_SPECIAL).exists()
    assert "geheim" in client.get(page(case) + "?special=1").content.decode()
    assert AccessEntry.objects.filter(deed=Deed.OPENED_SPECIAL, detail__part="documents").count() == 1
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    client.force_login(cast.weber)
    assert "geheim" not in client.get(page(case) + "?special=1").content.decode()


def test_correcting_removing_and_bringing_back_in_the_browser(client, cast, case):
    document = note(cast, case, remark="alt")
    client.force_login(cast.lehmann)
    shown = client.get(page(case) + f"?document={document.key}")
    assert shown.context["form"]["remark"].value() == "alt"
    sent = {"version": 1, "seen_on": "05.02.2017", "remark": "neu"}
    assert client.post(page(case, key=document.key), sent).status_code == 302
    stale = client.post(page(case, key=document.key), sent | {"remark": "zwei"})
    assert stale.status_code == 200
    assert stale.context["form"]["version"].value() == "2"
    assert client.get(page(case) + f"?remove={document.key}").context["removal"]
    assert client.post(page(case, key=document.key, part="remove/"), {}).status_code == 200
    assert client.post(page(case, key=document.key, part="remove/"), {"reason": "mistake"}).status_code == 302
    assert (
        reverse("participants:document_restore", args=[case.reference, document.key])
        in client.get(page(case)).content.decode()
    )
    assert client.post(page(case, key=document.key, part="restore/")).status_code == 302
    document.refresh_from_db()
    assert (document.remark, document.removed_at) == ("neu", None)


@pytest.mark.parametrize("part", ["new/", "", "remove/", "restore/"])
def test_nothing_that_is_sent_breaks_a_page(client, cast, case, part):
    document = note(cast, case)
    address = page(case, part=part) if part == "new/" else page(case, key=document.key, part=part)
    client.force_login(cast.lehmann)
    source = random.Random(part)
    names = (
        "type",
        "seen_on",
        "valid_until",
        "remark",
        "copy",
        "copy_consent_on",
        "replaces",
        "version",
        "reason",
        "form_key",
    )
    for _number in range(40):
        sent = {name: source.choice(NASTY) for name in names if source.random() < 0.6}
        if source.random() < 0.3:
            sent["type"] = source.choice(("PASS", "AUFENTH", "ATTEST"))
        if source.random() < 0.5:
            sent["copy"] = upload(source.choice((pdf(), b"", b"x", jpeg()[:30])))
        answer = client.post(address, sent)
        assert answer.status_code in (200, 302), (sent, answer.status_code)


@pytest.mark.parametrize("word", NASTY)
def test_no_address_of_the_tab_or_the_list_breaks(client, cast, case, word):
    note(cast, case, valid_until=TODAY)
    client.force_login(cast.lehmann)
    for name in ("type", "document", "newer", "remove", "special"):
        assert client.get(page(case), {name: word}).status_code == 200
    for name in ("within", "type", "referent", "page"):
        assert client.get(reverse("participants:documents_ending"), {name: word}).status_code == 200


def test_two_hundred_documents_need_no_more_queries_than_two(client, cast, case, django_assert_max_num_queries):
    client.force_login(cast.lehmann)
    client.get(page(case))  # code lists are read once
    counted = []
    for size in (2, 60):
        while Document.objects.count() < size:
            number = Document.objects.count()
            note(cast, case, "SPRACHE", valid_until=TODAY + timedelta(days=number % 50), remark=f"Nr. {number}")
        for address in (page(case), reverse("participants:documents_ending"), "/"):
            with django_assert_max_num_queries(60) as queries:
                assert client.get(address).status_code == 200
            counted.append((address, len(queries)))
    assert counted[:3] == counted[3:]


def test_the_list_of_what_ends_and_its_filters(client, cast, case):
    for type, days in (("PASS", -3), ("FUEHR", 20), ("SPRACHE", 80)):
        note(cast, case, type, valid_until=TODAY + timedelta(days=days))
    client.force_login(cast.vogel)

    def listed(**asked):
        return [row.title for row in client.get(reverse("participants:documents_ending"), asked).context["rows"]]

    assert len(listed()) == 2
    assert len(listed(within="expired")) == 1
    assert len(listed(within="90")) == 2
    assert len(listed(within="all")) == 3
    assert len(listed(type="PASS")) == 1
    assert len(listed(referent=cast.lehmann.reference)) == 2
    assert listed(referent=cast.vogel.reference) == []
    client.force_login(cast.weber)
    assert listed(within="all") == []
    for user in (cast.hoffmann, cast.krause, cast.berger):
        client.force_login(user)
        assert client.get(reverse("participants:documents_ending")).status_code == 403
