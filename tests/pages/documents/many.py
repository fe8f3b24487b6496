"""More rows of each list that documents show."""

from __future__ import annotations

from dataclasses import replace

from concordat.craft.sniff import KINDS
from concordat.domain.base.documents import operations
from concordat.domain.base.documents.models import Round, Version
from concordat.domain.base.records.models import Record
from tests.operations.documents.papers import paper, replaced
from tests.operations.mail.cast import LOADER
from tests.pages.furnished import Furnished

# Looked at already: a process of its own looks hard at every other file.
SEEN = replace(paper(), seen=KINDS["pdf"])


def papers(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        for about in (None, stands.risk):
            operations.add(
                LOADER,
                partnership=stands.house.here,
                title=f"Paper {each}",
                file=SEEN,
                about=about,
            )


def versions(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        file = replace(paper(f"again {each}"), seen=KINDS["pdf"])
        replaced(stands.house, stands.document, file=file, by=LOADER)


def published(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        title = f"Report {each}"
        row = operations.add(LOADER, partnership=stands.house.here, title=title, file=SEEN)
        version = Record.objects.get(pk=row.pk).version
        operations.publish(LOADER, document=row, seen_version=version)


def comments(stands: Furnished, numbers: range) -> None:
    row = Round.objects.get(document=stands.document)
    digest = Version.objects.filter(document=stands.document).latest("number").digest
    for each in numbers:
        operations.comment(
            stands.house.member.actor,
            round=row,
            seat=stands.house.member.seat,
            digest=digest,
            place=f"{each}",
            text=f"Say who pays {each}",
        )
