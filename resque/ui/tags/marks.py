"""Small marks: icon, badge, count, readiness light, clock pill, progress stops, score, avatar, language level."""

import math
from collections.abc import Iterable

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resque.ui.icons import icon as icon_svg
from resque.ui.tags.rendering import part

register = Library()

BADGE_KINDS = {
    "": "",
    "accent": " rq-badge-accent",
    "ok": " rq-ok",
    "warn": " rq-warn",
    "bad": " rq-bad",
    "info": " rq-info",
}
# Shape, word and colour say the same: dashed ring, half disc, tick, diamond.
LIGHTS = {"grey", "yellow", "green", "red"}
LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2"]
BELOW = ("A1.1", "0")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Inline icon; decoration unless `label` says what it means."""
    return icon_svg(name, label)


@register.simple_tag
def badge(text: str, kind: str = "", icon: str = "") -> SafeString:
    """Small mark beside a name. kind: "", accent, ok, warn, bad, info; colour is never the only sign."""
    return format_html('<span class="rq-badge{}">{}{}</span>', BADGE_KINDS[kind], icon_svg(icon) if icon else "", text)


@register.simple_tag
def count(number: int | str, label: str = "") -> SafeString:
    """Number in a pill, with an unseen word for screen readers ("offen")."""
    from resque.ui.tags.numbers import number as written

    words = format_html('<span class="visually-hidden"> {}</span>', label) if label else ""
    shown = written(number) if isinstance(number, int) else number
    return format_html('<span class="rq-count">{}{}</span>', shown, words)


@register.simple_tag
def light(state: str, text: str, url: str = "", box: bool = False, label: str = "") -> SafeString:
    """Readiness light: shape + word + colour.

    Args:
        state: grey (short contact), yellow (answers missing), green (ready to report), red (deadline passed).
        text: the word beside the shape.
        url: where the missing answers are; then the light is a link.
        box: framed, for the head of a person's page.
        label: longer words for screen readers, where `text` is a bare number.
    """
    if state not in LIGHTS:
        raise ValueError(f"A light is one of {sorted(LIGHTS)}, not {state!r}.")
    return part("light", state=state, text=text, url=url, box=box, label=label)


@register.simple_tag
def clock_pill(used: int, allowed: int, text: str = "") -> SafeString:
    """Clock of a deadline: how many of the allowed working days are used; red and full when it is over."""
    late = used > allowed
    path = "" if late else _pie(used / allowed if allowed else 1)
    text = text or _("%(used)s of %(allowed)s working days") % {"used": used, "allowed": allowed}
    return part("clock_pill", late=late, path=path, text=text)


def _pie(share: float) -> str:
    share = min(max(share, 0.0), 0.999)
    angle = 2 * math.pi * share
    x, y = 8 + 6 * math.sin(angle), 8 - 6 * math.cos(angle)
    return f"M8 8V2A6 6 0 {1 if share > 0.5 else 0} 1 {x:.2f} {y:.2f}z"


@register.simple_tag
def progress_stops(done: int, names: Iterable[str]) -> SafeString:
    """Short line with a stop for each of `names`, the first `done` filled, and the name of the last one reached."""
    names = [str(name) for name in names]
    gap = 68 / max(len(names) - 1, 1)
    stops = [{"x": f"{6 + gap * index:.1f}", "series": "s1" if index < done else "s0"} for index in range(len(names))]
    state = names[done - 1] if done else _("not begun")
    label = _("State: %(state)s (%(done)s of %(all)s)") % {"state": state, "done": done, "all": len(names)}
    return part("progress_stops", stops=stops, label=label, state=state)


@register.simple_tag
def score(filled: int, text: str) -> SafeString:
    """How similar a candidate is: five boxes and the word."""
    boxes = format_html_join(
        "",
        '<rect x="{}" y="0" width="10" height="10" rx="2" class="{}"/>',
        ((12 * index, "s1" if index < filled else "s0") for index in range(5)),
    )
    return format_html(
        '<span class="rq-score"><svg viewBox="0 0 58 10" aria-hidden="true">{}</svg>{}</span>', boxes, text
    )


@register.simple_tag
def avatar(initials: str) -> SafeString:
    """Round mark with two letters; the name always stands beside it."""
    return format_html('<span class="rq-avatar" aria-hidden="true">{}</span>', initials)


@register.simple_tag
def languages(levels: Iterable[tuple[str, str]]) -> SafeString:
    """Languages with their level as six boxes.

    Args:
        levels: (language, level); level is A1 to C2, A1.1 or 0 below them, or any other word ("Erst" for a first
            language: all six).
    """
    shown = []
    for name, level in levels:
        filled = LEVELS.index(level) + 1 if level in LEVELS else (6 if level else 0)
        filled = 0 if level in BELOW else filled
        boxes = [{"x": 17 * index, "series": "s1" if index < filled else "s0"} for index in range(6)]
        shown.append({"name": name, "level": level or "–", "boxes": boxes})
    return part("languages", languages=shown)


@register.simple_tag
def progress(value: int, maximum: int, label: str) -> SafeString:
    """Bar of progress; `label` says it in words ("17 von 19 Angaben vorhanden")."""
    return format_html(
        '<progress class="rq-progress" value="{}" max="{}" aria-label="{}">{}</progress>',
        str(value), str(max(maximum, 1)), label, label,
    )  # fmt: skip
