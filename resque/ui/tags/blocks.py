"""Blocks that hold content: card, note, toast, empty state, sheet, details, and the buttons on them."""

from django.middleware.csrf import get_token
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from resque.ui.icons import icon as icon_svg
from resque.ui.tags.rendering import part

register = Library()

NOTE_ICONS = {
    "info": "info-circle",
    "ok": "check-circle",
    "warn": "exclamation-triangle",
    "bad": "x-octagon",
    "plain": "info-circle",
}
BUTTON_KINDS = {"primary", "secondary", "quiet", "danger"}


@register.simple_block_tag
def slot(content: str) -> SafeString:
    """Keep markup under a name for another tag: {% slot as side %}...{% endslot %}{% card "x" side=side %}."""
    return mark_safe(content.strip())


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    *,
    id: str = "",
    note: str = "",
    link_url: str = "",
    link_label: str = "",
    side: str = "",
    flush: bool = False,
    legacy: bool = False,
    live: bool = False,
    css: str = "",
    level: int = 2,
) -> SafeString:
    """A card: holds work, not decoration. Never a card in a card.

    Args:
        title: heading; a card without one is a plain box.
        id: name for links to it; the heading gets "h-<id>".
        note: second line at the end of the head ("09:41 Uhr").
        link_url, link_label: one link at the end of the head.
        side: markup at the end of the head (a slot), where note and link do not do.
        flush: content reaches the edge (tables, agendas, filter bars).
        legacy: dashed box for figures that are never added to ours.
        live: changes inside are read out (results that arrive by htmx).
        css: further classes.
        level: level of the heading.
    """
    heading = f"h-{id or slugify(title)}" if title else ""
    return part(
        "card", content=content, title=title, id=id, heading=heading, note=note, link_url=link_url,
        link_label=link_label, side=side, flush=flush, legacy=legacy, live=live, css=css, level=str(level),
    )  # fmt: skip


@register.simple_block_tag
def note(
    content: str,
    kind: str = "info",
    *,
    title: str = "",
    icon: str = "",
    actions: str = "",
    role: str = "",
    css: str = "",
) -> SafeString:
    """A message on the page: what happened, what became of the work, what to do.

    Args:
        kind: info, ok, warn, bad, plain.
        title: first words, strong.
        icon: another icon than the one of the kind.
        actions: markup of small buttons (a slot).
        role: "status" where it appears by itself, "alert" where work is lost otherwise.
        css: further classes.
    """
    return part(
        "note", content=content, kind=kind, title=title, icon=icon or NOTE_ICONS[kind], actions=actions,
        role=role, css=css,
    )  # fmt: skip


@register.simple_block_tag
def empty(content: str, title: str, *, url: str = "", label: str = "", level: int = 2) -> SafeString:
    """Empty state: what will be here, what brings it here, and one way."""
    return part("empty", content=content, title=title, url=url, label=label, level=str(level))


@register.simple_block_tag
def sheet(content: str, title: str, *, close_url: str = "", footer: str = "") -> SafeString:
    """Sheet at the side with head, content and a foot of buttons (`footer`: a slot). It has an address of its own."""
    return part(
        "sheet", content=content, title=title, close_url=close_url, footer=footer, heading=f"h-{slugify(title)}"
    )


@register.simple_block_tag
def more(content: str, summary: str, *, open: bool = False) -> SafeString:
    """Folded content behind a sentence; printed unfolded."""
    return format_html(
        '<details class="rq-more"{}><summary>{}</summary>{}</details>',
        mark_safe(" open") if open else "", summary, mark_safe(content),
    )  # fmt: skip


