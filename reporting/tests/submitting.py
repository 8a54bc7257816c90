"""Keeping reports in tests, as the coordination does."""

from datetime import date

from participants.models import Operation
from reporting.models import KeptReport
from reporting.operations.submissions import freeze_report
from resque.context.acting import acting_as


class Told(dict):
    """One reason for whatever has changed."""

    def __init__(self, reason: str):
        super().__init__()
        self.reason = reason

    def get(self, key, default=None) -> str:
        """Return the reason."""
        return self.reason


def keep(by, until: date, reasons: dict | None = None, rules: str = "2014") -> KeptReport:
    """Keep the report of RESQUE 2.0 as `by`; without `reasons` nothing may have changed since an earlier one."""
    operation = Operation.objects.prefetch_related("extensions").get(code="resque-2.0")
    with acting_as(by):
        return freeze_report(
            by=by, operation=operation, rules=rules, until=until, reasons={} if reasons is None else reasons
        )
