"""Printed sheets: accessible, complete in ten languages, every letter there, honest about what nobody reviewed."""

import io
import json
import re
from datetime import date
from pathlib import Path

import pypdf
import pytest
from django.urls import reverse

from participants.choices import Purpose
from participants.models import LanguageAssessment
from participants.operations.consents import ASKED
from participants.sheets.printing import print_sheet
from participants.sheets.texts import (
    CONSENT,
    INFORMATION,
    LANGUAGES,
    SHEETS,
    SheetText,
    language_of_sheet,
    language_texts,
    sheet_text,
)
from participants.tests.builders import make_participant
from resque.accounts.models import Partner
from resque.printing.pdf import set_pdf

pytestmark = pytest.mark.django_db
RIGHT_TO_LEFT = ("ara", "pes", "pus")
SCRIPTS = {
    "ara": "\u0600-\u06ff",
    "pes": "\u0600-\u06ff",
    "pus": "\u0600-\u06ff",
    "tir": "\u1200-\u137f",
    "rus": "а-яА-Я",
}


def printed(cast, text: SheetText, reference: str = "R-7K3FQ") -> pypdf.PdfReader:
    file = print_sheet(
        text, partner=cast.caritas, partners=Partner.objects.by_name(), purposes=ASKED, reference=reference
    )
    return pypdf.PdfReader(io.BytesIO(file))


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_is_one_accessible_page_with_every_letter(cast, sheet, language):
    text = sheet_text(sheet, language)
    reader = printed(cast, text)
    root = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "de"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()  # PDF/UA stops at a missing glyph
    assert text.texts["german"][sheet]["title"] in reader.metadata.title
    said = reader.pages[0].extract_text()
    assert text.version in said and "R-7K3FQ" in said and "Entwurf" in said
    assert "Ausländerbehörde" in said or sheet == CONSENT
    if language in SCRIPTS:
        letters = rf"[{SCRIPTS[language]}]"
        wanted = set(re.findall(letters, " ".join(language_texts(language)[sheet].values())))
        assert wanted <= set(said + read_aloud(reader))


def read_aloud(reader: pypdf.PdfReader) -> str:
    """Return the letters that stand beside glyphs: Arabic ones are set as a body and its dots."""
    marked = re.findall(rb"/ActualText\s*<FEFF([0-9A-F]+)>", reader.pages[0].get_contents().get_data())
    return "".join(bytes.fromhex(code.decode()).decode("utf-16-be") for code in marked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_and_claims_no_review(language):
    german, texts = language_texts("deu"), language_texts(language)
    for part in ("labels", *SHEETS):
        assert texts[part].keys() == german[part].keys()
        for key, words in texts[part].items():
            wanted = set(re.findall(r"\{\w+\}", german[part][key]))
            assert words.strip() and set(re.findall(r"\{\w+\}", words)) == wanted, (language, part, key)
    assert texts["reviewed"] is False and texts["draft"]
    assert texts["direction"] == ("rtl" if language in RIGHT_TO_LEFT else "ltr")
    assert {str(purpose) for purpose in ASKED} < texts[CONSENT].keys()


def test_each_language_is_marked_in_the_structure(cast):
    root = printed(cast, sheet_text(INFORMATION, "ara")).trailer["/Root"]
    found = set()

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            found.add(node.get("/Lang"))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"])
    assert "ar" in found


def test_a_missing_letter_stops_the_sheet(tmp_path):
    """Else the tests above would prove nothing about glyphs."""
    template = tmp_path / "plain.typ"
    template.write_text('#set document(title: "x")\n#set text(font: "Noto Sans", fallback: false)\n a')
    assert set_pdf(template, {}).startswith(b"%PDF")
    template.write_text(template.read_text() + " \u10d0")  # Georgian is in no face of ours
    with pytest.raises(RuntimeError):
        set_pdf(template, {})


def test_another_word_is_another_version():
    text = sheet_text(CONSENT, "som")
    changed = json.loads(json.dumps(text.texts))
    changed["foreign"][CONSENT]["FOTO"] += " "
    assert SheetText(CONSENT, "som", changed).version != text.version
    versions = {sheet_text(sheet, language).version for sheet in SHEETS for language in LANGUAGES}
    assert len(versions) == 20 and all(re.fullmatch(r"[IC]-[a-z]{3}-\w{4}-\w{4}", one) for one in versions)


def test_a_partner_of_any_name_can_print(cast):
    cast.caritas.name = "Verein ✊ ქართული Łódź e. V."
    assert len(printed(cast, sheet_text(CONSENT, "kmr")).pages) == 1


def test_many_partners_take_another_page(cast):
    for number in range(12):
        Partner.objects.create(code=f"p{number}", name=f"Verein {number} " * 5, short_name=f"V{number}", kind="other")
    assert len(printed(cast, sheet_text(CONSENT, "rus")).pages) == 2


def test_the_number_stands_on_the_sheet_and_the_name_does_not(cast, client):
    case = make_participant(cast.lehmann, "Kanarienvogel", "Tweety")
    client.force_login(cast.lehmann)
    answer = client.get(reverse("participants:sheet", args=[case.reference, CONSENT, "tir"]))
    assert answer["Content-Type"] == "application/pdf" and "Kanarien" not in answer["Content-Disposition"]
    said = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert case.reference in said and "Kanarienvogel" not in said and "DAA" in said
    blank = client.get(reverse("participants:sheet_blank", args=[INFORMATION, "ara"]))
    assert case.reference not in pypdf.PdfReader(io.BytesIO(blank.content)).pages[0].extract_text()
    for wrong in ([CONSENT, "tlh"], ["letter", "deu"]):
        assert client.get(reverse("participants:sheet_blank", args=wrong)).status_code == 404
        assert client.get(reverse("participants:sheet", args=[case.reference, *wrong])).status_code == 404


def test_the_city_is_no_partner_to_share_with(cast):
    said = printed(cast, sheet_text(CONSENT, "deu")).pages[0].extract_text()
    assert "Stadt Leipzig" not in said
    informed = printed(cast, sheet_text(INFORMATION, "deu")).pages[0].extract_text()
    assert "KDG" in informed and "katholische" in informed
    cast.caritas = cast.daa
    assert "DSGVO" in printed(cast, sheet_text(INFORMATION, "deu")).pages[0].extract_text()


def test_the_language_of_the_person_is_proposed(cast, client):
    assert language_of_sheet("prs") == "pes" and language_of_sheet("vie", "") == "deu"
    case = make_participant(cast.lehmann, interpreter_language="tir", nationality="AFG")
    client.force_login(cast.lehmann)
    address = f"/participants/{case.reference}/consents/"
    assert client.get(address).context["proposed"] == "tir"
    other = make_participant(cast.lehmann, "Anders", nationality="AFG")
    address = f"/participants/{other.reference}/consents/"
    assert client.get(address).context["proposed"] == "pes"
    for code, level in (("eng", "B1"), ("pus", "MUT")):
        LanguageAssessment.objects.create(
            person=other.person, language=code, overall=level, assessed_on=date(2017, 1, 9), evidence="SELBST"
        )
    assert client.get(address).context["proposed"] == "pus"
    assert Purpose.INFO not in ASKED


def test_templates_read_nothing_from_elsewhere():
    for file in Path(__file__).parent.parent.joinpath("sheets").glob("*.typ"):
        assert not re.findall(r'#import "(?!frame\.typ)|@preview|read\(', file.read_text())
