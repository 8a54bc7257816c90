"""The table of the matrix: one line for every address. An address that is not here fails the test.

Own, shared and facts are relations of a case to the partner; a relation without answer is 404. 403 stands only
where no person is named, and on shared cases, which the reader sees anyway.
"""

from resque.tests.access.answers import (
    CHANGES_CASE,
    FORBIDDEN,
    MISSING,
    OK,
    SEES_CASE,
    SEES_NAME,
    SOME,
    WORKERS,
    WRONG_METHOD,
    Rule,
    everybody,
    hidden,
    only,
    signed_in,
)

OWN_CASE = {"own": OK}
FIGURES = {"figure": OK, "services": OK, "indicator": OK}
ACCOUNTS = signed_in(FORBIDDEN) | {"partner_admin": {"own": OK}, "admin": {"own": OK, "foreign": OK, "some": OK}}
PARTNERS = signed_in(FORBIDDEN) | {"partner_admin": {"own": OK}, "admin": {"own": OK, "foreign": OK}}
READ_CASE = hidden(caseworker=SEES_CASE, other=OWN_CASE, coordinator=SOME)
READ_NAME = hidden(caseworker=SEES_NAME, other=OWN_CASE)
SERVE_CASE = hidden(caseworker=SEES_CASE, other=OWN_CASE)
CHANGE_CASE = hidden(caseworker=CHANGES_CASE, other=OWN_CASE)
# Events and the register hold no person: who keeps them reads those of everybody.
KEEPERS = (*WORKERS, "coordinator", "city")
EVERY_EVENT = signed_in(FORBIDDEN) | {role: {"own": OK, "foreign": OK} for role in KEEPERS}
OWN_EVENT = signed_in(FORBIDDEN) | dict.fromkeys(KEEPERS, OWN_CASE)
# The visit names no share, so there is none to end.
REVOKE = hidden(caseworker=CHANGES_CASE | {"own": MISSING}, other={"own": MISSING})
IMPORTS = signed_in(FORBIDDEN) | dict.fromkeys(WORKERS, OWN_CASE)
# None of the visitors has a second factor: there is nothing to see or to remove.
NO_FACTOR = Rule(get=signed_in(MISSING), post=signed_in(MISSING))

