
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuestLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('read', 'Read'), ('comment', 'Read and comment'), ('paper', 'Send a paper'), ('vote', 'Answer a vote'), ('feedback', 'Give feedback'), ('evaluation', 'Answer an evaluation')], max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('scope', models.JSONField()),
                ('issue', models.PositiveSmallIntegerField(default=1)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('invited_by', models.CharField(max_length=200)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('code_digest', models.CharField(blank=True, max_length=64)),
                ('code_sent_at', models.DateTimeField(null=True)),
                ('code_expires_at', models.DateTimeField(null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0)),
                ('codes_sent', models.PositiveSmallIntegerField(default=0)),
                ('entry', models.UUIDField(null=True)),
                ('entered_at', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_by', models.CharField(blank=True, max_length=200)),
                ('revoke_reason', models.TextField(blank=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guest_links', to='records.record')),
            ],
            options={
                'indexes': [models.Index(fields=['record', '-invited_at'], name='link_by_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('revoke_reason', ''), ('revoked_at__isnull', True), ('revoked_by', '')), models.Q(('revoked_at__isnull', False), models.Q(('revoked_by', ''), _negated=True), models.Q(('revoke_reason', ''), _negated=True)), _connector='OR'), name='link_is_revoked_whole'), models.CheckConstraint(condition=models.Q(models.Q(('entered_at__isnull', True), ('entry__isnull', True)), models.Q(('entered_at__isnull', False), ('entry__isnull', False)), _connector='OR'), name='link_is_entered_whole'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True), ('used_at__isnull', True)), fields=('record', 'email', 'purpose'), name='one_open_link')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=120, null=True, unique=True)),
                ('to', models.EmailField(max_length=254)),
                ('purpose', models.CharField(choices=[('invitation', 'Invitation'), ('guest link', 'Guest link'), ('guest code', 'Guest code'), ('asked', 'Asked'), ('answered', 'Answered'), ('clock', 'Clock'), ('digest', 'Digest'), ('meeting', 'Meeting'), ('seal', 'Seal')], max_length=20)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('secret', models.TextField(blank=True)),
                ('attachment_name', models.CharField(blank=True, max_length=80)),
                ('attachment', models.TextField(blank=True)),
                ('posted_by', models.CharField(max_length=200)),
                ('posted_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('failed', 'Failed'), ('sent', 'Sent'), ('given up', 'Given up')], default='queued', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try', models.DateTimeField(null=True)),
                ('good_until', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, max_length=80)),
                ('claim', models.UUIDField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='records.record')),
                ('partnership', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'next_try'], name='message_by_next_try'), models.Index(fields=['partnership', '-posted_at'], name='message_by_partnership')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'failed', 'sent', 'given up'])), name='message_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('secret', ''), ('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_is_sent_whole'), models.CheckConstraint(condition=models.Q(models.Q(('next_try__isnull', False), ('state__in', ['queued', 'failed'])), models.Q(('state__in', ['sent', 'given up']), ('next_try__isnull', True)), _connector='OR'), name='message_waits_for_its_next_try')],
            },
        ),
    ]
