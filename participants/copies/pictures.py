"""What pictures have in common."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_PIXELS = 60_000_000  # a page of A4 at 600 dots per inch has 35 million
LONGEST_SIDE = 20_000  # pixels


def damaged(*, code: str = "damaged") -> ValidationError:
    """Return the fault of a picture that breaks off or is not built as pictures are."""
    return ValidationError(_("The picture is damaged or cut off. Please take it or scan it once more."), code=code)


def require_size(width: int, height: int) -> None:
    """Refuse a picture that would fill the memory of whoever opens it.

    Raises:
        ValidationError: it has too many pixels, or none.
    """
    if not width or not height:
        raise damaged()
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise ValidationError(
            _("The picture has %(width)s × %(height)s dots, more than any document needs. Please scan it anew."),
            code="too_many_pixels",
            params={"width": width, "height": height},
        )
