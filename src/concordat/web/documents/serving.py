"""The files themselves: always as an attachment, never as something that a browser runs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from concordat.domain.base.documents import queries
from concordat.domain.base.documents.queries import Version
from concordat.domain.base.records.operations import look
from concordat.web.documents.facing import Request, also_by_link


def _attached(version: Version, data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type=version.media_type)
    named = content_disposition_header(as_attachment=True, filename=version.name)
    answer["Content-Disposition"] = named or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@also_by_link
@require_safe
def file(request: Request, reference: str, number: int) -> HttpResponse:
    """One version's file. Who had it is noted where the document is held closely."""
    found = queries.document(request.actor, reference)
    version = queries.version(request.actor, found, number)
    data = queries.bytes_of(request.actor, version)
    look(request.actor, record=found.record, what=f"downloaded version {number} of")
    answer = _attached(version, data)
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
@require_safe
def published(request: Request, reference: str) -> HttpResponse:
    """What the public is served: the published version, whatever has been uploaded since."""
    row = queries.published(request.actor).get(document__record__reference=reference)
    return _attached(row.version, queries.served(request.actor, row))
