"""The keys of names follow the rules of spelling (name_rules.py) as they are now."""

from django.db import migrations

from participants.names import fold, skeleton

AT_ONCE = 2000


def fold_again(apps, schema_editor):
    """Bring keys that older rules made to what the rules say now. The names stay as they are."""
    spellings = apps.get_model("participants", "Spelling").objects
    changed = []
    for row in spellings.iterator(chunk_size=AT_ONCE):
        keys = fold(row.text), skeleton(row.text)
        if keys != (row.fold, row.skeleton):
            row.fold, row.skeleton = keys
            changed.append(row)
    spellings.bulk_update(changed, ["fold", "skeleton"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("participants", "0009_list_indexes")]
    operations = [migrations.RunPython(fold_again, migrations.RunPython.noop)]
