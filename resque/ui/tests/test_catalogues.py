"""Gathering and compiling translations without GNU gettext."""

import io

import pytest
from babel.messages.mofile import read_mo
from django.core.management import CommandError, call_command

from resque.ui import catalogues

TEMPLATE = """{% load i18n %}
  {% translate "Save" %}
    {% translate "Next" context "next page" as on %}
{% blocktranslate with name=x.name %}Hello {{ name }}{% endblocktranslate %}
{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
<p>it's {{ x|default:_("nothing") }}</p>
"""
CODE = '''
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
A = _("Cancel")
B = pgettext_lazy("menu", "File")
C = ngettext("%(n)s row", "%(n)s rows", 2)
D = _("one "
      "two")
'''


@pytest.fixture
def house(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    for floor in catalogues.FLOORS:
        (tmp_path / floor).mkdir()
        (tmp_path / "templates" / floor).mkdir(parents=True)
    (tmp_path / "resque/a.py").write_text(CODE)
    (tmp_path / "resque/tests").mkdir()
    (tmp_path / "resque/tests/test_a.py").write_text("_('never')")
    (tmp_path / "templates/base.html").write_text(TEMPLATE)
    (tmp_path / "templates/services/x.html").write_text('{% translate "Service" %}')
    return tmp_path


def ids(floor: str) -> set:
    return {message.id if isinstance(message.id, str) else message.id[0] for message in catalogues.gathered(floor) if message.id}


def test_words_are_gathered_by_floor(house):
    assert ids("resque") == {"Save", "Next", "Hello %(name)s", "%(n)s day", "nothing", "Cancel", "File", "%(n)s row", "one two"}
    assert ids("services") == {"Service"}
    assert ids("reporting") == set()


def test_contexts_and_plurals_are_kept(house):
    found = {(message.context, message.id) for message in catalogues.gathered("resque")}
    assert ("next page", "Next") in found
    assert ("menu", "File") in found
    assert (None, ("%(n)s day", "%(n)s days")) in found


def test_an_update_keeps_german_and_drops_what_nobody_says(house):
    catalogues.update("services")
    path = catalogues.po_path("services")
    path.write_text(path.read_text().replace('msgid "Service"\nmsgstr ""', 'msgid "Service"\nmsgstr "Leistung"'))
    (house / "templates/services/x.html").write_text('{% translate "Service" %}{% translate "Course" %}')
    catalogues.update("services")
    assert 'msgstr "Leistung"' in path.read_text()
    (house / "templates/services/x.html").write_text('{% translate "Course" %}')
    catalogues.update("services")
    assert "Leistung" not in path.read_text()
    assert "#~" not in path.read_text()


def test_an_update_twice_changes_nothing(house):
    catalogues.update("resque")
    before = catalogues.po_path("resque").read_text()
    catalogues.update("resque")
    assert catalogues.po_path("resque").read_text() == before


def test_what_lacks_german_is_named(house):
    assert any("“Service” (templates/services/x.html)" in fault for fault in catalogues.faults("services"))
    with pytest.raises(CommandError, match="1 messages"):
        call_command("translations", "check", floor=["services"], stdout=io.StringIO())


def test_other_placeholders_are_a_fault(house):
    catalogues.update("resque")
    path = catalogues.po_path("resque")
    path.write_text(path.read_text().replace('msgid "Hello %(name)s"\nmsgstr ""', 'msgid "Hello %(name)s"\nmsgstr "Hallo %(nmae)s"'))
    assert any("other placeholders" in fault and "Hello" in fault for fault in catalogues.faults("resque"))


def test_catalogues_are_compiled_when_they_are_newer(house):
    catalogues.update("services")
    path = catalogues.po_path("services")
    path.write_text(path.read_text().replace('msgid "Service"\nmsgstr ""', 'msgid "Service"\nmsgstr "Leistung"'))
    assert catalogues.compile_floor("services")
    assert not catalogues.compile_floor("services")
    with path.with_suffix(".mo").open("rb") as file:
        assert read_mo(file)["Service"].string == "Leistung"
    call_command("translations", "compile", floor=["services", "reporting"], stdout=io.StringIO())
