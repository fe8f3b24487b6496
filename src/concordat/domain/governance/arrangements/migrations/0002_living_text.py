"""Versions of the arrangements and promises become records; their text is kept beside them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

ADDRESSED = (
    ("Arrangements", "arrangements", "MA", "title"),
    ("Promise", "promise", "PR", "promise"),
)


def give_addresses(apps, schema_editor):
    """A record for every row, numbered in the order in which the rows were set down."""
    record = apps.get_model("records", "Record")
    counters = apps.get_model("records", "Counter")
    entries = apps.get_model("records", "SearchEntry")
    for name, kind, letter, field in ADDRESSED:
        model = apps.get_model("arrangements", name)
        for row in model.objects.select_related("partnership").order_by("pk"):
            home = row.partnership
            counter, _ = counters.objects.get_or_create(key=f"{home.reference}-{letter}")
            counter.last += 1
            counter.save()
            title = getattr(row, field)[:300]
            row.record = record.objects.create(
                id=uuid.uuid4(),
                kind=kind,
                reference=f"{home.reference}-{letter}-{counter.last:04d}",
                title=title,
                partnership=home,
                opened=row.stated_on or home.opened,
            )
            row.save(update_fields=["record"])
            entries.objects.create(record=row.record, title=_found_by(title), words="")
            if kind == "promise":
                _hang_asks_on(apps, row)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _hang_asks_on(apps, promise):
    """What was asked of a promise hung on its partnership until now."""
    asked = apps.get_model("asks", "Ask").objects.filter(
        record=promise.partnership,
        errand="keep",
        what=f"Keep or look again at: {promise.promise}"[:300],
    )
    asked.update(record=promise.record)


def _found_by(title):
    from concordat.domain.base.records.rules import search_text

    return search_text(title)


def take_addresses(apps, schema_editor):
    """Nothing to undo: the records stay, since their references were given out for good."""


class Migration(migrations.Migration):
    dependencies = [
        ("asks", "0001_initial"),
        ("documents", "0001_initial"),
        ("records", "0003_certified_disposals"),
        ("seats", "0001_initial"),
        ("arrangements", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name=model,
            name="record",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name=model,
                to="records.record",
            ),
        )
        for model in ("arrangements", "promise")
    ] + [
        migrations.RunPython(give_addresses, take_addresses),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('as_at', models.DateField()),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('made_by', models.CharField(max_length=200)),
                ('made_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('order', models.IntegerField(null=True)),
                ('stated_text', models.CharField(blank=True, max_length=60)),
                ('stated_on', models.DateField(editable=False, null=True)),
                ('source', models.CharField(blank=True, max_length=400)),
                ('note', models.TextField(blank=True)),
                ('section', models.CharField(max_length=40)),
                ('text', models.TextField()),
                ('done', models.BooleanField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=120)),
                ('section', models.CharField(max_length=40)),
                ('extent', models.CharField(choices=[('fully', 'fully'), ('partly', 'partly')], max_length=10)),
                ('remark', models.TextField(blank=True)),
                ('placed_by', models.CharField(max_length=200)),
                ('placed_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('department', 'department'), ('circulated', 'circulated')], max_length=20)),
                ('to', models.CharField(max_length=300)),
                ('sent_on', models.DateField()),
                ('sent_by', models.CharField(max_length=200)),
                ('receipt', models.CharField(blank=True, max_length=300)),
                ('receipt_on', models.DateField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='promise',
            name='outcome',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='promise',
            name='settled_on',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='promise',
            name='state',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name='arrangements',
            name='record',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='arrangements', to='records.record'),
        ),
        migrations.AlterField(
            model_name='promise',
            name='record',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='promise', to='records.record'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_on', ''), ('state', '')), models.Q(('state__in', ('kept', 'released')), models.Q(('settled_on', ''), _negated=True)), _connector='OR'), name='promise_is_settled_whole'),
        ),
        migrations.AddField(
            model_name='edition',
            name='arrangements',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='arrangements.arrangements'),
        ),
        migrations.AddField(
            model_name='edition',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='edition', to='documents.version'),
        ),
        migrations.AddField(
            model_name='passage',
            name='arrangements',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='arrangements.arrangements'),
        ),
        migrations.AddField(
            model_name='passage',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record'),
        ),
        migrations.AddField(
            model_name='placement',
            name='arrangements',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='arrangements.arrangements'),
        ),
        migrations.AddField(
            model_name='sending',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='arrangements.edition'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('arrangements', 'number'), name='one_edition_a_number'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='edition_has_a_digest'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('partnership', 'key'), name='arrangements_passage_one_key'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('arrangements', 'section'), name='one_passage_a_section'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(fields=('arrangements', 'item', 'section'), name='one_placement_of_an_item'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('extent', 'partly'), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='partly_says_because'),
        ),
        migrations.AddConstraint(
            model_name='sending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receipt', ''), ('receipt_on', None)), models.Q(models.Q(('receipt', ''), _negated=True), ('receipt_on__isnull', False)), _connector='OR'), name='receipt_has_its_day'),
        ),
    ]
