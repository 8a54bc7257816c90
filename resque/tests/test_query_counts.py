"""Every page costs a fixed number of queries, whether 3 or 30 rows stand on it.

The counts are a committed baseline (data/query_counts.json): a page that got dearer fails until somebody looked.
`RESQUE_WRITE_QUERY_COUNTS=1 bin/test resque/tests/test_query_counts.py` writes the baseline anew.
"""

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resque.tests.access.matrix import named_addresses
from resque.tests.growing_world import World

BASELINE = Path(__file__).parent / "data/query_counts.json"
FEW, MANY = 3, 30
# No rows stand on these: allauth's pages of the own account, pages that only write, and answers without a page.
WITHOUT_ROWS = {
    "healthz", "account_login", "account_logout", "account_inactive", "account_reauthenticate",
    "account_change_password", "password_forgotten", "set_password", "demo_sign_in", "mfa_index", "mfa_authenticate",
    "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "usersessions_list", "ui:language",
    "ui:theme", "accounts:user_restore", "accounts:user_link", "accounts:user_second_factor", "participants:search",
    "participants:create", "participants:import_template", "participants:import_run", "participants:import_again",
    "participants:import_discard", "participants:import_take_back", "participants:spelling_new",
    "participants:contact_new", "participants:contact_remove", "participants:guardian_new",
    "participants:guardian_remove", "participants:share_revoke", "participants:status_store",
    "participants:status_remove", "participants:place_store", "participants:place_remove", "operations:extend",
    "operations:take_back", "participants:consent_noted", "participants:sheet", "participants:sheet_blank",
    "participants:sheet_kept", "participants:intake", "participants:intake_close",
    *(f"participants:{kind}_{what}" for kind in ("language", "schooling", "work", "credential") for what in ("store", "remove")),
    *(f"participants:document_{what}" for what in ("new", "correct", "remove", "restore", "copy")),
    "participants:refusal_new", "participants:refusal_take_back", "services:note_new", "services:note_scope",
    "services:event_cancel", "reporting:quality_next", "reporting:submission_file",
}  # fmt: skip


def counted(world: World) -> dict[str, int]:
    """Open every page twice, the first time to fill caches of the process, and count the queries of the second."""
    found, clients = {}, {}
    for name, (who, address, data) in world.pages().items():
        if who not in clients:
            clients[who] = Client()
            clients[who].force_login(getattr(world.cast, who))
        ask = (lambda c, a, d: c.post(a, d)) if data else (lambda c, a, d: c.get(a))
        ask(clients[who], address, data)
        with CaptureQueriesContext(connection) as queries:
            answer = ask(clients[who], address, data)
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = len(queries)
    return found


@pytest.mark.django_db
def test_every_page_costs_as_many_queries_for_3_rows_as_for_30(cast):
    world = World(cast)
    world.grow(FEW)
    few = counted(world)
    world.grow(MANY)
    many = counted(world)
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    if os.environ.get("RESQUE_WRITE_QUERY_COUNTS"):
        BASELINE.parent.mkdir(exist_ok=True)
        BASELINE.write_text(json.dumps(few, indent=1, sort_keys=True) + "\n")
    assert few == json.loads(BASELINE.read_text())


@pytest.mark.django_db
def test_every_address_is_counted_or_has_no_rows(cast):
    world = World(cast)
    world.grow(1)
    counted_names = {name.split()[0] for name in world.pages()}
    assert {address.name for address in named_addresses()} == counted_names | WITHOUT_ROWS
