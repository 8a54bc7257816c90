"""The door to the page of data quality: it turns the words of an address into an inquiry that the reader may make.

What does not exist and what is not for the reader fail alike, with 404.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.http import Http404

from participants.access import KIND
from participants.models import Operation
from participants.rules import Rule
from reporting.access import usual_operation
from reporting.indicators.facts import Basis
from reporting.quality.checking import BY_ID
from reporting.quality.inquiry import BLOCKING, DECIDING, HALF_YEAR, NO_ENTRY, WHOSE, Inquiry
from resque.accounts.models import Partner
from resque.audit.models import Deed
from resque.audit.operations import note_deeds
from resque.clock import today

PERIODS = ("2014", "2021")


def get_inquiry(user, query: Mapping[str, str]) -> Inquiry:
    """Return what an address asks.

    Args:
        user: the reader. The coordinator chooses a partner, a worker between own cases, those of colleagues and
            shared ones.
        query: parameters `operation`, `on`, `rules`, `partner`, `whose`, `entry`, `severity`, `rule`; missing or
            empty ones mean the usual.

    Raises:
        Http404: a word means nothing, or not for this reader.
    """
    operations = {one.code: one for one in Operation.objects.prefetch_related("extensions")}
    usual = usual_operation(operations.values())
    operation = _one_of(operations, query.get("operation"), usual)
    works = user.people_partner_id is not None
    return Inquiry(
        user=user,
        basis=Basis(operation, _word(query.get("rules"), PERIODS) or operation.rules),
        on=_day(query.get("on")),
        usual=usual.code,
        partner=_partner(works, query.get("partner")),
        whose=_word(query.get("whose"), WHOSE if works else ()),
        entry=_entry(query.get("entry")),
        severity=_word(query.get("severity"), (BLOCKING, DECIDING)),
        rule=_one_of(BY_ID, query.get("rule"), None),
    )


def get_place(query: Mapping[str, str]) -> tuple[Rule, str] | None:
    """Return rule and reference of the hit after which the queue goes on; None: from the beginning.

    Raises:
        Http404: the word names no rule.
    """
    code, _, reference = query.get("after", "").partition(".")
    rule = _one_of(BY_ID, code, None)
    return (rule, reference) if rule else None


def _one_of(things: Mapping, code: str | None, usual):
    # Compared here and not in the database: an address may hold anything, NUL too.
    if not code:
        return usual
    if code not in things:
        raise Http404
    return things[code]


def _word(code: str | None, known: Iterable[str]) -> str:
    return _one_of({word: word for word in known}, code, "")


def _partner(works: bool, code: str | None) -> Partner | None:
    return _one_of({} if works else {one.code: one for one in Partner.objects.all()}, code, None)


def _day(text: str | None) -> date:
    if not text:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Http404 from fault


def _entry(code: str | None) -> str:
    if code and code != NO_ENTRY and not HALF_YEAR.fullmatch(code):
        raise Http404
    return code or ""


def note_special_hits(user, references: Iterable[str], rule: Rule | None) -> None:
    """Write into the audit log that hits which tell of special answers were shown, an entry for each record."""
    if references:
        note_deeds(
            deed=Deed.OPENED_SPECIAL,
            kind=KIND,
            references=references,
            by=user,
            part="quality",
            rule=rule.id if rule else "",
        )
