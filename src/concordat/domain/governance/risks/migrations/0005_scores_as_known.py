"""Scores say when they were written down, controls since when they are done, and a risk that is
taken up again keeps when it was closed."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from concordat.domain.base.records.models.going_back import only_without


def known_from_their_day(apps, schema_editor):
    """Nobody kept when a score was written: until now its own day is all that is known."""
    apps.get_model("risks", "Scored").objects.update(stated_on=models.F("on"))


class Migration(migrations.Migration):
    dependencies = [("risks", "0004_what_nobody_owns_in_order")]

    operations = [
        migrations.AddField("scored", "stated_on", models.DateField(null=True)),
        migrations.RunPython(known_from_their_day, migrations.RunPython.noop),
        migrations.AlterField("scored", "stated_on", models.DateField()),
        migrations.AddField("control", "since", models.DateField(null=True)),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("reason", models.TextField(blank=True)),
                ("reopened_on", models.DateField()),
                ("why", models.TextField()),
                ("by", models.CharField(max_length=200)),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closures",
                        to="risks.risk",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="a_reopening_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reopened_on__gte", models.F("on"))),
                        name="a_risk_is_reopened_after_it_closed",
                    ),
                ],
            },
        ),
        only_without(
            "risks",
            {
                "Scored": ~Q(stated_on=F("on")),
                "Control": Q(since__isnull=False),
                "Closure": Q(),
            },
        ),
    ]
