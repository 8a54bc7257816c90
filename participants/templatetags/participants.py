"""Tags of the pages of a person."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.forms import BaseForm
from django.template import Context, Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from participants.models import LanguageAssessment
from participants.places import address_of
from participants.queries import language_path
from participants.rules import RULES, Rule
from resque.ui import panels
from resque.ui.tags.forms import error_summary
from resque.ways_back import asked_way

register = Library()
_BY_ID = {rule.id: rule for rule in RULES}


@register.simple_tag(takes_context=True)
def came_from(context: Context) -> dict:
    """Return where the reader came from and goes on to, as a list said it in its link; `next` is empty without one.

    Context: request. Keys: `next`, `back` (the list), `rule` (what there is to put right, or None), `query` (to keep
    all that in the address of a form).
    """
    request = context["request"]
    further = asked_way(request, "next")
    back = asked_way(request, "back_url")
    rule = _BY_ID.get(request.GET.get("rule", ""))
    words = {"rule": rule.id if rule else "", "back_url": back, "next": further}
    kept = urlencode({name: word for name, word in words.items() if word})
    return {"next": further, "back": back or further, "rule": rule, "query": f"?{kept}" if further else ""}


@register.simple_tag
def language_paths(assessments: Iterable[LanguageAssessment]) -> list[language_path.LanguagePath]:
    """Return the way through each language that is being learned."""
    return language_path.language_paths(assessments)


@register.simple_tag(takes_context=True)
def person_tabs(context: Context) -> list[panels.Tab]:
    """Return the tabs of the person on this page, without those that this reader may not open.

    Context: request, participation, owned, names_visible (participants.queries.person_page).
    """
    closed = set()
    if not context["names_visible"]:
        closed |= {"participants:identity", "participants:documents", "participants:consents"}
    if not context["owned"]:
        closed.add("participants:share")
    tabs = panels.person_tabs(context["request"], context["participation"].reference)
    return [tab for tab in tabs if tab.url_name not in closed]


@register.simple_tag(takes_context=True)
def violation_items(context: Context, violations: Iterable[Rule]) -> list[dict]:
    """Return contradictions as items of a todo_list; links only for the owner.

    Context: participation, owned (participants.queries.person_page).
    """
    reference = context["participation"].reference
    return [
        {
            "title": rule.message,
            "when": _("does not count until it is settled") if rule.blocks else _("a hint, nothing is blocked"),
            "state": "late" if rule.blocks else "",
            "url": address_of(rule.page, reference, rule.field) if context["owned"] else "",
        }
        for rule in violations
    ]


@register.simple_tag(takes_context=True)
def row_addresses(context: Context, history: str) -> dict[str, str]:
    """Return where rows of a dated history are shown, stored and removed.

    Context: participation. History: "status" or "place".
    """
    names = {"page": "participants:residence", "store": f"participants:{history}_store"}
    names["remove"] = f"participants:{history}_remove"
    return {name: reverse(url, args=[context["participation"].reference]) for name, url in names.items()}


@register.simple_tag
def errors_of(forms: Iterable[BaseForm]) -> SafeString:
    """Sum up the faults of several forms that one page sends together."""
    return error_summary(*forms)


@register.simple_tag(takes_context=True)
def background_addresses(context: Context, kind: str) -> dict[str, str]:
    """Return where rows of the background are shown, stored and removed.

    Context: participation. Kind: key of participants.operations.background.KINDS.
    """
    names = {"page": "participants:background", "store": f"participants:{kind}_store"}
    names["remove"] = f"participants:{kind}_remove"
    return {name: reverse(url, args=[context["participation"].reference]) for name, url in names.items()}


LINE = 2048  # bytes; the longest answer of a partner takes half of it


@register.simple_block_tag
def even_length(content: str) -> SafeString:
    """Fill markup up with blanks to a whole multiple of LINE bytes, so that its length does not tell what it says."""
    return format_html("{}{}", content, " " * (-len(content.encode()) % LINE))
