"""Keeping a report: what goes to the funder is written down as it is counted now, for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from participants.models import Operation
from reporting.indicators.facts import Basis
from reporting.models import KeptRecord, KeptReport, KeptValue, Revision
from reporting.quality.checking import check
from reporting.sql import one_after_the_other
from reporting.submissions.causes import last_mark
from reporting.submissions.changes import Change, changes_since
from reporting.submissions.content import ERRORS, Content, Counted, Value, content_of, fingerprint, formulas, is_special
from reporting.submissions.content import code_lists as lists
from reporting.submissions.reported import report_on
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.references import free_reference
from resque.ui.tags.numbers import day as written

KIND = "submission"
REASON_LENGTH = 500
AT_ONCE = 2000


@dataclass(frozen=True)
class Draft:
    """A report before it is kept.

    Attributes:
        content: what would be kept.
        changes: values reported earlier that are other ones now and need a reason.
    """

    content: Content
    changes: list[Change]

    @property
    def seen(self) -> str:
        """The fingerprint of what somebody saw who decides to keep it."""
        return fingerprint(self.content.checksum, [(one.key, vars(one.told), vars(one.now)) for one in self.changes])


def draft_of(basis: Basis, until: date) -> Draft:
    """Return a report as it would be kept now.

    Args:
        basis: operation and rules, of all partners.
        until: reference date.

    Raises:
        ValidationError: as in `check_day`.
    """
    check_day(basis.operation, until)
    return Draft(content_of(basis, until), changes_since(basis))


def check_day(operation: Operation, until: date) -> None:
    """Refuse reference dates of which nothing can be reported.

    Raises:
        ValidationError: the day lies before the operation, or has not come.
    """
    if not operation.start <= until <= today():
        sentence = _("Reports are possible for days from %(first)s to %(last)s. %(day)s lies outside.")
        words = {"day": until, "first": operation.start, "last": today()}
        words = {name: written(one) for name, one in words.items()}
        raise ValidationError({"until": ValidationError(sentence, code="outside", params=words)})


def freeze_report(
    *, by, operation: Operation, rules: str, until: date, reasons: Mapping[str, str], seen: str = ""
) -> KeptReport:
    """Keep the report of an operation up to a reference date, as it is counted now.

    What the newest report of this day says already is not kept a second time: that report is returned.

    Args:
        by: the acting account; None inside `acting_as_system`.
        operation, rules, until: which report.
        reasons: why a value changed since it was reported, by `Change.key`.
        seen: fingerprint of the draft that was shown (`Draft.seen`); "" keeps what is there.

    Raises:
        ValidationError: the day is none of a report; values moved since they were shown; a reason is missing or too
            long.
    """
    with transaction.atomic():
        one_after_the_other(KIND, operation.pk)
        basis = Basis(operation, rules)
        draft = draft_of(basis, until)
        former = report_on(basis, until)
        if former and former.checksum == draft.content.checksum and not draft.changes:
            return former
        if seen and seen != draft.seen:
            sentence = _("Values have changed since this page was shown. Please look at them once more.")
            raise ValidationError({"seen": ValidationError(sentence, code="moved")})
        told = _reasons(draft.changes, reasons)
        return _keep(by, draft, told, len([one for one in check(basis, today(), by) if one.rule.blocks]))


def _reasons(changes: list[Change], reasons: Mapping[str, str]) -> dict[str, str]:
    told = {one.key: (reasons.get(one.key) or "").strip() for one in changes}
    faults: dict[str, list] = {}
    missing = [one for one in changes if not told[one.key]]
    for report in dict.fromkeys(one.report for one in missing):
        codes = [one.code for one in missing if one.report == report]
        sentence = _("Please write down why %(codes)s changed since the report of %(day)s.")
        words = {"codes": get_text_list(codes, _("and")), "day": written(report.until)}
        faults[f"{report.reference}.{codes[0]}"] = [ValidationError(sentence, code="no_reason", params=words)]
    for key in [key for key, text in told.items() if len(text) > REASON_LENGTH]:
        sentence = _("Please shorten the reason to %(most)s characters.")
        faults[key] = [ValidationError(sentence, code="too_long", params={"most": REASON_LENGTH})]
    if faults:
        raise ValidationError(faults)
    return told


def _keep(by, draft: Draft, told: Mapping[str, str], errors: int) -> KeptReport:
    content = draft.content
    report = KeptReport.objects.create(
        reference=free_reference(KeptReport, "M"), operation=content.basis.operation, rules=content.basis.rules,
        until=content.until, kept_on=today(), kept_by=by, formulas=formulas(), code_lists=lists(),
        checksum=content.checksum, history_mark=last_mark(),
    )  # fmt: skip
    values = content.values | {ERRORS: Value(total=errors)}
    KeptValue.objects.bulk_create(KeptValue(report=report, code=code, **vars(one)) for code, one in values.items())
    KeptRecord.objects.bulk_create(_rows(report, content.records), batch_size=AT_ONCE)
    Revision.objects.bulk_create(
        Revision(report=report, of=one.report, code=one.code, reason=told[one.key], **vars(one.now))
        for one in draft.changes
    )
    note_deed(
        deed=Deed.CREATED, kind=KIND, reference=report.reference, by=by, operation=content.basis.operation.code,
        until=str(content.until), revised=len(draft.changes),
    )  # fmt: skip
    return report


def _rows(report: KeptReport, records: Mapping[str, Counted]):
    for reference, one in records.items():
        for special in (False, True):
            codes = [code for code in one.codes if is_special(code) == special]
            if codes:
                yield KeptRecord(report=report, reference=reference, sex=one.sex, special=special, codes=codes)