SIGNING_IN = {
    "healthz": Rule(get=everybody(), post=everybody()),
    "account_login": Rule(get=everybody(), post=everybody()),
    "demo_sign_in": Rule(get=everybody(WRONG_METHOD), post=everybody(MISSING)),
    "account_logout": Rule(get=everybody(), post=everybody()),
    "account_inactive": Rule(get=everybody()),
    "password_forgotten": Rule(get=everybody()),
    "set_password": Rule("link", get=everybody({}), post=everybody({})),
    "account_reauthenticate": Rule(get=signed_in(), post=signed_in()),
    "account_change_password": Rule(get=signed_in(), post=signed_in()),
    "usersessions_list": Rule(get=signed_in(), post=signed_in()),
    "mfa_index": Rule(get=signed_in()),
    "mfa_authenticate": Rule(get=everybody(), post=everybody()),
    "mfa_reauthenticate": Rule(get=signed_in(), post=signed_in()),
    "mfa_activate_totp": Rule(get=signed_in(), post=signed_in()),
    "mfa_deactivate_totp": NO_FACTOR,
    "mfa_view_recovery_codes": Rule(get=signed_in(MISSING), post=signed_in(WRONG_METHOD)),
    "mfa_generate_recovery_codes": Rule(get=signed_in(), post=signed_in()),
    "mfa_download_recovery_codes": NO_FACTOR,
    "mfa_list_webauthn": Rule(get=signed_in()),
    "mfa_add_webauthn": Rule(get=signed_in(), post=signed_in()),
    "mfa_reauthenticate_webauthn": Rule(get=signed_in(), post=signed_in()),
    "mfa_remove_webauthn": Rule("key", get=hidden(), post=hidden()),
    "mfa_edit_webauthn": Rule("key", get=hidden(), post=hidden()),
}
GROUND = {
    "home:home": Rule(get=signed_in()),
    "ui:gallery": Rule(get=everybody()),
    "ui:accessibility": Rule(get=everybody()),
    "ui:licences": Rule(get=everybody()),
    "ui:language": Rule(post=everybody()),
    "ui:theme": Rule(post=everybody()),
    "accounts:partners": Rule(get=only("partner_admin", "admin")),
    "accounts:partner": Rule("partner", get=PARTNERS),
    "accounts:partner_new": Rule(get=only("admin"), post=only("admin")),
    "accounts:partner_edit": Rule(
        "partner",
        get=signed_in(FORBIDDEN) | {"admin": PARTNERS["admin"]},
        post=signed_in(FORBIDDEN) | {"admin": PARTNERS["admin"]},
    ),
    "accounts:roles": Rule(get=signed_in()),
    "accounts:user_new": Rule(get=only("partner_admin", "admin"), post=only("partner_admin", "admin")),
    "accounts:user": Rule("account", get=ACCOUNTS),
    "accounts:user_edit": Rule("account", get=ACCOUNTS, post=ACCOUNTS),
    "accounts:user_end": Rule("account", get=ACCOUNTS, post=ACCOUNTS),
    "accounts:user_restore": Rule("account", post=ACCOUNTS),
    "accounts:user_link": Rule("account", post=ACCOUNTS),
    "accounts:user_second_factor": Rule("account", post=ACCOUNTS),
}
PARTICIPANTS = {
    "participants:list": Rule(get=only(*WORKERS, "coordinator")),
    "participants:search": Rule(post=only(*WORKERS, "coordinator")),
    "participants:new": Rule(get=only(*WORKERS), post=only(*WORKERS)),
    "participants:similar": Rule(post=only(*WORKERS)),
    "participants:ask_partners": Rule(post=only(*WORKERS)),
    "participants:create": Rule(get=only(*WORKERS), post=only(*WORKERS)),
    "participants:detail": Rule("case", get=READ_CASE),
    "participants:esf": Rule("case", get=READ_CASE, post=CHANGE_CASE | {"coordinator": {"some": FORBIDDEN}}),
    "participants:special": Rule("case", get=CHANGE_CASE, post=CHANGE_CASE),
    "participants:identity": Rule("case", get=READ_NAME, post=CHANGE_CASE),
    "participants:spelling_new": Rule("case", post=CHANGE_CASE, data={"spelling-text": "Umar"}),
    "participants:contact_new": Rule("case", post=CHANGE_CASE, data={"contact-kind": "phone", "contact-value": "1"}),
    "participants:contact_remove": Rule("case", post=CHANGE_CASE),
    "participants:guardian_new": Rule("case", post=CHANGE_CASE, data={"guardian-name": "Umar"}),
    "participants:guardian_remove": Rule("case", post=CHANGE_CASE),
    "participants:residence": Rule("case", get=READ_CASE),
    "participants:background": Rule("case", get=READ_CASE),
    **{
        f"participants:{kind}_{what}": Rule("case", post=CHANGE_CASE)
        for kind in ("language", "schooling", "work", "credential")
        for what in ("store", "remove")
    },
    "participants:contact": Rule(get=only(*WORKERS), post=only(*WORKERS)),
    "participants:intakes": Rule(get=only(*WORKERS)),
    "participants:intake": Rule("case", get=CHANGE_CASE),
    "participants:intake_close": Rule("case", post=CHANGE_CASE),
    **{
        f"participants:intake_{step}": Rule("case", get=CHANGE_CASE, post=CHANGE_CASE)
        for step in ("identity", "contact", "languages", "background", "residence", "consents", "entry")
    },
    "participants:status_store": Rule("case", post=CHANGE_CASE),
    "participants:status_remove": Rule("case", post=CHANGE_CASE),
    "participants:place_store": Rule("case", post=CHANGE_CASE),
    "participants:place_remove": Rule("case", post=CHANGE_CASE),
    **{
        f"participants:{name}": Rule("case", get=CHANGE_CASE, post=CHANGE_CASE)
        for name in ("exit", "followup", "return", "state", "target_group")
    },
    "participants:refusals": Rule(get=only(*WORKERS, "coordinator")),
    "participants:refusal_new": Rule(post=only(*WORKERS)),
    "participants:refusal_take_back": Rule("refusal", post=hidden(caseworker=OWN_CASE, other=OWN_CASE)),
    "participants:documents": Rule("case", get=READ_NAME),
    "participants:documents_ending": Rule(get=only(*WORKERS)),
    "participants:document_new": Rule("case", post=CHANGE_CASE, data={"type": "PASS", "seen_on": "06.02.2017"}),
    "participants:document_copy": Rule("document", get=READ_NAME),
    **{
        f"participants:document_{name}": Rule("document", post=CHANGE_CASE)
        for name in ("correct", "remove", "restore")
    },
    "participants:history": Rule("case", get=READ_CASE),
    "participants:matches": Rule(get=only(*WORKERS)),
    "participants:match_request": Rule(
        "match_request",
        get=hidden(caseworker={"own": OK, "asked": OK}, other={"own": OK, "asked": OK, "foreign": OK}),
        post=hidden(caseworker={"own": OK, "asked": OK}, other={"own": OK, "asked": OK, "foreign": OK}),
    ),
    "participants:compare": Rule(
        "case",
        get=hidden(caseworker=SEES_NAME, other=OWN_CASE),
        post=hidden(caseworker=SEES_NAME, other=OWN_CASE),
    ),
    "participants:partners": Rule("case", get=CHANGE_CASE, post=CHANGE_CASE),
    "participants:consents": Rule("case", get=READ_NAME),
    "participants:consent_record": Rule("case", get=CHANGE_CASE, post=CHANGE_CASE),
    # Neither visit names a consent, so there is none to withdraw.
    "participants:consent_withdraw": Rule("case", get=REVOKE, post=REVOKE),
    "participants:consent_noted": Rule("case", post=REVOKE),
    "participants:sheet": Rule("case_sheet", get=CHANGE_CASE),
    "participants:sheets": Rule(get=only(*WORKERS)),
    "participants:sheet_blank": Rule("sheet", get=only(*WORKERS)),
    "participants:sheet_kept": Rule("version", get=only(*WORKERS)),
    "participants:share": Rule("case", get=CHANGE_CASE, post=CHANGE_CASE),
    "participants:share_revoke": Rule("case", post=REVOKE),
    "participants:import": Rule(get=only(*WORKERS), post=only(*WORKERS)),
    "participants:import_template": Rule("template", get=only(*WORKERS)),
    "participants:import_review": Rule("upload", get=IMPORTS),
    "participants:import_run": Rule("upload", post=IMPORTS),
    "participants:import_again": Rule("upload", post=IMPORTS),
    "participants:import_discard": Rule("upload", post=IMPORTS),
    "participants:import_batch": Rule("batch", get=IMPORTS),
    "participants:import_take_back": Rule("batch", post=IMPORTS),
}  # fmt: skip
OPERATION = signed_in(FORBIDDEN) | dict.fromkeys((*WORKERS, "coordinator", "city", "admin"), SOME)
MANAGED_OPERATION = signed_in(FORBIDDEN) | dict.fromkeys(("coordinator", "admin"), SOME)
OPERATIONS = {
    "operations:list": Rule(get=only(*WORKERS, "coordinator", "city", "admin")),
    "operations:operation": Rule("operation", get=OPERATION),
    "operations:settings": Rule("operation", get=MANAGED_OPERATION, post=MANAGED_OPERATION),
    "operations:extend": Rule("operation", post=MANAGED_OPERATION),
    "operations:take_back": Rule("operation", post=MANAGED_OPERATION),
}
SERVICES = {
    "services:record": Rule(get=only(*WORKERS), post=only(*WORKERS)),
    "services:lookup": Rule(post=only(*WORKERS)),
    "services:activity": Rule(
        "activity",
        get=hidden(
            caseworker=SEES_CASE | {"group": OK, "structural": OK},
            other={"own": OK, "group": OK, "structural": OK},
            coordinator=SOME | {"group": OK, "structural": OK},
        ),
        post=hidden(caseworker=OWN_CASE, other=OWN_CASE | {"group": OK}),
    ),
    "services:outcome": Rule("outcome", get=READ_CASE, post=hidden(caseworker=OWN_CASE, other=OWN_CASE)),
    "services:outcome_new": Rule("case", get=SERVE_CASE, post=SERVE_CASE),
    "services:timeline": Rule("case", get=READ_CASE),
    "services:my_way": Rule("case_way", get=READ_NAME),
    "services:note_new": Rule("case", post=SERVE_CASE, data={"note": "Umar", "note_scope": "team"}),
    # Only an author changes a note; the form that the matrix sends names none.
    "services:note_scope": Rule("case", post=hidden(caseworker={"own": MISSING}, other={"own": MISSING})),
}
EVENTS = {
    "services:outreach": Rule(get=only(*WORKERS), post=only(*WORKERS)),
    "services:visits": Rule(get=only(*WORKERS, "coordinator")),
    "services:visit_edit": Rule(
        "visit", get=hidden(caseworker=OWN_CASE, other=OWN_CASE), post=hidden(caseworker=OWN_CASE, other=OWN_CASE)
    ),
    "services:events": Rule(get=only(*KEEPERS)),
    "services:event_new": Rule(get=only(*KEEPERS), post=only(*KEEPERS)),
    "services:event": Rule("event", get=EVERY_EVENT),
    "services:event_edit": Rule("event", get=OWN_EVENT, post=OWN_EVENT),
    "services:event_cancel": Rule("event", post=OWN_EVENT),
    "services:event_organisations": Rule("event", get=OWN_EVENT, post=OWN_EVENT),
    "services:organisations": Rule(get=only(*KEEPERS)),
    "services:organisation_new": Rule(get=only(*KEEPERS), post=only(*KEEPERS)),
    "services:organisation": Rule("organisation", get=EVERY_EVENT),
    "services:organisation_edit": Rule("organisation", get=EVERY_EVENT, post=EVERY_EVENT),
}
REPORT = signed_in(FORBIDDEN) | {"coordinator": SOME}
REPORTING = {
    "reporting:submissions": Rule(get=only("coordinator")),
    "reporting:submission_new": Rule(get=only("coordinator"), post=only("coordinator")),
    "reporting:submission": Rule("report", get=REPORT),
    "reporting:submission_changes": Rule("value", get=REPORT),
    "reporting:submission_file": Rule("values file", get=REPORT),
    "reporting:dashboard": Rule(get=only(*WORKERS, "coordinator", "city")),
    "reporting:definitions": Rule(get=only(*WORKERS, "coordinator", "city")),
    "reporting:quality": Rule(get=only(*WORKERS, "coordinator")),
    "reporting:quality_next": Rule(get=only(*WORKERS)),
    "reporting:quality_rules": Rule(get=only(*WORKERS, "coordinator")),
    "reporting:reached": Rule(get=only(*WORKERS, "coordinator")),
    "reporting:indicators": Rule(get=only(*WORKERS, "coordinator")),
    "reporting:people": Rule(
        "figure",
        get=signed_in(FORBIDDEN)
        | dict.fromkeys(WORKERS, FIGURES | {"special": FORBIDDEN})
        | {"coordinator": FIGURES | {"special": OK}},
    ),
}
ADDRESSES = SIGNING_IN | GROUND | PARTICIPANTS | OPERATIONS | SERVICES | EVENTS | REPORTING
