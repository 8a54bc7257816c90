"""Documents: what may be noted, when a copy may be kept, and that no file is left over or lost."""

import os
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.choices import ConsentState, ParticipationState
from participants.models import Consent, Document, Participation
from participants.operations.answers import enter
from participants.operations.document_copies import forget_removed
from participants.operations.documents import correct_document, record_document, remove_document, restore_document
from participants.operations.residence import add_row
from participants.operations.withdrawing import consequences_of, withdraw_consent
from participants.queries import circumstances_of
from participants.queries.documents import file_of
from participants.queries.ending_documents import ending_documents, waiting_documents
from participants.queries.missing_documents import missing_documents
from participants.tests.builders import make_participant, share_case
from participants.tests.copies import GPS, jpeg, pdf, png
from resque import vault
from resque.audit.models import AccessEntry
from resque.locking import StaleRecord

TODAY = date(2017, 2, 6)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.RESQUE_DATA_DIR = tmp_path
    return tmp_path / "documents"


@pytest.fixture
def case(cast):
    return make_participant(cast.lehmann, entry_date=date(2017, 1, 9))


def note(cast, case, type="TFB", **said):
    if "copy" not in said:
        said.setdefault("seen_on", TODAY)
    return record_document(by=cast.lehmann, participation=case, type=type, **said)


def files(home) -> list:
    return [path for path in home.rglob("*") if path.is_file()]


def around(cast, case, user=None):
    user = user or cast.lehmann
    return circumstances_of(Participation.objects.with_names_for(user).get(pk=case.pk), user)


def codes(fault) -> dict:
    return {name: [one.code for one in errors] for name, errors in fault.value.error_dict.items()}


def test_seen_is_enough_and_keeps_no_file(cast, case, home):
    document = note(cast, case, "PASS", valid_until=date(2019, 1, 1))
    assert (document.seen_on, document.seen_by, document.stored) == (TODAY, cast.lehmann, "")
    assert document.participation is None
    assert note(cast, case, "TFB").participation == case
    assert not home.exists()
    entry = AccessEntry.objects.filter(reference=case.reference).order_by("at").last()
    assert entry.detail["fields"] == ["documents"]
    assert "TFB" not in str(entry.detail)  # what kind it was, is not for everybody who reads the log


def test_a_copy_is_kept_sealed_under_a_random_name(cast, case, home):
    document = note(cast, case, "ZEUGNIS", copy=jpeg())
    (path,) = files(home)
    assert path.name == document.stored
    assert path.stat().st_mode & 0o777 == 0o600
    assert {one.stat().st_mode & 0o777 for one in (home, path.parent)} == {0o700}
    assert b"\xff\xd8" not in path.read_bytes()[:64]
    kept = vault.read(document.stored, purpose="document")
    assert kept.startswith(b"\xff\xd8") and GPS not in kept
    assert (document.copy_kind, document.copy_size, document.copied_on) == ("JPEG", len(kept), TODAY)


def test_a_copy_of_a_passport_needs_the_consent_of_the_person(cast, case):
    with pytest.raises(ValidationError) as fault:
        note(cast, case, "PASS", copy=pdf())
    assert codes(fault) == {"copy_consent_on": ["no_consent"]}
    for wrong in (TODAY + timedelta(days=1),):
        with pytest.raises(ValidationError):
            note(cast, case, "PASS", copy=pdf(), copy_consent_on=wrong)
    note(cast, case, "PASS", copy=pdf(), copy_consent_on=TODAY)
    note(cast, case, "AUSWEIS", copy=png())
    consent = Consent.objects.get(person=case.person, type="DOKKOP")
    assert (consent.state, consent.decided_on) == (ConsentState.GIVEN, TODAY)


