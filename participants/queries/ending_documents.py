"""Documents whose last day comes up or has passed, in open cases of the own partner."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Document, Participation
from participants.operations.document_copies import TYPES
from participants.queries.listing import FINISHED
from participants.queries.person import EXPIRES_SOON_DAYS, expiry
from participants.queries.waiting import Waiting
from resque.clock import today
from resque.codelists.queries import label

ROWS = 50
SOON = timedelta(days=EXPIRES_SOON_DAYS)


@dataclass(frozen=True)
class Row:
    """A document of the list in words, with the case that it belongs to."""

    participation: Participation
    title: str
    expiry: dict
    remark: str


def ending_documents(user):
    """Return documents with a last day of open cases, the next one first; `case` is the key of the case.

    A document of the whole person stands under the newest open case of the person.

    Args:
        user: the reader; only documents of the own partner, shared ones are the owner's business.
    """
    open_cases = Participation.objects.editable_by(user).exclude(state__in=FINISHED)
    newest = open_cases.filter(person=OuterRef("person")).order_by("-pk").values("pk")[:1]
    return (
        Document.objects.visible_to(user)
        .current()
        .filter(valid_until__isnull=False, person__partner=user.people_partner_id)
        .annotate(case=Coalesce("participation", Subquery(newest)))
        .filter(case__in=open_cases)
        .order_by("valid_until", "pk")
    )


def rows_of(documents: list[Document], user) -> list[Row]:
    """Return the documents of one page in words; kinds of special categories are not named in lists."""
    people = Participation.objects.editable_by(user).with_names_for(user)
    cases = people.in_bulk({document.case for document in documents})
    return [
        Row(
            participation=cases[document.case],
            title=_("Document of a special category") if document.special else label(TYPES, document.type),
            expiry=expiry(document.valid_until),
            remark="" if document.special else document.remark,
        )
        for document in documents
        if document.case in cases
    ]


def within(days: int) -> Q:
    """Describe documents that end from today on within a number of days."""
    return Q(valid_until__range=(today(), today() + timedelta(days=days)))


def expired() -> Q:
    """Describe documents whose last day has passed."""
    return Q(valid_until__lt=today())


def last_day_listed() -> date:
    """Return the last day that the list shows without a filter."""
    return today() + SOON


def waiting_documents(user) -> list[Waiting]:
    """Return what waits on the home page: documents of the cases that `user` accompanies; one query."""
    own = Participation.objects.editable_by(user).filter(referent=user)
    numbers = (
        ending_documents(user)
        .filter(case__in=own)
        .order_by()
        .aggregate(expired=Count("pk", filter=expired()), soon=Count("pk", filter=within(EXPIRES_SOON_DAYS)))
    )
    address = reverse("participants:documents_ending")
    texts = {
        "expired": ngettext("document that has expired", "documents that have expired", numbers["expired"]),
        "soon": ngettext("document that ends within 60 days", "documents that end within 60 days", numbers["soon"]),
    }
    return [
        Waiting(
            numbers[key], texts[key], f"{address}?{urlencode({'referent': user.reference, 'within': value})}",
            key == "expired",
        )
        for key, value in (("expired", "expired"), ("soon", str(EXPIRES_SOON_DAYS)))
        if numbers[key]
    ]  # fmt: skip
