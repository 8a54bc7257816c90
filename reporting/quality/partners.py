"""What the overview says of partners, for rule A23: persons by partner beside the persons of the network."""

from datetime import date

from django.db.models import Count

from reporting.facts import human
from reporting.indicators.facts import Basis, entered_records
from reporting.sql import figures_role

# The table "By partner" (templates/reporting/_partner_table.html) says below its lines that a person may stand with
# two partners, and shows no sum of them. A test reads the sentence there.
SAYS_THAT_LINES_OVERLAP = True


def sums_of_partners(basis: Basis, on: date) -> dict:
    """Return the inputs of rule A23: entered persons of each partner up to a day, and those of the network."""
    rows = entered_records(basis).filter(entry_date__lte=on).order_by()
    people = Count(human(), distinct=True)
    with figures_role():
        by_partner = tuple(rows.values("partner").annotate(n=people).values_list("n", flat=True))
        distinct = rows.aggregate(n=people)["n"]
    return {"partner_counts": by_partner, "n_distinct": distinct, "labelled_as_contacts": SAYS_THAT_LINES_OVERLAP}
