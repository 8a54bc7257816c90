"""Hits in words: who it is, as far as the reader may know, and the way to the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from participants.models import Participation
from participants.places import address_of
from participants.rules import Rule
from reporting.quality.checking import Hit
from reporting.quality.inquiry import Inquiry


@dataclass(frozen=True)
class Line:
    """One hit as the page shows it.

    Attributes:
        url: the answer itself for who may change it, else the page of the person; empty for the report as a whole.
        reference, name: number of the record, and the name where the reader may see it.
        entry: day of entry.
        keeper: who keeps the case, for workers.
    """

    url: str = ""
    reference: str = ""
    name: str = ""
    entry: date | None = None
    keeper: str = ""


def lines_of(inquiry: Inquiry, hits: Iterable[Hit]) -> dict[Hit, Line]:
    """Return the lines of hits; names are loaded here, and only for those."""
    works = inquiry.user.people_partner_id is not None
    rows = Participation.objects.visible_to(inquiry.user)
    rows = rows.with_names_for(inquiry.user) if works else rows.select_related("person", "partner")
    cases = rows.in_bulk({hit.key for hit in hits if hit.key})
    back = reverse("reporting:quality") + _list_of(inquiry).query()
    return {
        hit: _line(cases[hit.key], hit, inquiry, back) if hit.key in cases else Line()
        for hit in hits if hit.key is None or hit.key in cases
    }  # fmt: skip


def _line(case: Participation, hit: Hit, inquiry: Inquiry, back: str) -> Line:
    own = case.partner_id == inquiry.user.people_partner_id
    staff = (case.referent.short_name if case.referent else "–") if own else case.partner.short_name
    works = inquiry.user.people_partner_id is not None
    return Line(
        url=answer_address(hit.rule, case.reference, next=back, back=back) if own else _person_address(case.reference),
        reference=case.reference,
        name=case.title,
        entry=case.entry_date,
        keeper=staff if works else "",
    )


def _person_address(reference: str) -> str:
    return reverse("participants:detail", kwargs={"reference": reference})


def _list_of(inquiry: Inquiry) -> Inquiry:
    """The list to come back to; a number beside a rule about special answers would tell them to logs."""
    return inquiry.changed(rule=None) if inquiry.rule and inquiry.rule.special else inquiry


def answer_address(rule: Rule, reference: str, *, next: str, back: str) -> str:
    """Return the address of the answer that a rule speaks of.

    Args:
        rule: what is violated; it stands in the address unless it tells of special answers.
        reference: number of the record.
        next: where saving leads.
        back: the list.
    """
    page, _hash, place = address_of(rule.page, reference, rule.field).partition("#")
    words = {"rule": "" if rule.special else rule.id, "back_url": back if back != next else "", "next": next}
    return f"{page}?{urlencode({name: word for name, word in words.items() if word})}#{place}"
