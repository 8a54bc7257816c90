"""Refresh the shipped lists: a label held a note to its editors."""

from django.db import migrations

from resque.codelists.operations import install_codelists


def install(apps, schema_editor):
    install_codelists(apps.get_model("codelists", "CodeEntry"))


class Migration(migrations.Migration):
    dependencies = [("codelists", "0002_shipped_lists")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
