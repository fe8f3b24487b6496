from django.db import migrations

from concordat.domain.base.records.models.walls import raise_walls


def walls(apps, schema_editor):
    raise_walls(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RunPython(walls, migrations.RunPython.noop, hints={"empty too": True})
    ]
