"""The charts of the overview as data: columns whose every bar has the address of its list."""

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.catalogue import PLACED, figure_of
from reporting.figures import GROUPS, MonthlyServices
from reporting.links import people_url
from reporting.periods import Period
from reporting.scopes import Scope

MONTHS = 12
GROUP_LABELS: dict[str, str | Promise] = {
    "counselling": _("Counselling"),
    "qualification": _("Qualification"),
    "placement": _("Placement"),
    "support": _("Support, accompaniment"),
    "other": _("Recruitment, information"),
}


def service_columns(scope: Scope, months: list[MonthlyServices]) -> list[dict]:
    """Return one column a month with one value a series."""
    return [
        _month(of.month)
        | {
            "values": list(of.by_group.values()),
            "url": people_url("services", scope.during(of.month)),
            "urls": [people_url("services", scope.during(of.month), group=group) for group in GROUPS],
        }
        for of in months
    ]


def person_columns(code: str, scope: Scope, months: list[Period], counts: dict[str, int]) -> list[dict]:
    """Return one column a month of a figure of persons.

    Args:
        counts: persons by code of the month.
    """
    return [
        _month(month)
        | {
            "values": [counts[month.code]],
            "url": (url := people_url(code, scope.during(month))),
            "urls": [url],
        }
        for month in months
    ]


def outcome_matrix(scope: Scope, months: list[Period], counts: dict[str, dict[str, int]]) -> dict:
    """Return rows, columns and cells of the outcomes by category and month."""
    return {
        "rows": [figure_of(code).label for code in PLACED],
        "columns": [f"{date_format(month.since, 'M')} {month.since:%y}" for month in months],
        "cells": {
            (row, column): {
                "value": counts[code][month.code],
                "url": people_url(code, scope.during(month)) if counts[code][month.code] else "",
            }
            for row, code in enumerate(PLACED)
            for column, month in enumerate(months)
        },
    }


def _month(month: Period) -> dict:
    return {"label": date_format(month.since, "M"), "group": str(month.since.year)}
