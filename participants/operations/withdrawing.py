"""Withdrawing a consent: what it allowed ends in the same transaction, everywhere.

The settings name what follows (`RESQUE_WITHDRAWAL`), so that a higher floor ends what it does by consent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.access import KIND
from participants.choices import Art9Basis, ConsentState, FundingPeriod, Purpose
from participants.models import CaseShare, Consent, Participation, SpecialAnswers
from participants.operations.sharing import last_day_of
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.locking import lock_version
from resque.ui.tags.numbers import day as written

LONGEST = 120


@dataclass(frozen=True)
class Consequence:
    """What follows when a consent is withdrawn.

    Attributes:
        purposes: which consents it follows from.
        preview: says in sentences what will happen, and changes nothing.
        carry_out: does it; gets the acting account and the withdrawn consent. None: only people can.
    """

    purposes: frozenset[str]
    preview: Callable[[Consent], list[str]]
    carry_out: Callable[[object, Consent], None] | None = None


@cache
def _all() -> tuple[Consequence, ...]:
    return tuple(map(import_string, settings.RESQUE_WITHDRAWAL))


def consequences_of(consent: Consent) -> list[Consequence]:
    """Return what follows from withdrawing a consent, in the order of the settings."""
    return [one for one in _all() if consent.type in one.purposes]


@transaction.atomic
def withdraw_consent(*, by, consent: Consent, day: date, channel: str = "", version: int | None = None) -> Consent:
    """Withdraw a consent. Everything that it allowed ends now.

    Args:
        by: an account of the owning partner.
        consent: the newest decision about its subject.
        day: day on which the person said so.
        channel: how: by word of mouth, letter, telephone.
        version: version of the consent that the page showed; None writes without comparing.

    Raises:
        ValidationError: by field.
        StaleRecord: somebody changed the consent since `version`.
        Consent.DoesNotExist: the person does not belong to the partner of `by`.
    """
    own = Consent.objects.filter(person__partner=by.people_partner_id)
    row = lock_version(own, consent.pk, version)
    if faults := _faults(row, day, channel):
        raise ValidationError(faults)
    row.state, row.withdrawn_on, row.withdrawal_channel = ConsentState.WITHDRAWN, day, channel.strip()
    row.version += 1
    row.save()
    for consequence in consequences_of(row):
        if consequence.carry_out:
            consequence.carry_out(by, row)
    case = Participation.objects.editable_by(by).filter(person=row.person_id).order_by("pk").first()
    note_deed(deed=Deed.CHANGED, kind=KIND, reference=case.reference, by=by, fields=["consents"], withdrawn=row.type)
    return row


@transaction.atomic
def note_on_paper(*, by, consent: Consent) -> Consent:
    """Note that the withdrawal stands on the paper too; noting it twice is no fault.

    Raises:
        Consent.DoesNotExist: the person does not belong to the partner of `by`.
    """
    own = Consent.objects.filter(person__partner=by.people_partner_id, withdrawn_on__isnull=False)
    row = lock_version(own, consent.pk, None)
    if row.paper_noted_on is None:
        row.paper_noted_on = today()
        row.version += 1
        row.save(update_fields=["paper_noted_on", "version"])
    return row


def _faults(row: Consent, day: date, channel: str) -> dict:
    faults = {}
    newest = Consent.objects.filter(
        person=row.person_id, type=row.type, partner=row.partner_id, recipient=row.recipient
    ).first()
    if row.type == Purpose.INFO:
        faults["__all__"] = _("The privacy information is no consent; there is nothing to withdraw.")
    elif row.state != ConsentState.GIVEN or newest != row:
        faults["__all__"] = _("This consent does not stand any more; there is nothing to withdraw.")
    if day > today():
        faults["day"] = _("This day lies in the future.")
    elif day < row.decided_on:
        faults["day"] = _("The consent was given on %(day)s; it cannot be withdrawn before.") % {
            "day": written(row.decided_on)
        }
    if len(channel) > LONGEST:
        faults["channel"] = _("Please use at most %(count)s characters.") % {"count": LONGEST}
    return faults


# --- Sharing with a partner


def shares_on(consent: Consent):
    """Return the live shares that stand on a consent: all of the person with its partner."""
    return CaseShare.objects.live().filter(participation__person=consent.person_id, to_partner=consent.partner_id)


def _preview_shares(consent: Consent) -> list[str]:
    shares = list(shares_on(consent).select_related("to_partner").order_by("pk"))
    if not shares:
        return [_("Nothing is shared with %(partner)s at present.") % {"partner": consent.partner.name}]
    count = ngettext("%(count)s share ends at once", "%(count)s shares end at once", len(shares)) % {
        "count": len(shares)
    }
    told = ", ".join(
        _("%(scope)s, until %(day)s") % {"scope": share.get_scope_display(), "day": written(last_day_of(share))}
        for share in shares
    )
    return [
        f"{count}: {told}.",
        _("%(partner)s no longer finds the person in lists, search, files and figures from the next page on.")
        % {"partner": consent.partner.name},
        _("What %(partner)s recorded stays in its own figures, without the name.") % {"partner": consent.partner.name},
    ]


def _end_shares(by, consent: Consent) -> None:
    for share in shares_on(consent).select_related("participation", "to_partner").order_by("pk"):
        share.revoked_at = timezone.now()
        share.save(update_fields=["revoked_at"])
        note_deed(
            deed=Deed.SHARED, kind=KIND, reference=share.participation.reference, by=by,
            to_partner=share.to_partner.code, revoked=True,
        )  # fmt: skip


# --- ESF facts of 2014-2020: the record leaves the indicators and stays in the grand total


def _reported(consent: Consent):
    return Participation.objects.filter(person=consent.person_id, operation__rules=FundingPeriod.OLD)


def _preview_report(consent: Consent) -> list[str]:
    return [
        _("The person no longer counts in the indicators; the grand total stays."),
        _("Reports that were handed in get a revision note."),
        _("If the participation ends with it: the reason of the exit is “consent withdrawn”."),
    ]


def _leave_report(by, consent: Consent) -> None:
    for case in _reported(consent).select_for_update(of=("self",)):
        case.esf_withdrawn_on = consent.withdrawn_on
        case.version += 1
        case.save(update_fields=["esf_withdrawn_on", "version"])


# --- Special categories: the answers are deleted


def _by_consent(consent: Consent):
    return Participation.objects.filter(person=consent.person_id, art9_basis=Art9Basis.CONSENT)


def _preview_special(consent: Consent) -> list[str]:
    return [_("The answers to the special questions are deleted, and count in no indicator any more.")]


def _delete_special(by, consent: Consent) -> None:
    for case in _by_consent(consent).select_for_update(of=("self",)):
        SpecialAnswers.objects.filter(participation=case).delete()
        case.art9_basis = ""
        case.version += 1
        case.save(update_fields=["art9_basis", "version"])


# --- What only people can end


def _tell(consent: Consent) -> list[str]:
    return {
        Purpose.RELEASE: [_("Nobody talks about the person with “%(body)s” any more.") % {"body": consent.recipient}],
        Purpose.CONTACT: [_("Nobody gets in touch after the exit. What becomes known from elsewhere can still be entered.")],
        Purpose.PHOTO: [_("Please remove photos and stories wherever they were published.")],
        Purpose.INTERPRETING: [_("Conversations take place without an interpreter.")],
        Purpose.COPIES: [_("Please destroy the copies in the paper file too.")],
    }[consent.type]


SHARES = Consequence(frozenset([Purpose.SHARING]), _preview_shares, _end_shares)
REPORT = Consequence(frozenset([Purpose.ESF]), _preview_report, _leave_report)
SPECIAL = Consequence(frozenset([Purpose.ART9]), _preview_special, _delete_special)
PEOPLE = Consequence(
    frozenset([Purpose.RELEASE, Purpose.CONTACT, Purpose.PHOTO, Purpose.INTERPRETING, Purpose.COPIES]),
    _tell,
)
