"""A date of which only the year, or month and year, may be known."""

import datetime
from calendar import monthrange
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_PART = 9  # digits; Python refuses to read thousands of them


@dataclass(frozen=True)
class PartialDate:
    """What is known of a date. `precision` is "day", "month" or "year"; `date` fills up with the first."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> str:
        """How much is known, in the codes of the list birth_precision."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def date(self) -> datetime.date:
        """The first day that fits."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, day: datetime.date | None, precision: str) -> "PartialDate | None":
        """Return the parts of a stored date that its precision says are known."""
        if day is None:
            return None
        if precision == "year":
            return cls(day.year)
        return cls(day.year, day.month, None if precision == "month" else day.day)


class PartialDateField(forms.MultiValueField):
    """Day, month, year; cleans to a PartialDate or None. Every fault says what to type instead."""

    def __init__(self, *, earliest: int = 1900, latest: datetime.date | None = None, **kwargs):
        from resque.ui.widgets import PartialDateInput

        parts = [forms.CharField(required=False) for _part in range(3)]
        super().__init__(
            fields=parts, require_all_fields=False, widget=kwargs.pop("widget", PartialDateInput), **kwargs
        )
        self.earliest, self.latest = earliest, latest

    def compress(self, values: list[str]) -> PartialDate | None:
        """Return the date that the three parts say."""
        day, month, year = (self._whole(text) for text in (values or ["", "", ""]))
        if year is None:
            if day is None and month is None:
                return None
            raise ValidationError(_("The year is missing. Without a year, leave day and month empty too."))
        if day is not None and month is None:
            raise ValidationError(_("The month is missing. If it is not known, leave the day empty too."))
        return self._checked(PartialDate(year, month, day))

    def _whole(self, text: str) -> int | None:
        text = (text or "").strip().rstrip(".")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_PART):
            raise ValidationError(
                _("“%(text)s” is not a number. Please type digits, for example 12 5 1999."), params={"text": text[:20]}
            )
        return int(text)

    def _checked(self, known: PartialDate) -> PartialDate:
        if not self.earliest <= known.year <= 9999 or len(str(known.year)) != 4:
            raise ValidationError(
                _("Please type the year with four digits, from %(year)s on."), params={"year": str(self.earliest)}
            )
        if known.month is not None and not 1 <= known.month <= 12:
            raise ValidationError(_("Months go from 1 to 12."))
        if known.day is not None:
            last = monthrange(known.year, known.month)[1]
            if not 1 <= known.day <= last:
                raise ValidationError(
                    _("%(day)02d.%(month)02d.%(year)s does not exist. The last day of this month is the %(last)s."),
                    params={"day": known.day, "month": known.month, "year": str(known.year), "last": last},
                )
        if self.latest and known.date > self.latest:
            raise ValidationError(_("This date lies in the future."))
        return known


class GermanDateField(forms.DateField):
    """A day typed as 31.12.2016; the fault names the last day of a month that is shorter."""

    default_error_messages = {
        "invalid": gettext_lazy("Please type the day as 31.12.2016."),
        "no_such_day": gettext_lazy("%(text)s does not exist. The last day of this month is the %(last)s."),
    }

    def __init__(self, **kwargs):
        from resque.ui.widgets import DateText

        super().__init__(**{"widget": DateText, "input_formats": ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"], **kwargs})

    def to_python(self, value):
        """Return the day; explain a day that its month does not have."""
        try:
            return super().to_python(value)
        except ValidationError:
            parts = str(value).strip().split(".")
            if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
                day, month, year = map(int, parts)
                if 1 <= month <= 12 and 1900 <= year <= 9999 and 28 < day <= 31:
                    last = monthrange(year, month)[1]
                    raise ValidationError(
                        self.error_messages["no_such_day"], code="invalid", params={"text": value, "last": last}
                    ) from None
            raise
