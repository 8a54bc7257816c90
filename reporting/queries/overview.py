"""The overview of the network or of one partner: counted once, laid out for the page."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reporting.baseline import BY_CODE as PUBLISHED
from reporting.catalogue import PLACED, PROOFS, RATES, WAYS, figure_of
from reporting.figures import (
    GROUPS,
    by_partner,
    count_services,
    figures,
    persons_by_month,
    rates,
    services_by_month,
    shares,
)
from reporting.links import dashboard_url, people_url
from reporting.periods import Period
from reporting.queries.charts import GROUP_LABELS, MONTHS, outcome_matrix, person_columns, service_columns
from reporting.queries.definitions import Definition, definition_of
from reporting.queries.published import published_figures
from reporting.rates import Share
from reporting.scopes import Scope
from resque.accounts.models import Partner
from resque.accounts.roles import Permission
from resque.clock import today
from resque.ui.tags.numbers import number

PARTNER_COLUMNS = ("reached", "entered", *PLACED)


@dataclass(frozen=True)
class Number:
    """One figure as the page shows it.

    Attributes:
        value: what was counted.
        url: its list.
        words: its definition.
        share: its part of the denominator, where it has one.
        whole: the denominator as a number with its own list.
        press: the predecessors' published share beside it, or None; never computed with.
    """

    value: int
    url: str
    words: Definition
    share: Share | None = None
    whole: "Number | None" = None
    press: float | None = None

    @property
    def code(self) -> str:
        """Code of the figure, for anchors."""
        return self.words.code


def numbers(scope: Scope, counts: dict[str, int]) -> dict[str, Number]:
    """Return counted figures as the page shows them, by code."""
    parts = shares(counts)
    plain = {
        code: Number(value, people_url(code, scope), definition_of(figure_of(code))) for code, value in counts.items()
    }
    return {
        code: Number(
            one.value, one.url, one.words, parts.get(code), plain.get(figure_of(code).denominator),
            PUBLISHED[figure_of(code).press].share if figure_of(code).press else None,
        )
        for code, one in plain.items()
    }  # fmt: skip


def overview_page(scope: Scope) -> dict:
    """Return everything that the overview shows, in a fixed number of queries."""
    counts = figures(scope)
    counts["services"] = count_services(scope)
    months = scope.period.months(at_most=MONTHS)
    monthly = persons_by_month(scope, months)
    shown = numbers(scope, counts)
    return {
        "today": today(),
        "n": shown,
        "is_empty": not any(counts[code] for code in ("reached", "participants", "services")),
        "placed": [shown[code] for code in PLACED],
        "rates": rates(counts),
        "rate_words": {rate.code: definition_of(rate) for rate in RATES},
        "proofs": _pieces(shown, PROOFS),
        "ways": _pieces(shown, WAYS),
        "records": _pieces(shown, ("entered_complete", "incomplete")),
        "reached_lately": _lately("reached", scope, months, monthly),
        "spark": list(monthly["reached"].values()),
        "steps": _steps(shown),
        "months_shown": _span_words(months),
        "service_columns": service_columns(scope, services_by_month(scope, months)),
        "service_series": [GROUP_LABELS[group] for group in GROUPS],
        "reached_columns": person_columns("reached", scope, months, monthly["reached"]),
        "reached_series": [shown["reached"].words.label],
        "entered_series": [shown["entered"].words.label],
        "entered_columns": person_columns("entered", scope, months, monthly["entered"]),
        "outcomes": outcome_matrix(scope, months, monthly),
        "partners": partner_lines(scope) if scope.user.can(Permission.VIEW_FIGURES) and not scope.partner else [],
        "table_heads": [definition_of(figure_of(code)) for code in PARTNER_COLUMNS],
        "published": published_figures(),
        "names": scope.user.people_partner_id is not None,
    }


def _pieces(shown: dict[str, Number], codes: tuple[str, ...]) -> list[dict]:
    return [
        {"value": shown[code].value, "label": shown[code].words.label, "url": shown[code].url if shown[code].value else ""}
        for code in codes
    ]  # fmt: skip


def _steps(shown: dict[str, Number]) -> list[dict]:
    """The way from the first contact to a result; each step is a part of the one before."""
    contacts = shown["short_contacts"].value
    notes = {
        "reached_participants": _("%(number)s stayed short contacts") % {"number": number(contacts)} if contacts else ""
    }
    return [
        {
            "label": words,
            "value": shown[code].value,
            "url": shown[code].url,
            "note": notes.get(code, ""),
        }
        for code, words in (
            ("reached", _("Reached")),
            ("reached_participants", _("Participants")),
            ("reached_outcomes", _("With an outcome")),
        )
    ]


def _lately(code: str, scope: Scope, months: list[Period], monthly: dict[str, dict[str, int]]) -> list[dict]:
    """The last two months of the period with their numbers, newest first."""
    return [
        {
            "month": date_format(month.since, "F"),
            "value": monthly[code][month.code],
            "url": people_url(code, scope.during(month)),
        }
        for month in months[:-3:-1]
    ]


def _span_words(months: list[Period]) -> str:
    first, last = (date_format(month.since, "F Y") for month in (months[0], months[-1]))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


@dataclass(frozen=True)
class PartnerLine:
    """One partner's figures with their lists.

    Attributes:
        url: the overview of this partner.
        numbers: figures of PARTNER_COLUMNS.
        integrated, base: both numbers of the integration rate, variant A.
        incomplete: entered people whose record lacks answers.
    """

    partner: Partner
    url: str
    numbers: list[Number]
    integrated: Number
    base: Number
    incomplete: Number
    rate: Share


def partner_lines(scope: Scope) -> list[PartnerLine]:
    """Return the figures of every partner that has any, by name."""
    table = by_partner(scope)
    lines = []
    for partner in Partner.objects.filter(pk__in=table).by_name():
        own, counts = scope.of(partner), table[partner.pk]
        # Who entered is complete or is not; so this is the figure of the list, without another query.
        shown = numbers(own, counts | {"incomplete": counts["entered"] - counts["base_a"]})
        lines.append(
            PartnerLine(
                partner=partner,
                url=dashboard_url(own),
                numbers=[shown[code] for code in PARTNER_COLUMNS],
                integrated=shown["integrated_a"],
                base=shown["base_a"],
                incomplete=shown["incomplete"],
                rate=Share(shown["integrated_a"].value, shown["base_a"].value),
            )
        )
    return lines
