"""What of this floor hangs on records, in numbers, for a page that lays records beside each other."""

from collections.abc import Iterable

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.models import Attendance, Note, Outcome

COUNTED = ((Attendance, _("Services")), (Outcome, _("Outcomes")), (Note, _("Notes")))


def attached(keys: Iterable[int], user) -> list[tuple[str | Promise, dict[int, int]]]:
    """Return words and numbers by participation; what `user` may not see is not counted.

    Args:
        keys: participations.
        user: the reader.
    """
    keys = list(keys)
    return [
        (words, dict(model.objects.visible_to(user).filter(participation__in=keys).order_by()
                     .values_list("participation").annotate(Count("pk"))))
        for model, words in COUNTED
    ]  # fmt: skip
