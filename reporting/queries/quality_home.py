"""Data quality in one line for the home page."""

from dataclasses import replace

from django.urls import reverse

from reporting.quality.checking import check_asked
from reporting.quality.inquiry import BLOCKING, DECIDING, MINE, Inquiry
from reporting.quality.records import judged

AT_HOME = 1000  # records that a home page checks; beyond it only leads to the page


def quality_line(inquiry: Inquiry) -> dict | None:
    """Return how many hits block records and how many somebody must decide, each with its list.

    A worker is told of own cases, the coordinator of the network; with more than AT_HOME records `counted` is false.
    Nothing is returned where there is no record.
    """
    if inquiry.user.people_partner_id is not None:
        inquiry = replace(inquiry, whose=MINE)
    records = judged(inquiry.basis, inquiry.user).filter(inquiry.within).count()
    if not records:
        return None
    address = reverse("reporting:quality")
    line = {"url": address + inquiry.query(), "records": records, "counted": records <= AT_HOME}
    if line["counted"]:
        hits = check_asked(inquiry).hits
        blocking = sum(hit.rule.blocks for hit in hits)
        line |= {
            "blocking": blocking,
            "deciding": len(hits) - blocking,
            "blocking_url": address + inquiry.changed(severity=BLOCKING).query(),
            "deciding_url": address + inquiry.changed(severity=DECIDING).query(),
        }
    return line
