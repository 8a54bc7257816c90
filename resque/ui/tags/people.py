"""Persons: name in a row, stage line, timeline, agenda, tasks, candidates of the intake search."""

from collections.abc import Iterable
from typing import Any

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from resque.ui.tags.rendering import part, rows

register = Library()


@register.simple_tag
def person(
    name: str, url: str = "", *, reference: str = "", native: str = "", extra: str = "", badges: str = ""
) -> SafeString:
    """Name of a person as it stands in a row: bold, the link of the row; below it number, demo mark, native script.

    Args:
        name: "Nachname, Vorname"; never cut.
        extra: further words of the second line.
        badges: markup of flags directly beside the name (a slot).
    """
    return part("person", name=name, url=url, reference=reference, native=native, extra=extra, badges=badges)


@register.simple_tag
def stage_line(stops: Iterable[Any], keep: bool = False) -> SafeString:
    """The line with stops: filled = done, ring with a dot = now, open ring = to come.

    Args:
        stops: things with label, state ("done", "now", ""), and optionally note (a date), url.
        keep: shows every name on narrow screens too.
    """
    return part("stage_line", stops=rows(stops, "label", "state", "note", "url"), keep=keep)


@register.simple_tag
def wizard_line(names: Iterable[str], current: int) -> SafeString:
    """The line of a form in several steps; `current` counts from 1."""
    names = list(names)
    states = ["done" if index < current else "now" if index == current else "" for index in range(1, len(names) + 1)]
    return stage_line({"label": name, "state": state} for name, state in zip(names, states, strict=True))


@register.simple_block_tag
def timeline(content: str, label: str = "") -> SafeString:
    """The vertical line; holds timeline_month, timeline_today and timeline_item."""
    return part("timeline", content=content, label=label)


@register.simple_tag
def timeline_month(label: str) -> SafeString:
    """Month on the vertical line."""
    return part("timeline_month", label=label)


@register.simple_tag
def timeline_today(label: str) -> SafeString:
    """The line between what is planned (above) and what was (below)."""
    return part("timeline_today", label=label)


@register.simple_block_tag
def timeline_item(
    content: str, title: str, icon: str, *, by: str = "", kind: str = "", url: str = "", actions: str = "", id: str = ""
) -> SafeString:
    """One stop of the timeline; the content is its note and chips.

    Args:
        by: second line: day, author, partner.
        kind: "consultation" (ring in the accent), "outcome" (filled green), "future" (dashed), "masked" (content of
            another partner, a grey lock), "system", or "" for everything else.
        url: makes the title a link.
        actions: markup of links (a slot).
    """
    css = {"consultation": "c-cons", "outcome": "c-out", "future": "future", "masked": "masked"}.get(kind, "")
    return part(
        "timeline_item",
        content=mark_safe(content.strip()),
        title=title,
        icon=icon,
        by=by,
        css=css,
        url=url,
        actions=actions,
        id=id,
    )


@register.simple_block_tag
def agenda_item(content: str, time: str, *, length: str = "", state: str = "", action: str = "") -> SafeString:
    """One line of the day: time, what (content), and one action (a slot). state: "", "past", "next"."""
    return part("agenda_item", content=content, time=time, length=length, state=state, action=action)


@register.simple_tag
def todo_list(items: Iterable[Any], empty: str = "") -> SafeString:
    """Tasks and missing answers.

    Args:
        items: things with title, and optionally url, when (words), state ("late", "today", ""), extra (markup).
        empty: one sentence when there is nothing.
    """
    return part("todo_list", items=rows(items, "title", "url", "when", "state", "extra"), empty=empty)


@register.simple_tag
def waiting(items: Iterable[Any]) -> SafeString:
    """Counts that wait for somebody, each a link: things with number, text, url, and optionally bad (late)."""
    return part("waiting", items=rows(items, "number", "text", "url", "bad"))


@register.simple_tag
def facts(pairs: Iterable[tuple[str, Any]]) -> SafeString:
    """Facts as pairs: (label, value); a value may be markup. Empty values are left out."""
    return part("facts", pairs=[(label, value) for label, value in pairs if value not in ("", None)])


@register.simple_tag
def candidate(
    name: str, *, reference: str = "", native: str = "", facts: str = "", reasons: Iterable[tuple[bool, str]] = (),
    filled: int = 0, words: str = "", url: str = "", label: str = "", heading: int = 3,
) -> SafeString:  # fmt: skip
    """A person who may be meant, in the list of the intake search (<ol class="rq-cand">).

    Args:
        name: the name, may be markup with <mark> on the parts that agree.
        facts: second line ("01.01.1994 · Syrien · T. Vogel, DAA").
        reasons: (speaks for it, words).
        filled, words: similarity as 0 to 5 boxes and in words.
        url, label: the one button.
    """
    return part(
        "candidate", name=name, reference=reference, native=native, facts=facts, reasons=list(reasons), filled=filled,
        words=words, url=url, label=label, level=str(heading),
    )  # fmt: skip


@register.simple_block_tag
def hidden_hit(
    content: str,
    title: str,
    *,
    reasons: Iterable[tuple[bool, str]] = (),
    filled: int = 0,
    words: str = "",
    action: str = "",
) -> SafeString:
    """A possible hit at another partner: says that there is one, and no more. `action`: a slot with one button."""
    return part(
        "hidden_hit", content=content, title=title, reasons=list(reasons), filled=filled, words=words, action=action
    )


@register.simple_tag
def demo_accounts(accounts: Iterable[Any], name: str = "demo") -> SafeString:
    """Demo accounts as submit buttons of one form: things with username, name, note (partner and work)."""
    return part("demo_accounts", accounts=rows(accounts, "username", "name", "note"), field=name)
