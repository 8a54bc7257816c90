"""Pairs of records that may be of one person, and requests to compare with another partner."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_first_partners"),
        ("participants", "0005_consents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PossibleMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField(verbose_name="similarity")),
                ("explanation", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "not looked at yet"),
                            ("unsure", "looked at, still unsure"),
                            ("same", "same person, linked"),
                            ("different", "different people"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="found")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="participants.person"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="participants.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "possible match",
                "verbose_name_plural": "possible matches",
            },
        ),
        migrations.CreateModel(
            name="MatchRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(editable=False, max_length=12, unique=True, verbose_name="number")),
                (
                    "band",
                    models.PositiveSmallIntegerField(
                        help_text="3 to 5, as the check told it", verbose_name="similarity"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for the answer"),
                            ("asked_back", "asked back"),
                            ("same", "same person"),
                            ("different", "different person"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("sealed_sent", models.BinaryField(default=b"")),
                ("sealed_talk", models.BinaryField(default=b"")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.partner"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="participants.person"
                    ),
                ),
                (
                    "to_partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.partner"
                    ),
                ),
                (
                    "match",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="participants.possiblematch",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to compare",
                "verbose_name_plural": "requests to compare",
            },
        ),
        migrations.AddConstraint(
            model_name="possiblematch",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="match_once_per_pair"),
        ),
        migrations.AddConstraint(
            model_name="possiblematch",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="match_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="matchrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "asked_back"))),
                fields=("person", "to_partner"),
                name="match_request_once_at_a_time",
                violation_error_message="This partner has been asked already and has not answered yet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_partner", models.F("to_partner")), _negated=True),
                name="match_request_between_two_partners",
            ),
        ),
    ]
