"""Rows of policies that were kept whole until now move to the table of their own package."""

import uuid

from django.db import migrations

TEXTS = (
    "title", "type", "state", "owner", "approved_on", "review_on", "link", "source", "note",
)
LETTER = "PO"


def take_over(apps, schema_editor):
    """Each row becomes a policy with an address, numbered in the order in which it was kept."""
    policy = apps.get_model("policies", "Policy")
    kept = apps.get_model("exchange", "KeptRow").objects.filter(kind="policies")
    for row in kept.select_related("partnership").order_by("pk"):
        said = row.values
        values = {name: said.get(name, "") for name in TEXTS}
        values["from_text"], values["to_text"] = said.get("from", ""), said.get("to", "")
        values["stated_text"] = said.get("stated_on", "")
        policy.objects.create(
            partnership=row.partnership,
            key=row.key,
            order=row.order,
            public={"yes": True, "no": False}.get(said.get("public", "")),
            approved_by=_body(apps, row, said.get("approved_by", "")),
            record=_record(apps, row, said["title"][:300]),
            **values,
            **_days(values),
        )
    kept.delete()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _record(apps, row, title):
    from concordat.domain.base.records.rules import search_text

    home = row.partnership
    counter, _ = apps.get_model("records", "Counter").objects.get_or_create(
        key=f"{home.reference}-{LETTER}"
    )
    counter.last += 1
    counter.save()
    record = apps.get_model("records", "Record").objects.create(
        id=uuid.uuid4(),
        kind="policy",
        reference=f"{home.reference}-{LETTER}-{counter.last:04d}",
        title=title,
        partnership=home,
        opened=row.stated_on or home.opened,
    )
    apps.get_model("records", "SearchEntry").objects.create(
        record=record, title=search_text(title), words=""
    )
    return record


def _body(apps, row, told):
    """The body that a row names by key, or as slug/key in another partnership."""
    if not told:
        return None
    slug, _, key = told.rpartition("/")
    bodies = apps.get_model("seats", "Body").objects.filter(key=key)
    if not slug:
        return bodies.get(partnership=row.partnership)
    home = apps.get_model("agencies", "Partnership").objects.get(key=slug)
    return bodies.get(partnership=home.pk)


def _days(values):
    """The days that follow from the texts, as `Dated.remember` has them."""
    from concordat.kernel.dates import UncertainDate

    def read(name):
        return UncertainDate.parse(values[name]) if values[name] else None

    start, end, stated = read("from_text"), read("to_text"), read("stated_text")
    sure = start if start and not start.doubtful else None
    last = end if end and not end.doubtful else None
    return {
        "from_surely": sure.latest if sure else None,
        "from_maybe": sure.earliest if sure else None,
        "to_surely": last.earliest if last else None,
        "to_maybe": last.latest if last else None,
        "stated_on": stated.latest if stated else None,
    }


def leave(apps, schema_editor):
    """Nothing to undo: the policies stay, since their references were given out for good."""


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_initial"),
        ("exchange", "0001_initial"),
        ("agencies", "0001_initial"),
        ("records", "0003_certified_disposals"),
        ("seats", "0001_initial"),
    ]

    operations = [migrations.RunPython(take_over, leave)]
