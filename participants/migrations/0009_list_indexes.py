from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0008_background"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["-entry_date", "id"], name="participation_newest"),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                fields=["state", "-entry_date", "id"],
                include=("sex", "partner", "referent", "operation", "person"),
                name="participation_by_state",
            ),
        ),
    ]
