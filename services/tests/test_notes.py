"""Notes: who may read them, by the rules of the application and by those of the database."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from participants.models import Participation
from participants.tests.builders import make_participant, share_case
from resque.accounts.models import User
from resque.accounts.roles import Role
from resque.audit.models import AccessEntry
from resque.clock import business_day, moved_to
from resque.context.acting import acting_as
from services.models import Note
from services.operations.notes import add_note, change_scope, text_of
from services.querysets import NoteQuerySet

pytestmark = pytest.mark.django_db
SCOPES = ("author", "team", "network")


@contextmanager
def application_role():
    with connection.cursor() as cursor:
        cursor.execute("set local role resque_app")
        yield
        cursor.execute("reset role")


@pytest.fixture
def case(cast):
    """A case of the DAA that Caritas shares, with one note of each scope by K. Lehmann."""
    person = make_participant(cast.lehmann)
    share_case(
        by=cast.lehmann, participation=person, to_partner=cast.caritas, scope="services", until=date(2017, 8, 31)
    )
    for scope in SCOPES:
        add_note(by=cast.lehmann, participation=person, text=f"Wort {scope}", scope=scope)
    return person


@pytest.fixture
def stranger(cast):
    """A caseworker of a partner with which nobody shared the case."""
    user = User(username="fremd", first_name="F", last_name="Fremd", role=Role.CASEWORKER, partner=cast.aufbauwerk)
    user.set_unusable_password()
    user.save()
    return user


READERS = [
    ("lehmann", {"author", "team", "network"}),
    ("vogel", {"team", "network"}),
    ("weber", {"network"}),
    ("stranger", set()),
    ("hoffmann", set()),
    ("krause", set()),
    ("berger", set()),
    ("seidel", set()),
]


@pytest.mark.parametrize("belt", ["application", "database", "both"])
@pytest.mark.parametrize(("who", "expected"), READERS)
def test_a_note_is_read_by_scope(cast, case, stranger, monkeypatch, belt, who, expected):
    reader = stranger if who == "stranger" else getattr(cast, who)
    if belt == "database":
        monkeypatch.setattr(NoteQuerySet, "visible_to", lambda self, user: self.all())
    with acting_as(reader):
        if belt == "application":
            seen = set(Note.objects.visible_to(reader).values_list("scope", flat=True))
        else:
            with application_role():
                seen = set(Note.objects.visible_to(reader).values_list("scope", flat=True))
    assert seen == expected


@pytest.mark.parametrize("role", ["owner", "application"])
def test_writing_in_the_browser(client, cast, role):
    person = make_participant(cast.lehmann)
    client.force_login(cast.lehmann)
    page = client.get(reverse("services:timeline", args=[person.reference]))
    key = page.context["note_form"]["form_key"].value()
    data = {"note": " Erste Zeile\nzweite ", "note_scope": "team", "form_key": key}
    address = reverse("services:note_new", args=[person.reference])
    if role == "application":
        with application_role():
            answers = [client.post(address, data) for _ in range(2)]
    else:
        answers = [client.post(address, data) for _ in range(2)]
    assert {answer.url for answer in answers} == {reverse("services:timeline", args=[person.reference])}
    note = Note.objects.get()
    assert (text_of(note), note.scope, note.author, note.partner) == (
        "Erste Zeile\nzweite",
        "team",
        cast.lehmann,
        cast.daa,
    )
    assert b"Zeile" not in bytes(note.sealed)
    assert AccessEntry.objects.filter(kind="note", reference=person.reference).count() == 1


def test_a_partner_with_a_share_writes_notes_of_its_own(client, cast, case):
    client.force_login(cast.weber)
    data = {"note": "Von der Caritas", "note_scope": "network"}
    assert client.post(reverse("services:note_new", args=[case.reference]), data).status_code == 302
    client.force_login(cast.vogel)
    page = client.get(reverse("services:timeline", args=[case.reference])).content.decode()
    assert "Von der Caritas" in page and "M. Weber, Caritas" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"note": ""}, "note"),
        ({"note": "   "}, "note"),
        ({"note": "x" * 4001}, "note"),
        ({"note": "a\0b"}, "note"),
        ({"note_scope": ""}, "note_scope"),
        ({"note_scope": "everybody"}, "note_scope"),
    ],
)
def test_faults_stand_at_their_field_and_nothing_is_lost(client, cast, changes, field):
    person = make_participant(cast.lehmann)
    client.force_login(cast.lehmann)
    data = {"note": "Wichtiges Wort", "note_scope": "team"} | changes
    answer = client.post(reverse("services:note_new", args=[person.reference]), data)
    assert answer.status_code == 200 and list(answer.context["note_form"].errors) == [field]
    assert field != "note_scope" or "Wichtiges Wort" in answer.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize("who", ["weber", "hoffmann", "krause"])
def test_strangers_and_the_coordination_write_nothing(client, cast, who):
    person = make_participant(cast.lehmann)
    client.force_login(getattr(cast, who))
    address = reverse("services:note_new", args=[person.reference])
    assert client.post(address, {"note": "x", "note_scope": "team"}).status_code == 404
    with pytest.raises(Participation.DoesNotExist):
        add_note(by=getattr(cast, who), participation=person, text="x", scope="team")


@pytest.mark.parametrize(("text", "scope"), [("", "team"), ("x" * 4001, "team"), ("x", "everybody")])
def test_the_operation_refuses_by_itself(cast, text, scope):
    person = make_participant(cast.lehmann)
    with pytest.raises(ValidationError):
        add_note(by=cast.lehmann, participation=person, text=text, scope=scope)


def test_a_long_note_is_folded_and_keeps_its_lines(client, cast):
    person = make_participant(cast.lehmann)
    add_note(by=cast.lehmann, participation=person, text="Wort " * 100 + "<b>Ende</b>", scope="team")
    client.force_login(cast.lehmann)
    page = client.get(reverse("services:timeline", args=[person.reference])).content.decode()
    assert "weiterlesen" in page and "&lt;b&gt;Ende" in page and "<b>Ende" not in page


def test_a_note_stands_on_the_business_day(cast):
    with moved_to(date(2017, 2, 6)):
        assert business_day(timezone.now()) == date(2017, 2, 6)
        assert business_day(timezone.now() - timedelta(days=2)) == date(2017, 2, 4)


# --- Changing who reads


def change(client, person, note, scope):
    return client.post(
        reverse("services:note_scope", args=[person.reference]), {"note": str(note), "note_scope": scope}
    )


@pytest.mark.parametrize("role", ["owner", "application"])
def test_the_author_changes_who_reads(client, cast, case, role):
    note = Note.objects.get(scope="network")
    client.force_login(cast.lehmann)
    if role == "application":
        with application_role():
            answer = change(client, case, note.pk, "team")
    else:
        answer = change(client, case, note.pk, "team")
    assert answer.url == reverse("services:timeline", args=[case.reference])
    assert not Note.objects.visible_to(cast.weber).exists()
    entry = AccessEntry.objects.get(kind="note", deed="changed")
    assert (entry.reference, entry.detail["before"], entry.detail["scope"]) == (case.reference, "network", "team")
    assert change(client, case, note.pk, "team").status_code == 302
    assert AccessEntry.objects.filter(kind="note", deed="changed").count() == 1, "nothing changed the second time"


@pytest.mark.parametrize("who", ["vogel", "weber", "hoffmann", "krause"])
def test_nobody_else_changes_who_reads(client, cast, case, who):
    note = Note.objects.get(scope="team")
    client.force_login(getattr(cast, who))
    assert change(client, case, note.pk, "network").status_code == 404
    with pytest.raises(Note.DoesNotExist):
        change_scope(by=getattr(cast, who), note=note, scope="network")
    assert Note.objects.get(pk=note.pk).scope == "team"


def test_a_note_of_another_case_is_not_there(client, cast, case):
    other = make_participant(cast.lehmann, "Andere")
    client.force_login(cast.lehmann)
    assert change(client, other, Note.objects.get(scope="team").pk, "network").status_code == 404


@pytest.mark.parametrize("key", ["", "x", "0", "-1", "9" * 30, "\0"])
def test_an_impossible_note_is_not_there(client, cast, case, key):
    client.force_login(cast.lehmann)
    assert change(client, case, key, "team").status_code == 404


def test_an_unknown_scope_changes_nothing(client, cast, case):
    note = Note.objects.get(scope="team")
    client.force_login(cast.lehmann)
    assert change(client, case, note.pk, "everybody").status_code == 302
    with pytest.raises(ValidationError):
        change_scope(by=cast.lehmann, note=note, scope="everybody")
    assert Note.objects.get(pk=note.pk).scope == "team"


def test_only_the_author_is_offered_the_change(client, cast, case):
    address = reverse("services:note_scope", args=[case.reference])
    for user, offered in ((cast.lehmann, True), (cast.vogel, False), (cast.weber, False)):
        client.force_login(user)
        for page in (reverse("services:timeline", args=[case.reference]), f"/participants/{case.reference}/"):
            assert (address in client.get(page).content.decode()) is offered
