"""The register: each organisation once, however it is written."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from resque.locking import StaleRecord
from services.models import Organisation
from services.naming import organisation_key
from services.operations.organisations import correct_organisation, register_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written",
    [
        "Müller & Söhne GmbH",
        "müller  &  söhne gmbh",
        "Mueller und Soehne GMBH",
        "Müller+Söhne G.m.b.H.",
        "Mu\u0308ller & Söhne GmbH",
    ],
)
def test_ways_to_write_one_name_have_one_key(written):
    assert organisation_key(written) == "muellerundsoehnegmbh"


def test_no_name_is_longer_than_its_column(cast):
    for name in ("ß" * 160, "\ufdfa" * 160):
        register_organisation(by=cast.krause, name=name, kind="employer")


def test_different_names_have_different_keys():
    assert len({organisation_key(name) for name in ("Jobcenter Leipzig", "Jobcenter Wurzen", "Бригада", "شركة")}) == 4


def test_a_second_entry_is_led_to_the_first(cast):
    register_organisation(by=cast.krause, name="Mustermann  GmbH ", kind="employer", size="small", town="Leipzig")
    assert Organisation.objects.get().name == "Mustermann GmbH"
    with pytest.raises(ValidationError) as found:
        register_organisation(by=cast.lehmann, name="Mustermann Gmbh", kind="employer")
    assert "Mustermann GmbH" in found.value.message_dict["name"][0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(reference="F-22222", name="x", key="mustermanngmbh", kind="employer")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"), ({"name": "?"}, "name"), ({"name": "- . -"}, "name"), ({"name": "x" * 161}, "name"),
        ({"kind": "xxx"}, "kind"), ({"kind": ""}, "kind"), ({"size": "xxx"}, "size"), ({"town": "x" * 81}, "town"),
        ({"kind": "school", "size": "small"}, "size"),
    ],
)  # fmt: skip
def test_a_fault_stands_at_its_field(cast, facts, field):
    with pytest.raises(ValidationError) as found:
        register_organisation(**{"by": cast.krause, "name": "Muster", "kind": "employer", **facts})
    assert list(found.value.message_dict) == [field]


def test_a_correction_keeps_the_others_apart(cast):
    one = register_organisation(by=cast.krause, name="Jobcenter", kind="administration")
    register_organisation(by=cast.krause, name="Jobcenter Wurzen", kind="administration")
    one = correct_organisation(by=cast.lehmann, organisation=one, version=1, name="Jobcenter Leipzig", town="Leipzig")
    assert (one.version, one.key, one.is_public) == (2, "jobcenterleipzig", True)
    assert correct_organisation(by=cast.lehmann, organisation=one, version=2, town="Leipzig").version == 2
    with pytest.raises(ValidationError):
        correct_organisation(by=cast.lehmann, organisation=one, version=2, name="jobcenter wurzen")
    with pytest.raises(StaleRecord):
        correct_organisation(by=cast.lehmann, organisation=one, version=1, town="")


@pytest.mark.parametrize("who", ["berger", "seidel"])
def test_administrators_keep_no_register(cast, who):
    with pytest.raises(PermissionDenied):
        register_organisation(by=getattr(cast, who), name="Muster", kind="employer")
