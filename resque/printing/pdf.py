"""Setting a PDF from a Typst template: tagged (PDF/UA-1), with the vendored fonts and nothing else of the machine."""

import json
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
CONTENT_TYPE = "application/pdf"


def set_pdf(template: Path, data: dict) -> bytes:
    """Return a PDF/UA-1 document.

    Args:
        template: Typst file; it may import files of its own folder only.
        data: anything that JSON can hold; the template reads it with `json(bytes(sys.inputs.data))`.

    Raises:
        RuntimeError: the template is wrong, or the document would not be accessible (no title, no alternative text).
    """
    import typst  # a large library of machine code: only who prints loads it

    return typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
