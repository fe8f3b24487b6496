"""Every passage that was written before days were kept begins with the wording that it has."""

from django.db import migrations


def take_over(apps, schema_editor):
    wording = apps.get_model("arrangements", "Wording")
    passages = apps.get_model("arrangements", "Passage").objects.order_by("pk")
    wording.objects.bulk_create(
        wording(
            arrangements_id=each.arrangements_id,
            section=each.section,
            text=each.text,
            done=bool(each.done),
            written_on=each.stated_on,
            source=each.source,
        )
        for each in passages
    )


class Migration(migrations.Migration):

    dependencies = [
        ('arrangements', '0004_wordings'),
    ]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
