"""What this floor keeps: sums that could be computed again, and reports that could not."""

from reporting.models.kept_report import KeptRecord, KeptReport, KeptValue, Revision
from reporting.models.service_year import MONTHS, ServiceYear

__all__ = ["MONTHS", "KeptRecord", "KeptReport", "KeptValue", "Revision", "ServiceYear"]
