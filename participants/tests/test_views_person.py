"""The pages of one person: two people writing at once, and whatever a browser may send."""

import random
from datetime import date

import pytest

from participants.models import Contact, Participation, SpecialAnswers
from participants.tests.builders import make_participant, share_case
from resque.audit.models import AccessEntry, Deed

pytestmark = pytest.mark.django_db
ROUNDS = 25  # random posts to each page
PAGES = (
    "esf/", "esf/special/", "identity/", "identity/spellings/", "identity/contacts/", "identity/contacts/remove/",
    "identity/guardians/", "identity/guardians/remove/", "share/", "share/revoke/", "exit/", "followup/", "return/",
    "state/", "target-group/",
)  # fmt: skip
NASTY = (
    "", " ", "\x00", "a\x00b", "x" * 5_000, "9" * 5_000, "1" * 19, "31.2." + "9" * 5_000,
    "-1", "99999999999999999999", "1e400", "NaN", "31.02.2016", "0", "²", "٣",
    "'; drop table", "<script>", "{{ 7 }}", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "\u202e",
    "true", "null", "[]", "2016-13-45", "%00", "daa",
)  # fmt: skip


def form_data(form) -> dict:
    """Return what a browser would send of a form that nobody touched."""
    data = {}
    for name in form.fields:
        widget, value = form.fields[name].widget, form[name].value()
        if hasattr(widget, "widgets_names"):
            parts = widget.decompress(value)
            data |= {
                f"{name}{end}": "" if one is None else one for end, one in zip(widget.widgets_names, parts, strict=True)
            }
        else:
            data[name] = "" if value is None else value
    return data


@pytest.mark.parametrize("part", PAGES)
def test_nothing_that_is_sent_breaks_a_page(client, cast, part):
    gone = {"exit_date": date(2016, 5, 1)} if part == "followup/" else {}
    case = make_participant(cast.lehmann, entry_date=date(2016, 1, 9), **gone)
    address = f"/participants/{case.reference}/{part}"
    client.force_login(cast.lehmann)
    source, shown = random.Random(part), client.get(address)
    names = list(form_data(shown.context["form"])) if shown.status_code == 200 else []
    names += ["spelling-text", "contact-kind", "contact-value", "contact-remark", "contact", "guardian", "share"]
    names += ["guardian-name", "guardian-organisation", "guardian-phone", "version", "form_key", "pick_e_isced", "state"]
    for _number in range(ROUNDS):
        posted = {name: source.choice(NASTY) for name in names if source.random() < 0.6}
        answer = client.post(address, posted)
        assert answer.status_code in (200, 302, 404, 409), (posted, answer.status_code)
    assert Participation.objects.count() == 1


def esf(client, user, case):
    client.force_login(user)
    return form_data(client.get(f"/participants/{case.reference}/esf/").context["form"])


def test_two_versions_stand_side_by_side_and_nothing_is_lost(client, cast):
    case = make_participant(cast.lehmann, entry_date=date(2017, 1, 9), e_isced=2)
    address = f"/participants/{case.reference}/esf/"
    mine, theirs = esf(client, cast.lehmann, case), esf(client, cast.vogel, case)
    client.force_login(cast.vogel)
    isced = next(name for name in theirs if "isced" in name or "education" in name)
    choices = [code for code, _label in client.get(address).context["form"].fields[isced].choices if code]
    client.post(address, theirs | {isced: choices[0]})
    client.force_login(cast.lehmann)
    page = client.post(address, mine | {isced: choices[-1]})
    assert page.status_code == 409
    differing = [one.name for one in page.context["differences"]]
    assert isced in differing
    assert "Vogel" in str(page.context["writer"])
    again = dict(mine) | {isced: choices[-1]} | {f"pick_{name}": "theirs" for name in differing}
    again |= {name: page.context[name] for name in ("version", "form_key")}
    before = Participation.objects.get()
    assert client.post(address, again).status_code == 302
    assert Participation.objects.get().e_isced == before.e_isced


