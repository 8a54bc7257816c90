"""The people behind a figure: the same condition as the number, with the reason why each stands there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from participants.models import Participation
from reporting.catalogue import Figure
from reporting.figures import people_behind
from reporting.queries.definitions import definition_of
from reporting.queries.reasons import reasons_of
from reporting.scopes import Scope
from reporting.sql import figures_role

ROWS = 50


@dataclass(frozen=True)
class Case:
    """One record of a human, as far as the reader may see it.

    Attributes:
        reference: number of the record; "" where it is out of the reader's sight (a share that has ended).
        name: the name where the reader may see it, else the number; without `reference` words that stand there.
        partner: who keeps the case.
    """

    reference: str
    name: str
    partner: str


@dataclass(frozen=True)
class Row:
    """One human of the list: linked records stand together in one row.

    Days are those of records in sight. Nobody has left as long as one of them is open.
    """

    cases: list[Case]
    entry: date | None
    exit: date | None
    reasons: list[str]


def people_page(figure: Figure, scope: Scope, number: str | None) -> dict:
    """Return one page of the people behind a figure.

    Args:
        figure: a figure of persons.
        scope: its filters.
        number: page of the address; whatever it is not leads to the nearest page.
    """
    people = people_behind(figure.code, scope)  # reads code lists, which the figures role cannot
    with figures_role():
        page = Paginator(people, ROWS).get_page(number)
        found = list(page.object_list)
    keys = [key for row in found for key in row["cases"]]
    visible = visible_cases(scope.user, keys)
    reasons = reasons_of(figure, scope, keys, visible)
    rows = [row_of(row["cases"], visible, reasons) for row in found]
    return {"rows": rows} | list_context(figure, scope, page)


def row_of(keys: list[int], visible: Mapping[int, Participation], reasons: Mapping[int, list[str]]) -> Row:
    """Return the row of one human.

    Args:
        keys: records that were counted.
        visible: those of them that the reader may open, by key.
        reasons: why they were counted, by key.
    """
    seen = [visible[key] for key in keys if key in visible]
    exits = [case.exit_date for case in seen if case.entry_date or case.exit_date]
    return Row(
        cases=[case_of(visible.get(key)) for key in keys],
        entry=min((case.entry_date for case in seen if case.entry_date), default=None),
        exit=max(exits) if exits and all(exits) else None,
        reasons=[reason for key in keys for reason in reasons.get(key, ())],
    )


def list_context(figure: Figure, scope: Scope, page: Page) -> dict:
    """Return what every list behind a figure shows beside its rows."""
    return {
        "page": page,
        "scope": scope,
        "words": definition_of(figure),
        "names": scope.user.people_partner_id is not None,
    }


def visible_cases(user, keys: Iterable[int]) -> dict[int, Participation]:
    """Return the participations that the reader may open, by key; with names only where the reader works with people."""
    cases = Participation.objects.visible_to(user)
    if user.people_partner_id is None:
        cases = cases.select_related("partner", "person", "operation")
    else:
        cases = cases.with_names_for(user).select_related("operation")
    return cases.in_bulk(list(keys))


def case_of(participation: Participation | None) -> Case:
    """Return what the list says of a record; None: it is out of sight."""
    if participation is None:
        return Case("", "", "")
    return Case(participation.reference, participation.title, participation.partner.short_name)
