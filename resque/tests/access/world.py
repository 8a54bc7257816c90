"""The world of the proof: one case for every relation that a partner can have to it, full of canaries.

Seen from the DAA a case is its own, shared with name and contact, shared as facts only, foreign, or its share has
expired or was revoked. All but its own belong to Caritas. A group service of Caritas joins a shared and a foreign
case, and the DAA has recorded services on every case while it was open to it.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from participants.choices import Purpose
from participants.linking.sending import Sent, closed
from participants.models import (
    CaseShare,
    Consent,
    Contact,
    Document,
    Guardian,
    ImportBatch,
    ImportUpload,
    MatchRequest,
    Operation,
    Participation,
    PossibleMatch,
)
from participants.models.imports import ImportedRow
from participants.operations.consents import give_consent
from participants.operations.documents import record_document
from participants.operations.grants import change_operation, note_extension
from participants.operations.stations import refuse_anonymously
from participants.operations.uploads import keep_upload, read_upload
from participants.operations.withdrawing import withdraw_consent
from participants.sheets.texts import CONSENT, sheet_text
from participants.tests.builders import SIGNED, make_participant, share_case
from participants.tests.copies import png
from reporting.models import KeptReport
from reporting.tests.submitting import Told, keep
from resque.accounts.models import Partner, User
from resque.accounts.roles import Role
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import moved_to
from resque.once.models import FormKey
from resque.references import free_reference
from resque.secrets import seal
from resque.tests.access.background import add_background
from resque.tests.access.canaries import Canaries, in_script, text_fields
from services.models import Activity, Note
from services.operations.checking_events import Heads
from services.operations.events import Part, record_event
from services.operations.organisations import register_organisation
from services.operations.outcomes import record_outcome
from services.operations.outreach import record_outreach
from services.operations.recording import Taking, record_service

DAY = date(2017, 2, 6)
CASES = ("own", "shared", "facts", "foreign", "expired", "revoked")
SCOPES = ("author", "team", "network")
ACCOUNTS = {
    "caseworker": ("lehmann", Role.CASEWORKER, "daa"),
    "colleague": ("vogel", Role.CASEWORKER, "daa"),
    "other": ("weber", Role.CASEWORKER, "caritas"),
    "coordinator": ("hoffmann", Role.COORDINATOR, "aufbauwerk"),
    "city": ("krause", Role.CITY_OFFICER, "stadt"),
    "partner_admin": ("berger", Role.PARTNER_ADMIN, "daa"),
    "other_admin": ("brandt", Role.PARTNER_ADMIN, "caritas"),
    "admin": ("seidel", Role.ADMIN, None),
}
ANSWERS = {
    "entry_date": "2017-01-09", "sex": "f", "birth_date": date(1990, 5, 5), "nationality": "SYR",
    "e_status": "inactive", "e_in_edu": False, "e_isced": 3, "accommodation": "GU",
    "residence_status": "GEST",
    "special": {"e_migrant": "true"}, "art9_basis": "consent",
}  # fmt: skip


@dataclass
class World:
    """Everything by its label.

    Attributes:
        users: accounts by role of the matrix.
        cases: participations by relation to the DAA.
        activities, outcomes: by case; of the owning partner.
        served: services that the DAA recorded on the cases of Caritas, by case.
        group: the service of Caritas with the shared and the foreign case.
        events, visits, organisations: work without known people, by the role that recorded it.
        batches, uploads: an import of each partner, by "own" and "foreign".
        refusals: one of each worker, by role.
        match_requests: questions between two partners: of the DAA to Caritas and answered, of Caritas to the DAA,
            and of Caritas to a third partner.
        documents: a paper with a copy of each case.
        report: the report that was kept last.
        passkey: key of a passkey that belongs to nobody who visits.
        sheet_version: version of a sheet that somebody consented to.
    """

    users: dict[str, User]
    canaries: Canaries = field(default_factory=Canaries)
    cases: dict[str, Participation] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    outcomes: dict = field(default_factory=dict)
    served: dict[str, Activity] = field(default_factory=dict)
    group: Activity | None = None
    events: dict[str, Activity] = field(default_factory=dict)
    visits: dict[str, Activity] = field(default_factory=dict)
    organisations: dict = field(default_factory=dict)
    batches: dict[str, ImportBatch] = field(default_factory=dict)
    uploads: dict[str, ImportUpload] = field(default_factory=dict)
    refusals: dict = field(default_factory=dict)
    match_requests: dict[str, MatchRequest] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    report: KeptReport | None = None
    passkey: int = 0
    sheet_version: str = ""

    def label_of(self, row) -> str:
        """Return the case that a row belongs to, "" for a row of none."""
        if isinstance(row, Activity):
            named = {one.pk: label for label, one in self.activities.items()}
            named |= {one.pk: f"served {label}" for label, one in self.served.items()}
            return {**named, self.group.pk: "group"}.get(row.pk, "")
        for label, case in self.cases.items():
            if row == case or case.person_id in (getattr(row, "person_id", None), row.pk if _is_person(row) else None):
                return label
            if getattr(row, "participation_id", None) == case.pk:
                return label
        return ""


def _is_person(row) -> bool:
    return row._meta.label == "participants.Person"


@contextmanager
def built() -> Iterator[World]:
    """Build the world inside a transaction that is rolled back at the end of the block."""
    with transaction.atomic(), moved_to(DAY):
        yield build()
        transaction.set_rollback(True)


def build() -> World:
    """Make accounts and cases through the operations, then put a canary into every text that they left empty."""
    partners = {partner.code: partner for partner in Partner.objects.all()}
    users = {}
    for role, (name, kind, partner) in ACCOUNTS.items():
        users[role] = User(
            username=name, first_name="A", last_name=name.title(), role=kind, partner=partners.get(partner)
        )
        users[role].set_password("resque-demo")
        users[role].save()
    world = World(users)
    for label in CASES:
        _make_case(world, label)
    _note_documents(world)
    _share(world, partners)
    _agree(world)
    _serve(world)
    _end_shares(world)
    _import(world)
    world.report = keep(users["coordinator"], DAY)
    for role in ("caseworker", "other"):
        by = users[role]
        operation = Operation.objects.get(code="resque-2.0")
        world.refusals[role] = refuse_anonymously(by=by, operation=operation, partner=by.partner, day=DAY)
    _match(world, partners)
    _work_without_people(world)
    _keep_operation(users["coordinator"])
    # The second report of the day tells why values of the first have changed.
    reason = world.canaries.new("own", "reason", "Revision.reason", "aufbauwerk")
    world.report = keep(users["coordinator"], DAY, Told(reason))
    for role in ("caseworker", "other"):
        FormKey.objects.create(key=uuid.uuid4(), user=users[role], target="/")
    key = Authenticator.objects.create(user=users["colleague"], type="webauthn", data={"name": "key", "credential": {}})
    world.passkey = key.pk
    return world


def _keep_operation(by: User) -> None:
    operation = Operation.objects.get(code="resque-2.0")
    change_operation(by=by, operation=operation, version=None, entities={"CO20": 1})
    note_extension(by=by, operation=operation, end=date(2019, 12, 31), decided_on=DAY)


def owner_of(world: World, label: str) -> User:
    """Return the caseworker to whom a case belongs."""
    return world.users["caseworker" if label == "own" else "other"]


def _make_case(world: World, label: str) -> None:
    by, canaries = owner_of(world, label), world.canaries
    code = by.partner.code

    def text(what: str, name: str, **more) -> str:
        return canaries.new(label, what, name, code, **more)

    case = make_participant(
        by,
        text("identity", "Identity.family_name"),
        text("identity", "Identity.given_name"),
        original_script=in_script(text("identity", "Identity.original_script")),
        other_spellings=(text("identity", "Spelling.text"),),
        external_reference=text("own", "Participation.external_reference"),
        **ANSWERS,
    )
    Participation.objects.filter(pk=case.pk).update(x_qual_evidence=text("fact", "Participation.x_qual_evidence"))
    for model, values in ((Contact, {"kind": "phone"}), (Contact, {"kind": "address"}), (Guardian, {})):
        words = {name: text("identity", f"{model.__name__}.{name}") for name in text_fields(model)}
        model.objects.create(person_id=case.person_id, **values, **words)
    add_background(case, text)
    world.cases[label] = Participation.objects.select_related("person").get(pk=case.pk)
    world.activities[label] = _service(world, by, [label], "DAA-BER" if label == "own" else "CAR-SOZ")
    world.outcomes[label] = _outcome(world, by, label)


def _note_documents(world: World) -> None:
    """A certificate with a copy, and a paper about health, which no share opens."""
    for label, case in world.cases.items():
        by = owner_of(world, label)
        words = {kind: world.canaries.new(label, what, "Document.remark", by.partner.code) for kind, what in
                 (("ZEUGNIS", "identity"), ("ATTEST", "own"))}  # fmt: skip
        world.documents[label] = record_document(
            by=by, participation=case, type="ZEUGNIS", remark=words["ZEUGNIS"], valid_until=DAY, copy=png()
        )
        record_document(by=by, participation=case, type="ATTEST", remark=words["ATTEST"], seen_on=DAY, valid_until=DAY)


def _service(world: World, by: User, labels: list[str], kind: str) -> Activity:
    name = " and ".join(labels)
    words = {
        key: world.canaries.new(name, "service", f"Activity.{key}", by.partner.code) for key in text_fields(Activity)
    }
    activity = record_service(
        by=by, kind=kind, participants=[Taking(world.cases[label]) for label in labels], day=DAY, minutes=45, **words
    )
    for label in labels:
        for scope in SCOPES:
            word = world.canaries.new(
                label, "note", f"Note ({scope})", by.partner.code, author=by.username, scope=scope
            )
            Note.objects.create(
                participation=world.cases[label], activity=activity, partner=by.partner, author=by, scope=scope,
                sealed=seal(word, purpose="note"),
            )  # fmt: skip
    return activity


def _outcome(world: World, by: User, label: str):
    words = {
        key: world.canaries.new(label, "outcome", f"Outcome.{key}", by.partner.code)
        for key in ("employer", "evidence_note")
    }
    return record_outcome(by=by, participation=world.cases[label], kind="SVB_VZ", start=DAY, **words)


def _share(world: World, partners) -> None:
    weber = world.users["other"]
    for label, scope in (("shared", "contact"), ("facts", "services"), ("expired", "contact"), ("revoked", "contact")):
        share_case(
            by=weber, participation=world.cases[label], to_partner=partners["daa"], scope=scope,
            until=DAY + timedelta(days=30),
        )  # fmt: skip
    # A share between two other partners is no business of the third.
    for label in ("own", "foreign"):
        share_case(
            by=owner_of(world, label), participation=world.cases[label], to_partner=partners["aufbauwerk"],
            scope="contact", until=DAY + timedelta(days=30),
        )  # fmt: skip


def _agree(world: World) -> None:
    """Let everybody agree to a purpose on a printed sheet, and withdraw another; then mark every word of the papers."""
    version = sheet_text(CONSENT, "ara").version
    for label, case in world.cases.items():
        by, paper = owner_of(world, label), replace(SIGNED, version=version)
        give_consent(by=by, participation=case, purpose=Purpose.PHOTO, paper=paper)
        copies = give_consent(by=by, participation=case, purpose=Purpose.COPIES, paper=paper)
        withdraw_consent(by=by, consent=copies, day=DAY)
        for consent in Consent.objects.filter(person=case.person_id):
            code = by.partner.code
            # With whom else the owner works is its own business, as is with which body it talks.
            what = "own" if consent.type == Purpose.SHARING else "identity"
            words = {name: world.canaries.new(label, what, f"Consent.{name}", code) for name in text_fields(Consent)}
            Consent.objects.filter(pk=consent.pk).update(**words)
    world.sheet_version = version


def _serve(world: World) -> None:
    lehmann = world.users["caseworker"]
    for label in ("shared", "facts", "expired", "revoked"):
        world.served[label] = _service(world, lehmann, [label], "DAA-BER")
    world.group = _service(world, world.users["other"], ["shared", "foreign"], "CAR-GEW")


def _end_shares(world: World) -> None:
    expired = CaseShare.objects.filter(participation=world.cases["expired"])
    # The database looks at the beginning of the transaction, in which this world is younger than a minute.
    expired.update(expires_at=timezone.now() - timedelta(hours=1))
    CaseShare.objects.filter(participation=world.cases["revoked"]).update(revoked_at=timezone.now())


PAIRS = (("own", "shared"), ("own", "facts"), ("shared", "foreign"), ("foreign", "expired"), ("own", "foreign"))


def _match(world: World, partners) -> None:
    """Pairs over every border between records, and questions in both directions and past the DAA."""
    for number, labels in enumerate(PAIRS):
        first, second = sorted((world.cases[label].person for label in labels), key=lambda person: person.pk)
        state = "different" if number == 0 else "open"
        PossibleMatch.objects.create(first=first, second=second, score=0.9, state=state, found_at=timezone.now())
    for label, case, asked, state in (
        ("own", "own", "caritas", "different"),
        ("asked", "shared", "daa", "open"),
        ("foreign", "foreign", "aufbauwerk", "open"),
    ):
        by = owner_of(world, case)
        note_deed(deed=Deed.ASKED_PARTNERS, kind="search", by=by)
        name = world.cases[case].person.identity.name
        world.match_requests[label] = MatchRequest.objects.create(
            reference=free_reference(MatchRequest, "Q"), person=world.cases[case].person, from_partner=by.partner,
            to_partner=partners[asked], band=5, state=state, asked_at=timezone.now(), asked_by=by,
            sealed_sent=closed(Sent(name)) if state == "open" else b"",
        )  # fmt: skip


def _work_without_people(world: World) -> None:
    """An event of everybody who records them, with an organisation, and visits of two partners."""
    for role, kind in (
        ("city", "STL-MPS"),
        ("caseworker", "NET-UNT"),
        ("other", "NET-UNT"),
        ("coordinator", "AWL-NET"),
    ):
        by = world.users[role]
        organisation = register_organisation(by=by, name=f"Organisation {role}", kind="employer")
        world.events[role] = record_event(
            by=by, kind=kind, day=DAY, minutes=90, audiences=[Heads("AG", 3, 4)], organisations=[Part(organisation)],
            title=f"Event of the {role}",
        )  # fmt: skip
        world.organisations[role] = organisation
    for role, kind in (("caseworker", "ALL-KK"), ("other", "CAR-AUF")):
        by = world.users[role]
        words = {
            key: world.canaries.new("visit", "service", f"Activity.{key}", by.partner.code)
            for key in text_fields(Activity)
        }
        world.visits[role] = record_outreach(by=by, kind=kind, day=DAY, minutes=60, women=3, **words)


def _import(world: World) -> None:
    operation = Operation.objects.get(code="resque-2.0")
    for label in ("own", "foreign"):
        by = owner_of(world, label)
        name = world.canaries.new(label, "batch", "ImportBatch.file_name", by.partner.code, author=by.username)
        world.batches[label] = ImportBatch.objects.create(
            reference=f"B-{'22222' if label == 'own' else '33333'}", partner=by.partner, operation=operation,
            file_name=name, rows=1, imported_at=timezone.now(), imported_by=by,
        )  # fmt: skip
        ImportedRow.objects.create(
            batch=world.batches[label], participation=world.cases[label], line=2, fingerprint="x"
        )
        file = f"reference;family_name;sex\n1;{name};f\n".encode()
        world.uploads[label] = keep_upload(by=by, operation=operation, data=file, file_name=f"{name}.csv")
        read_upload(by=by, upload=world.uploads[label])
