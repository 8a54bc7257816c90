"""Every page costs a fixed number of queries, whether 3 or 30 rows stand on it.

The counts are a committed baseline (data/query_counts.json): a page that got dearer fails until somebody looked.
`RESQUE_WRITE_QUERY_COUNTS=1 bin/test resque/tests/test_query_counts.py` writes the baseline anew.
"""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.choices import ShareScope
from participants.models import Operation
from participants.operations.identities import add_contact, add_guardian, add_spelling
from participants.operations.imports import import_file
from participants.operations.sharing import share_case
from participants.operations.uploads import keep_upload, read_upload
from participants.tests.builders import make_participant
from resque.accounts.models import Partner, User
from resque.accounts.roles import Role
from resque.tests.access.matrix import named_addresses
from services.choices import NoteScope
from services.operations.notes import add_note
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

BASELINE = Path(__file__).parent / "data/query_counts.json"
FEW, MANY = 3, 30
ENTRY = date(2016, 12, 1)
COMPLETE = {"entry_date": ENTRY, "sex": "f", "e_status": "inactive", "e_in_edu": False, "e_isced": 3}
# No rows stand on these: allauth's pages of the own account, pages that only write, and answers without a page.
WITHOUT_ROWS = {
    "healthz", "account_login", "account_logout", "account_inactive", "account_reauthenticate",
    "account_change_password", "password_forgotten", "set_password", "demo_sign_in", "mfa_index", "mfa_authenticate",
    "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "usersessions_list", "ui:language",
    "ui:theme", "accounts:user_restore", "accounts:user_link", "accounts:user_second_factor", "participants:search",
    "participants:create", "participants:import_template", "participants:import_run", "participants:import_again",
    "participants:import_discard", "participants:import_take_back", "participants:spelling_new",
    "participants:contact_new", "participants:contact_remove", "participants:guardian_new",
    "participants:guardian_remove", "participants:share_revoke", "services:note_new", "services:note_scope",
}  # fmt: skip