def test_a_partial_birth_date_says_what_is_known(client, cast):
    case = make_participant(cast.lehmann)
    address = f"/participants/{case.reference}/identity/"
    client.force_login(cast.lehmann)
    for typed, stored in (
        (("", "", "1999"), (date(1999, 1, 1), "year")),
        (("", "5", "1999"), (date(1999, 5, 1), "month")),
        (("12", "5", "1999"), (date(1999, 5, 12), "day")),
        (("", "", ""), (None, "day")),
    ):
        data = form_data(client.get(address).context["form"]) | {"birth_precision": "day"}
        parts = [name for name in data if name.startswith("birth_date")]
        assert len(parts) == 3
        answer = client.post(address, data | dict(zip(parts, typed, strict=True)))
        assert answer.status_code == 302, answer.context["form"].errors
        person = Participation.objects.get().person
        assert (person.birth_date, person.birth_precision) == stored
    for typed in (
        ("31", "2", "1999"),
        ("1", "", "1999"),
        ("1", "1", ""),
        ("1", "1", "99"),
        ("x", "1", "1999"),
        ("1", "1", "2020"),
    ):
        data = form_data(client.get(address).context["form"])
        page = client.post(address, data | dict(zip(parts, typed, strict=True)))
        assert page.status_code == 200 and page.context["form"].errors["birth_date"]


def test_special_answers_are_the_owners_and_every_opening_is_noted(client, cast):
    case = make_participant(
        cast.lehmann, special={"e_disab": "true"}, art9_basis="consent", entry_date=date(2017, 1, 9)
    )
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    address = f"/participants/{case.reference}/esf/special/"
    for user, status in ((cast.weber, 403), (cast.hoffmann, 404), (cast.krause, 404), (cast.vogel, 200)):
        client.force_login(user)
        assert client.get(address).status_code == status
    opened = AccessEntry.objects.filter(deed=Deed.OPENED_SPECIAL, reference=case.reference)
    assert [entry.username for entry in opened] == ["vogel"]
    data = form_data(client.get(address).context["form"])
    assert data["e_disab"] == "true"
    assert client.post(address, data | {"e_disab": "refused"}).status_code == 302
    assert SpecialAnswers.objects.get().e_disab == "refused"
    page = client.post(address, data | {"e_disab": "false", "form_key": ""})  # an old version
    assert page.status_code == 200 and SpecialAnswers.objects.get().e_disab == "refused"


@pytest.mark.parametrize("page", ["", "history/", "esf/", "timeline/"])
def test_the_coordination_learns_partners_and_nobody_of_their_staff(client, cast, page):
    case = make_participant(cast.lehmann, entry_date=date(2017, 1, 9))
    Participation.objects.filter(pk=case.pk).update(referent=cast.vogel)
    client.force_login(cast.hoffmann)
    shown = client.get(f"/participants/{case.reference}/{page}").content.decode()
    assert "DAA" in shown
    assert not any(name in shown for name in ("Lehmann", "Vogel", cast.vogel.reference))


def test_a_refuge_is_not_found_through_its_district(client, cast):
    case = make_participant(cast.lehmann, entry_date=date(2017, 1, 9), accommodation="FSH", municipality="14730070")
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    for user in (cast.weber, cast.hoffmann):
        client.force_login(user)
        for page in ("", "history/", "esf/"):
            shown = client.get(f"/participants/{case.reference}/{page}").content.decode()
            assert "Delitzsch" not in shown and "14730070" not in shown


def test_the_history_says_who_changed_what_to_whom_may_know(client, cast):
    case = make_participant(cast.lehmann, "Kanarienvogel", "Tweety", entry_date=date(2017, 1, 9))
    Contact.objects.create(person=case.person, kind="phone", value="0341 4711")
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="services", until=date(2017, 3, 1))
    address = f"/participants/{case.reference}/history/"
    client.force_login(cast.vogel)
    page = client.get(address).content.decode()
    assert "Kanarienvogel" in page and "0341 4711" in page
    for user in (cast.weber, cast.hoffmann):
        client.force_login(user)
        page = client.get(address).content.decode()
        assert "Kanarienvogel" not in page and "0341 4711" not in page
    for user in (cast.krause, cast.berger):
        client.force_login(user)
        assert client.get(address).status_code == 404
    client.force_login(cast.weber)
    assert "K. Lehmann, DAA" in client.get(address).content.decode()
    client.force_login(cast.vogel)
    for query in ("?page=0", "?page=x", "?page=99999999999999999999"):
        assert client.get(address + query).status_code == 200