def test_without_consent_copies_are_closed_at_once(cast, case):
    note(cast, case, "PASS", copy=pdf(), copy_consent_on=TODAY)
    note(cast, case, "ZEUGNIS", copy=png())
    urls = [line.copy_url for line in file_of(around(cast, case), cast.lehmann).lines]
    assert all(urls)
    Consent.objects.filter(type="DOKKOP").update(state=ConsentState.WITHDRAWN)
    file = file_of(around(cast, case), cast.lehmann)
    assert file.consent_ended
    assert [line.document.type for line in file.lines if line.copy_url] == ["ZEUGNIS"]


def test_of_health_no_copy_is_ever_kept(cast, case, home):
    with pytest.raises(ValidationError) as fault:
        note(cast, case, "ATTEST", seen_on=TODAY, copy=pdf(), copy_consent_on=TODAY)
    assert codes(fault) == {"copy": ["never"]}
    assert note(cast, case, "ATTEST").special
    assert not home.exists() or not files(home)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"type": "NICHTS"}, "type"),
        ({"seen_on": None}, "seen_on"),
        ({"seen_on": TODAY + timedelta(days=1)}, "seen_on"),
        ({"seen_on": date(1900, 1, 1)}, "seen_on"),
        ({"valid_until": date(1900, 1, 1)}, "valid_until"),
        ({"valid_until": date(9999, 1, 1)}, "valid_until"),
        ({"remark": "x" * 121}, "remark"),
        ({"type": "AUFENTH"}, "type"),
        ({"type": "AUFENTH", "seen_on": None}, "copy"),
        ({"copy": b""}, "copy"),
        ({"copy": b"PK\x03\x04"}, "copy"),
    ],
)
def test_wrong_values_are_named(cast, case, said, field):
    with pytest.raises(ValidationError) as fault:
        note(cast, case, **({"seen_on": TODAY} | said))
    assert field in fault.value.error_dict


def test_the_same_copy_is_in_the_file_once(cast, case):
    note(cast, case, "ZEUGNIS", copy=jpeg())
    with pytest.raises(ValidationError) as fault:
        note(cast, case, "ZEUGNIS", copy=jpeg() + b"different behind the end")
    assert codes(fault) == {"copy": ["known"]}


def test_a_newer_version_stands_in_front_and_the_older_one_behind(cast, case):
    old = note(cast, case, "PASS", valid_until=date(2017, 2, 1))
    newer = note(cast, case, "PASS", valid_until=date(2022, 2, 1), replaces=old.key)
    (line,) = file_of(around(cast, case), cast.lehmann).lines
    assert (line.document, [one.document for one in line.earlier]) == (newer, [old])
    with pytest.raises(ValidationError, match=r"ältere|older"):
        note(cast, case, "PASS", replaces=old.key)
    with pytest.raises(ValidationError):
        note(cast, case, "FUEHR", replaces=newer.key)
    remove_document(by=cast.lehmann, document=newer, reason="mistake")
    (line,) = file_of(around(cast, case), cast.lehmann).lines
    assert line.document == old


