from django.db import migrations, models

from concordat.domain.base.records.models.walls import walled


class Migration(migrations.Migration):
    dependencies = [("records", "0002_walls")]

    operations = walled(
        migrations.AddField("disposal", "told_in", models.BigIntegerField(default=0), False),
        migrations.AddField("disposal", "mac", models.CharField(default="", max_length=64), False),
    )
