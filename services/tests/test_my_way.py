""" "Mein Weg": what stands on it in both languages, for whom it is printed, and what never stands on it."""

import io
from datetime import date

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.access import get_named_participant
from participants.choices import Purpose
from participants.languages import CODES, language_name_in
from participants.models import Participation, ResidenceStatus
from participants.operations.background import add_entry
from participants.operations.consents import give_consent
from participants.sheets.printing import print_way
from participants.sheets.texts import LANGUAGES, WAY, language_texts, sheet_text
from participants.tests.builders import SIGNED, make_participant, share_case
from resque.audit.models import AccessEntry
from resque.codelists.queries import entries
from services.catalogue import KINDS
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service
from services.queries.my_way import OUTCOMES, SERVICES, my_way

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel"
NOT_REACHED = {"ALO", "KEIN", "UNBEK"}


@pytest.fixture
def case(cast):
    return make_participant(cast.lehmann, CANARY, "Tweety", interpreter_language="tir")


def serve(by, case, kind, day, status="attended"):
    record_service(by=by, kind=kind, participants=[Taking(case, status=status)], day=day, minutes=60)


def lived(cast, case):
    """Somebody with everything that a sheet can tell."""
    cast.daa.phone = "0341 123456"
    cast.daa.save()
    for day in (date(2017, 1, 10), date(2017, 1, 17), date(2017, 1, 24)):
        serve(cast.lehmann, case, "DAA-BT", day)
    serve(cast.lehmann, case, "DAA-BER", date(2017, 1, 10))
    serve(cast.lehmann, case, "DAA-PC", date(2017, 1, 11), status="no_show")
    record_outcome(by=cast.lehmann, participation=case, kind="PRAK", start=date(2017, 1, 30), employer="Muster GmbH")
    record_outcome(by=cast.lehmann, participation=case, kind="ALO", start=date(2017, 1, 30))
    record_outcome(by=cast.lehmann, participation=case, kind="AUSB_B", start=date(2017, 8, 1), state="planned")
    german = {"language": "deu", "assessed_on": date(2016, 6, 6), "overall": "A1", "evidence": "SELBST"}
    proved = {"language": "deu", "assessed_on": date(2017, 1, 6), "overall": "B1", "evidence": "ZERT", "exam": "telc"}
    for said in (german, proved):
        add_entry(by=cast.lehmann, participation=case, of="language", **said)
    add_entry(
        by=cast.lehmann, participation=case, of="credential", title="Gesellenbrief بناء", route="NREGL", year=2012,
        paper="copy",
    )  # fmt: skip
    return get_named_participant(cast.lehmann, case.reference)


def printed(client, user, case, language):
    client.force_login(user)
    return client.get(reverse("services:my_way", args=[case.reference, language]))


def said(answer) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)


def test_everything_is_told_as_recorded(cast, case):
    way = my_way(lived(cast, case), cast.lehmann, tag="ti")
    assert way["contact"] == {"who": f"Katrin Lehmann, {cast.daa.name}", "phone": "0341 123456"}
    assert [(row["german"], row["facts"]) for row in way["attended"]] == [
        ("Bewerbungstraining", "3 × · 10.01.2017 – 24.01.2017"),
        ("Beratung zu Arbeitsmarkt und Ausbildung", "1 × · 10.01.2017"),
    ]
    assert [(row["group"], row["facts"]) for row in way["reached"]] == [("practice", "30.01.2017 · Muster GmbH")]
    assert [(row["german"], row["facts"]) for row in way["planned"]] == [("betriebliche Ausbildung", "01.08.2017")]
    assert way["certificates"][0] == "Deutsch B1 · telc · 06.01.2017"
    assert way["certificates"][1].startswith("Gesellenbrief ") and way["certificates"][1].endswith("· 2012")
    (german,) = way["languages"]
    assert german["foreign"] == "ጀርመን" and german["lanes"] == [
        {"skill": "overall", "levels": "A1 (06.2016) – B1 (01.2017)"}
    ]
    assert german["evidence"] == "proof" and way["steps"] == []


def test_somebody_who_came_to_a_course_was_not_tested(cast, case):
    said = {"language": "deu", "assessed_on": date(2017, 1, 6), "overall": "A2", "evidence": "TEILN"}
    add_entry(by=cast.lehmann, participation=case, of="language", **said)
    (german,) = my_way(get_named_participant(cast.lehmann, case.reference), cast.lehmann, tag="ti")["languages"]
    assert german["evidence"] == "attended"


def test_papers_and_follow_up_are_steps(cast, case):
    ResidenceStatus.objects.create(
        person=case.person, status="AE_25_2", valid_from=date(2016, 1, 1), printed_until=date(2017, 4, 30)
    )
    way = my_way(get_named_participant(cast.lehmann, case.reference), cast.lehmann, tag="ti")
    assert way["steps"] == [{"key": "papers", "day": "30.04.2017"}]
    left = Participation.objects.filter(pk=case.pk)
    left.update(entry_date=date(2016, 6, 1), exit_date=date(2017, 1, 30), exit_reason="ARB")
    way = my_way(get_named_participant(cast.lehmann, case.reference), cast.lehmann, tag="ti")
    assert way["steps"] == []  # nobody said that we may ask
    consent(cast, case)
    way = my_way(get_named_participant(cast.lehmann, case.reference), cast.lehmann, tag="ti")
    assert way["steps"] == [{"key": "followup", "day": "30.07.2017"}]
    left.update(exit_reason="AUSR")
    way = my_way(get_named_participant(cast.lehmann, case.reference), cast.lehmann, tag="ti")
    assert way["steps"] == []


