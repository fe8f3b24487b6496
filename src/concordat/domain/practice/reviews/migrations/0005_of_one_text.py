"""What is signed, checked, sent and agreed is of one text: a version in a round of clearance."""

from django.db import migrations, models
from django.db.models import Q

TEXT = 100


def name_texts(apps, schema_editor):
    """A bare digest becomes the name of the newest version that has it. The two checks of a report
    in clearance are asked anew: nobody was shown the page that they are of."""
    versions = apps.get_model("documents", "Version")

    def number(document, digest):
        rows = versions.objects.filter(document=document, digest=digest).order_by("-number")
        return rows.values_list("number", flat=True).first() or 0

    def rows(name, **which):
        return apps.get_model("reviews", name).objects.filter(**which)

    for review in rows("Review", draft__isnull=False):
        now = 1 if review.stage in ("in clearance", "published") else 0
        rows("Review", pk=review.pk).update(round=now)
        for name, round in (("Clearing", now), ("AdvanceCopy", now), ("DisclosureCheck", 0)):
            for row in rows(name, review=review.pk).exclude(text=""):
                row.text = f"{round}.{number(review.draft_id, row.text)}:{row.text}"
                row.save(update_fields=["text"])
        for row in rows("LeakFound", review=review.pk):
            row.version = f"{number(review.draft_id, row.version)}:{row.version}"
            row.save(update_fields=["version"])
        last = versions.objects.filter(document=review.draft_id).order_by("-number").first()
        if last:
            agreed = rows("Agreement", review=review.pk, state="agreed")
            agreed.update(text=f"{now}.{last.number}:{last.digest}")
    rows("Agreement", state="agreed", text="").update(
        state="asked", answered_by="", answered_on=None, words=""
    )
    for row in rows("AgencyReport").exclude(signed=""):
        row.signed = f"{number(row.document_id, row.signed)}:{row.signed}"
        row.save(update_fields=["signed"])


def bare_digests(apps, schema_editor):
    """What the columns held before had room for the SHA-256 alone."""
    for model, name in (("Clearing", "text"), ("AdvanceCopy", "text"), ("DisclosureCheck", "text"),
                        ("LeakFound", "version"), ("AgencyReport", "signed")):
        for row in apps.get_model("reviews", model).objects.exclude(**{name: ""}):
            setattr(row, name, getattr(row, name).rpartition(":")[2])
            row.save(update_fields=[name])


def _without(model, name):
    return migrations.RemoveConstraint(model_name=model, name=name)


def _with(model, constraint):
    return migrations.AddConstraint(model_name=model, constraint=constraint)


def _named(model, old, new, **options):
    """A bare digest, in a field that has room for the name of a text."""
    return [
        migrations.RenameField(model_name=model, old_name=old, new_name=new),
        migrations.AlterField(
            model_name=model, name=new, field=models.CharField(max_length=TEXT, **options)
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0004_signed_as_decided"),
        ("documents", "0003_recorded_comments"),
    ]

    operations = [
        migrations.AddField("review", "round", models.PositiveSmallIntegerField(default=0)),
        _without("clearing", "a_step_is_cleared_whole"),
        _without("disclosurecheck", "one_check_of_a_file_by_one"),
        _without("leakfound", "a_leak_is_told_once"),
        _without("agreement", "an_agreement_is_answered_whole"),
        *_named("clearing", "digest", "text", blank=True),
        *_named("advancecopy", "digest", "text"),
        *_named("disclosurecheck", "digest", "text"),
        *_named("leakfound", "digest", "version"),
        migrations.AlterField(
            "agencyreport", "signed", models.CharField(max_length=TEXT, blank=True)
        ),
        migrations.AddField(
            "disclosurecheck", "page", models.CharField(max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "disclosurecheck", "pdf", models.CharField(max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField("agreement", "text", models.CharField(max_length=TEXT, blank=True)),
        migrations.RunPython(name_texts, bare_digests),
        _with("clearing", models.CheckConstraint(
            condition=Q(text="", signed_by="", signed_on=None)
            | (~Q(text="") & ~Q(signed_by="") & Q(signed_on__isnull=False)),
            name="a_step_is_cleared_whole",
        )),
        _with("disclosurecheck", models.UniqueConstraint(
            fields=["review", "seat", "text"], name="one_check_of_a_file_by_one"
        )),
        _with("leakfound", models.UniqueConstraint(
            fields=["review", "version", "told"], name="a_leak_is_told_once"
        )),
        _with("agreement", models.CheckConstraint(
            condition=Q(state="asked", answered_by="", answered_on=None, text="")
                | (~Q(answered_by="") & Q(answered_on__isnull=False)) & ~Q(state="asked"),
                name="an_agreement_is_answered_whole",
        )),
        _with("agreement", models.CheckConstraint(
            condition=~Q(state="agreed") | ~Q(text=""), name="an_agreement_is_to_one_text"
        )),
    ]
