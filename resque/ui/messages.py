"""Messages after a write: one sentence in a toast, with the way back where there is one. Never a name in it."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html


def saved(request: HttpRequest, text: str, *, undo_url: str = "", undo_label: str = "") -> None:
    """Say on the next page that work is done ("Beratung gespeichert, 45 Min.").

    Args:
        text: the sentence; plain text, it is escaped.
        undo_url, undo_label: link to the page that takes it back.
    """
    link = format_html(' <a href="{}">{}</a>', undo_url, undo_label) if undo_url else ""
    messages.success(request, format_html("{}{}", text, link))