@register.simple_block_tag
def bulk_bar(content: str, text: str, label: str, chosen: int = 0) -> SafeString:
    """Bar at the foot while rows are selected (row_check); the content are buttons of class btn-outline-light.

    Args:
        text: words behind the number of selected rows ("ausgewählt von 213").
        label: name of the region.
        chosen: rows that are selected when the page opens.
    """
    return part("bulk_bar", content=content, text=text, label=label, chosen=str(chosen))


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    url: str,
    label: str,
    *,
    title: str,
    confirm_label: str = "",
    kind: str = "danger",
    small: bool = False,
    icon: str = "",
    fields: dict | None = None,
    key: str = "",
) -> SafeString:
    """A button that writes and asks first (POST to `url`); only for what cannot be undone.

    The content is the sentence of the question. Without JavaScript the button writes at once, so the view behind
    `url` must be safe to repeat.

    Args:
        label: text of the button on the page.
        title: the question.
        confirm_label: text of the button in the dialog, a verb; else `label`.
        fields: further hidden fields, name -> value.
        key: tells several of them with the same words apart.
    """
    return part(
        "confirm", content=content, url=url, label=label, title=title, confirm_label=confirm_label or label,
        kind=kind, small=small, icon=icon, fields=fields or {}, dialog=f"dialog-{slugify(url)}-{slugify(label)}{key}",
        csrf_token=_csrf_token(context),
    )  # fmt: skip


@register.simple_tag
def button(
    label: str,
    kind: str = "primary",
    *,
    icon: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    small: bool = False,
    key: str = "",
    busy: str = "",
    form: str = "",
    why_not: str = "",
    id: str = "",
) -> SafeString:
    """A button.

    Args:
        kind: primary (one on a page), secondary, quiet, danger.
        key: keyboard shortcut that is shown on it.
        busy: words while the form is on its way ("Wird gespeichert").
        form: id of the form it belongs to, when it stands outside.
        why_not: reason why it cannot be used now; then it is dashed, focusable, and does nothing.
    """
    _known(kind)
    return part(
        "button", label=label, kind=kind, icon=icon, type=type, name=name, value=value, small=small, key=key,
        busy=busy, form=form, why_not=why_not, id=id or f"b-{slugify(label)}",
    )  # fmt: skip


@register.simple_tag
def button_link(
    label: str,
    url: str,
    kind: str = "secondary",
    *,
    icon: str = "",
    small: bool = False,
    key: str = "",
    why_not: str = "",
    only_icon: bool = False,
    after: str = "",
) -> SafeString:
    """A link that looks like a button.

    Args:
        only_icon: shows the icon alone, `label` becomes its name (print, close, more, add only).
        after: icon behind the label (an arrow).
        why_not: reason why it cannot be followed now; then it is dashed and leads nowhere.
    """
    _known(kind)
    return part(
        "button_link", label=label, url=url, kind=kind, icon=icon, small=small, key=key, why_not=why_not,
        only_icon=only_icon, after=after, id=f"b-{slugify(label)}",
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    label: str,
    url: str,
    kind: str = "secondary",
    *,
    icon: str = "",
    small: bool = False,
    name: str = "",
    value: str = "",
) -> SafeString:
    """A button that writes at once (POST to `url`): for what can be undone."""
    _known(kind)
    return part(
        "post_button", label=label, url=url, kind=kind, icon=icon, small=small, name=name, value=value,
        csrf_token=_csrf_token(context),
    )  # fmt: skip


@register.simple_tag
def toast(text: str, undo_url: str = "", undo_label: str = "") -> SafeString:
    """Short message that work is done; `undo_url` offers the way back."""
    link = format_html(' <a href="{}">{}</a>', undo_url, undo_label) if undo_url else ""
    return format_html(
        '<div class="rq-toast" role="status">{}<span>{}</span>{}</div>', icon_svg("check-lg"), text, link
    )


def _csrf_token(context: Context) -> str:
    request = context.get("request")
    return get_token(request) if request is not None else ""


def _known(kind: str) -> None:
    if kind not in BUTTON_KINDS:
        raise ValueError(f"A button is one of {sorted(BUTTON_KINDS)}, not {kind!r}.")
