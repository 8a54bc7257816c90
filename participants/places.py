"""Where on which page a field stands, for links that lead exactly there."""

from django.urls import reverse

# Questions drawn as a group of choices have no single control: their frame is the place.
GROUPS = frozenset(
    {
        "birth_date", "e_in_edu", "e_edu_fulltime", "hh_jobless", "hh_jobless_dep", "hh_single_dep", "e_homeless",
        "e_rural", "e_foreign_bg", "e_third_country", "guardian_recorded", "contact_consent",
    }
)  # fmt: skip
# Exit and follow-up are shown, not asked, on the page of the ESF answers.
SHOWN = {"exit_": "exit", "x_": "exit", "f_": "follow-up"}


def place_of(field: str) -> str:
    """Return the fragment that leads to a field: "id_e_isced", "div_id_e_in_edu", "exit"."""
    for prefix, section in SHOWN.items():
        if field.startswith(prefix):
            return section
    return f"div_id_{field}" if field in GROUPS else f"id_{field}"


def address_of(page: str, reference: str, field: str) -> str:
    """Return the address of a field of a participation.

    Args:
        page: url name, "participants:esf" or "participants:identity".
        reference: reference of the participation.
        field: name of the field.
    """
    return f"{reverse(page, kwargs={'reference': reference})}#{place_of(field)}"
