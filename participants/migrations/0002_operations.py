"""The three operations of the RESQUE family that this network answers for.

The decision dates of the extensions are assumptions where no source gives them (RESQUE PLUS, second extension of 2.0).
"""

from datetime import date

from django.db import migrations

OPERATIONS = [
    # code, name, start, first planned end, accepts entries, extensions (end, decided on)
    ("resque", "RESQUE", date(2008, 10, 1), date(2010, 9, 30), False, []),
    (
        "resque-plus",
        "RESQUE PLUS",
        date(2010, 12, 1),
        date(2013, 11, 30),
        False,
        [(date(2015, 6, 30), date(2013, 12, 1))],
    ),
    (
        "resque-2.0",
        "RESQUE 2.0",
        date(2015, 7, 1),
        date(2019, 6, 30),
        True,
        [(date(2020, 12, 31), date(2019, 7, 1)), (date(2022, 9, 30), date(2020, 7, 1))],
    ),
]


def install(apps, schema_editor):
    operation_model = apps.get_model("participants", "Operation")
    extension_model = apps.get_model("participants", "OperationExtension")
    for code, name, start, end, open_for_entries, extensions in OPERATIONS:
        operation, made = operation_model.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "start": start,
                "first_planned_end": end,
                "accepts_entries": open_for_entries,
                "small_contact_hours": 8,
                "household_questions": False,
            },
        )
        if made:
            for new_end, decided_on in extensions:
                extension_model.objects.create(operation=operation, end=new_end, decided_on=decided_on)


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
