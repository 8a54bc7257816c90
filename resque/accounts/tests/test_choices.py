"""What the forms of accounts and records offer to choose from."""

import pytest

from resque.accounts.forms import AccountForm, PartnerForm
from resque.accounts.models import User

pytestmark = pytest.mark.django_db


def test_only_who_works_with_people_is_offered_as_a_referent(cast):
    assert set(User.objects.colleagues_of(cast.lehmann)) == {cast.lehmann, cast.vogel}, "Berger manages accounts only"


def test_an_empty_choice_says_what_it_means(cast):
    partner, account = PartnerForm(), AccountForm(by=cast.seidel)
    first = [next(iter(form.fields[name].choices))[1] for form, name in (
        (partner, "kind"), (partner, "legal_regime"), (account, "role"), (account, "partner"),
    )]  # fmt: skip
    assert first == ["bitte wählen", "bitte wählen", "bitte wählen", "ohne Träger"]
