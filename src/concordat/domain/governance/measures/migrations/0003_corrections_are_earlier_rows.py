"""What a value said before it was corrected is kept where every other row keeps it."""

from django.db import migrations

NAMES = ("value", "shown_as", "symbol", "source")
OF = "measures.value"


def to_earlier(apps, schema_editor):
    """What was said first on a day is what stood until then."""
    earlier = apps.get_model("records", "Earlier")
    for row in apps.get_model("measures", "Correction").objects.order_by("on", "pk"):
        earlier.objects.get_or_create(
            partnership=row.row.partnership,
            of=OF,
            key=row.row.key,
            until=row.on,
            defaults={"values": {name: getattr(row, name) for name in NAMES}},
        )


def to_corrections(apps, schema_editor):
    """Each earlier wording whole again; who corrected it stands in the events."""
    correction = apps.get_model("measures", "Correction")
    values = apps.get_model("measures", "Value").objects
    for each in apps.get_model("records", "Earlier").objects.filter(of=OF, gone=False):
        row = values.get(partnership=each.partnership, key=each.key)
        later = apps.get_model("records", "Earlier").objects.filter(
            of=OF, partnership=each.partnership, key=each.key, until__gte=each.until
        )
        said = {name: getattr(row, name) for name in NAMES}
        for change in later.order_by("-until"):
            said |= {name: text for name, text in change.values.items() if name in said}
        correction.objects.create(row=row, on=each.until, by="See the history", **said)


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_corrections"), ("records", "0009_rows_as_they_stood")]

    operations = [
        migrations.RunPython(to_earlier, to_corrections),
        migrations.DeleteModel("Correction"),
    ]
