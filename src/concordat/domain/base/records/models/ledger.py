"""The two logs: what was done, and who looked."""

from django.db import models

from concordat.domain.base.records.rules import detail_digest


class Event(models.Model):
    """What was done, for good. No foreign keys; triggers refuse update, delete and truncate."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    actor = models.CharField(max_length=200)
    hand = models.CharField(max_length=200, blank=True)
    record = models.UUIDField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    partnership = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)
    detail_digest = models.CharField(max_length=64)

    PERSONAL = {"actor": "name", "hand": "name", "reason": "free text", "text": "free text"}

    class Meta:
        indexes = [
            models.Index(fields=["record", "-id"], name="event_by_record"),
            models.Index(fields=["partnership", "-id"], name="event_by_partnership"),
        ]

    def told(self) -> dict[str, object]:
        """The values that the canonical text holds."""
        return {
            "id": self.pk,
            "at": self.at,
            "verb": self.verb,
            "actor": self.actor,
            "hand": self.hand,
            "record": self.record or "",
            "reference": self.reference,
            "kind": self.kind,
            "partnership": self.partnership or "",
            "reason": self.reason,
            "detail": self.detail_digest,
        }


class EventDetail(models.Model):
    """Before and after. May be disposed of under a certificate while its event stays."""

    event = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=32)
    before = models.TextField()
    after = models.TextField()

    PERSONAL = {"before": "free text", "after": "free text"}

    def digest(self) -> str:
        """The digest that the event holds, recomputed from the texts as they stand."""
        return detail_digest(self.salt, self.before, self.after)


class Disposal(models.Model):
    """The certificate under which an event's detail was disposed of.

    `told_in` is the event that says so; `mac` shows that the application wrote this row.
    """

    event = models.BigIntegerField(primary_key=True)
    certificate = models.CharField(max_length=100)
    reason = models.TextField()
    at = models.DateTimeField()
    told_in = models.BigIntegerField()
    mac = models.CharField(max_length=64)

    PERSONAL = {"reason": "free text"}

    def told(self) -> dict[str, object]:
        return {
            "event": self.pk,
            "certificate": self.certificate,
            "reason": self.reason,
            "at": self.at,
            "told_in": self.told_in,
        }


class Seal(models.Model):
    """The hash of the seal before it, its moment and its leaves, signed."""

    number = models.BigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    leaves = models.PositiveIntegerField()
    at = models.DateTimeField()
    signature = models.CharField(max_length=128)


class SealedLeaf(models.Model):
    """One event's place in a seal. Ids commit out of order, so a seal lists them itself."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="leaf_rows")
    position = models.PositiveIntegerField()
    event = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seal", "position"], name="one_leaf_per_position")
        ]


class Look(models.Model):
    """Who opened or exported what sensitive thing. Pruned by the retention rules."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    person = models.UUIDField(null=True)
    record = models.UUIDField()
    reference = models.CharField(max_length=40)
    partnership = models.UUIDField(null=True)
    what = models.CharField(max_length=40)

    PERSONAL = {"actor": "name"}

    class Meta:
        indexes = [
            models.Index(fields=["record", "-at"], name="look_by_record"),
            models.Index(fields=["person", "-at"], name="look_by_person"),
        ]
