"""The living page of the design system, its proof by two sketches, and the brand style sheet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.kernel.errors import Invalid
from concordat.web.ui import brand, samples

A_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_safe
def living(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "ui/living.html", samples.living(request))


@login_not_required
def every_field(request: HttpRequest) -> HttpResponse:
    """Every kind of field, with a real round trip and nothing kept."""
    form = samples.EveryField(request.POST or None, request.FILES or None, seen_version=3)
    answers = samples.told(form) if request.method == "POST" and form.is_valid() else []
    status = 422 if form.errors else 200
    return render(request, "ui/form.html", {"form": form, "answers": answers}, status=status)


@login_not_required
@require_safe
def sketch_home(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/sketch_home.html", samples.home())


@login_not_required
@require_safe
def sketch_meeting(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/sketch_meeting.html", samples.meeting())


@login_not_required
@require_safe
def whole_page(request: HttpRequest, name: str) -> HttpResponse:
    """A page that stands alone: an interruption, an error, a check before sealing."""
    template, given = samples.whole_pages().get(name, ("", {}))
    if not template:
        raise Http404
    return render(request, template, given)


@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Keeps a session alive for somebody who asked to stay signed in."""
    request.session.modified = True
    return HttpResponse(status=204)


@login_not_required
@require_safe
def brand_css(request: HttpRequest, accent: str) -> HttpResponse:
    """A partnership's colour as a style sheet; the address holds the colour, so it never ages."""
    try:
        text = brand.sheet(accent)
    except Invalid:
        raise Http404 from None
    headers = {"Cache-Control": f"public, max-age={A_YEAR}, immutable"}
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers=headers)
