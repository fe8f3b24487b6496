"""Rows of programmes and measures that were kept whole until now move to tables of their own."""

import uuid

from django.db import migrations, models

from concordat.domain.base.records.models.going_back import only_without

KINDS = (
    ("programmes", "programme", "Programme", "programme", "PG"),
    ("priorities", "programme", "Priority", "priority", "PY"),
    ("workstreams", "programme", "Workstream", "", ""),
    ("phases", "programme", "Phase", "", ""),
    ("milestones", "programme", "Milestone", "milestone", "MS"),
    ("replans", "programme", "Replan", "", ""),
    ("products", "programme", "Product", "product", "PT"),
    ("appointments", "programme", "Appointment", "", ""),
    ("lessons", "programme", "Lesson", "", ""),
    ("events", "programme", "Occurrence", "", ""),
    ("measures", "measures", "Measure", "measure", "ME"),
    ("values", "measures", "Value", "", ""),
)
"""Kind, app, model, and the kind of record with the letter of its references; what is pointed to
comes first."""
SAID_AS = {"from_text": "from", "to_text": "to", "stated_text": "stated_on"}
NOT_SAID = {"partnership", "record", "key", "order", "id"}


def take_over(apps, schema_editor):
    """Each row goes to its table in the order in which it was kept; some get an address."""
    every = apps.get_model("exchange", "KeptRow").objects.select_related("partnership")
    for kind, app, name, record, letter in KINDS:
        model = apps.get_model(app, name)
        kept = every.filter(kind=kind)
        for row in kept.order_by("pk"):
            values = _values(apps, model, row)
            if record:
                values["record"] = _record(apps, row, record, letter, values["title"][:300])
            model.objects.create(
                partnership=row.partnership, key=row.key, order=row.order, **values, **_days(values)
            )
        kept.delete()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _values(apps, model, row):
    """What the row says, field by field."""
    told = {}
    for field in model._meta.concrete_fields:
        said = row.values.get(SAID_AS.get(field.name, field.name))
        if field.name in NOT_SAID or said in (None, ""):
            continue
        told[field.name] = _value(apps, field, row, said)
    return told


def _value(apps, field, row, said):
    from concordat.kernel.money import parse_pounds

    if isinstance(field, models.ForeignKey):
        return _named(apps, field.related_model, row, said)
    if isinstance(field, models.BigIntegerField):
        return int(parse_pounds(str(said)))
    if isinstance(field, models.IntegerField):
        return int(said)
    return said


def _named(apps, model, row, told):
    """The row that is named by key, or as slug/key in another partnership."""
    slug, _, key = told.rpartition("/")
    if not slug:
        return model.objects.get(partnership=row.partnership, key=key)
    home = apps.get_model("agencies", "Partnership").objects.get(key=slug)
    return model.objects.get(partnership=home.pk, key=key)


def _record(apps, row, kind, letter, title):
    from concordat.domain.base.records.rules import search_text

    home = row.partnership
    counter, _ = apps.get_model("records", "Counter").objects.get_or_create(
        key=f"{home.reference}-{letter}"
    )
    counter.last += 1
    counter.save()
    record = apps.get_model("records", "Record").objects.create(
        id=uuid.uuid4(),
        kind=kind,
        reference=f"{home.reference}-{letter}-{counter.last:04d}",
        title=title,
        partnership=home,
        opened=row.stated_on or home.opened,
    )
    apps.get_model("records", "SearchEntry").objects.create(
        record=record, title=search_text(title), words=""
    )
    return record


def _days(values):
    """The days that follow from the texts, as `Keyed.remember` and `Dated.remember` have them."""
    from concordat.kernel.dates import UncertainDate

    told = {}
    if stated := values.get("stated_text"):
        told["stated_on"] = UncertainDate.parse(stated).latest
    if text := values.get("from_text"):
        start = UncertainDate.parse(text)
        told["from_surely"] = None if start.doubtful else start.latest
        told["from_maybe"] = None if start.doubtful else start.earliest
    if text := values.get("to_text"):
        end = UncertainDate.parse(text)
        told["to_surely"] = None if end.doubtful else end.earliest
        told["to_maybe"] = None if end.doubtful else end.latest
    return told


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0001_initial"),
        ("measures", "0001_initial"),
        ("exchange", "0001_initial"),
        ("agencies", "0001_initial"),
        ("records", "0008_kinds_of_programme"),
        ("seats", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
        only_without("programme"),
    ]
