"""Lines of enquiry, what they conclude and on what that rests; findings; recommendations."""

from __future__ import annotations

from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.operations import Came, Wording
from concordat.domain.base.recommendations.operations import draft as draft_recommendation
from concordat.domain.base.recommendations.rules import Origin
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.practice.reviews.models import Evidence, Finding, Line, Review
from concordat.domain.practice.reviews.models.review import numbered
from concordat.domain.practice.reviews.operations.desk_taking import taken
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import Points
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid


@operation
def add_line(
    actor: Actor, *, review: Review, question: str, seen_version: int | None = None
) -> Line:
    """Ask something that the review is to find out."""
    row = taken(actor, review, seen_version=seen_version)
    made = Line.objects.create(
        review=row,
        number=numbered(Line.objects.filter(review=row)),
        question=desk.needed("question", question, "Write the question."),
    )
    happened(actor, "line of enquiry added", row.record, after={"question": made.question})
    return made


@operation
def conclude(actor: Actor, *, line: Line, conclusion: str, seen_version: int | None = None) -> Line:
    """Say what a line came to. It has to point at what it rests on first."""
    row = taken(
        actor, line.review, seen_version=seen_version, mine={"conclusion": conclusion.strip()},
        theirs={"conclusion": Line.objects.get(pk=line.pk).conclusion},
    )  # fmt: skip
    held = Line.objects.select_related("review__record").get(pk=line.pk)
    desk.may_conclude(held.evidence.count(), held.set_aside_why).require()
    before = held.conclusion
    held.conclusion = desk.needed("conclusion", conclusion, "Write what it came to.")
    held.concluded_by, held.concluded_on = actor.signature[:200], actor.on
    held.save()
    happened(
        actor, "line of enquiry concluded", row.record, before={"conclusion": before},
        after={"line": held.number, "conclusion": held.conclusion},
    )  # fmt: skip
    return held


@operation
def set_line_aside(
    actor: Actor, *, line: Line, reason: str, seen_version: int | None = None
) -> Line:
    """Say why a line of enquiry is not followed any more. One that is concluded stays."""
    row = taken(actor, line.review, seen_version=seen_version)
    held = Line.objects.select_related("review__record").get(pk=line.pk)
    desk.may_set_aside(held.conclusion, held.set_aside_why).require()
    held.set_aside_why = desk.needed("reason", reason, "Say why it is not followed any more.")
    held.save()
    happened(
        actor, "line of enquiry set aside", row.record, reason=held.set_aside_why,
        after={"line": held.number},
    )  # fmt: skip
    return held


@operation
def add_finding(
    actor: Actor,
    *,
    review: Review,
    title: str,
    says: str,
    why: str = "",
    beyond: str = "",
    line: Line | None = None,
    seen_version: int | None = None,
) -> Finding:
    """Set down a finding: what it is, why it was so, and whether it reaches beyond this case."""
    row = taken(actor, review, seen_version=seen_version)
    if line and line.review_id != row.pk:
        raise Invalid("This line is of another review.", field="line")
    made = Finding.objects.create(
        review=row,
        line=line,
        number=numbered(Finding.objects.filter(review=row)),
        title=desk.needed("title", title, "Give it a title.", desk.LONGEST_LINE),
        says=desk.needed("says", says, "Say what was found."),
        why=why.strip(),
        beyond=beyond.strip(),
        by=actor.signature[:200],
        on=actor.on,
    )
    happened(actor, "finding set down", row.record, after={"finding": made.title})
    return made


@operation
def amend_finding(
    actor: Actor,
    *,
    finding: Finding,
    title: str,
    says: str,
    why: str = "",
    beyond: str = "",
    seen_version: int | None = None,
) -> Finding:
    """Say a finding anew; the event keeps what stood."""
    stands = Finding.objects.get(pk=finding.pk)
    mine = {"title": title.strip(), "says": says.strip(), "why": why.strip(),
            "beyond": beyond.strip()}  # fmt: skip
    theirs = {name: str(getattr(stands, name)) for name in mine}
    row = taken(actor, finding.review, seen_version=seen_version, mine=mine, theirs=theirs)
    held = Finding.objects.get(pk=finding.pk)
    desk.needed("title", title, "Give it a title.", desk.LONGEST_LINE)
    desk.needed("says", says, "Say what was found.")
    before = {name: getattr(held, name) for name in mine}
    for name, text in mine.items():
        setattr(held, name, text)
    held.save()
    happened(actor, "finding amended", row.record, before=before, after=mine)
    return held


@operation
def point(
    actor: Actor,
    *,
    kind: Points,
    place: str,
    shows: str = "",
    line: Line | None = None,
    finding: Finding | None = None,
    record: Record | None = None,
    seen_version: int | None = None,
) -> Evidence:
    """Point a line or a finding at what it rests on: the record, the row or page in it, and what
    that shows."""
    of = line or finding
    if of is None or (line and finding):
        raise Invalid("Point one line or one finding.", field="place")
    row = taken(actor, of.review, seen_version=seen_version)
    if record is not None:
        can(actor, Verb.SEE, record).require()
    made = Evidence.objects.create(
        line=line,
        finding=finding,
        kind=kind,
        record=record,
        place=desk.needed("place", place, "Say where: the row, page or day.", desk.LONGEST_LINE),
        shows=shows.strip(),
        by=actor.signature[:200],
        on=actor.on,
    )
    happened(
        actor, "evidence pointed at", row.record,
        after={"kind": kind, "record": record.reference if record else "", "place": made.place},
    )  # fmt: skip
    return made


@operation
def recommend(
    actor: Actor, *, finding: Finding, title: str, change: str, seen_version: int | None = None
) -> Recommendation:
    """Draft a recommendation from a finding: from there on it goes the way of all others."""
    row = taken(actor, finding.review, seen_version=seen_version, also=(desk.Stage.PUBLISHED,))
    made = draft_recommendation(
        actor,
        partnership=row.partnership,
        wording=Wording(title=title, change=change, finding=finding.says),
        came=Came(
            kind=Origin.OLD_REVIEW if row.old_rules else Origin.REVIEW,
            title=f"{row.record.reference}, finding {finding.number}",
            record=row.record,
            number=str(finding.number),
        ),
    )
    happened(
        actor, "recommendation drafted from finding", row.record,
        after={"finding": finding.number, "recommendation": made.record.reference},
    )  # fmt: skip
    return made
