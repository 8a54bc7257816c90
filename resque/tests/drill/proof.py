"""Compare what was acknowledged with what is there."""

from collections import Counter

from resque.tests.drill.installation import Installation
from resque.tests.drill.people import Ledger

RECORDS = """
    select i.family_name, p.reference,
           (select count(*) from participants_spelling s where s.person_id = i.person_id),
           (select count(*) from participants_consent c where c.person_id = i.person_id),
           (select count(*) from audit_accessentry a where a.reference = p.reference and a.deed = 'created'),
           (select count(*) from participants_participationevent e where e.pgh_obj_id = p.id)
    from participants_identity i join participants_participation p on p.person_id = i.person_id
    where i.family_name = any(%s)
"""
HALVES = """
    select 'person without identity' from participants_person p
      where not exists (select from participants_identity i where i.person_id = p.id)
    union all select 'person without participation' from participants_person p
      where not exists (select from participants_participation q where q.person_id = p.id)
    union all select 'form key without an address' from once_formkey where target = ''
"""


def faults_of(installation: Installation, ledger: Ledger) -> list[str]:
    """Return what is lost, half or double; nothing when every promise was kept."""
    rows = installation.ask(RECORDS, list(ledger.tried.values()))
    keys = dict(installation.ask("select key::text, target from once_formkey"))
    there = {(name, f"/participants/{reference}/") for name, reference, *_parts in rows}
    found = [f"lost: {name} {address}" for name, address in ledger.promised.values() if (name, address) not in there]
    found += [f"double: {name}" for name, count in Counter(name for name, *_rest in rows).items() if count > 1]
    found += [f"half: {name} {parts}" for name, _reference, *parts in rows if not all(parts)]
    found += [f"half: {what}" for (what,) in installation.ask(HALVES)]
    found += [
        f"form key of {name} leads elsewhere: {keys.get(key)}"
        for key, (name, address) in ledger.promised.items()
        if not (keys.get(key) or "").startswith(address)
    ]
    return found
