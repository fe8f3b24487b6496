
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('records', '0001_initial'),
        ('seats', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='records.record')),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='records.record')),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('media_type', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=200)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('uploaded_by', models.CharField(max_length=200)),
                ('uploaded_on', models.DateField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='documents.document')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('document', 'number'), name='one_version_a_number'),
                    models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='version_has_a_digest'),
                    models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='versions_begin_at_one'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('signed_by', models.CharField(max_length=200)),
                ('signed_on', models.DateField()),
                ('wording', models.CharField(max_length=300)),
                ('voided_on', models.DateField(null=True)),
                ('voided_by', models.CharField(blank=True, max_length=200)),
                ('void_reason', models.TextField(blank=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='people.person')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='seats.seat')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='documents.version')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_by', ''), ('voided_on__isnull', True)), models.Q(('voided_on__isnull', False), models.Q(('voided_by', ''), _negated=True), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='sign_off_is_voided_whole'),
                    models.UniqueConstraint(condition=models.Q(('voided_on__isnull', True)), fields=('version', 'seat'), name='one_sign_off_of_a_seat'),
                ],
                'indexes': [
                    models.Index(fields=['seat', 'voided_on'], name='sign_off_by_seat'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_by', models.CharField(max_length=200)),
                ('published_on', models.DateField()),
                ('withdrawn_on', models.DateField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=200)),
                ('withdraw_reason', models.TextField(blank=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='documents.document')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='documents.version')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('withdraw_reason', ''), ('withdrawn_by', ''), ('withdrawn_on__isnull', True)), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawn_by', ''), _negated=True), models.Q(('withdraw_reason', ''), _negated=True)), _connector='OR'), name='publication_is_withdrawn_whole'),
                    models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('document',), name='one_open_publication'),
                ],
            },
        ),
    ]
