"""The Word templates of a partnership, a template to begin with, and reports put into them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concordat.craft import document as craft
from concordat.craft import narrative, word, word_templates
from concordat.craft.document import Block, Bullets, Column, Heading, Paragraph, Table
from concordat.domain.assurance.reports import rules
from concordat.domain.assurance.reports.models import WordTemplate
from concordat.domain.assurance.reports.queries.making import assembled
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents import queries as documents
from concordat.domain.base.records.queries import visible
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid


def templates(actor: Actor, partnership: Partnership) -> dict[str, WordTemplate]:
    """The template in use for each report that has one."""
    rows = WordTemplate.objects.filter(partnership=partnership.pk, left_on__isnull=True)
    seen = visible(actor, rows.select_related("document__record"), record="document__record")
    return {row.report: row for row in seen}


def template_of(
    actor: Actor, partnership: Partnership, report: rules.Declared
) -> WordTemplate | None:
    return templates(actor, partnership).get(report.name)


def filled(
    actor: Actor, report: rules.Declared, partnership: Partnership, as_at: date, data: bytes
) -> bytes:
    """A report as at a day in a Word template. Raises `Invalid` for what the template may not do
    and for what it asks that no report has."""
    live = assembled(actor, report, partnership, as_at)
    return word_templates.fill(data, rules.values_of(live, narrative.paragraphs))


def in_own_template(
    actor: Actor, report: rules.Declared, partnership: Partnership, as_at: date
) -> bytes:
    """A report as at a day in the partnership's own template. Raises `Invalid` for none."""
    held = template_of(actor, partnership, report)
    if held is None:
        raise Invalid(
            f"{partnership.name} has no Word template for “{report.title}”.",
            field="own",
            mend="Give it one on the page of its reports.",
        )
    version = documents.latest(actor, held.document)
    return filled(actor, report, partnership, as_at, documents.bytes_of(actor, version))


def parts_of(
    actor: Actor, report: rules.Declared, partnership: Partnership, as_at: date
) -> dict[str, str]:
    """What a report of a day says for the parts of a cover, in plain words."""
    live = assembled(actor, report, partnership, as_at)
    written = {
        part: narrative.paragraphs(live.part(section).filled)
        for part, section in rules.COVER_PARTS.items()
        if report.section(section)
    }
    return {part: "\n\n".join(told) for part, told in written.items() if told}


def starter(actor: Actor, report: rules.Declared) -> bytes:
    """A Word template to begin with: every section and table of a report, ready to be changed."""
    head = [Paragraph("{{ partnership }}, as at {{ as_at }}")]
    body = [each for section in report.sections for each in _section(section)]
    return word.write(craft.Document(title=report.title, blocks=[*head, *body]))


def _section(section: rules.Section) -> Iterator[Block]:
    own = f"section.{rules.named(section.key)}"
    yield Heading(1, section.title)
    yield Paragraph(f"{{%p for line in {own}.text %}}")
    yield Paragraph("{{ line }}")
    yield Paragraph("{%p endfor %}")
    yield from _repeated(f"line in {own}.said", "{{ line }}")
    for name in section.blocks:
        yield from _table(name)
    yield Paragraph(f"{{%p if {own}.open %}}")
    yield Heading(2, "What the sources leave open")
    yield from _repeated(f"line in {own}.open", "{{ line }}")
    yield Paragraph("{%p endif %}")
    yield from _said_if(f"{own}.empty")


def _said_if(words: str) -> Iterator[Block]:
    yield Paragraph(f"{{%p if {words} %}}")
    yield Paragraph(f"{{{{ {words} }}}}")
    yield Paragraph("{%p endif %}")


def _repeated(loop: str, words: str) -> Iterator[Block]:
    yield Paragraph(f"{{%p for {loop} %}}")
    yield Bullets([words])
    yield Paragraph("{%p endfor %}")


def _table(name: str) -> Iterator[Block]:
    """A table whose middle row is repeated for each row, or a list of what is said."""
    own = f"block.{name}"
    yield Paragraph(f"{{%p if {own}.rows %}}")
    yield Heading(2, f"{{{{ {own}.title }}}}")
    if columns := rules.columns_of(name):
        first = [f"{{{{ row.cells[{at}] }}}}" for at in range(len(columns))]
        blank = [""] * (len(columns) - 1)
        rows = [[f"{{%tr for row in {own}.rows %}}", *blank], first, ["{%tr endfor %}", *blank]]
        yield Table(f"{{{{ {own}.title }}}}", [Column(each) for each in columns], rows)
    else:
        told = "{{ row.cells[0] }}{% if row.cells[1] %}: {{ row.cells[1] }}{% endif %}"
        yield from _repeated(f"row in {own}.rows", told)
    yield Paragraph("{%p endif %}")
    yield from _said_if(f"{own}.empty")
