"""Writing what people say in a report: every wording is kept, from the day on which it holds."""

from __future__ import annotations

from concordat.domain.assurance.reports import queries, rules
from concordat.domain.assurance.reports.models import Narrative
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements.rules import text as rules_of_text
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Stale

LONGEST = rules_of_text.LONGEST


@operation
def write(
    actor: Actor,
    *,
    partnership: Partnership,
    report: str,
    section: str,
    text: str,
    seen: int = 0,
) -> Narrative | None:
    """Write the narrative of a section in the place of the wording that was `seen` (its number).

    What is quoted must be there, and no section may come back to itself. An empty text leaves
    the section to its facts. The wording before it stays for every day before today.
    """
    held = take(partnership.pk, may=lambda record: can(actor, Verb.CHANGE, record))
    wanted = "\n".join(line.rstrip() for line in text.strip().splitlines())
    declared = _declared(report, section)
    before = queries.narrative_of(actor, partnership, report, actor.on).get(section)
    if seen != (before.order or 0 if before else 0):
        raise Stale(
            {"text": wanted}, {"text": before.text if before else ""},
            by=before.written_by if before else "",
        )  # fmt: skip
    if wanted == (before.text if before else ""):
        no_event("the section says this already")
        return before
    _check(actor, partnership, declared, section, wanted)
    made = _keep(actor, partnership, report, section, wanted)
    happened(
        actor,
        "narrative written" if wanted else "narrative taken out",
        held,
        before={"report": report, "section": section, "text": before.text if before else ""},
        after={"report": report, "section": section, "text": wanted},
    )
    return made


def _declared(report: str, section: str) -> rules.Declared:
    found = rules.declared(report)
    if found is None:
        raise Invalid(f"There is no report “{report}” that people write in.", field="report")
    if found.section(section) is None:
        raise Invalid(f"There is no section “{section}” in it.", field="section")
    return found


def _check(
    actor: Actor, partnership: Partnership, report: rules.Declared, section: str, text: str
) -> None:
    if len(text) > LONGEST:
        raise Invalid(
            f"This is {len(text):,} characters long; there is room for {LONGEST:,}.",
            field="text",
            mend="Write it shorter.",
        )
    if not rules.named_in(text):
        return
    rules.check_quotes(report, section, text, queries.ground_of(actor, partnership, actor.on))
    texts = queries.texts_of(actor, report, partnership, actor.on) | {section: text}
    if faults := [fault for _, fault in rules.tangles(report, texts)]:
        raise Invalid(faults)


def _keep(
    actor: Actor, partnership: Partnership, report: str, section: str, text: str
) -> Narrative:
    rows = Narrative.objects.filter(partnership=partnership.pk, report=report, section=section)
    last = max((each or 0 for each in rows.values_list("order", flat=True)), default=0)
    every = Narrative.objects.filter(partnership=partnership.pk)
    taken = set(every.values_list("key", flat=True))
    made = Narrative(
        partnership=partnership.record,
        key=free_key(f"{report}-{section}-{last + 1}", taken),
        order=last + 1,
        stated_text=actor.on.isoformat(),
        report=report,
        section=section,
        text=text,
        written_by=actor.signature[:200],
    )
    made.save()
    return made
