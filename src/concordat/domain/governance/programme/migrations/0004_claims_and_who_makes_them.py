"""Claims keep their rate and whose they are, and can be taken back; contracts say who claims."""

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

from concordat.domain.base.records.models.going_back import only_without


def keep_the_rate(apps, schema_editor):
    """Days that were claimed until now keep the rate that their contract has today."""
    contracts = apps.get_model("programme", "Contract").objects.filter(pk=OuterRef("contract"))
    apps.get_model("programme", "Claim").objects.update(rate=Subquery(contracts.values("rate")))


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0003_learning_cycles'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='claimant',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='hand',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='rate',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunPython(keep_the_rate, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name='claim',
            name='void',
            field=models.CharField(blank=True, choices=[('withdrawn', 'Withdrawn'), ('refused', 'Refused')], max_length=10),
        ),
        migrations.AddField(
            model_name='claim',
            name='void_by',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='claim',
            name='void_for',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='void_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='contract',
            name='worked_by',
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('void', ''), ('void_by', ''), ('void_for', ''), ('void_on__isnull', True)), models.Q(models.Q(('void', ''), _negated=True), ('approved_on__isnull', True), ('void_on__isnull', False), models.Q(('void_by', ''), _negated=True), models.Q(('void_for', ''), _negated=True)), _connector='OR'), name='a_claim_is_void_for_a_reason'),
        ),
        only_without("programme", {"Claim": ~Q(void=""), "Contract": ~Q(worked_by="")}),
    ]
