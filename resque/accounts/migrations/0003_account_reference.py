"""Accounts get an opaque reference, so that no name stands in an address."""

import functools

from django.db import migrations, models

from resque.references import new_reference

FIELD = {"max_length": 12, "editable": False, "verbose_name": "reference"}


def fill(apps, schema_editor):
    user = apps.get_model("accounts", "User")
    for account in user.objects.filter(reference__isnull=True).iterator():
        account.reference = new_reference("A")
        account.save(update_fields=["reference"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_first_partners")]
    operations = [
        migrations.AddField("user", "reference", models.CharField(null=True, **FIELD)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "user",
            "reference",
            models.CharField(unique=True, default=functools.partial(new_reference, "A"), **FIELD),
        ),
    ]
