"""Which operation pays for work that no participation tells it of."""

from datetime import date

from participants.models import Operation
from resque.clock import today


def operation_on(day: date) -> Operation | None:
    """Return the operation that runs on a day by what is decided today; of several the newest, None for none."""
    begun = Operation.objects.filter(start__lte=day).order_by("-start", "-pk").prefetch_related("extensions")
    return next((operation for operation in begun if day <= operation.end_on(today())), None)


def first_day() -> date | None:
    """Return the day on which the first operation began; None while there is none."""
    return Operation.objects.order_by("start").values_list("start", flat=True).first()
