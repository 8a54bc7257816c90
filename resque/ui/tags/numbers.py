"""Filters for numbers, days and durations as our papers write them."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.template import Library
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resque.clock import today

register = Library()


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """Return a number with grouped thousands: 1.290, −3 with a real minus sign; nothing for None."""
    if value is None:
        return ""
    return number_format(value, decimals, use_l10n=True, force_grouping=True).replace("-", "\N{MINUS SIGN}")


@register.filter
def signed(value: int) -> str:
    """Return a difference with its sign: +3, −1, 0."""
    return f"+{number(value)}" if value > 0 else number(value)


@register.filter
def percent(value: float | Decimal | None, decimals: int = 1) -> str:
    """Return a share between 0 and 1 as "26,5 %"; a dash when there is none (nobody to divide by)."""
    if value is None:
        return "–"
    return _("%(number)s %%") % {"number": number(round(float(value) * 100, decimals), decimals)}


@register.filter
def plain(value) -> str:
    """Return a number for an address, an attribute or a year: never with grouped thousands."""
    return "" if value is None else str(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a day as 31.12.2016, nothing for None."""
    return "" if value is None else date_format(_local(value), "SHORT_DATE_FORMAT")


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Return a day with its weekday: "Montag, 06.02.2017"."""
    if value is None:
        return ""
    return f"{date_format(_local(value), 'l')}, {day(value)}"


@register.filter
def short_weekday(value: date | datetime | None) -> str:
    """Return a day with its short weekday: "Mo, 06.02.2017"."""
    if value is None:
        return ""
    return f"{date_format(_local(value), 'D')}, {day(value)}"


@register.filter
def clock(value: datetime | None) -> str:
    """Return the time of day as 09:41."""
    return "" if value is None else date_format(_local(value), "H:i")


@register.filter
def minutes(value: int | None) -> str:
    """Return a duration in minutes: "45 Min.", from two hours on "2 Std. 15 Min."."""
    if value is None:
        return ""
    hours, rest = divmod(int(value), 60)
    if hours < 2:
        return _("%(minutes)s min") % {"minutes": number(value)}
    if not rest:
        return _("%(hours)s h") % {"hours": number(hours)}
    return _("%(hours)s h %(minutes)s min") % {"hours": number(hours), "minutes": rest}


@register.filter
def days_until(value: date | datetime | None) -> str:
    """Return how far a day is from the business day: "heute", "in 3 Tagen", "vor 4 Tagen"."""
    if value is None:
        return ""
    local = _local(value)
    days = ((local.date() if isinstance(local, datetime) else local) - today()).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": number(days)}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": number(-days)}


@register.filter
def suppressed(value: int, threshold: int = 5) -> str:
    """Return a count, or "< 5" where it is above 0 and below the threshold (domain rule for small cells)."""
    return f"< {threshold}" if 0 < value < threshold else number(value)


@register.filter
def native(text: str, language: str = "") -> SafeString:
    """Return a name in its own script with `lang` and `dir`, so that fonts, voices and direction are right."""
    if not text:
        return mark_safe("")
    guess, direction = _script(text)
    language = language or guess
    return format_html(
        '<bdi class="rq-native"{}{}>{}</bdi>',
        format_html(' lang="{}"', language) if language else "",
        format_html(' dir="{}"', direction) if direction else "",
        text,
    )


@register.simple_tag
def demo_mark() -> SafeString:
    """Return the mark "DEMO" beside an invented person, nothing outside the demo."""
    return mark_safe('<span class="rq-demotag">DEMO</span>') if settings.RESQUE_DEMO else mark_safe("")


def _script(text: str) -> tuple[str, str]:
    for character in text:
        code = ord(character)
        if 0x0600 <= code <= 0x08FF or 0xFB50 <= code <= 0xFEFC:
            return "ar", "rtl"
        if 0x1200 <= code <= 0x139F or 0x2D80 <= code <= 0x2DDF:
            return "am", "ltr"
    return "", ""


def _local(value: date | datetime) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
