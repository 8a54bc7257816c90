"""The PDF of a sheet: the texts with the names of the partners, never the name of a person."""

from collections.abc import Iterable
from pathlib import Path

from anyascii import anyascii

from participants.sheets.texts import CONSENT, SheetText
from resque.accounts.models import LegalRegime, Partner, PartnerKind
from resque.printing.pdf import set_pdf

FOLDER = Path(__file__).parent
# Names of German laws and authorities are written as they are looked for.
_LAW = {
    LegalRegime.KDG: "§§ 15, 16 KDG",
    None: "Art. 13, 14 DSGVO",
}
_AUTHORITY = {
    LegalRegime.KDG: "zuständige katholische Datenschutzaufsicht",
    None: "Sächsische Datenschutz- und Transparenzbeauftragte",
}


def print_sheet(
    text: SheetText, *, partner: Partner, partners: Iterable[Partner], purposes: Iterable[str] = (), reference: str = ""
) -> bytes:
    """Return the PDF of a sheet.

    Args:
        text: texts of one version.
        partner: who keeps the record, and informs.
        partners: the others of the network.
        purposes: codes of consents that are asked, in their order.
        reference: number of the record; empty on a blank sheet. The name is written by hand.
    """
    others = [one for one in partners if one.pk != partner.pk]
    data = text.texts | {
        "version": text.version,
        "reference": reference,
        "purposes": list(purposes) if text.sheet == CONSENT else [],
        "partners": [_unbroken(one.name) for one in others if one.kind != PartnerKind.PUBLIC],
        "names": {
            "partner": _unbroken(partner.name),
            "partners": ", ".join(_unbroken(one.name) for one in others),
            "law": _LAW.get(partner.legal_regime, _LAW[None]),
            "authority": _AUTHORITY.get(partner.legal_regime, _AUTHORITY[None]),
        },
    }
    return set_pdf(FOLDER / f"{text.sheet}.typ", data)


def print_way(text: SheetText, way: dict, *, reference: str) -> bytes:
    """Return the PDF of "Mein Weg": what somebody reached, without the name.

    Args:
        text: texts of one language.
        way: what way.typ reads: today, contact, steps, planned, reached, certificates, languages, attended.
        reference: number of the record.
    """
    names = {"today": way["today"]}
    data = text.texts | way | {"version": text.version, "reference": reference, "names": names}
    return set_pdf(FOLDER / "way.typ", data)


def printable(words: str) -> str:
    """Return words that somebody typed so that the fonts can print them."""
    return "".join(_printable(letter) for letter in words)


def _unbroken(name: str) -> str:
    """Return a name that the fonts can print, "e. V." on one line."""
    return printable(name).replace("e. V.", "e.\u00a0V.")


def _printable(letter: str) -> str:
    # Latin, Greek and Cyrillic; a glyph that is missing would stop the whole sheet.
    return letter if " " <= letter <= "\u052f" or letter in "–—’„“”" else anyascii(letter)
