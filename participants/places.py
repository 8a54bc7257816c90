"""Where on which page a field stands, for links that lead exactly there."""

from django.urls import reverse

# Questions drawn as a group of choices have no single control: their frame is the place.
GROUPS = frozenset(
    {
        "birth_date", "e_in_edu", "e_edu_fulltime", "hh_jobless", "hh_jobless_dep", "hh_single_dep", "e_homeless",
        "e_rural", "e_foreign_bg", "e_third_country", "guardian_recorded", "contact_consent", "x_status", "x_in_edu",
        "x_job_search", "x_qualified", "x_unreachable", "f_status", "f_improved", "f_unreachable",
    }
)  # fmt: skip


def place_of(field: str) -> str:
    """Return the fragment that leads to a field: "id_e_isced", "div_id_e_in_edu"."""
    return f"div_id_{field}" if field in GROUPS else f"id_{field}"


def address_of(page: str, reference: str, field: str) -> str:
    """Return the address of a field of a participation.

    Args:
        page: url name, for example "participants:esf" or "participants:exit".
        reference: reference of the participation.
        field: name of the field; empty: the page itself.
    """
    address = reverse(page, kwargs={"reference": reference})
    return f"{address}#{place_of(field)}" if field else address
