"""Addresses of one person: every tab is one. References are opaque, no name stands in an address."""

from django.urls import path

import resque.converters  # noqa: F401 - registers <reference:...>
from participants.operations.background import KINDS
from participants.views import (
    background,
    entry,
    history,
    identity,
    leaving,
    page,
    residence,
    sharing,
    special,
    stations,
)

urlpatterns = [
    path("<reference:reference>/", page.detail, name="detail"),
    path("<reference:reference>/esf/", entry.esf, name="esf"),
    path("<reference:reference>/esf/special/", special.special, name="special"),
    path("<reference:reference>/exit/", leaving.leave, name="exit"),
    path("<reference:reference>/followup/", leaving.follow_up, name="followup"),
    path("<reference:reference>/return/", leaving.come_back, name="return"),
    path("<reference:reference>/state/", stations.state, name="state"),
    path("<reference:reference>/target-group/", stations.target_group, name="target_group"),
    path("<reference:reference>/identity/", identity.identity, name="identity"),
    path("<reference:reference>/identity/spellings/", identity.new_spelling, name="spelling_new"),
    path("<reference:reference>/identity/contacts/", identity.new_contact, name="contact_new"),
    path("<reference:reference>/identity/contacts/remove/", identity.drop_contact, name="contact_remove"),
    path("<reference:reference>/identity/guardians/", identity.new_guardian, name="guardian_new"),
    path("<reference:reference>/identity/guardians/remove/", identity.drop_guardian, name="guardian_remove"),
    path("<reference:reference>/residence/", residence.residence, name="residence"),
    path("<reference:reference>/residence/status/", residence.store, {"history": "status"}, name="status_store"),
    path(
        "<reference:reference>/residence/status/remove/", residence.remove, {"history": "status"}, name="status_remove"
    ),
    path("<reference:reference>/residence/place/", residence.store, {"history": "place"}, name="place_store"),
    path("<reference:reference>/residence/place/remove/", residence.remove, {"history": "place"}, name="place_remove"),
    path("<reference:reference>/background/", background.background, name="background"),
    *[
        path(f"<reference:reference>/background/{kind}/{part}", view, {"kind": kind}, name=f"{kind}_{name}")
        for kind in KINDS
        for part, view, name in (("", background.store, "store"), ("remove/", background.remove, "remove"))
    ],
    path("<reference:reference>/history/", history.history, name="history"),
    path("<reference:reference>/share/", sharing.share, name="share"),
    path("<reference:reference>/share/revoke/", sharing.revoke, name="share_revoke"),
]
