"""Install the shipped code lists, so that commands work on an empty database."""

from django.db import migrations

from resque.codelists.operations import install_codelists


def install(apps, schema_editor):
    install_codelists(apps.get_model("codelists", "CodeEntry"))


class Migration(migrations.Migration):
    dependencies = [("codelists", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
