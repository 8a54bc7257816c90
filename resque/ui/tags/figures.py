"""Figures and charts: every number is a link, every chart has its table, nothing is said by colour alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resque.clock import today
from resque.ui import charts
from resque.ui.lanes import Stop, lanes
from resque.ui.tags.numbers import day, number, percent
from resque.ui.tags.rendering import part, rows

register = Library()


@register.simple_block_tag
def tile(
    content: str, title: str, figure: str, *, url: str = "", note: str = "", footer: str = "", id: str = ""
) -> SafeString:
    """A figure with what belongs to it: chart and sentences are the content.

    Args:
        figure: the number as written ("612", "26,5 %").
        url: the list behind it.
        note: beside the number ("71 von 268").
        footer: last line (a slot): definition, uncertainty.
    """
    return part("tile", content=content, title=title, figure=figure, url=url, note=note, footer=footer, id=id)


@register.simple_tag
def legacy_box(title: str, items: Iterable[tuple[str, str]], *, source: str = "", footnote: str = "") -> SafeString:
    """The predecessors' published figures in a dashed box of their own, never added: (label, value as published)."""
    return part("legacy_box", title=title, items=list(items), source=source, footnote=footnote)


@register.simple_tag
def pace_chart(
    value: float, target: float, label: str, *, target_label: str = "", maximum: float | None = None
) -> SafeString:
    """Bar with the mark of a target; `label` says both in words."""
    return part("charts/pace", pace=charts.pace(value, target, maximum), label=label, target_label=target_label)


@register.simple_tag
def spark_chart(values: Sequence[float]) -> SafeString:
    """Small line of a development; decoration beside a sentence that says it."""
    return part("charts/spark", spark=charts.spark(list(values)))


@register.simple_tag
def split_chart(items: Iterable[Any], label: str) -> SafeString:
    """One bar in pieces, with a key: things with value, label, and optionally url. Series in fixed order, at most 5."""
    items = rows(items, "value", "label", "url")
    pieces = charts.split([item["value"] or 0 for item in items])
    for item, piece in zip(items, pieces, strict=True):
        item["piece"] = piece
    words = ", ".join(f"{number(item['value'])} {item['label']}" for item in items)
    return part("charts/split", items=items, label=f"{label}: {words}")


@register.simple_tag
def bar_chart(value: float, maximum: float, label: str, series: str = "s3") -> SafeString:
    """One bar as a part of `maximum`; `label` says it in words ("21 von 37")."""
    width = charts.length(320 * value / maximum if maximum else 0)
    return part("charts/bar", width=width, label=label, series=series)


@register.simple_tag
def funnel_chart(steps: Iterable[Any], label: str, unit: str = "") -> SafeString:
    """Way from the first step to the last: things with label, value, url, and optionally note (who dropped out).

    Args:
        unit: what is counted, for screen readers ("Personen").
    """
    steps = rows(steps, "label", "value", "url", "note")
    for step, shape in zip(steps, charts.funnel([step["value"] or 0 for step in steps]), strict=True):
        step["shape"] = shape
        step["share"] = percent(shape.share, 0) if shape.share is not None else ""
    return part("charts/funnel", steps=steps, label=label, unit=unit, height=str(46 * len(steps)))


@register.simple_tag
def columns_chart(
    columns: Iterable[Any],
    series: Sequence[str],
    label: str,
    *,
    unit: str = "",
    row_title: str = "",
    open: bool = False,
    sums: bool = True,
) -> SafeString:
    """Stacked columns with key and the same numbers as a table below.

    Args:
        columns: things with label ("Feb"), values (one number per series; None = hidden because it is small), and
            optionally group ("2016", written once below), url (list behind the column), urls (list behind each value).
        series: names in fixed order, at most 5.
        label: what the chart shows.
        unit: what is counted ("Leistungen").
        row_title: head of the first column of the table.
        open: shows the table at once.
        sums: adds sums to the table; False where columns do not add up (a person may stand in several months).
    """
    if len(series) > len(charts.SERIES):
        raise ValueError("Five series are the most that can be told apart.")
    columns = rows(columns, "label", "group", "values", "url", "urls")
    shapes = charts.columns([[value or 0 for value in column["values"]] for column in columns])
    group = None
    for column, shape in zip(columns, shapes.columns, strict=True):
        column |= {"shape": shape, "new_group": bool(column["group"]) and column["group"] != group}
        group = column["group"]
        named = f"{column['label']} {column['group']}".strip()
        column["words"] = _("%(column)s: %(number)s %(unit)s, open the list") % {
            "column": named, "number": number(shape.total), "unit": unit,
        }  # fmt: skip
    return part(
        "charts/columns", columns=columns, shape=shapes, label=label, open=open, row_title=row_title, sums=sums,
        series=[{"name": name, "series": charts.SERIES[index]} for index, name in enumerate(series)],
        table=_table(columns, series),
    )  # fmt: skip


def _table(columns: list[dict], series: Sequence[str]) -> list[dict]:
    lines = []
    for index, name in enumerate(series):
        cells = [
            {"value": column["values"][index], "url": column["urls"][index] if column["urls"] else ""}
            for column in columns
        ]
        lines.append({"name": name, "cells": cells, "total": sum(cell["value"] or 0 for cell in cells)})
    return lines


@register.simple_tag
def lanes_chart(
    series: Sequence[tuple[str, Sequence[Stop]]],
    label: str,
    *,
    signs: Sequence[tuple[str, str]],
    heads: Sequence[str],
    table: Sequence[Sequence[str]],
) -> SafeString:
    """What was reached from day to day until today: one lane a series, and the same as a table below.

    Args:
        series: (name, stops by day), at least one stop in each.
        label: what the chart shows, with its result in words.
        signs: (sign, words) of the key, only signs that occur.
        heads, table: the table; the first cell of a row is its head.
    """
    days = [stop.day for _name, stops in series for stop in stops]
    first, last = min(days), max(today(), *days)
    return part(
        "charts/lanes", chart=lanes(series, until=last), label=label, signs=list(signs), first=day(first),
        last=day(last) if last > first else "", heads=list(heads),
        table=[list(zip(heads, row, strict=True)) for row in table],
    )  # fmt: skip


@register.simple_tag
def matrix_chart(
    rows_: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[int, int], Any], label: str, corner: str
) -> SafeString:
    """Table whose cells are tinted by their size.

    Args:
        rows_, columns: names.
        cells: (row, column) -> thing with value, and optionally text (what is written), note (second line), url,
            hidden (not shown because it is small or would give away a small one). A missing cell does not apply.
        corner: words in the corner ("von ↓ an →").
    """
    shown = {place: rows([cell], "value", "text", "note", "url", "hidden")[0] for place, cell in cells.items()}
    highest = max((cell["value"] or 0 for cell in shown.values()), default=0)
    for cell in shown.values():
        cell["heat"] = charts.heat(cell["value"] or 0, highest)
        cell["text"] = cell["text"] or number(cell["value"])
    lines = [
        {"name": name, "cells": [shown.get((row, column)) for column in range(len(columns))]}
        for row, name in enumerate(rows_)
    ]
    return part("charts/matrix", lines=lines, columns=columns, label=label, corner=corner)
