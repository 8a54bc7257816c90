"""Components: what they promise to the pages, and that they escape what people typed."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from resque.ui.icons import UnknownIcon, icons
from resque.ui.tags import blocks, lists, marks, people

EVIL = '<script>alert("x")</script>'


def drawn(template: str, path: str = "/", **context) -> str:
    request = RequestFactory().get(path)
    return Template("{% load resque_ui %}" + template).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    "template",
    [
        "{% badge evil %}", "{% light 'red' evil evil box=True label=evil %}", "{% avatar evil %}", "{% count evil evil %}",
        "{% clock_pill 1 5 evil %}", "{% score 3 evil %}", "{% progress 1 2 evil %}", "{% toast evil evil evil %}",
        "{% button evil name=evil value=evil busy=evil why_not='' %}", "{% button evil why_not=evil %}",
        "{% button_link evil evil why_not='' %}", "{% post_button evil evil name=evil value=evil %}",
        "{% person evil evil reference=evil native=evil extra=evil %}", "{% row_check evil evil evil %}",
        "{% card evil note=evil link_url=evil link_label=evil id=evil %}{{ evil }}{% endcard %}",
        "{% note title=evil %}{{ evil }}{% endnote %}", "{% empty evil url=evil label=evil %}{{ evil }}{% endempty %}",
        "{% sheet evil close_url=evil %}{{ evil }}{% endsheet %}", "{% more evil %}{{ evil }}{% endmore %}",
        "{% tile evil evil url=evil note=evil %}{{ evil }}{% endtile %}", "{% bulk_bar evil evil %}{{ evil }}{% endbulk_bar %}",
        "{% confirm evil evil title=evil fields=fields %}{{ evil }}{% endconfirm %}",
        "{% timeline_item evil 'flag' by=evil url=evil %}{{ evil }}{% endtimeline_item %}",
        "{% agenda_item evil length=evil %}{{ evil }}{% endagenda_item %}", "{% timeline_month evil %}{% timeline_today evil %}",
        "{% hidden_hit evil reasons=reasons words=evil %}{{ evil }}{% endhidden_hit %}",
        "{% candidate evil reference=evil facts=evil reasons=reasons words=evil url=evil label=evil %}",
        "{% tabs items evil %}{% chips items evil %}{% topics names %}{% stage_line items %}{% todo_list items evil %}",
        "{% waiting waits %}{% facts names2 %}{% languages names2 %}{% progress_stops 1 names %}{% demo_accounts items %}",
        "{% sort_header evil evil %}{% legacy_box evil names2 source=evil footnote=evil %}{% bar_chart 1 2 evil %}",
        "{% pace_chart 1 2 evil target_label=evil %}{% split_chart waits evil %}{% funnel_chart waits evil evil %}",
        "{% columns_chart columns names evil unit=evil row_title=evil %}{% matrix_chart names names cells evil evil %}",
    ],
)  # fmt: skip
def test_what_people_typed_is_escaped(template):
    context = {
        "evil": EVIL, "names": [EVIL], "names2": [(EVIL, EVIL)], "reasons": [(True, EVIL)], "fields": {EVIL: EVIL},
        "items": [{"label": EVIL, "url": EVIL, "count": EVIL, "note": EVIL, "title": EVIL, "when": EVIL, "username": EVIL, "name": EVIL}],
        "waits": [{"number": 1, "text": EVIL, "url": EVIL, "label": EVIL, "value": 1, "note": EVIL}],
        "columns": [{"label": EVIL, "group": EVIL, "values": [1], "url": EVIL, "urls": [EVIL]}],
        "cells": {(0, 0): {"value": 1, "note": EVIL, "url": EVIL, "text": EVIL}},
    }  # fmt: skip
    html = drawn(template, path="/?sort=%3Cscript%3E", **context)
    assert "<script" not in html
    assert '"x")' not in html


def test_an_unknown_icon_is_a_mistake():
    with pytest.raises(UnknownIcon):
        marks.icon("no-such-icon")


def test_an_icon_is_decoration_unless_it_is_named():
    assert 'aria-hidden="true"' in marks.icon("lock")
    assert 'role="img" aria-label="gesperrt"' in marks.icon("lock", "gesperrt")
    assert all("<script" not in inner for inner in icons().values())


def test_a_light_says_shape_and_word():
    html = marks.light("yellow", "2 Angaben fehlen", "/x/", box=True)
    assert html.startswith("\n<a") or "<a href" in html
    assert "rq-light-yellow rq-light-box" in html
    assert "2 Angaben fehlen" in html
    with pytest.raises(ValueError, match="one of"):
        marks.light("purple", "x")


@pytest.mark.parametrize(("used", "late"), [(2, False), (5, False), (6, True)])
def test_a_clock_is_red_only_when_the_time_is_over(used, late):
    assert ("rq-t-bad" in marks.clock_pill(used, 5)) is late


def test_a_blocked_button_says_why_and_does_nothing():
    html = blocks.button("Stichtag festschreiben", why_not="17 Angaben fehlen.")
    assert 'aria-disabled="true"' in html
    assert 'type="button"' in html
    assert "17 Angaben fehlen." in html
    assert 'aria-describedby="b-stichtag-festschreiben-why"' in html


def test_a_confirmed_button_carries_the_token_of_the_form():
    html = drawn("{% confirm '/x/' 'Beenden' title='Beenden?' %}Das bleibt.{% endconfirm %}")
    assert "csrfmiddlewaretoken" in html
    assert 'data-resque-confirm="dialog-x-beenden"' in html
    assert '<dialog class="rq-dialog" id="dialog-x-beenden"' in html


def test_slots_carry_markup_into_other_tags():
    html = drawn("{% slot as side %}<em>jetzt</em>{% endslot %}{% card 'Heute' side=side %}x{% endcard %}")
    assert "<em>jetzt</em>" in html
    assert 'aria-labelledby="h-heute"' in html


def test_sorting_keeps_filters_and_leaves_the_page():
    html = drawn("{% sort_header 'name' 'Name' %}", "/?status=active&page=3&sort=name")
    assert 'aria-sort="ascending"' in html
    assert 'href="?status=active&amp;sort=-name"' in html
    assert 'href="?sort=-contact"' in drawn("{% sort_header 'contact' 'Kontakt' first='descending' %}")


def test_pages_keep_filters():
    page = Paginator(range(213), 50).page(2)
    html = drawn("{% pagination page 'Personen' %}", "/?status=active&page=2", page=page)
    assert "51–100 von 213 Personen" in html
    assert 'href="?status=active&amp;page=1"' in html
    assert 'href="?status=active&amp;page=3"' in html


def test_keyset_pages_have_one_end():
    html = drawn("{% pager '50 Personen' on=on %}", "/?q=1&after=x", on={"after": "y"})
    assert 'href="?q=1&amp;after=y"' in html
    assert 'rel="prev"' not in html


def test_tabs_mark_the_current_one():
    items = [{"label": "Meine", "url": "/a", "count": 1290, "key": "mine"}, {"label": "Alle", "url": "/b", "key": "all"}]
    html = lists.tabs(items, "Listen", "mine")
    assert html.count("aria-current") == 1
    assert "1.290" in html


def test_a_masked_stop_is_marked_as_such():
    html = drawn("{% timeline_item 'Begleitung' 'lock' kind='masked' %}<p>Text</p>{% endtimeline_item %}")
    assert 'class="masked"' in html
    assert "<p>Text</p>" in html


def test_a_stage_line_names_the_present_stage():
    html = people.stage_line([{"label": "Kontakt", "state": "done", "url": "/x"}, {"label": "Eintritt", "state": "now"}])
    assert html.count('aria-current="step"') == 1
    assert "(erreicht)" in html


def test_a_hidden_cell_shows_no_number():
    html = drawn("{% matrix_chart names names cells 'Verweise' 'von an' %}", names=["A", "B"], cells={(0, 1): {"value": 3, "hidden": True}})
    assert "verdeckt" in html
    assert ">3<" not in html


def test_a_column_chart_has_the_same_numbers_as_a_table():
    columns = [{"label": "Jan", "group": "2017", "values": [3, None], "url": "/l", "urls": ["/a", "/b"]}]
    html = drawn("{% columns_chart columns series 'Leistungen' %}", columns=columns, series=["Beratung", "Kurs"])
    assert html.count("<table") == 1
    assert 'href="/a">3</a>' in html
    assert "verdeckt" in html


def test_more_than_five_series_are_refused():
    with pytest.raises(ValueError, match="Five series"):
        drawn("{% columns_chart columns series 'x' %}", columns=[], series=list("abcdef"))
