"""Every delegation gets a record of its own: an address, a reference, a version, a history."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

LETTER = "DL"


def open_records(apps, schema_editor):
    """References are given out in the order of partnerships and keys."""
    rows = apps.get_model("arrangements", "Delegation").objects.filter(record=None)
    links = ("partnership", "agency", "post", "seat", "person")
    for row in rows.select_related(*links).order_by("partnership__reference", "key"):
        row.record = _record(apps, row)
        row.save(update_fields=["record"])
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _record(apps, row):
    from concordat.domain.base.records.rules import search_text

    home = row.partnership
    counter, _ = apps.get_model("records", "Counter").objects.get_or_create(
        key=f"{home.reference}-{LETTER}"
    )
    counter.last += 1
    counter.save()
    title = f"Delegation of {row.agency.name} to {_to(row)}"[:300]
    record = apps.get_model("records", "Record").objects.create(
        id=uuid.uuid4(),
        kind="delegation",
        reference=f"{home.reference}-{LETTER}-{counter.last:04d}",
        title=title,
        partnership=home,
        opened=row.stated_on or home.opened,
    )
    apps.get_model("records", "SearchEntry").objects.create(
        record=record, title=search_text(title), words=""
    )
    return record


def _to(row):
    if row.post:
        return row.post.title
    return row.seat.role if row.seat else row.person.name


def leave(apps, schema_editor):
    """Nothing to undo: references were given out for good."""


class Migration(migrations.Migration):
    dependencies = [
        ("arrangements", "0005_wordings_kept_already"),
        ("records", "0003_certified_disposals"),
    ]

    operations = [
        migrations.AddField(
            model_name="delegation",
            name="record",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegation",
                to="records.record",
            ),
        ),
        migrations.RunPython(open_records, leave),
        migrations.AlterField(
            model_name="delegation",
            name="record",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegation",
                to="records.record",
            ),
        ),
    ]
