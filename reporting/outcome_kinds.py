"""Which kinds of outcomes belong to which category. The code list says it, this only reads it."""

from resque.codelists.queries import entries

PRESS, IVAF = "press", "ivaf"  # names of attributes in the code list "outcome"


def kinds_that_count(attribute: str, category: str = "") -> tuple[str, ...]:
    """Return the codes of outcomes in a category.

    Args:
        attribute: PRESS (figures of 14.09.2015, not exclusive) or IVAF (integration rate).
        category: for example "employment" or "ARBEIT"; empty: every category of the attribute.
    """
    return tuple(
        entry.code
        for entry in entries("outcome")
        if (found := entry.attributes.get(attribute)) and category in ("", found)
    )
