"""Sex and age of a human, by which reached persons are counted: the same answer for a table and for its lists.

Linked records speak for one human. What they say of sex and age is put together over all records that the reader may
count, whatever partner or year is asked for; so somebody stands in one group everywhere on a page.
"""

from bisect import bisect_right

from django.db.models import Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.choices import Sex
from reporting.sql import AgeOn

UNKNOWN = "unknown"
AGE_LIMITS = (25, 55)  # full years from which the next group begins
SEXES: dict[str, str | Promise] = {
    Sex.FEMALE.value: _("women"),
    Sex.MALE.value: _("men"),
    Sex.NON_BINARY.value: _("non-binary"),
    UNKNOWN: _("not recorded"),
}
AGES: dict[str, str | Promise] = {
    "below-25": _("below 25"),
    "25-54": _("25 to 54"),
    "55-over": _("55 and over"),
    UNKNOWN: _("age unknown"),
}
# Of several answers the last of the alphabet, which is any answer rather than none.
SEX_OF_HUMAN = Max("sex")
# At the entry; of somebody without one at the first contact. Of several records the earliest one decides.
AGE_OF_CASE = AgeOn("person__birth_date", Coalesce("entry_date", "created_on"))
AGE_OF_HUMAN = Min(AGE_OF_CASE)


def sex_group(sex: str | None) -> str:
    """Return the group of a recorded sex."""
    return sex or UNKNOWN


def age_group(age: int | None) -> str:
    """Return the group of an age in full years."""
    return UNKNOWN if age is None else list(AGES)[bisect_right(AGE_LIMITS, age)]


def in_groups(sex: str, age: str) -> Q:
    """Return the condition that a row with `sex_of` and `age_of` belongs to both groups; "" is any."""
    condition = Q()
    if sex:
        condition &= Q(sex_of="" if sex == UNKNOWN else sex)
    if age == UNKNOWN:
        condition &= Q(age_of=None)
    elif age:
        position = list(AGES).index(age)
        if position > 0:
            condition &= Q(age_of__gte=AGE_LIMITS[position - 1])
        if position < len(AGE_LIMITS):
            condition &= Q(age_of__lt=AGE_LIMITS[position])
    return condition
