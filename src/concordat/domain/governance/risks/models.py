"""Registers and their risks, every score with its reason, controls, acceptances and moves."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.records.models import Dated, Keyed, Record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.risks.rules import life, schemes
from concordat.domain.governance.risks.rules.life import Stage, Treatment, Which, Working
from concordat.domain.governance.risks.rules.schemes import Scheme, Score
from concordat.kernel.dates import UncertainDate


class Register(Keyed):
    """A register of risks with its own scheme of scores.

    `likelihoods` and `impacts` hold words, lowest first; `bands`, where the scheme multiplies,
    texts such as "15 to 25 extreme". `owner` names whoever keeps it, as kind:key.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.CharField(max_length=300)
    likelihoods = models.JSONField(default=list)
    impacts = models.JSONField(default=list)
    bands = models.JSONField(default=list)
    owner = models.CharField(max_length=250, blank=True)
    state = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def scheme(self) -> Scheme:
        return schemes.kept(self.likelihoods, self.impacts, self.bands)


class Risk(Dated):
    """A risk to the partnership's work. Never about a child.

    `likelihood` and `impact` are the current score in the register's own words, as a partnership
    file has them; beside them stand what it was before any control and where it is to get. `up`
    and `across` are its places in the register's grid, and `rank` orders the risks of one
    register. `mitigations` are the words of its controls. `common` is the risk of another
    partnership that this one is a copy of, scored here for itself.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    register = models.ForeignKey(Register, models.PROTECT, null=True, related_name="risks")
    title = models.CharField(max_length=300)
    likelihood = models.CharField(max_length=60, blank=True)
    impact = models.CharField(max_length=60, blank=True)
    inherent_likelihood = models.CharField(max_length=60, blank=True)
    inherent_impact = models.CharField(max_length=60, blank=True)
    target_likelihood = models.CharField(max_length=60, blank=True)
    target_impact = models.CharField(max_length=60, blank=True)
    treatment = models.CharField(
        max_length=20, blank=True, choices=[(t.value, t.label) for t in Treatment]
    )
    mitigations = models.JSONField(default=list)
    owner = models.CharField(max_length=250, blank=True)
    review_on = models.CharField(max_length=60, blank=True)
    about = models.TextField(blank=True)
    common = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    stage = models.CharField(
        max_length=20, choices=[(s.value, s.label) for s in Stage], default=Stage.OPEN.value
    )
    stage_reason = models.TextField(blank=True)
    over = models.BooleanField(default=False)
    review_day = models.DateField(null=True, editable=False)
    up = models.PositiveSmallIntegerField(default=0, editable=False)
    across = models.PositiveSmallIntegerField(default=0, editable=False)
    rank = models.PositiveSmallIntegerField(default=0, editable=False)
    asked_for = models.DateField(null=True)

    PERSONAL = {"about": "free text", "stage_reason": "free text", "mitigations": "free text"}

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED, over=True)
                | (~Q(stage=Stage.CLOSED) & Q(over=False)),
                name="risk_is_over_once_closed",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.CLOSING) | ~Q(stage_reason=""),
                name="risk_that_may_close_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["register", "over", "-rank", "record"], name="risk_by_rank"),
            models.Index(fields=["register", "over", "review_day"], name="risk_by_review"),
            models.Index(fields=["partnership", "over", "owner"], name="risk_by_owner"),
            models.Index(
                fields=["register", "-rank", "record"],
                condition=Q(over=False, owner=""),
                name="risk_without_an_owner",
            ),
            models.Index(
                fields=["review_day"], condition=Q(over=False), name="risk_that_is_looked_at"
            ),
        ]

    def __str__(self) -> str:
        return str(self.record)

    def remember(self) -> None:
        """The certain day of its review, and its place in the grid of its register."""
        super().remember()
        stated = UncertainDate.parse(self.review_on) if self.review_on else None
        self.review_day = stated.latest if stated and not stated.doubtful else None
        now = self.score(Which.CURRENT)
        self.up, self.across, self.rank = (now.up, now.across, now.rank) if now else (0, 0, 0)

    @property
    def stage_is(self) -> Stage:
        return Stage(self.stage)

    @property
    def treatment_is(self) -> Treatment | None:
        return Treatment(self.treatment) if self.treatment else None

    def said(self, which: Which) -> tuple[str, str]:
        """Likelihood and impact of one of its scores, as they are kept."""
        before = "" if which is Which.CURRENT else f"{which.value}_"
        return getattr(self, f"{before}likelihood"), getattr(self, f"{before}impact")

    def say(self, which: Which, likelihood: str, impact: str) -> None:
        before = "" if which is Which.CURRENT else f"{which.value}_"
        setattr(self, f"{before}likelihood", likelihood)
        setattr(self, f"{before}impact", impact)

    def score(self, which: Which) -> Score | None:
        """One of its scores in its register's scheme, if it has one that is in it."""
        return self.register.scheme.find(*self.said(which)) if self.register else None


