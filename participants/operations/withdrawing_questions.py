"""What follows when sharing with a partner is withdrawn: what was sent to it to compare is taken back."""

from django.utils.translation import ngettext

from participants.choices import Purpose
from participants.models import Consent, MatchRequest
from participants.models.matches import RUNNING
from participants.operations.comparing import withdraw
from participants.operations.withdrawing import Consequence


def _running(consent: Consent) -> list[MatchRequest]:
    rows = MatchRequest.objects.filter(person=consent.person_id, to_partner=consent.partner_id, state__in=RUNNING)
    return list(rows.order_by("pk"))


def _preview(consent: Consent) -> list[str]:
    number = len(_running(consent))
    if not number:
        return []
    return [
        ngettext(
            "%(count)s question whether %(partner)s knows the person is taken back.",
            "%(count)s questions whether %(partner)s knows the person are taken back.",
            number,
        )
        % {"count": number, "partner": consent.partner.name}
    ]


def _take_back(by, consent: Consent) -> None:
    for request in _running(consent):
        withdraw(by=by, request=request, version=None)


QUESTIONS = Consequence(frozenset([Purpose.SHARING]), _preview, _take_back)
