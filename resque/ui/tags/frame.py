"""The frame of every page: theme, demo banner, mark, messages."""

from django.conf import settings
from django.template import Context, Library
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from resque.clock import today
from resque.ui.tags.numbers import weekday
from resque.ui.tags.rendering import part

register = Library()

MESSAGE_KINDS = {"debug": "plain", "info": "info", "success": "ok", "warning": "warn", "error": "bad"}


@register.simple_tag(takes_context=True)
def html_attributes(context: Context) -> SafeString:
    """Attributes of <html>: language, direction, and the theme as the server knows it (works without a context)."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    direction = "rtl" if translation.get_language_info(language)["bidi"] else "ltr"
    chrome = context.get("chrome")
    theme = chrome.theme if chrome else ""
    return format_html(
        'lang="{}" dir="{}"{}', language, direction, format_html(' data-bs-theme="{}"', theme) if theme else ""
    )


@register.simple_tag
def demo_banner() -> SafeString:
    """Banner that says that everything is invented and on which day the clock stands; nothing outside the demo."""
    if not settings.RESQUE_DEMO:
        return mark_safe("")
    return part("demo_banner", day=weekday(today()) if settings.RESQUE_TODAY else "")


@register.simple_tag
def brand_mark() -> SafeString:
    """The mark: a line with a stop behind and one ahead."""
    return part("brand_mark")


@register.simple_tag
def hero_line() -> SafeString:
    """The line as a picture, beside the sign-in form."""
    return part("hero_line")


@register.simple_tag
def message(text: str, level: str) -> SafeString:
    """One message of Django's framework: success as a toast, everything else as a note."""
    return part("message", text=text, level=level, kind=MESSAGE_KINDS.get(level, "info"))
