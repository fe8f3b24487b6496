"""Narrative of reports that stands in no section, quotes what is not there, or quotes itself."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.domain.assurance.exchange.rules.check_links import Index, parted
from concordat.domain.assurance.exchange.rules.fields import KINDS
from concordat.domain.assurance.exchange.rules.kinds_running import NarrativeText
from concordat.domain.assurance.exchange.rules.shape import HEADER, Chapter
from concordat.domain.assurance.reports import rules as reports
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Fault
from concordat.kernel.labels import near


def narrative(chapter: Chapter, index: Index) -> Iterator[Fault]:
    for row in chapter.of(NarrativeText):
        report = reports.declared(row.report)
        if report is None or not row.section:
            continue
        if report.section(row.section) is None:
            sections = [each.key for each in report.sections]
            likely = near(row.section, sections) or sections
            yield Fault(
                f"There is no section “{row.section}” in {row.report}.",
                "section",
                row.where("section"),
                f"Write {' or '.join(likely)}.",
            )
        for fault in reports.unknown(
            report, row.section, row.text, lambda made: _near(made, chapter.slug, index)
        ):
            yield Fault(fault.message, "text", row.where("text"), fault.mend)
    yield from _circles(chapter)


def _near(made: reports.Named, slug: str, index: Index) -> list[str] | None:
    """None where the row and its field are there; else names that come near."""
    kind = made.key if made.kind == reports.COUNT else made.kind
    if kind not in KINDS:
        return near(kind, KINDS)
    if made.field and made.field not in KINDS[kind].fields:
        return [f"{made.kind}:{made.key}.{each}" for each in near(made.field, KINDS[kind].fields)]
    if made.kind in (reports.COUNT, HEADER):
        return None
    _, other, key = parted(kind, made.key, slug)
    known = index.keys(other, kind)
    return None if key in known else [f"{kind}:{each}" for each in near(key, sorted(known))]


def _circles(chapter: Chapter) -> Iterator[Fault]:
    """On every day on which a wording begins, with the wordings that hold then."""
    rows = sorted(chapter.of(NarrativeText), key=lambda row: (_day(row.stated_on), row.order or 0))
    for report in reports.DECLARED:
        last: dict[str, NarrativeText] = {}
        for row in rows:
            if row.report != report.name:
                continue
            last[row.section] = row
            texts = {section: each.text for section, each in last.items()}
            for start, fault in reports.tangles(report, texts):
                yield Fault(fault.message, "text", last[start].where("text"), fault.mend)


def _day(stated: UncertainDate | None) -> str:
    return stated.latest.isoformat() if stated and stated.latest else ""
