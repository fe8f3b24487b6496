
import django.db.models.deletion
from django.db import migrations, models

from concordat.domain.base.records.models.going_back import only_without


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('meetings', '0001_initial'),
        ('records', '0005_kinds_of_meetings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Narrative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('order', models.IntegerField(null=True)),
                ('stated_text', models.CharField(blank=True, max_length=60)),
                ('stated_on', models.DateField(editable=False, null=True)),
                ('source', models.CharField(blank=True, max_length=400)),
                ('note', models.TextField(blank=True)),
                ('report', models.CharField(max_length=40)),
                ('section', models.CharField(max_length=40)),
                ('text', models.TextField(blank=True)),
                ('written_by', models.CharField(blank=True, max_length=200)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['partnership', 'report', 'section'], name='narrative_of_a_section')],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'key'), name='reports_narrative_one_key')],
            },
        ),
        migrations.CreateModel(
            name='ReportIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('order', models.IntegerField(null=True)),
                ('stated_text', models.CharField(blank=True, max_length=60)),
                ('stated_on', models.DateField(editable=False, null=True)),
                ('source', models.CharField(blank=True, max_length=400)),
                ('note', models.TextField(blank=True)),
                ('report', models.CharField(max_length=40)),
                ('as_at', models.CharField(blank=True, max_length=60)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.paper')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('partnership', 'key'), name='reports_reportissue_one_key')],
            },
        ),
        only_without("reports"),
    ]
