"""The four partners of RESQUE 2.0. An administrator adds more."""

from django.db import migrations

PARTNERS = [
    # code, name, short name, kind, legal regime
    ("aufbauwerk", "Aufbauwerk Region Leipzig GmbH", "Aufbauwerk", "coordination", "GDPR_PRIVATE"),
    ("daa", "DAA Deutsche Angestellten-Akademie GmbH", "DAA", "career", "GDPR_PRIVATE"),
    ("caritas", "Caritasverband Leipzig e. V.", "Caritas", "outreach", "KDG"),
    ("stadt", "Stadt Leipzig, Referat Migration und Integration", "Stadt Leipzig", "public", "GDPR_PUBLIC"),
]


def install(apps, schema_editor):
    partner = apps.get_model("accounts", "Partner")
    for code, name, short_name, kind, regime in PARTNERS:
        partner.objects.get_or_create(
            code=code, defaults={"name": name, "short_name": short_name, "kind": kind, "legal_regime": regime}
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
