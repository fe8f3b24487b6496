"""What a partnership adds to the law: its own rules, its checks, its go-live."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.clocks import queries, rules
from concordat.domain.base.clocks.models import AreaLive, LocalRule, Verified
from concordat.domain.base.clocks.operations import reckoning
from concordat.domain.base.clocks.rules import Arrangements, Rule
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words

_ONE_DAY = timedelta(days=1)


@operation
def verify_rule(
    actor: Actor,
    *,
    partnership: Record,
    rule: str,
    version: int,
    digest: str,
    read: str,
    against: str,
    confirmed: bool,
    note: str = "",
) -> Verified:
    """Record that somebody held a row against its primary text, and what came of it.

    `digest` is that of the row as it was read: a row that has changed since is refused.
    `read` is the text and its edition, `against` the place in it.
    """
    can(actor, Verb.CHANGE, partnership).require()
    take(partnership.pk)
    row = queries.law_of(actor, partnership).row(rule, version)
    if row is None:
        raise Invalid(f"There is no version {version} of {rule}.", field="rule")
    if rules.digest(row) != digest:
        raise Refused("This row was reworded while you read it. Read it again first.")
    if not confirmed:
        note = reckoning.needed("note", note, "What differs")
    check = Verified.objects.create(
        partnership=partnership,
        rule=rule,
        version=version,
        digest=digest,
        read=reckoning.needed("read", read, "The text that you read"),
        against=reckoning.needed("against", against, "The place in the text"),
        confirmed=confirmed,
        note=note.strip(),
        checked_by=actor.signature[:200],
        checked_on=actor.on,
    )
    verb = "rule verified" if confirmed else "rule found to differ"
    after = {"rule": rule, "version": version, "digest": digest, "read": read, "against": against}
    happened(actor, verb, partnership, reason=note.strip(), after=after)
    return check


@operation
def set_local_rule(
    actor: Actor, *, partnership: Record, row: Mapping[str, Any], seen_version: int | None = None
) -> LocalRule:
    """Set down a rule of the partnership's own, in the format of the law files.

    A rule with an id that is taken is a new version, and ends the one before on the day before
    it begins. It adds or tightens and never replaces the law. Raises `Invalid` with every fault.
    """
    can(actor, Verb.CHANGE, partnership).require()
    rule_id = str(row.get("id", ""))
    take(
        partnership.pk,
        seen_version=seen_version,
        mine={"Rule": str(row.get("title", ""))},
        theirs=lambda: {"Rule": _newest_title(partnership, rule_id)},
    )
    earlier = LocalRule.objects.filter(partnership=partnership, rule=rule_id).order_by("-version")
    last = earlier.first()
    told = {"version": (last.version + 1 if last else 1), **row}
    text = rules.local_text(told)
    [read] = rules.read_local("the local rule", text, rules.law())
    begins = _begins(read, last)
    if last:
        _end(last, begins - _ONE_DAY)
    versions = [rules.read_local("local rules", each.text, rules.law())[0] for each in earlier]
    rules.with_local(rules.law(), [*versions, read])
    made = LocalRule.objects.create(
        partnership=partnership,
        rule=read.id,
        version=read.version,
        text=text,
        digest=rules.digest(read),
        in_force_from=begins,
        in_force_to=read.in_force_to,
        set_by=actor.signature[:200],
        set_on=actor.on,
    )
    happened(actor, "local rule set", partnership, reason=read.source, after={"rule": text})
    return made


def _newest_title(partnership: Record, rule: str) -> str:
    rows = LocalRule.objects.filter(partnership=partnership).order_by("-set_on", "-version")
    last = rows.filter(rule=rule).first() or rows.first()
    if last is None:
        return ""
    [read] = rules.read_local("local rules", last.text, rules.law())
    return f"{read.title} ({last.rule}, version {last.version})"


def _begins(read: Rule, last: LocalRule | None) -> date:
    if read.in_force_from is None:
        raise Invalid("A local rule needs the day it begins.", field="in_force_from")
    if last and read.in_force_from <= last.in_force_from:
        raise Invalid(
            f"The version before began on {day_in_words(last.in_force_from)}.",
            field="in_force_from",
            mend="Give a later day.",
        )
    return read.in_force_from


def _end(last: LocalRule, on: date) -> None:
    """Ending a row rewrites its last day and nothing else, so clocks started by it still match."""
    if last.in_force_to is None or last.in_force_to > on:
        last.in_force_to = on
        last.text = rules.ended(last.text, on)
        [read] = rules.read_local("local rules", last.text, rules.law())
        last.digest = rules.digest(read)
        last.save(update_fields=["in_force_to", "text", "digest"])


@operation
def set_area_live(
    actor: Actor,
    *,
    area: Area,
    arrangements: Arrangements,
    live_on: date,
    source: str,
    stated: str = "",
    seen_version: int | None = None,
) -> AreaLive:
    """Say on which day an area's own arrangements began; the old board's rules end there then.

    `stated`: the source's own words where it names no day, such as October 2018; `live_on` is
    then the last day that they allow.
    """
    can(actor, Verb.CHANGE, area.partnership).require()
    take(
        area.partnership_id,
        seen_version=seen_version,
        mine={"Went live": day_in_words(live_on)},
        theirs=lambda: {"Went live": _live(area, arrangements)},
    )
    whence = reckoning.needed("source", source, "Where this is stated")
    if live_on > rules.LAST_GO_LIVE:
        raise Invalid(
            f"No area could go live after {day_in_words(rules.LAST_GO_LIVE)}.",
            field="live_on",
            mend="Give the day on which the area's own arrangements began.",
        )
    before = AreaLive.objects.filter(area=area, arrangements=arrangements).first()
    if before and (before.live_on, before.source, before.stated) == (live_on, whence, stated):
        no_event("this is on file already")
        return before
    said = {"live_on": live_on, "stated": stated, "source": whence, "stated_on": actor.on}
    row, _ = AreaLive.objects.update_or_create(
        area=area,
        arrangements=arrangements,
        defaults={**said, "stated_by": actor.signature[:200]},
    )
    happened(
        actor,
        "area gone live",
        area.partnership,
        reason=whence,
        before={"live on": before.live_on} if before else {},
        after={"area": area.name, "arrangements": arrangements, "live on": live_on},
    )
    return row


def _live(area: Area, arrangements: Arrangements) -> str:
    row = AreaLive.objects.filter(area=area, arrangements=arrangements).first()
    return day_in_words(row.live_on) if row else ""
