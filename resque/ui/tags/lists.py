"""Lists and tables: tabs, filter chips, sort links, pages, active filters."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from resque.ui.tags.numbers import number
from resque.ui.tags.rendering import part, rows

register = Library()


@register.simple_tag
def tabs(items: Iterable[Any], label: str, current: str = "") -> SafeString:
    """Row of tabs; each is a link to an address of its own.

    Args:
        items: things with label, url, and optionally count, current, key.
        label: name of the row for screen readers.
        current: key of the current tab, instead of `current` on the items.
    """
    return part("tabs", items=_links(items, current), label=label)


@register.simple_tag
def chips(items: Iterable[Any], label: str, current: str = "") -> SafeString:
    """Row of chips that narrow what stands below; links with counts. Items as for `tabs`."""
    return part("chips", items=_links(items, current), label=label)


def _links(items: Iterable[Any], current: str) -> list[dict]:
    links = rows(items, "label", "url", "count", "current", "key")
    for link in links:
        if current:
            link["current"] = link["key"] == current
        link["count"] = number(link["count"]) if isinstance(link["count"], int) else link["count"]
    return links


@register.simple_tag
def topics(texts: Iterable[str]) -> SafeString:
    """Small chips that name topics or results; no links."""
    return part("topics", texts=list(texts))


@register.simple_tag(takes_context=True)
def sort_header(
    context: Context,
    key: str,
    label: str,
    *,
    numeric: bool = False,
    parameter: str = "sort",
    first: str = "ascending",
    css: str = "",
) -> SafeString:
    """Head cell of a column that sorts by a link; says the order with aria-sort.

    Args:
        key: value of the address parameter; "-" before it turns the order round.
        numeric: figures, at the end of the cell.
        first: order of the first click, "ascending" or "descending".
    """
    query: QueryDict = context["request"].GET
    now = query.get(parameter, "")
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    ascending = order == "descending" if order else first == "ascending"
    target = key if ascending else f"-{key}"
    return part(
        "sort_header", label=label, order=order, numeric=numeric, css=css,
        url=_with(query, {parameter: target}, drop=("page", "after", "before")),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Any, noun: str = "", parameter: str = "page") -> SafeString:
    """Foot of a list: "1–50 von 213" and links to the pages beside, with all filters kept.

    Args:
        page: a Page of Django's Paginator.
        noun: what is listed, in the plural ("Personen").
    """
    query: QueryDict = context["request"].GET
    back = _with(query, {parameter: page.previous_page_number()}) if page.has_previous() else ""
    on = _with(query, {parameter: page.next_page_number()}) if page.has_next() else ""
    text = _("%(first)s–%(last)s of %(all)s") % {
        "first": number(page.start_index()),
        "last": number(page.end_index()),
        "all": number(page.paginator.count),
    }
    return part("pagination", text=f"{text} {noun}".strip(), back=back, on=on)


@register.simple_tag(takes_context=True)
def pager(context: Context, text: str, back: dict | None = None, on: dict | None = None) -> SafeString:
    """Foot of a list with keyset pages.

    Args:
        text: what is shown ("50 von 213 Personen").
        back, on: address parameters of the page before and after ({"after": "..."}); None where there is none.
    """
    query: QueryDict = context["request"].GET
    clean = ("page", "after", "before")
    return part(
        "pagination",
        text=text,
        back=_with(query, back, drop=clean) if back else "",
        on=_with(query, on, drop=clean) if on else "",
    )


@register.simple_tag(takes_context=True)
def active_filters(context: Context, filterset: Any, ignore: str = "sort") -> SafeString:
    """Filters that are set, as chips with a link that removes each, and one link that removes all.

    Args:
        filterset: a django_filters.FilterSet that was built from the request.
        ignore: names of fields that are no filters, separated by blanks.
    """
    query: QueryDict = context["request"].GET
    form = filterset.form
    chips = []
    for name, field in form.fields.items():
        values = [value for value in query.getlist(name) if value]
        if name in ignore.split() or not values:
            continue
        rest = query.copy()
        rest.pop(name, None)
        rest.pop("page", None)
        chips.append({"text": f"{field.label}: {_shown(field, values)}", "url": f"?{rest.urlencode()}"})
    return part("active_filters", chips=chips, reset="?")


def _shown(field: Any, values: list[str]) -> str:
    words = dict(_flat(field.choices)) if hasattr(field, "choices") else {}
    return ", ".join(str(words.get(value, value)) for value in values)


def _flat(choices: Iterable) -> Iterable[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(inner), text) for inner, text in label)
        else:
            yield str(getattr(value, "value", value)), label


@register.simple_tag
def row_check(name: str, value: str, label: str, checked: bool = False) -> SafeString:
    """Cell with a box that selects the row; `label` names the row ("Ahmadi, Soraya auswählen")."""
    return format_html(
        '<td class="rq-check"><label class="rq-hit"><input class="form-check-input" type="checkbox" name="{}" value="{}"'
        ' aria-label="{}" data-resque-row{}></label></td>',
        name, value, label, mark_safe(" checked") if checked else "",
    )  # fmt: skip


def _with(query: QueryDict, changes: dict, drop: Iterable[str] = ()) -> str:
    changed = query.copy()
    for name in drop:
        changed.pop(name, None)
    for name, value in changes.items():
        changed[name] = str(value)
    return f"?{changed.urlencode()}"
