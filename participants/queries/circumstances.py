"""Everything that hangs on a person, loaded once a page, as far as the reader may see it."""

from dataclasses import dataclass, field
from datetime import date

from participants.access import owns
from participants.choices import ConsentState, Purpose
from participants.models import (
    CaseShare,
    Consent,
    Contact,
    Guardian,
    Participation,
    Residence,
    ResidenceStatus,
    Spelling,
)
from participants.models.person import SpellingKind
from participants.operations.circumstances import CONTACT, INFO, contact_allowed
from resque.clock import today

OF_THE_OWNER = (Purpose.SHARING, Purpose.RELEASE)


@dataclass(frozen=True)
class Circumstances:
    """Rows around one participation, newest first where they are dated.

    `names_visible` says whether the reader may see identity; then spellings, contacts, guardians and consents
    are loaded, else they are empty and say nothing about the person. `staff_named` says whether the reader learns
    who of a partner works on the case: the coordination, which counts for the funder, does not.
    """

    participation: Participation
    names_visible: bool
    owned: bool
    staff_named: bool
    statuses: list[ResidenceStatus]
    residences: list[Residence]
    spellings: list[Spelling] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    shares: list[CaseShare] = field(default_factory=list)

    @property
    def status_now(self) -> ResidenceStatus | None:
        """The residence status that is valid today."""
        return _valid(self.statuses, today())

    @property
    def residence_now(self) -> Residence | None:
        """Where the person lives today."""
        return _valid(self.residences, today())

    @property
    def entry_day(self) -> date:
        """The day that entry answers describe."""
        return self.participation.entry_date or self.participation.created_on

    @property
    def status_at_entry(self) -> ResidenceStatus | None:
        """The residence status on the day of entry."""
        return _valid(self.statuses, self.entry_day)

    @property
    def residence_at_entry(self) -> Residence | None:
        """Where the person lived on the day of entry."""
        return _valid(self.residences, self.entry_day)

    @property
    def other_spellings(self) -> list[Spelling]:
        """Further spellings, without the main one and the original script."""
        return [row for row in self.spellings if row.kind == SpellingKind.OTHER]

    @property
    def info_given_on(self) -> date | None:
        """Day on which the privacy information was handed out."""
        row = self._consent(INFO)
        return row.decided_on if row and row.state == ConsentState.GIVEN else None

    @property
    def contact_consent(self) -> bool | None:
        """Whether the person may be contacted after the exit; None: not asked."""
        return contact_allowed(self._consent(CONTACT))

    @property
    def guardian_recorded(self) -> bool | None:
        """Whether somebody with custody is recorded, None where the reader may not know."""
        return bool(self.guardians) if self.names_visible else None

    def _consent(self, kind: str) -> Consent | None:
        return next((row for row in self.consents if row.type == kind), None)


def _valid(rows: list, day: date):
    return next((row for row in rows if row.valid_from <= day), None)


def circumstances_of(participation: Participation, user) -> Circumstances:
    """Load what stands around a participation for `user`: at most seven queries, fewer without names.

    Args:
        participation: loaded through the door, so that the identity is there where `user` may see it.
        user: the reader.
    """
    person = participation.person_id
    names_visible = participation.person.loaded_identity is not None
    loaded = Circumstances(
        participation=participation,
        names_visible=names_visible,
        owned=owns(user, participation),
        staff_named=user.people_partner_id is not None,
        statuses=list(ResidenceStatus.objects.visible_to(user).filter(person=person)),
        residences=list(Residence.objects.visible_to(user).filter(person=person)),
        shares=_shares(participation, user),
    )
    if not names_visible:
        return loaded
    loaded.spellings.extend(Spelling.objects.visible_to(user).filter(person=person).order_by("pk"))
    loaded.contacts.extend(Contact.objects.visible_to(user).filter(person=person).order_by("kind", "pk"))
    loaded.guardians.extend(Guardian.objects.visible_to(user).filter(person=person).order_by("pk"))
    consents = Consent.objects.visible_to(user).filter(person=person).select_related("partner")
    # With whom else the owner works or talks is not said to a partner with a share.
    loaded.consents.extend(consents if loaded.owned else consents.exclude(type__in=OF_THE_OWNER))
    return loaded


def _shares(participation: Participation, user) -> list[CaseShare]:
    if user.people_partner_id is None:
        return []
    shares = CaseShare.objects.visible_to(user).live().filter(participation=participation)
    return list(shares.select_related("to_partner", "from_partner").order_by("expires_at", "pk"))
