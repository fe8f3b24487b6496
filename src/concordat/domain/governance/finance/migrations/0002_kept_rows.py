"""Rows of money that were kept whole until now move to the tables of their own package."""

import uuid

from django.db import migrations

from concordat.domain.base.records.models.going_back import only_without

TEXTS = {
    "contributions": ("year", "fund", "in_kind", "state", "authorised_by"),
    "costs": ("title", "heading", "year", "level", "share", "state", "about"),
    "shares": ("formula", "year", "percent", "about"),
    "totals": ("of", "year"),
    "comparators": ("title", "per", "found_in", "about"),
}
SUMS = {
    "contributions": ("amount",),
    "costs": ("amount",),
    "shares": ("amount",),
    "totals": ("amount",),
    "comparators": ("average", "lowest", "highest"),
}
LINKS = {
    "contributions": {"agency": ("agencies", "Agency"), "decision": ("arrangements", "Decision")},
    "costs": {"role": ("seats", "Role")},
    "shares": {"agency": ("agencies", "Agency")},
}
MODELS = {
    "contributions": "Contribution",
    "costs": "Cost",
    "shares": "Share",
    "totals": "Total",
    "comparators": "Comparator",
}
LETTER = "CN"


def take_over(apps, schema_editor):
    """Each row keeps its key; a contribution becomes a record, numbered as it was kept."""
    for kind, name in MODELS.items():
        model = apps.get_model("finance", name)
        kept = apps.get_model("exchange", "KeptRow").objects.filter(kind=kind)
        for row in kept.select_related("partnership").order_by("pk"):
            values = _values(apps, kind, row)
            if kind == "contributions":
                values["record"] = _record(apps, row, values)
            model.objects.create(partnership=row.partnership, key=row.key, **values)
        kept.delete()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _values(apps, kind, row):
    from concordat.kernel.dates import UncertainDate
    from concordat.kernel.money import parse_pounds

    said = row.values
    stated = said.get("stated_on", "")
    return {
        **{name: said.get(name, "") for name in (*TEXTS[kind], "source", "note")},
        **{name: parse_pounds(said[name]) if said.get(name) else None for name in SUMS[kind]},
        **{
            name: _row(apps, row, where, said.get(name, ""))
            for name, where in LINKS.get(kind, {}).items()
        },
        "order": row.order,
        "stated_text": stated,
        "stated_on": UncertainDate.parse(stated).latest if stated else None,
    }


def _row(apps, row, where, told):
    """The row that is named by key, or as slug/key in another partnership."""
    if not told:
        return None
    slug, _, key = told.rpartition("/")
    rows = apps.get_model(*where).objects.filter(key=key)
    if not slug:
        return rows.get(partnership=row.partnership)
    home = apps.get_model("agencies", "Partnership").objects.get(key=slug)
    return rows.get(partnership=home.pk)


def _record(apps, row, values):
    from concordat.domain.base.records.rules import search_text
    from concordat.domain.governance.finance.rules.income import called

    home = row.partnership
    counter, _ = apps.get_model("records", "Counter").objects.get_or_create(
        key=f"{home.reference}-{LETTER}"
    )
    counter.last += 1
    counter.save()
    agency = values["agency"].name if values["agency"] else ""
    title = called(agency, values["fund"], values["year"])
    record = apps.get_model("records", "Record").objects.create(
        id=uuid.uuid4(),
        kind="contribution",
        reference=f"{home.reference}-{LETTER}-{counter.last:04d}",
        title=title,
        partnership=home,
        opened=row.stated_on or home.opened,
    )
    apps.get_model("records", "SearchEntry").objects.create(
        record=record, title=search_text(title), words=""
    )
    return record


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0001_initial"),
        ("exchange", "0001_initial"),
        ("agencies", "0001_initial"),
        ("arrangements", "0001_initial"),
        ("records", "0007_kinds_of_finance"),
        ("seats", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
        only_without("finance"),
    ]
