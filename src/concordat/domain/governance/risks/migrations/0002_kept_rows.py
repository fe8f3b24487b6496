"""Rows of registers and risks that were kept whole until now move to tables of their own."""

import uuid

from django.db import migrations

from concordat.domain.base.records.models.going_back import only_without

COMMON = ("title", "owner", "source", "note")
OF_RISKS = ("likelihood", "impact", "review_on", "about")
LETTERS = {"risk register": "RG", "risk": "R"}


def take_over(apps, schema_editor):
    """Each row becomes a record with an address, numbered in the order in which it was kept."""
    kept = apps.get_model("exchange", "KeptRow").objects.filter(kind__in=["registers", "risks"])
    rows = list(kept.select_related("partnership").order_by("pk"))
    registers = {
        (row.partnership_id, row.key): _register(apps, row)
        for row in rows
        if row.kind == "registers"
    }
    for row in rows:
        if row.kind == "risks":
            _risk(apps, row, _named(apps, row, registers))
    kept.delete()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _register(apps, row):
    said = row.values
    return apps.get_model("risks", "Register").objects.create(
        record=_record(apps, row, "risk register", said["title"][:300]),
        likelihoods=said.get("likelihoods", []),
        impacts=said.get("impacts", []),
        state=said.get("state", ""),
        **_of_every_row(row),
    )


def _named(apps, row, registers):
    """The register that a risk names by key, or as slug/key in another partnership."""
    told = row.values.get("register", "")
    if not told:
        return None
    slug, _, key = told.rpartition("/")
    home = row.partnership_id
    if slug:
        home = apps.get_model("agencies", "Partnership").objects.get(key=slug).pk
    return registers[home, key]


def _risk(apps, row, register):
    from concordat.domain.governance.risks.rules import schemes
    from concordat.kernel.dates import UncertainDate

    said = row.values
    values = {name: said.get(name, "") for name in OF_RISKS}
    values["from_text"], values["to_text"] = said.get("from", ""), said.get("to", "")
    review = UncertainDate.parse(values["review_on"]) if values["review_on"] else None
    given = None
    if register:
        scheme = schemes.kept(register.likelihoods, register.impacts, register.bands)
        given = scheme.find(values["likelihood"], values["impact"])
    risk = apps.get_model("risks", "Risk").objects.create(
        record=_record(apps, row, "risk", said["title"][:300]),
        register=register,
        mitigations=said.get("mitigations", []),
        review_day=review.latest if review and not review.doubtful else None,
        up=given.up if given else 0,
        across=given.across if given else 0,
        rank=given.rank if given else 0,
        **values,
        **_of_every_row(row),
        **_days(values),
    )
    _history(apps, row, risk, given)


def _history(apps, row, risk, given):
    """The stated score with its source as the reason, and what is done, judged by nobody yet."""
    if given:
        source = f": {risk.source}" if risk.source else " in the partnership’s file"
        apps.get_model("risks", "Scored").objects.create(
            risk=risk,
            register=risk.register,
            which="current",
            likelihood=given.likelihood,
            impact=given.impact,
            on=risk.stated_on or risk.record.opened,
            reason=f"As stated{source}",
            by="loader",
        )
    for words in dict.fromkeys(row.values.get("mitigations", [])):
        apps.get_model("risks", "Control").objects.create(risk=risk, words=words)


def _of_every_row(row):
    said = row.values
    return {
        **{name: said.get(name, "") for name in COMMON},
        "partnership": row.partnership,
        "key": row.key,
        "order": row.order,
        "stated_text": said.get("stated_on", ""),
        "stated_on": row.stated_on,
    }


def _record(apps, row, kind, title):
    from concordat.domain.base.records.rules import search_text

    home, letter = row.partnership, LETTERS[kind]
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
    """The days that follow from the texts, as `Dated.remember` has them."""
    from concordat.kernel.dates import UncertainDate

    days = {}
    for name, surely, maybe in (("from", "latest", "earliest"), ("to", "earliest", "latest")):
        said = values[f"{name}_text"]
        read = UncertainDate.parse(said) if said else None
        certain = read if read and not read.doubtful else None
        days[f"{name}_surely"] = getattr(certain, surely, None)
        days[f"{name}_maybe"] = getattr(certain, maybe, None)
    return days


class Migration(migrations.Migration):
    dependencies = [
        ("risks", "0001_initial"),
        ("agencies", "0001_initial"),
        ("exchange", "0001_initial"),
        ("records", "0006_kind_of_risk_registers"),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
        only_without("risks"),
    ]
