"""Sharing a case with another partner, for a time, as far as chosen."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.access import KIND
from participants.choices import Purpose, ShareScope
from participants.models import CaseShare, Consent, Participation
from resque.accounts.models import Partner, PartnerKind
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today

LONGEST_DAYS = 365


@transaction.atomic
def share_case(*, by, participation: Participation, to_partner: Partner, scope: str, until: date) -> CaseShare:
    """Let another partner work on a case until the end of a day. An earlier live share to it is replaced.

    A share stands on the consent of the person to this partner, ends with it at the latest, and at once when it is
    withdrawn (withdrawing.py).

    Args:
        by: an account of the owning partner.
        participation: the case.
        to_partner: who gets it.
        scope: a `ShareScope`.
        until: last day, at most one year ahead.

    Raises:
        ValidationError: wrong partner, scope or day, no consent, as messages by field name.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation = Participation.objects.editable_by(by).select_for_update(of=("self",)).get(pk=participation.pk)
    consent = Consent.objects.standing(
        today(), person=participation.person_id, purpose=Purpose.SHARING, partner=to_partner
    )
    _check(participation, to_partner, scope, until, consent)
    for earlier in CaseShare.objects.live().filter(participation=participation, to_partner=to_partner):
        earlier.revoked_at = timezone.now()
        earlier.save(update_fields=["revoked_at"])
    share = CaseShare.objects.create(
        participation=participation,
        from_partner=participation.partner,
        to_partner=to_partner,
        consent=consent,
        scope=scope,
        expires_at=end_of(until),
    )
    note_deed(
        deed=Deed.SHARED, kind=KIND, reference=participation.reference, by=by,
        to_partner=to_partner.code, scope=scope, until=until.isoformat(),
    )  # fmt: skip
    return share


@transaction.atomic
def revoke_share(*, by, share: CaseShare) -> CaseShare:
    """End a share now. The other partner sees nothing of the case from the next page on.

    Raises:
        CaseShare.DoesNotExist: the share was not given by the partner of `by`.
    """
    given = CaseShare.objects.visible_to(by).filter(from_partner=by.people_partner_id)
    share = given.select_for_update(of=("self",)).select_related("participation", "to_partner").get(pk=share.pk)
    if share.revoked_at is None:
        share.revoked_at = timezone.now()
        share.save(update_fields=["revoked_at"])
        note_deed(
            deed=Deed.SHARED, kind=KIND, reference=share.participation.reference, by=by,
            to_partner=share.to_partner.code, revoked=True,
        )  # fmt: skip
    return share


def end_of(day: date) -> datetime:
    """Return the moment at which a share until the business day `day` ends: midnight after that day.

    The database compares with the real clock, so a moved business clock (demo, tests) is translated.
    """
    return timezone.make_aware(datetime.combine(day + _clock_shift() + timedelta(days=1), time.min))


def last_day_of(share: CaseShare) -> date:
    """Return the last business day on which a share opens the case."""
    return timezone.localtime(share.expires_at).date() - timedelta(days=1) - _clock_shift()


def _clock_shift() -> timedelta:
    return timezone.localdate() - today()


def _check(participation: Participation, to_partner: Partner, scope: str, until: date, consent) -> None:
    faults = {}
    if to_partner.pk == participation.partner_id:
        faults["to_partner"] = _("A case is shared with another partner, not with the own one.")
    elif to_partner.kind == PartnerKind.PUBLIC:
        faults["to_partner"] = _("%(partner)s works without participants. Cases are not shared with it.") % {
            "partner": to_partner.name
        }
    elif consent is None:
        sentence = _("The person has not agreed to sharing with %(partner)s. Please record the consent first.")
        faults["to_partner"] = ValidationError(sentence % {"partner": to_partner.name}, code="no_consent")
    if scope not in ShareScope.values:
        faults["scope"] = _("Please choose how far the case opens.")
    latest = today() + timedelta(days=LONGEST_DAYS)
    if not today() <= until <= latest:
        faults["until"] = _("%(day)s is not possible. A share ends between today and %(latest)s.") % {
            "day": date_format(until, "SHORT_DATE_FORMAT"),
            "latest": date_format(latest, "SHORT_DATE_FORMAT"),
        }
    elif consent and consent.expires_on and until > consent.expires_on:
        faults["until"] = _("The consent ends on %(day)s. The share cannot last longer.") % {
            "day": date_format(consent.expires_on, "SHORT_DATE_FORMAT")
        }
    if faults:
        raise ValidationError(faults)