class Scored(models.Model):
    """One score given to a risk on a day, in the scheme of a register, with reason and author.

    `stated_on` is the day on which it was written down: a score of January that was written in
    March is not known in February.
    """

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="scores")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    which = models.CharField(max_length=10, choices=[(w.value, w.label) for w in Which])
    likelihood = models.CharField(max_length=60)
    impact = models.CharField(max_length=60)
    on = models.DateField()
    stated_on = models.DateField()
    reason = models.TextField()
    by = models.CharField(max_length=200)

    PERSONAL = {"reason": "free text", "by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_score_says_why"),
            models.CheckConstraint(condition=~Q(by=""), name="a_score_says_whose_it_is"),
        ]
        indexes = [models.Index(fields=["risk", "which", "on"], name="score_by_day")]

    def save(self, *args: Any, **options: Any) -> None:
        """Where nobody says when it was written down, its own day is all that is known."""
        if self._state.adding and getattr(self, "stated_on", None) is None:
            self.stated_on = self.on
        super().save(*args, **options)

    @property
    def score(self) -> Score | None:
        return self.register.scheme.find(self.likelihood, self.impact)

    @property
    def in_words(self) -> str:
        found = self.score
        return found.words if found else f"{self.likelihood} / {self.impact}"


class Control(models.Model):
    """Something that is done about a risk, and how far it works. It is done since the day
    `since`, where that is known; `ended_on` ends it."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="controls")
    words = models.TextField()
    working = models.CharField(
        max_length=20,
        choices=[(w.value, w.label) for w in Working],
        default=Working.NOT_JUDGED.value,
    )
    why = models.TextField(blank=True)
    judged_by = models.CharField(max_length=200, blank=True)
    judged_on = models.DateField(null=True)
    since = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    PERSONAL = {"words": "free text", "why": "free text", "judged_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(working=Working.NOT_JUDGED, judged_by="", judged_on__isnull=True)
                | (~Q(working=Working.NOT_JUDGED) & ~Q(judged_by="") & Q(judged_on__isnull=False)),
                name="a_control_is_judged_whole",
            )
        ]

    @property
    def working_is(self) -> Working:
        return Working(self.working)


class Acceptance(models.Model):
    """A risk accepted by a body for a time. Nothing is accepted for good."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="acceptances")
    approver = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    approver_words = models.CharField(max_length=620)
    decision = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    on = models.DateField()
    expires = models.DateField()
    recorded_by = models.CharField(max_length=200)
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(blank=True)

    PERSONAL = {"reason": "free text", "recorded_by": "name", "end_reason": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires__gt=F("on")), name="acceptance_has_an_end"),
            models.CheckConstraint(condition=~Q(reason=""), name="acceptance_says_why"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="acceptance_ends_whole",
            ),
            models.UniqueConstraint(
                fields=["risk"], condition=Q(ended_on__isnull=True), name="one_acceptance_stands"
            ),
        ]

    @property
    def ran_out(self) -> bool:
        """Whether it ended because its last day went by, and not by anybody's hand."""
        return self.ended_on is not None and self.end_reason == life.RAN_OUT


class Moved(models.Model):
    """A risk taken from one register to another, up or back, with the reason."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="moves")
    from_register = models.ForeignKey(Register, models.PROTECT, related_name="moved_out")
    to_register = models.ForeignKey(Register, models.PROTECT, related_name="moved_in")
    reason = models.TextField()
    on = models.DateField()
    by = models.CharField(max_length=200)

    PERSONAL = {"reason": "free text", "by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_register=F("to_register")), name="a_move_goes_somewhere"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_move_says_why"),
        ]


class Closure(models.Model):
    """A time for which a risk was closed before it was taken up again: its last day, why it was
    closed, and when and why it was reopened. How it stands closed now, the risk itself says."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="closures")
    on = models.DateField()
    reason = models.TextField(blank=True)
    reopened_on = models.DateField()
    why = models.TextField()
    by = models.CharField(max_length=200)

    PERSONAL = {"reason": "free text", "why": "free text", "by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="a_reopening_says_why"),
            models.CheckConstraint(
                condition=Q(reopened_on__gte=F("on")), name="a_risk_is_reopened_after_it_closed"
            ),
        ]


class Tie(models.Model):
    """A risk tied to any other record: what its clock runs on, a decision, an action, a paper."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="ties")
    record = models.ForeignKey(Record, models.PROTECT, related_name="risks_tied")
    words = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"words": "free text", "by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["risk", "record"], name="a_risk_is_tied_once")
        ]


KINDS: dict[str, tuple[type[Keyed], str]] = {
    "registers": (Register, "register"),
    "risks": (Risk, "risk"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

ADDRESSED: dict[str, tuple[RecordKind, str]] = {
    "registers": (RecordKind.RISK_REGISTER, "title"),
    "risks": (RecordKind.RISK, "title"),
}
"""Kinds whose rows have an address of their own, with the field of its title."""
