"""Every offer of the network, one by one: labels, category, symbol, and how it is recorded."""

import csv
from pathlib import Path

import pytest
from django.utils.translation import override

from resque.accounts.models import Partner, PartnerKind
from resque.ui.icons import icons
from services.catalogue import BY_CODE, KINDS, Category, Shape, kinds_for, kinds_with_people

LIST = Path(__file__).parent / "data" / "service_types.csv"
ROWS = list(csv.DictReader(LIST.read_text(encoding="utf-8").splitlines()))
PARTNERS = {
    "DAA": {PartnerKind.CAREER}, "Caritas": {PartnerKind.OUTREACH}, "Stadt": {PartnerKind.PUBLIC},
    "Aufbauwerk": {PartnerKind.COORDINATION}, "alle": set(PartnerKind),
}  # fmt: skip
# The list speaks of headcounts ("anonymous") and of an attribute; both are other ways of the same forms.
FORMS = {"anonymous": Shape.OUTREACH, "attribute": Shape.INTERNAL, "own entry": Shape.INTERNAL}
OUTCOMES = {"DAA-VER", "DAA-VDK", "DAA-VAR", "DAA-VQU"}


def label_of(text: str) -> str:
    """Leave out what the list says to its editors, not to readers."""
    return text.removesuffix(" (Ziel: outcome-Code)").removesuffix(" (carries an outcome code)")


def test_the_catalogue_has_the_37_offers_of_the_list_in_its_order():
    assert len(KINDS) == 37
    assert [kind.code for kind in KINDS] == [row["code"] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_an_offer_is_as_the_list_says(row):
    kind = BY_CODE[row["code"]]
    with override("de"):
        assert kind.label == label_of(row["de"])
        assert kind.category.label
    with override("en"):
        assert kind.label == label_of(row["en"])
    assert kind.category == Category(row["category"])
    assert set(kind.partner_kinds) == PARTNERS[row["partner"]]
    forms = row["form"].split("/")
    assert list(dict.fromkeys(FORMS.get(form) or Shape(form) for form in forms)) == list(kind.shapes)
    assert kind.icon in icons()
    assert kind.leads_to_outcome == (kind.code in OUTCOMES)
    assert kind.is_aftercare == (kind.code == "DAA-NB")


@pytest.mark.parametrize("code", list(Category), ids=str)
def test_every_category_is_used_and_has_a_word(code):
    assert any(kind.category == code for kind in KINDS)
    assert str(code.label)


@pytest.mark.parametrize("partner_kind", list(PartnerKind), ids=str)
def test_a_partner_offers_its_own_and_those_of_everybody(partner_kind):
    partner = Partner(kind=partner_kind)
    offered = {kind.code for kind in kinds_for(partner)}
    assert offered >= {kind.code for kind in KINDS if set(kind.partner_kinds) == set(PartnerKind)}
    assert all(partner_kind in kind.partner_kinds for kind in kinds_for(partner))
    assert all(kind.takes_people for kind in kinds_with_people(partner))


def test_the_city_and_the_coordination_have_no_offer_for_participants_but_signposting():
    for kind in (PartnerKind.PUBLIC, PartnerKind.COORDINATION):
        assert [offer.code for offer in kinds_with_people(Partner(kind=kind))] == ["ALL-VW"]
    assert kinds_for(None) == []


def test_group_offers_are_those_of_the_list():
    assert {kind.code for kind in KINDS if kind.takes_groups} == {
        "DAA-BOT", "DAA-BO", "DAA-BT", "DAA-PC", "CAR-GEW", "CAR-INF",
    }  # fmt: skip
