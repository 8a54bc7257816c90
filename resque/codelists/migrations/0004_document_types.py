"""Refresh the shipped lists: kinds of documents came in."""

from django.db import migrations

from resque.codelists.operations import install_codelists


def install(apps, schema_editor):
    install_codelists(apps.get_model("codelists", "CodeEntry"))


class Migration(migrations.Migration):
    dependencies = [("codelists", "0003_labels_without_notes")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
