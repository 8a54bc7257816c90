"""Coded values: labels in both languages, validity, unknown codes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from resque.codelists.models import CodeEntry
from resque.codelists.operations import install_codelists
from resque.codelists.queries import choices, entries, entry_of, forget, label, require_code

pytestmark = pytest.mark.django_db


def test_every_entry_has_a_label_in_both_languages(db):
    assert not (CodeEntry.objects.filter(label_de="") | CodeEntry.objects.filter(label_en="")).exists()


def test_installing_again_changes_nothing_and_keeps_codes_of_the_operator():
    CodeEntry.objects.create(list="gender", code="own", position=99, label_de="Eigen", label_en="Own")
    before = list(CodeEntry.objects.order_by("pk").values())
    install_codelists(CodeEntry)
    assert list(CodeEntry.objects.order_by("pk").values()) == before


def test_labels_follow_the_reader():
    with translation.override("de"):
        german = label("gender", "f")
    with translation.override("en"):
        assert label("gender", "f") != german
    assert label("gender", "no-such") == "no-such"
    assert label("gender", "") == ""


def test_a_code_is_offered_while_it_is_valid_and_read_for_ever():
    CodeEntry.objects.create(
        list="gender", code="old", position=98, label_de="Alt", label_en="Old", valid_to=date(2016, 12, 31)
    )
    forget()
    assert ("old", "Alt") in choices("gender", on=date(2016, 12, 31))
    assert ("old", "Alt") not in choices("gender", on=date(2017, 1, 1))
    assert label("gender", "old") == "Alt"


def test_lists_are_read_once(django_assert_num_queries):
    forget()
    with django_assert_num_queries(1):
        for _ in range(5):
            assert entries("gender")
            assert entry_of("gender", "f")


def test_an_unknown_code_is_refused_with_those_that_exist():
    assert require_code("gender", "f") == "f"
    with pytest.raises(ValidationError) as refusal:
        require_code("gender", "z" * 100)
    assert "f, m, d" in refusal.value.messages[0]
    assert "z" * 41 not in refusal.value.messages[0]


def test_a_list_that_does_not_exist_is_our_fault():
    with pytest.raises(KeyError):
        choices("nowhere")
