"""The house rules on our own files, and each rule on a fault that it must find."""

from pathlib import Path

import allauth
import crispy_bootstrap5
import crispy_forms
import django
import pytest
from django.http import HttpResponse
from django.urls import get_resolver, path

from resque.accounts.permissions import any_account, public
from resque.tests.rules import addresses, code, files, markup

ERROR_PAGES = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"}


def broken(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{name}: {finding}" for name, findings in found.items() for finding in findings)


def over(pairs, rule, *, with_path: bool = False) -> str:
    return broken({name: rule(name, text) if with_path else rule(text) for name, text in pairs})


# --- On our own files


def test_every_address_has_a_door():
    assert not addresses.addresses_without_door(get_resolver().url_patterns)


def test_every_address_has_a_name():
    assert not addresses.addresses_without_name(get_resolver().url_patterns)


def test_the_door_of_a_view_comes_first():
    assert not over(files.view_files(), code.views_without_door)


def test_views_write_nothing():
    assert not over(files.view_files(), code.views_that_write)


def test_views_are_short():
    assert not over(files.view_files(), code.long_views)


def test_raw_sql_stands_where_it_may():
    assert not over(files.python_files(), code.raw_sql, with_path=True)


def test_no_signals_and_no_overridden_save():
    assert not over(files.python_files(), code.signals_and_saves, with_path=True)


def test_markup_is_declared_safe_in_the_look_only():
    assert not over(files.python_files(), code.unsafe_markup, with_path=True)


def test_triggers_are_never_ignored():
    everything = [pair for pair in files.python_files(migrations=True, tests=True) if "/tests/" not in pair[0]]
    assert not over(everything, code.ignored_triggers)


def test_model_forms_name_their_fields():
    assert not over(files.python_files(), code.vague_forms)


def test_files_stay_short():
    assert not over([*files.python_files(tests=True), *files.templates()], code.long_file)


def test_no_file_for_everything():
    assert not broken({name: code.dump_of_everything(name) for name, _text in files.python_files(tests=True)})


def test_every_template_is_used():
    used = markup.names_in_templates(text for _name, text in files.templates())
    used |= markup.names_in_code(text for _name, text in files.python_files())
    libraries = {
        found.relative_to(folder).as_posix()
        for package in (allauth, crispy_forms, crispy_bootstrap5, django)
        for folder in Path(package.__file__).parent.rglob("templates")
        for found in folder.rglob("*.*")
    }
    assert not markup.unused_templates((name for name, _text in files.templates()), used, libraries | ERROR_PAGES)


def test_templates_hold_no_inline_code():
    assert not over(files.templates(), markup.inline_code)


def test_numbers_in_sentences_are_grouped():
    assert not over(files.templates(), markup.ungrouped)


def test_templates_escape_everything():
    assert not over(files.templates(), markup.unescaped, with_path=True)


# --- Planted faults


def test_finds_an_address_without_door():
    def bare(request):
        return HttpResponse()

    patterns = [path("a/", bare, name="a"), path("b/", public(lambda request: HttpResponse()))]
    assert len(addresses.addresses_without_door(patterns)) == 1
    assert addresses.addresses_without_name(patterns) == ["b/"]
    assert not addresses.addresses_without_door([path("c/", any_account(lambda request: HttpResponse()))])


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (code.views_without_door, "@require_safe\n@requires(P.X)\ndef a(request):\n    pass"),
        (code.views_without_door, "@require_POST\ndef a(request):\n    pass"),
        (code.views_that_write, "def a(request):\n    form.save()"),
        (code.views_that_write, "def a(request):\n    Person.objects.filter(pk=1).update(x=1)"),
        (code.views_that_write, "def a(request):\n    return get_object_or_404(Person, pk=1)"),
        (code.long_views, "def a(request):\n" + "    x = 1\n" * 26),
        (code.ignored_triggers, "with pgtrigger.ignore('x'):\n    pass"),
        (code.vague_forms, "class F(ModelForm):\n    class Meta:\n        model = M\n        fields = '__all__'"),
        (code.vague_forms, "class F(forms.ModelForm):\n    class Meta:\n        model = M\n        exclude = ['a']"),
        (code.long_file, "x\n" * 401),
        (markup.inline_code, '<p style="color: red">'),
        (markup.inline_code, "<script>alert(1)</script>"),
        (markup.inline_code, '<a onclick="x()">'),
        (markup.inline_code, '<a href="javascript:x()">'),
        (markup.inline_code, "<style>p {}</style>"),
        (
            markup.ungrouped,
            "{% blocktranslate count number=n %}{{ number }} hit{% plural %}hits{% endblocktranslate %}",
        ),
    ],
)
def test_finds_the_planted_fault(rule, fault):
    assert rule(fault)


@pytest.mark.parametrize(
    ("rule", "name", "fault"),
    [
        (code.raw_sql, "services/queries.py", "with connection.cursor() as c:\n    pass"),
        (code.raw_sql, "services/queries.py", "Person.objects.raw('select 1')"),
        (code.raw_sql, "services/querysets.py", "RawSQL('1', [])"),
        (code.signals_and_saves, "services/models.py", "class A(Model):\n    def save(self):\n        pass"),
        (code.signals_and_saves, "services/models.py", "@receiver(post_save)\ndef a(sender):\n    pass"),
        (code.signals_and_saves, "services/apps.py", "post_save.connect(a)"),
        (code.unsafe_markup, "services/views.py", "mark_safe(text)"),
        (markup.unescaped, "a.html", "{{ text|safe }}"),
        (markup.unescaped, "a.html", "{% autoescape off %}"),
    ],
)
def test_finds_the_planted_fault_in_its_place(rule, name, fault):
    assert rule(name, fault)


@pytest.mark.parametrize(
    ("rule", "good"),
    [
        (code.views_without_door, "@requires(P.X)\n@require_safe\ndef a(request):\n    pass"),
        (code.long_views, 'def a(request):\n    """Say.\n' + "\n" * 30 + '    """\n' + "    x = 1\n" * 25),
        (code.vague_forms, "class F(ModelForm):\n    class Meta:\n        model = M\n        fields = ['a']"),
        (markup.inline_code, '<script src="/a.js" defer></script><p data-style="x">'),
        (
            markup.ungrouped,
            "{% blocktranslate count value=n with number=n|number %}{{ number }}{% plural %}{{ number }}s{% endblocktranslate %}",
        ),
    ],
)
def test_leaves_good_code_alone(rule, good):
    assert not rule(good)


def test_finds_names_that_could_hold_anything():
    assert code.dump_of_everything("services/utils.py")
    assert code.dump_of_everything("resque/common/x.py")
    assert not code.dump_of_everything("resque/locking.py")


def test_raw_sql_may_stand_in_its_places():
    for place in ("reporting/sql.py", "resque/database/roles.py", "resque/context/state.py"):
        assert not code.raw_sql(place, "connection.cursor()")


def test_finds_the_unused_template():
    used = markup.names_in_templates(['{% extends "a.html" %}{% include "b.html" %}'])
    used |= markup.names_in_code(['x = "c.html"', 'part("d")', 'render(f"parts/{name}.html")'])
    ours = ["a.html", "b.html", "c.html", "parts/d.html", "parts/e.html", "f.html", "library.html"]
    assert markup.unused_templates(ours, used, {"library.html"}) == ["f.html", "parts/e.html"]
