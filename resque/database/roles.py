"""The database roles of RESQUE, for the embedded server and for an administrator of a foreign one.

* resque_owner owns the tables: migrations, bulk seeding, backup.
* resque_app serves people: no right to change tables, row-level security always applies.
* resque_figures counts: it reads facts without names, and only inside a transaction that asks for it.
"""

OWNER, APP, FIGURES = "resque_owner", "resque_app", "resque_figures"
DATABASE = "resque"
OLDEST_MAJOR = 15


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _create(role: str, options: str) -> str:
    return (
        f"do $$ begin if not exists (select from pg_roles where rolname = '{role}') then "
        f"create role {role}; end if; end $$;\nalter role {role} {options};"
    )


def role_statements(*, major: int, owner_password: str, app_password: str) -> list[str]:
    """Return the SQL that makes or mends the roles; running it twice is harmless.

    Parameters:
        major: major version of the server (15 or newer); from 16 on a membership itself says what it allows.
        owner_password, app_password: passwords to set, stored as SCRAM verifiers.
    """
    # The figures role is put on deliberately (SET LOCAL ROLE), never inherited. The owner must inherit on 15: as
    # owner of the database it is a member of pg_database_owner, to which the schema belongs.
    membership = " with inherit false, set true" if major >= 16 else ""
    inheritance = "" if major >= 16 else " noinherit"
    return [
        "set password_encryption = 'scram-sha-256';",
        _create(
            OWNER,
            f"login nosuperuser createdb nocreaterole nobypassrls inherit password {_literal(owner_password)}",
        ),
        _create(
            APP,
            f"login nosuperuser nocreatedb nocreaterole nobypassrls{inheritance} password {_literal(app_password)}",
        ),
        _create(FIGURES, "nologin nosuperuser nocreatedb nocreaterole nobypassrls"),
        f"grant {FIGURES} to {APP}{membership};",
        # Tests and commands of the owner step down to the application role.
        f"grant {APP} to {OWNER}{membership};",
    ]


def grant_statements(database: str = DATABASE) -> list[str]:
    """Return the SQL that closes a database to everybody but our roles."""
    return [
        f"revoke all on database {database} from public;",
        f"grant connect on database {database} to {APP};",
    ]
