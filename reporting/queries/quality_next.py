"""One hit after the other: where the queue leads."""

from django.urls import reverse

from participants.rules import Rule
from reporting.quality.checking import AT_ONCE, check_asked
from reporting.quality.facets import facets_of
from reporting.quality.inquiry import Inquiry
from reporting.queries.quality import ORDER
from reporting.queries.quality_lines import answer_address


def next_address(inquiry: Inquiry, after: tuple[Rule, str] | None) -> str:
    """Return the address of the next answer to look at, or of the list when there is none.

    The order is that of the rules, blocking ones first, then of the numbers; what was put right or left behind is
    passed by. Hits that tell of special answers are not in the queue: their list is opened knowingly.

    Args:
        inquiry: the filters; only cases of the own partner are opened.
        after: rule and reference of the hit before.
    """
    back = reverse("reporting:quality") + inquiry.query()
    if inquiry.lies_ahead or sum(facet.records for facet in facets_of(inquiry) if facet.lies_in(inquiry)) > AT_ONCE:
        return back
    found = check_asked(inquiry).hits
    own = inquiry.user.people_partner_id
    waiting = [hit for hit in found if hit.partner == own and inquiry.wants(hit.rule) and not hit.rule.special]
    rest = [hit for hit in waiting if after is None or _place(hit.rule, hit.reference) > _place(*after)]
    if not rest:
        return reverse("reporting:quality") + inquiry.query(end="1")
    first = min(rest, key=lambda hit: _place(hit.rule, hit.reference))
    further = reverse("reporting:quality_next") + inquiry.query(after=f"{first.rule.id}.{first.reference}")
    return answer_address(first.rule, first.reference, next=further, back=back)


def _place(rule: Rule, reference: str) -> tuple:
    return (not rule.blocks, ORDER[rule], reference)
