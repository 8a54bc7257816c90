"""Keeping a report: what goes to the funder is written down as it is counted now, for good."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import Operation
from reporting.indicators.facts import Basis
from reporting.models import KeptRecord, KeptReport, KeptValue, Revision
from reporting.quality.checking import open_errors
from reporting.sql import one_after_the_other
from reporting.submissions.causes import last_mark
from reporting.submissions.changes import Change, happenings
from reporting.submissions.content import ERRORS, Counted, Value, code_lists, formulas, is_special, name_of
from reporting.submissions.drafts import REASON_LENGTH, Draft, draft_of
from reporting.submissions.reported import report_on
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.references import free_reference
from resque.ui.tags.numbers import day as written

KIND = "submission"
AT_ONCE = 2000


def freeze_report(
    *, by, operation: Operation, rules: str, until: date, reasons: Mapping[str, str], seen: str = ""
) -> KeptReport:
    """Keep the report of an operation up to a reference date, as it is counted now.

    What the newest report of this day says already is not kept a second time: that report is returned.

    Args:
        by: the acting account; None inside `acting_as_system`.
        operation, rules, until: which report.
        reasons: why values changed since they were reported, by `Happening.key`.
        seen: fingerprint of the draft that was shown (`Draft.seen`); "" keeps what is there.

    Raises:
        ValidationError: the day is none of a report (`check_day`); values moved since they were shown; a reason is missing or too
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
        return _keep(by, draft, told)


def _reasons(changes: list[Change], reasons: Mapping[str, str]) -> dict[str, str]:
    """The reason of every change by its key: one reason explains all changes behind which the same records stand."""
    told, faults = {}, {}
    for one in happenings(changes):
        reason = (reasons.get(one.key) or "").strip()
        told |= {change.key: reason for change in one.changes}
        if not reason:
            sentence = _("Please give the reason for what has changed since the report of %(day)s: %(codes)s.")
            codes = ", ".join(name_of(change.code) for change in one.changes)
            words = {"codes": codes, "day": written(one.report.until)}
            faults[one.key] = ValidationError(sentence, code="no_reason", params=words)
        elif len(reason) > REASON_LENGTH:
            sentence = _("Please shorten the reason to %(most)s characters.")
            faults[one.key] = ValidationError(sentence, code="too_long", params={"most": REASON_LENGTH})
    if faults:
        raise ValidationError(faults)
    return told


def _keep(by, draft: Draft, told: Mapping[str, str]) -> KeptReport:
    content, errors = draft.content, open_errors(draft.content.basis, by)
    report = KeptReport.objects.create(
        reference=free_reference(KeptReport, "M"), operation=content.basis.operation, rules=content.basis.rules,
        until=content.until, kept_on=today(), kept_by=by, formulas=formulas(), code_lists=code_lists(),
        checksum=content.checksum, history_mark=last_mark(),
    )  # fmt: skip
    values = content.values | ({} if errors is None else {ERRORS: Value(total=len(errors))})
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
