"""What this floor keeps beside the records: nothing that could not be computed from them again."""

from reporting.models.service_year import MONTHS, ServiceYear

__all__ = ["MONTHS", "ServiceYear"]
