"""A house that grows, with the pages on which its rows stand: for tests that open everything."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from participants.choices import Purpose, ShareScope
from participants.linking.sending import Sent, closed
from participants.models import Consent, MatchRequest, Operation, PossibleMatch
from participants.operations.background import add_entry
from participants.operations.consents import give_consent
from participants.operations.documents import record_document
from participants.operations.identities import add_contact, add_guardian, add_spelling
from participants.operations.imports import import_file
from participants.operations.intake import STEPS, begin_intake
from participants.operations.residence import add_row
from participants.operations.stations import refuse_anonymously
from participants.operations.uploads import keep_upload, read_upload
from participants.tests.builders import make_participant, share_case
from reporting.tests.submitting import Told, keep
from resque.accounts.models import Partner, User
from resque.accounts.roles import Role
from resque.codelists.queries import choices
from resque.references import free_reference
from services.choices import NoteScope
from services.operations.checking_events import Heads
from services.operations.events import Part, record_event
from services.operations.notes import add_note
from services.operations.organisations import register_organisation
from services.operations.outcomes import record_outcome
from services.operations.outreach import record_outreach
from services.operations.recording import Taking, record_service

ENTRY = date(2016, 12, 1)
COMPLETE = {"entry_date": ENTRY, "sex": "f", "e_status": "inactive", "e_in_edu": False, "e_isced": 3}


class World:
    """A house that grows: people, what happened to one of them, services of a group, accounts, partners, imports."""

    def __init__(self, cast):
        self.cast, self.size = cast, 0
        self.operation = Operation.objects.get(code="resque-2.0")
        self.person = make_participant(cast.lehmann, "Al Hassan", "Mohamad", **COMPLETE)
        self.others, self.parts = [], []

    def grow(self, size: int) -> None:
        """Let `size` rows stand on every page that shows rows."""
        for number in range(self.size, size):
            self._add_account(number)
            self._add_people(number)
            self._add_to_person(number)
            self._add_import(number)
            self._add_matches(number)
            refuse_anonymously(
                by=self.cast.lehmann, operation=self.operation, partner=self.cast.daa, day=ENTRY + timedelta(days=number)
            )
        self.group = record_service(
            by=self.cast.lehmann, kind="DAA-PC", day=ENTRY, minutes=120,
            participants=[Taking(one) for one in [self.person, *self.others]],
        )  # fmt: skip
        self.consent = Consent.objects.get(person=self.person.person_id, type=Purpose.SHARING)
        self._meet(size)
        self._upload(size)
        self._submit(size)
        self.size = size

    def _submit(self, size: int) -> None:
        """One report for each size, the last one with a reason for all that has changed since the others."""
        for number in range(self.size, size):
            self.report = keep(self.cast.hoffmann, ENTRY + timedelta(days=number), Told("Nacherfasst"))

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
        record_document(
            by=lehmann, participation=person, type="SPRACHE", seen_on=ENTRY, valid_until=date(2017, 3, 1), remark=f"B{number}"
        )  # fmt: skip
        day = date(2016, 6, 1) + timedelta(days=number)
        self._add_background(day)
        add_row(by=lehmann, participation=person, history="status", valid_from=day, status="GEST")
        add_row(by=lehmann, participation=person, history="place", valid_from=day, accommodation="GU")
        release = {"recipient": f"Stelle {number}", "expires_on": date(2017, 6, 1)}
        give_consent(by=lehmann, participation=person, purpose=Purpose.RELEASE, **release)
        share_case(
            by=lehmann, participation=person, to_partner=self.cast.caritas, scope=ShareScope.SERVICES,
            until=date(2017, 6, 1),
        )  # fmt: skip

    def _add_background(self, day: date) -> None:
        said = {"by": self.cast.lehmann, "participation": self.person}
        add_entry(**said, of="language", language="deu", overall="A2", evidence="SELBST", assessed_on=day)
        add_entry(**said, of="schooling", certificate="ABI")
        add_entry(**said, of="work", occupation="Bäcker")
        add_entry(**said, of="credential", title="Gesellenbrief")
        begin_intake(by=self.cast.lehmann, participation=make_participant(self.cast.lehmann, f"Umar{day:%d}", "Bilal"))

    def _add_matches(self, number: int) -> None:
        """A pair of records to review, and a question to another partner and from it."""
        person, other = self.person.person, self.others[-1].person
        PossibleMatch.objects.create(first=person, second=other, score=0.9, found_at=timezone.now())
        weber, lehmann = self.cast.weber, self.cast.lehmann
        theirs = make_participant(weber, f"Hossain {number}", "Mohamed")
        for by, case, asked in ((lehmann, self.others[-1], self.cast.caritas), (weber, theirs, self.cast.daa)):
            self.question = MatchRequest.objects.create(
                reference=free_reference(MatchRequest, "Q"), person=case.person, from_partner=by.partner,
                to_partner=asked, band=4, asked_at=timezone.now(), asked_by=by, sealed_sent=closed(Sent(f"Hasan {number}, M")),
            )  # fmt: skip

    def _meet(self, size: int) -> None:
        """One event and one visit more, each with as many rows as there are sizes."""
        cast = self.cast
        for number in range(self.size, size):
            record_event(by=cast.krause, kind="STL-MPS", day=ENTRY, minutes=60, audiences=[Heads("AG", 3, 4)])
            record_outreach(by=cast.lehmann, kind="ALL-KK", day=ENTRY, minutes=15, women=2)
            self.parts.append(Part(register_organisation(by=cast.krause, name=f"Betrieb {number}", kind="employer")))
        heads = [Heads(kind, 2) for kind, _label in choices("audience")[:size]]
        self.event = record_event(
            by=cast.krause, kind="STL-MPS", day=date(2017, 3, 1), minutes=240, state="planned", audiences=heads,
            organisations=self.parts,
        )  # fmt: skip
        self.visit = record_outreach(by=cast.lehmann, kind="ALL-KK", day=ENTRY, minutes=15, women=2)

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
               ("consents", "consent_record", "detail", "esf", "special", "exit", "followup", "return", "state", "target_group", "identity",
                "residence", "background", "documents", "history", "share")},
            **{f"participants:intake_{step}": ("lehmann", reverse(f"participants:intake_{step}", kwargs=case), {})
               for step in STEPS},
            "participants:intakes": ("lehmann", reverse("participants:intakes"), {}),
            "participants:contact": ("lehmann", reverse("participants:contact"), {"handed_out": "1", **name}),
            "participants:detail coordinator": ("hoffmann", reverse("participants:detail", kwargs=case), {}),
            "participants:matches": ("lehmann", reverse("participants:matches"), {}),
            "participants:matches inbox": ("lehmann", reverse("participants:matches") + "?view=inbox", {}),
            "participants:matches sent": ("lehmann", reverse("participants:matches") + "?view=sent", {}),
            "participants:match_request": (
                "lehmann", reverse("participants:match_request", kwargs={"reference": self.question.reference}), {}
            ),
            "participants:compare": ("lehmann", reverse("participants:compare", kwargs=case), {}),
            "participants:partners": ("lehmann", reverse("participants:partners", kwargs=case) + "?to=caritas", {}),
            "participants:documents_ending": ("lehmann", reverse("participants:documents_ending"), {}),
            "participants:consent_withdraw": (
                "lehmann", reverse("participants:consent_withdraw", kwargs=case) + f"?consent={self.consent.pk}", {}
            ),
            "participants:sheets": ("lehmann", reverse("participants:sheets"), {}),
            "participants:refusals": ("lehmann", reverse("participants:refusals"), {}),
            "participants:refusals coordinator": ("hoffmann", reverse("participants:refusals"), {}),
            "participants:import": ("vogel", reverse("participants:import"), {}),
            "participants:import_review": (
                "vogel", reverse("participants:import_review", kwargs={"key": self.upload.key}), {}
            ),
            "participants:import_batch": (
                "vogel", reverse("participants:import_batch", kwargs={"reference": self.batch.reference}), {}
            ),
            "operations:list": ("hoffmann", reverse("operations:list"), {}),
            **{f"operations:{page}": ("hoffmann", reverse(f"operations:{page}", args=["resque-2.0"]), {}) for page in
               ("operation", "settings")},
            "services:record": ("lehmann", reverse("services:record") + f"?person={self.person.reference}", {}),
            "services:lookup": ("lehmann", reverse("services:lookup"), {"q": "Has"}),
            "services:activity": (
                "lehmann", reverse("services:activity", kwargs={"reference": self.group.reference}), {}
            ),
            "services:outcome": (
                "lehmann", reverse("services:outcome", kwargs={"reference": self.outcome.reference}), {}
            ),
            "services:outcome_new": ("lehmann", reverse("services:outcome_new", kwargs=case), {}),
            "services:outreach": ("lehmann", reverse("services:outreach") + f"?person={self.person.reference}", {}),
            "services:visits": ("lehmann", reverse("services:visits"), {}),
            "services:visits coordinator": ("hoffmann", reverse("services:visits"), {}),
            "services:visit_edit": (
                "lehmann", reverse("services:visit_edit", kwargs={"reference": self.visit.reference}), {}
            ),
            "services:activity visit": (
                "lehmann", reverse("services:activity", kwargs={"reference": self.visit.reference}), {}
            ),
            "services:events": ("krause", reverse("services:events"), {}),
            "services:event_new": ("krause", reverse("services:event_new"), {}),
            **{f"services:{page}": ("krause", reverse(f"services:{page}", kwargs={"reference": self.event.reference}), {})
               for page in ("event", "event_edit", "event_organisations")},
            "services:organisations": ("krause", reverse("services:organisations"), {}),
            "services:organisation_new": ("krause", reverse("services:organisation_new"), {}),
            **{f"services:{page}": ("krause", reverse(f"services:{page}", kwargs={"reference": self.parts[0].organisation.reference}), {})
               for page in ("organisation", "organisation_edit")},
            "services:my_way": ("lehmann", reverse("services:my_way", kwargs=case | {"language": "ara"}), {}),
            "services:timeline": ("lehmann", reverse("services:timeline", kwargs=case), {}),
            "services:timeline coordinator": ("hoffmann", reverse("services:timeline", kwargs=case), {}),
            "reporting:dashboard": ("hoffmann", reverse("reporting:dashboard"), {}),
            "reporting:dashboard partner": ("lehmann", reverse("reporting:dashboard"), {}),
            "reporting:dashboard city": ("krause", reverse("reporting:dashboard"), {}),
            "reporting:reached": ("hoffmann", reverse("reporting:reached") + "?operation=all", {}),
            "reporting:reached partner": ("lehmann", reverse("reporting:reached"), {}),
            "reporting:definitions": ("hoffmann", reverse("reporting:definitions"), {}),
            "reporting:indicators": (
                "hoffmann", reverse("reporting:indicators") + "?date=2017-01-31&since=2016-06-30", {}
            ),
            "reporting:indicators partner": ("lehmann", reverse("reporting:indicators") + "?rules=2021", {}),
            "reporting:people indicator": ("hoffmann", reverse("reporting:people", kwargs={"code": "CO03"}), {}),
            "reporting:people integrated": (
                "lehmann", reverse("reporting:people", kwargs={"code": "INTEGRATED_A"}) + "?date=2017-02-06", {}
            ),
            "reporting:submissions": ("hoffmann", reverse("reporting:submissions"), {}),
            "reporting:submission_new": ("hoffmann", reverse("reporting:submission_new"), {}),
            "reporting:submission": (
                "hoffmann", reverse("reporting:submission", kwargs={"reference": self.report.reference}), {}
            ),
            "reporting:submission_changes": (
                "hoffmann", reverse("reporting:submission_changes", args=[self.report.reference, "CO03"]), {}
            ),
            "reporting:quality": ("lehmann", reverse("reporting:quality"), {}),
            "reporting:quality coordinator": ("hoffmann", reverse("reporting:quality"), {}),
            "reporting:quality rule": ("lehmann", reverse("reporting:quality") + "?rule=E04", {}),
            "reporting:quality_rules": ("hoffmann", reverse("reporting:quality_rules"), {}),
            "reporting:people": ("hoffmann", reverse("reporting:people", kwargs={"code": "reached"}), {}),
            "reporting:people partner": ("lehmann", reverse("reporting:people", kwargs={"code": "employment"}), {}),
            "reporting:people services": ("hoffmann", reverse("reporting:people", kwargs={"code": "services"}), {}),
        }  # fmt: skip