def test_removing_can_be_undone_for_a_day(cast, case, home, django_capture_on_commit_callbacks):
    document = note(cast, case, "ZEUGNIS", copy=jpeg())
    remove_document(by=cast.lehmann, document=document, reason="person")
    remove_document(by=cast.lehmann, document=document, reason="mistake")  # twice is no fault
    file = file_of(around(cast, case), cast.lehmann)
    assert (file.lines, [line.document for line in file.removed]) == ([], [document])
    restore_document(by=cast.lehmann, document=document)
    restore_document(by=cast.lehmann, document=document)
    assert file_of(around(cast, case), cast.lehmann).lines[0].copy_url
    remove_document(by=cast.lehmann, document=document, reason="mistake")
    assert forget_removed() == 0
    Document.objects.update(removed_at=timezone.now() - timedelta(hours=24, seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_removed() == 1
        assert files(home)  # not before the commit
    assert not files(home)
    assert not Document.objects.exists()


def test_a_renewed_document_outlives_its_removed_newer_version(cast, case):
    old = note(cast, case, "PASS")
    newer = note(cast, case, "PASS", replaces=old.key)
    remove_document(by=cast.lehmann, document=newer, reason="mistake")
    Document.objects.filter(pk=newer.pk).update(removed_at=timezone.now() - timedelta(days=2))
    forget_removed()
    connection.check_constraints()
    assert list(Document.objects.values_list("pk", "replaced_by")) == [(old.pk, None)]


def test_without_consent_the_copy_is_deleted_at_once_and_what_was_seen_stays(
    cast, case, home, django_capture_on_commit_callbacks
):
    seen = note(cast, case, "PASS", copy=pdf(), seen_on=TODAY, copy_consent_on=TODAY)
    only_copy = note(cast, case, "AUSWEIS", copy=png())
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_document(by=cast.lehmann, document=seen, reason="consent").removed_at is None
        gone = remove_document(by=cast.lehmann, document=only_copy, reason="consent")
    assert not files(home)
    with pytest.raises(ValidationError):
        restore_document(by=cast.lehmann, document=gone)
    assert [line.document for line in file_of(around(cast, case), cast.lehmann).lines] == [seen]


def test_correcting_carries_a_version(cast, case):
    document = note(cast, case, "PASS")
    correct_document(by=cast.vogel, document=document, version=1, seen_on=TODAY, remark="zwei Seiten")
    with pytest.raises(StaleRecord):
        correct_document(by=cast.lehmann, document=document, version=1, seen_on=TODAY)
    document.refresh_from_db()
    assert (document.seen_by, document.remark) == (cast.lehmann, "zwei Seiten")
    copied = correct_document(
        by=cast.lehmann, document=document, version=2, seen_on=TODAY, copy=pdf(), copy_consent_on=TODAY
    )
    with pytest.raises(ValidationError) as fault:
        correct_document(by=cast.lehmann, document=copied, version=None, seen_on=TODAY, copy=png())
    assert codes(fault) == {"copy": ["has_copy"]}


@pytest.mark.parametrize("deed", ["record", "correct", "remove", "restore"])
def test_strangers_and_partners_change_nothing(cast, case, deed):
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    document = note(cast, case, "PASS")
    with pytest.raises(Participation.DoesNotExist):
        if deed == "record":
            record_document(by=cast.weber, participation=case, type="PASS", seen_on=TODAY)
        elif deed == "correct":
            correct_document(by=cast.weber, document=document, version=1, seen_on=TODAY)
        elif deed == "remove":
            remove_document(by=cast.weber, document=document, reason="mistake")
        else:
            restore_document(by=cast.weber, document=document)


def test_who_sees_which_documents(cast, case):
    for type in ("PASS", "ATTEST"):
        note(cast, case, type)

    def seen(user):
        return set(Document.objects.visible_to(user).values_list("type", flat=True))

    assert seen(cast.vogel) == {"PASS", "ATTEST"}
    assert seen(cast.weber) == set()
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    assert seen(cast.weber) == {"PASS"}
    for user in (cast.hoffmann, cast.krause, cast.berger, cast.seidel):
        assert seen(user) == set()
    Participation.objects.update(state=ParticipationState.RESTRICTED)
    assert seen(cast.vogel) == set()
    with pytest.raises(ValidationError, match=r"eingeschränkt|restricted"):
        note(cast, case)


def test_a_rollback_leaves_no_file(cast, case, home):
    with pytest.raises(RuntimeError), transaction.atomic():
        note(cast, case, "ZEUGNIS", copy=jpeg())
        assert files(home)
        raise RuntimeError
    assert not files(home)


def test_a_full_disk_leaves_no_row_and_no_file(cast, case, home, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ValidationError) as fault:
        note(cast, case, "ZEUGNIS", copy=jpeg())
    assert codes(fault) == {"copy": ["storage"]}
    assert not files(home)
    assert not Document.objects.exists()


def test_the_check_finds_what_does_not_belong_together(cast, case, home, capsys):
    kept = note(cast, case, "ZEUGNIS", copy=jpeg())
    lost = note(cast, case, "SPRACHE", copy=png())
    call_command("check_documents")
    path = {one.name: one for one in files(home)}
    for name in ("f" * 32, f"{'a' * 32}.17.0123abcd"):  # one that no row names, and a draft of a crash
        (home / name[:2]).mkdir(mode=0o700, exist_ok=True)
        (home / name[:2] / name).write_bytes(b"cut off")
        os.utime(home / name[:2] / name, (1, 1))
    path[lost.stored].unlink()
    capsys.readouterr()
    with pytest.raises(SystemExit):
        call_command("check_documents", "--delete")
    said = capsys.readouterr().out
    assert str(lost.key) in said and str(kept.key) not in said
    assert files(home) == [path[kept.stored]]
    path[kept.stored].write_bytes(b"changed")
    with pytest.raises(SystemExit):
        call_command("check_documents")
    assert str(kept.key) in capsys.readouterr().out


def test_what_is_missing_follows_the_stage(cast):
    contact = make_participant(cast.lehmann)
    assert missing(cast, contact) == []
    entered = make_participant(cast.lehmann, "Tesfay", "Selam", entry_date=date(2017, 1, 2), residence_status="GEST")
    first = missing(cast, entered)
    assert any("Teilnehmerfragebogen" in title for title in first)
    assert _("Residence document not seen") in first
    for type in ("TFB", "PASS", "EINW", "FOERD", "PLAN"):
        note(cast, entered, type)
    assert missing(cast, entered) == [_("Residence document not seen")]
    add_row(by=cast.lehmann, participation=entered, history="status", valid_from=TODAY, status="GEST", seen_on=TODAY)
    assert missing(cast, entered) == []
    enter(by=cast.lehmann, participation=entered, answers={"exit_date": date(2017, 2, 1), "exit_reason": "WUNSCH"})
    (sheet,) = missing(cast, entered)
    assert "Austritt" in sheet


def missing(cast, case) -> list[str]:
    found = around(cast, case)
    return [item["title"] for item in missing_documents(found, file_of(found, cast.lehmann))]


def test_what_ends_waits_for_the_referent_of_an_open_case(cast, case, django_assert_num_queries):
    note(cast, case, "PASS", valid_until=date(2017, 2, 5))
    note(cast, case, "FUEHR", valid_until=date(2017, 4, 7))
    note(cast, case, "ARBERL", valid_until=date(2017, 4, 8))
    with django_assert_num_queries(1):
        numbers = [(one.number, one.bad) for one in waiting_documents(cast.lehmann)]
    assert numbers == [(1, True), (1, False)]
    assert waiting_documents(cast.vogel) == []
    assert ending_documents(cast.weber).count() == 0
    assert ending_documents(cast.vogel).count() == 3
    Participation.objects.update(state=ParticipationState.ENDED)
    assert ending_documents(cast.vogel).count() == 0


def test_withdrawing_the_consent_deletes_the_copies_in_the_same_transaction(
    cast, case, home, django_capture_on_commit_callbacks
):
    note(cast, case, "PASS", copy=pdf(), seen_on=TODAY, copy_consent_on=TODAY)
    gone = note(cast, case, "AUSWEIS", copy=png())
    remove_document(by=cast.lehmann, document=gone, reason="mistake")
    stays = note(cast, case, "ZEUGNIS", copy=jpeg())
    consent = Consent.objects.get(person=case.person, type="DOKKOP")
    (copies,) = (one for one in consequences_of(consent) if one.carry_out)
    assert copies.preview(consent)[0].startswith("2 ")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(by=cast.lehmann, consent=consent, day=TODAY)
    assert [path.name for path in files(home)] == [stays.stored]
    assert {line.document.type for line in file_of(around(cast, case), cast.lehmann).lines} == {"PASS", "ZEUGNIS"}
