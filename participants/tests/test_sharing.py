"""Sharing: how far, until when, and that nothing stays behind."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from participants.choices import Purpose
from participants.models import CaseShare, Identity, Participation
from participants.operations.consents import give_consent
from participants.operations.sharing import end_of, last_day_of, revoke_share
from participants.tests.builders import SIGNED, make_participant, share_case
from resque.audit.models import AccessEntry, Deed
from resque.clock import moved_to

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def case(cast):
    return make_participant(cast.lehmann, "Kanarienvogel", "Tweety", external_reference="CANARY-17")


def give(cast, case, **more) -> CaseShare:
    asked = {"to_partner": cast.caritas, "scope": "contact", "until": date(2017, 3, 1)} | more
    return share_case(by=cast.lehmann, participation=case, **asked)


def sees(user, case) -> tuple[bool, bool]:
    """Return whether the account sees the case, and whether it sees the name."""
    found = Participation.objects.visible_to(user).filter(pk=case.pk).exists()
    return found, Identity.objects.visible_to(user).filter(person=case.person).exists()


def test_the_scope_decides_about_the_name(cast, case, client):
    assert sees(cast.weber, case) == (False, False)
    give(cast, case, scope="services")
    assert sees(cast.weber, case) == (True, False)
    give(cast, case, scope="contact")
    assert sees(cast.weber, case) == (True, True)
    assert CaseShare.objects.live().count() == 1  # the earlier one was replaced
    give(cast, case, scope="services")
    client.force_login(cast.weber)
    page = client.get(f"/participants/{case.reference}/").content.decode()
    assert "Kanarienvogel" not in page and "CANARY-17" not in page


def test_an_ended_share_leaves_nothing_behind(cast, case, client):
    share = give(cast, case)
    client.force_login(cast.weber)
    assert client.get(f"/participants/{case.reference}/").status_code == 200
    revoke_share(by=cast.lehmann, share=share)
    revoke_share(by=cast.vogel, share=share)  # twice is no fault
    assert sees(cast.weber, case) == (False, False)
    for part in ("", "esf/", "identity/", "history/", "share/"):
        assert client.get(f"/participants/{case.reference}/{part}").status_code == 404
    assert AccessEntry.objects.filter(deed=Deed.SHARED).count() == 2


def test_a_share_ends_at_midnight_after_its_last_day():
    with moved_to(timezone.localdate()):
        assert end_of(date(2017, 3, 1)) == datetime(2017, 3, 2, tzinfo=BERLIN)
        assert end_of(date(2017, 3, 25)) == datetime(2017, 3, 26, tzinfo=BERLIN)  # summer time begins that night
        assert end_of(date(2017, 3, 26)).timestamp() - end_of(date(2017, 3, 25)).timestamp() == 23 * 60 * 60
        assert end_of(date(2017, 10, 29)).isoformat() == "2017-10-30T00:00:00+01:00"


def test_the_last_day_counts_and_the_next_one_does_not(cast, case):
    share = give(cast, case, until=date(2017, 2, 6))
    assert last_day_of(share) == date(2017, 2, 6)
    assert sees(cast.weber, case) == (True, True)
    CaseShare.objects.filter(pk=share.pk).update(expires_at=timezone.now())
    assert sees(cast.weber, case) == (False, False)


def test_the_database_ends_a_share_at_the_same_moment(cast, case, app_role_for):
    share = give(cast, case)

    def found(_user) -> tuple[bool, bool]:
        return Participation.objects.filter(pk=case.pk).exists(), Identity.objects.filter(person=case.person).exists()

    assert app_role_for(found, cast.weber) == (True, True)
    assert app_role_for(found, cast.hoffmann) == (True, False)
    CaseShare.objects.filter(pk=share.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert app_role_for(found, cast.weber) == (False, False)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until": date(2017, 2, 5)}, "until"), ({"until": date(2018, 2, 7)}, "until"), ({"until": date(9999, 12, 30)}, "until"),
        ({"scope": "everything"}, "scope"), ({"scope": ""}, "scope"), ({"to_partner": "daa"}, "to_partner"),
        ({"to_partner": "stadt"}, "to_partner"),
    ],
)  # fmt: skip
def test_a_share_that_cannot_be_is_refused_by_field(cast, case, wrong, field):
    if "to_partner" in wrong:
        wrong = {"to_partner": getattr(cast, wrong["to_partner"])}
    with pytest.raises(ValidationError) as refused:
        give(cast, case, **wrong)
    assert list(refused.value.message_dict) == [field]
    assert not CaseShare.objects.exists()


def test_only_the_owner_shares_and_ends(cast, case):
    share = give(cast, case)
    for user in (cast.weber, cast.hoffmann, cast.berger):
        with pytest.raises(Participation.DoesNotExist):
            share_case(
                by=user, participation=case, to_partner=cast.aufbauwerk, scope="contact", until=date(2017, 3, 1)
            )
        with pytest.raises(CaseShare.DoesNotExist):
            revoke_share(by=user, share=share)
    assert CaseShare.objects.live().count() == 1


def test_the_page_shares_once_and_ends(cast, case, client):
    client.force_login(cast.lehmann)
    address = f"/participants/{case.reference}/share/"
    consent = {"purpose": Purpose.SHARING, "partner": cast.caritas, "paper": SIGNED}
    give_consent(by=cast.lehmann, participation=case, **consent)
    key = client.get(address).context["form"]["form_key"].value()
    posted = {"to_partner": cast.caritas.pk, "scope": "contact", "until": "01.03.2017", "form_key": key}
    for _click in range(2):
        assert client.post(address, posted).status_code == 302
    share = CaseShare.objects.get()
    assert client.post(f"{address}revoke/", {"share": share.pk}).status_code == 302
    assert not CaseShare.objects.live().exists()
    foreign = make_participant(cast.weber)
    other = share_case(
        by=cast.weber, participation=foreign, to_partner=cast.daa, scope="contact", until=date(2017, 3, 1)
    )
    assert client.post(f"{address}revoke/", {"share": other.pk}).status_code == 404
    assert client.post(f"/participants/{foreign.reference}/share/revoke/", {"share": other.pk}).status_code == 403
