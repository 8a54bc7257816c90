"""The home pages: every number has its people, and nobody meets a foreign name."""

import pytest

from participants.tests.builders import make_participant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["weber", "lehmann", "vogel", "krause", "hoffmann", "berger", "seidel"])
def test_the_home_page_opens(client, cast, who):
    make_participant(cast.lehmann)
    client.force_login(getattr(cast, who))
    answer = client.get("/")
    assert answer.status_code == 200
