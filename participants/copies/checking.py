"""Opening a copy by what it is, not by what its name says, and keeping nothing that nobody needs to see it."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.copies.jpeg import cleaned_jpeg
from participants.copies.pdf import checked_pdf
from participants.copies.png import cleaned_png
from resque.file_kinds import kind_of

LARGEST = 10 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Copy:
    """A copy that may be kept.

    Attributes:
        kind: key of `KINDS`.
        data: the file, without the place, the camera and whatever else stood beside the picture.
    """

    kind: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the file as it is kept, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Kind:
    """One kind of file that is kept: how a browser calls it, how its name ends, what checks it."""

    content_type: str
    ending: str
    check: Callable[[bytes], bytes]


KINDS = {
    "PDF": Kind("application/pdf", "pdf", checked_pdf),
    "JPEG": Kind("image/jpeg", "jpg", cleaned_jpeg),
    "PNG": Kind("image/png", "png", cleaned_png),
}
_REMEDIES = {
    "TIFF": gettext_lazy("Browsers cannot show TIFF. Please save the scan as PDF."),
    "HEIC": gettext_lazy("Browsers cannot show HEIC, the format of iPhone photos. Please send the photo as JPEG "
                         "(in the camera settings: “Most Compatible”)."),
    "ZIP": gettext_lazy("Archives and office files are not kept. Please save the document as PDF."),
    "xls": gettext_lazy("Office files are not kept. Please save the document as PDF."),
}  # fmt: skip


def check_copy(data: bytes) -> Copy:
    """Return what is kept of an uploaded file.

    Raises:
        ValidationError: it is empty, too large, of another kind, damaged, or could do more than be looked at.
    """
    if not data.strip(b"\0 \r\n\t"):
        raise ValidationError(_("The file is empty. Please choose it once more."), code="empty")
    if len(data) > LARGEST:
        raise too_large(len(data))
    found = kind_of(data)
    if found not in KINDS:
        raise _other(found)
    copy = Copy(found, KINDS[found].check(data))
    if zipfile.is_zipfile(io.BytesIO(copy.data)):
        raise ValidationError(
            _("An archive is hidden in this file. Please print or scan the document into a new file."), code="archive"
        )
    return copy


def too_large(size: int) -> ValidationError:
    """Return the fault of a file with more than `LARGEST` bytes."""
    words = {"size": -(-size // 1024**2), "limit": LARGEST // 1024**2}
    sentence = _("The file has %(size)s MB; at most %(limit)s MB are kept. Please scan it with fewer dots per inch.")
    return ValidationError(sentence, code="too_large", params=words)


def _other(kind: str) -> ValidationError:
    if kind:
        remedy = _REMEDIES.get(kind, _("Please save the document as PDF, JPEG or PNG."))
        sentence, words = _("This is %(kind)s, whatever its name says. %(remedy)s"), {"kind": kind, "remedy": remedy}
        return ValidationError(sentence, code="other_kind", params=words)
    return ValidationError(_("This is neither PDF nor JPEG nor PNG, whatever its name says."), code="other_kind")