def consent(cast, case):
    give_consent(by=cast.lehmann, participation=case, purpose=Purpose.CONTACT, paper=SIGNED, channel="Telefon")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_accessible_and_says_it_in_both_languages(cast, case, language):
    text = sheet_text(WAY, language)
    way = my_way(lived(cast, case), cast.lehmann, tag=text.texts["foreign"]["tag"])
    file = print_way(text, way, reference=case.reference)
    reader = pypdf.PdfReader(io.BytesIO(file))
    root = reader.trailer["/Root"]
    assert len(reader.pages) == 1 and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()  # PDF/UA stops at a missing glyph
    words = reader.pages[0].extract_text()
    for wanted in (
        "Mein Weg",
        "Bewerbungstraining",
        "0341 123456",
        "B1 (01.2017)",
        case.reference,
        text.version,
        "Entwurf",
    ):
        assert wanted in words
    assert CANARY not in words and "Tweety" not in words and "RESQUE" not in words
    if language not in ("deu", "ara", "pes", "pus"):  # Arabic script is joined when it is set
        assert language_texts(language)[WAY]["outcomes"]["practice"] in " ".join(words.split())
    assert (f"/Lang ({text.texts['foreign']['tag']})" in str(languages_in(root))) or language == "deu"


def languages_in(root) -> list[str]:
    found = set()

    def walk(node) -> None:
        node = node.get_object()
        for child in (
            node if isinstance(node, list) else [node["/K"]] if isinstance(node, dict) and "/K" in node else []
        ):
            walk(child)
        if isinstance(node, dict) and "/Lang" in node:
            found.add(f"/Lang ({node['/Lang']})")

    walk(root["/StructTreeRoot"])
    return sorted(found)


def test_every_sheet_has_the_same_words():
    german = language_texts("deu")[WAY]
    for language in LANGUAGES:
        texts = language_texts(language)[WAY]
        assert texts.keys() == german.keys()
        for key, words in german.items():
            if isinstance(words, dict):
                assert texts[key].keys() == words.keys() and all(texts[key].values()), (language, key)
            else:
                assert texts[key] and ("{" in words) == ("{" in texts[key]), (language, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_and_every_name_of_a_language_can_be_printed(language):
    text = sheet_text(WAY, language)
    words, tag = text.texts["foreign"][WAY], text.texts["foreign"]["tag"]
    lanes = [{"skill": skill, "levels": "A1"} for skill in words["skills"]]
    names = [
        {"german": language_name_in(code, "de"), "foreign": language_name_in(code, tag), "lanes": lanes, "day": "1"}
        for code in (*CODES, "deu")
    ]
    way = {
        "today": "1", "contact": {"who": "x", "phone": "1"}, "planned": [], "certificates": [],
        "steps": [{"key": key, "day": "1"} for key in ("papers", "followup")],
        "reached": [{"group": group, "german": "x", "facts": "1"} for group in words["outcomes"]],
        "attended": [{"group": group, "german": "x", "facts": "1"} for group in words["services"]],
        "languages": [name | {"evidence": known} for name in names for known in words["evidence"]],
    }  # fmt: skip
    assert print_way(text, way, reference="R-7K3FQ").startswith(b"%PDF")  # PDF/UA stops at a missing glyph


def test_every_offer_and_outcome_has_words():
    words = language_texts("deu")[WAY]
    assert SERVICES.keys() == {kind.code for kind in KINDS if kind.takes_people}
    assert OUTCOMES.keys() == {entry.code for entry in entries("outcome")} - NOT_REACHED
    assert set(SERVICES.values()) == words["services"].keys() and set(OUTCOMES.values()) == words["outcomes"].keys()


def test_neutral_without_name_and_logged(cast, case, client):
    answer = printed(client, cast.lehmann, case, "tir")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="mein-weg-tir.pdf"'
    assert "no-store" in answer["Cache-Control"]
    words = said(answer)
    assert (
        CANARY not in words and "Zurzeit ist kein Termin eingetragen" in words and "Das haben Sie erreicht" not in words
    )
    entry = AccessEntry.objects.filter(reference=case.reference, detail__part="my_way").get()
    assert entry.detail == {"part": "my_way", "language": "tir"} and entry.username == cast.lehmann.username


def test_only_who_sees_the_name_prints(cast, case, client):
    assert printed(client, cast.weber, case, "ara").status_code == 404
    for nobody in (cast.hoffmann, cast.krause, cast.berger, cast.seidel):
        assert printed(client, nobody, case, "ara").status_code == 404  # as for a number that does not exist
    shared = {"by": cast.lehmann, "participation": case, "to_partner": cast.caritas, "until": date(2017, 8, 31)}
    share_case(**shared, scope="services")
    assert printed(client, cast.weber, case, "ara").status_code == 404
    assert "my-way" not in client.get(f"/participants/{case.reference}/").content.decode()
    share_case(**shared, scope="contact")
    answer = printed(client, cast.weber, case, "ara")
    assert answer.status_code == 200 and "Katrin Lehmann" in said(answer)
    assert printed(client, cast.lehmann, case, "tlh").status_code == 404
    assert not AccessEntry.objects.filter(detail__language="tlh").exists()


def test_the_page_offers_the_language_of_the_person_first(cast, case, client):
    client.force_login(cast.lehmann)
    page = client.get(f"/participants/{case.reference}/").content.decode()
    assert page.index(f"/participants/{case.reference}/way/tir/") < page.index(
        f"/participants/{case.reference}/way/deu/"
    )
    assert "„Mein Weg“ zum Mitnehmen" in page


def test_queries_do_not_grow_with_rows(cast, case):
    def count():
        loaded = get_named_participant(cast.lehmann, case.reference)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            my_way(loaded, cast.lehmann, tag="ti")
        return len(asked)

    few = count()
    lived(cast, case)
    assert count() == few