class World:
    """A house that grows: people, what happened to one of them, services of a group, accounts, partners, imports."""

    def __init__(self, cast):
        self.cast, self.size = cast, 0
        self.operation = Operation.objects.get(code="resque-2.0")
        self.person = make_participant(cast.lehmann, "Al Hassan", "Mohamad", **COMPLETE)
        self.others = []

    def grow(self, size: int) -> None:
        """Let `size` rows stand on every page that shows rows."""
        for number in range(self.size, size):
            self._add_account(number)
            self._add_people(number)
            self._add_to_person(number)
            self._add_import(number)
        self.group = record_service(
            by=self.cast.lehmann, kind="DAA-PC", day=ENTRY, minutes=120,
            participants=[Taking(one) for one in [self.person, *self.others]],
        )  # fmt: skip
        self._upload(size)
        self.size = size

    def _add_account(self, number: int) -> None:
        Partner.objects.create(code=f"p{number}", name=f"Verein {number}", short_name=f"V{number}", kind="other")
        User.objects.create(username=f"u{number}", last_name=f"U{number}", role=Role.CASEWORKER, partner=self.cast.daa)

    def _add_people(self, number: int) -> None:
        weber, lehmann = self.cast.weber, self.cast.lehmann
        own = make_participant(lehmann, f"Hasan {number}", "Mohammad", **COMPLETE)
        foreign = make_participant(weber, f"Hassan {number}", "Muhamed", **COMPLETE)
        share_case(
            by=weber, participation=foreign, to_partner=self.cast.daa, scope=ShareScope.CONTACT, until=date(2017, 6, 1)
        )
        self.others.append(own)
        for user, case in ((lehmann, own), (weber, foreign)):
            record_service(by=user, kind="ALL-VW", day=date(2017, 2, 6), minutes=30, participants=[Taking(case)])
            record_outcome(by=user, participation=case, kind="SVB_VZ", start=date(2017, 1, 9), evidence="confirmed")

    def _add_to_person(self, number: int) -> None:
        lehmann, person = self.cast.lehmann, self.person
        record_service(
            by=lehmann, kind="DAA-BER", day=date(2017, 1, 2), minutes=45, participants=[Taking(person)], note="Notiz"
        )
        add_note(by=lehmann, participation=person, text="Notiz", scope=NoteScope.NETWORK)
        self.outcome = record_outcome(by=lehmann, participation=person, kind="DEUTSCH", start=date(2017, 1, 9))
        add_spelling(by=lehmann, participation=person, text=f"Mohammed Hasan {number}")
        add_contact(by=lehmann, participation=person, kind="phone", value=f"0341 555 {number:04}")
        add_guardian(by=lehmann, participation=person, name=f"Vormund {number}")
        share_case(
            by=lehmann, participation=person, to_partner=self.cast.caritas, scope=ShareScope.SERVICES,
            until=date(2017, 6, 1),
        )  # fmt: skip

    def _file(self, first: int, rows: int) -> bytes:
        lines = [f"X{row},Nguyen {row},Thi,2016-12-01" for row in range(first, first + rows)]
        return "\n".join(["reference,family_name,given_name,entry_date", *lines]).encode()

    def _add_import(self, number: int) -> None:
        result = import_file(
            by=self.cast.vogel, partner=self.cast.daa, operation=self.operation, data=self._file(number * 100, number + 1),
            file_name=f"{number}.csv",
        )  # fmt: skip
        assert not result.faults
        self.batch = result.batch

    def _upload(self, size: int) -> None:
        data = self._file(90_000, size).replace(b"reference", b"sex,reference")
        self.upload = keep_upload(by=self.cast.vogel, operation=self.operation, data=data, file_name="wrong.csv")
        read_upload(by=self.cast.vogel, upload=self.upload)

    def pages(self) -> dict[str, tuple[str, str, dict]]:
        """Return name -> (account, address, data of a POST) of every page that shows rows."""
        case = {"reference": self.person.reference}
        account = {"account": self.cast.vogel.reference}
        daa = {"code": "daa"}
        name = {"name": "Mohamed Alhasan", "year": ""}
        return {
            **{f"home:home {who}": (who, reverse("home:home"), {}) for who in
               ("lehmann", "hoffmann", "krause", "berger", "seidel")},
            "accounts:partners": ("seidel", reverse("accounts:partners"), {}),
            "accounts:partner": ("seidel", reverse("accounts:partner", kwargs=daa), {}),
            "accounts:partner_new": ("seidel", reverse("accounts:partner_new"), {}),
            "accounts:partner_edit": ("seidel", reverse("accounts:partner_edit", kwargs=daa), {}),
            "accounts:roles": ("seidel", reverse("accounts:roles"), {}),
            "accounts:user_new": ("seidel", reverse("accounts:user_new"), {}),
            "accounts:user": ("berger", reverse("accounts:user", kwargs=account), {}),
            "accounts:user_edit": ("berger", reverse("accounts:user_edit", kwargs=account), {}),
            "accounts:user_end": ("berger", reverse("accounts:user_end", kwargs=account), {}),
            "ui:gallery": ("lehmann", reverse("ui:gallery"), {}),
            "ui:accessibility": ("lehmann", reverse("ui:accessibility"), {}),
            "ui:licences": ("lehmann", reverse("ui:licences"), {}),
            "participants:list": ("lehmann", reverse("participants:list") + "?view=all", {}),
            "participants:list coordinator": ("hoffmann", reverse("participants:list") + "?view=all", {}),
            "participants:new": ("lehmann", reverse("participants:new"), {}),
            "participants:similar": ("lehmann", reverse("participants:similar"), name),
            "participants:ask_partners": ("lehmann", reverse("participants:ask_partners"), name),
            **{f"participants:{tab}": ("lehmann", reverse(f"participants:{tab}", kwargs=case), {}) for tab in
               ("detail", "esf", "special", "identity", "history", "share")},
            "participants:detail coordinator": ("hoffmann", reverse("participants:detail", kwargs=case), {}),
            "participants:import": ("vogel", reverse("participants:import"), {}),
            "participants:import_review": (
                "vogel", reverse("participants:import_review", kwargs={"key": self.upload.key}), {}
            ),
            "participants:import_batch": (
                "vogel", reverse("participants:import_batch", kwargs={"reference": self.batch.reference}), {}
            ),
            "services:record": ("lehmann", reverse("services:record") + f"?person={self.person.reference}", {}),
            "services:lookup": ("lehmann", reverse("services:lookup"), {"q": "Has"}),
            "services:activity": (
                "lehmann", reverse("services:activity", kwargs={"reference": self.group.reference}), {}
            ),
            "services:outcome": (
                "lehmann", reverse("services:outcome", kwargs={"reference": self.outcome.reference}), {}
            ),
            "services:outcome_new": ("lehmann", reverse("services:outcome_new", kwargs=case), {}),
            "services:timeline": ("lehmann", reverse("services:timeline", kwargs=case), {}),
            "services:timeline coordinator": ("hoffmann", reverse("services:timeline", kwargs=case), {}),
            "reporting:dashboard": ("hoffmann", reverse("reporting:dashboard"), {}),
            "reporting:dashboard partner": ("lehmann", reverse("reporting:dashboard"), {}),
            "reporting:dashboard city": ("krause", reverse("reporting:dashboard"), {}),
            "reporting:definitions": ("hoffmann", reverse("reporting:definitions"), {}),
            "reporting:people": ("hoffmann", reverse("reporting:people", kwargs={"code": "reached"}), {}),
            "reporting:people partner": ("lehmann", reverse("reporting:people", kwargs={"code": "employment"}), {}),
            "reporting:people services": ("hoffmann", reverse("reporting:people", kwargs={"code": "services"}), {}),
        }  # fmt: skip


def counted(world: World) -> dict[str, int]:
    """Open every page twice, the first time to fill caches of the process, and count the queries of the second."""
    found, clients = {}, {}
    for name, (who, address, data) in world.pages().items():
        if who not in clients:
            clients[who] = Client()
            clients[who].force_login(getattr(world.cast, who))
        ask = (lambda c, a, d: c.post(a, d)) if data else (lambda c, a, d: c.get(a))
        ask(clients[who], address, data)
        with CaptureQueriesContext(connection) as queries:
            answer = ask(clients[who], address, data)
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = len(queries)
    return found


@pytest.mark.django_db
def test_every_page_costs_as_many_queries_for_3_rows_as_for_30(cast):
    world = World(cast)
    world.grow(FEW)
    few = counted(world)
    world.grow(MANY)
    many = counted(world)
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    if os.environ.get("RESQUE_WRITE_QUERY_COUNTS"):
        BASELINE.parent.mkdir(exist_ok=True)
        BASELINE.write_text(json.dumps(few, indent=1, sort_keys=True) + "\n")
    assert few == json.loads(BASELINE.read_text())


@pytest.mark.django_db
def test_every_address_is_counted_or_has_no_rows(cast):
    world = World(cast)
    world.grow(1)
    counted_names = {name.split()[0] for name in world.pages()}
    assert {address.name for address in named_addresses()} == counted_names | WITHOUT_ROWS
