"""Consents that wait: their last day comes near or is over, or a withdrawal is not noted on the paper yet."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from participants.choices import ConsentState
from participants.models import Consent
from participants.queries.listing import FINISHED
from participants.queries.next_steps import CONSENT_AHEAD
from participants.queries.waiting import Condition
from resque.clock import today


def _of_person():
    return Consent.objects.filter(person=OuterRef("person"))


def _ending() -> Q:
    ending = _of_person().filter(state=ConsentState.GIVEN, expires_on__lte=today() + CONSENT_AHEAD).newest()
    return ~Q(state__in=FINISHED) & Q(Exists(ending))


def _paper_open() -> Q:
    unmarked = _of_person().filter(state=ConsentState.WITHDRAWN, paper_noted_on=None).exclude(paper_location="")
    return Q(Exists(unmarked))


ENDING = Condition("consent_ending", _("whose consent ends within 30 days or has ended"), _ending)
PAPER_OPEN = Condition("consent_paper", _("whose withdrawal is to be noted on the paper"), _paper_open, late=True)
