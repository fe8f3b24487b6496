from django.db import migrations, models

from concordat.kernel.dates import UncertainDate


def name_rows(apps, schema_editor):
    """Each row gets a key of its own, and its days as they are stated in a partnership file."""
    rows = apps.get_model("reviews", "RouteRow").objects.order_by("pk")
    for row in rows:
        row.key = f"route-{row.pk}"
        row.begins = row.from_day.isoformat()
        row.ended = row.to_day.isoformat() if row.to_day else ""
        known = UncertainDate.parse(row.stated_text) if row.stated_text else None
        row.stated_on = known.latest if known else None
        row.save()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_hands")]

    operations = [
        migrations.RenameField("routerow", "stated_on", "stated_text"),
        migrations.AddField("routerow", "stated_on", models.DateField(editable=False, null=True)),
        migrations.AddField("routerow", "order", models.IntegerField(null=True)),
        migrations.AddField("routerow", "note", models.TextField(blank=True, default=""), False),
        migrations.AddField("routerow", "key", models.CharField(default="", max_length=120), False),
        migrations.AddField(
            "routerow", "begins", models.CharField(default="", max_length=60), False
        ),
        migrations.AddField(
            "routerow", "ended", models.CharField(blank=True, default="", max_length=60), False
        ),
        migrations.AlterField("routerow", "source", models.TextField(blank=True)),
        migrations.AlterField(
            "routerow", "set_by", models.CharField(blank=True, max_length=200)
        ),
        migrations.AlterField("routerow", "from_day", models.DateField(editable=False)),
        migrations.AlterField("routerow", "to_day", models.DateField(editable=False, null=True)),
        migrations.RunPython(name_rows, migrations.RunPython.noop),
        migrations.AddConstraint(
            "routerow",
            models.UniqueConstraint(
                fields=("partnership", "key"), name="reviews_routerow_one_key"
            ),
        ),
    ]
