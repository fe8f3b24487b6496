"""Addresses of local reviews."""

from __future__ import annotations

from django.urls import path

from concordat.web.reviews.desk import pages, previews
from concordat.web.reviews.desk.acts import ACTS, view_of
from concordat.web.reviews.desk.facing import name_of

app_name = "desk"
_ONE = "reviews/<slug:reference>"
urlpatterns = [
    path("reviews", pages.reviews, name="reviews"),
    path("reviews/methods", pages.library, name="methods"),
    path("reviews/begin", pages.commission, name="commission"),
    path(_ONE, pages.review, name="review"),
    path(f"{_ONE}/terms", pages.terms, name="terms"),
    path(f"{_ONE}/method", pages.method, name="method"),
    path(f"{_ONE}/method/choose", pages.choose, name="choose"),
    path(f"{_ONE}/people", pages.people, name="people"),
    path(f"{_ONE}/agencies", pages.agency_reports, name="agencies"),
    path(f"{_ONE}/reports/<int:pk>", pages.report, name="report"),
    path(f"{_ONE}/voices", pages.voices, name="voices"),
    path(f"{_ONE}/proceedings", pages.proceedings, name="proceedings"),
    path(f"{_ONE}/findings", pages.findings, name="findings"),
    path(f"{_ONE}/drafts", pages.drafts, name="drafts"),
    path(f"{_ONE}/clearance", pages.clearing, name="clearance"),
    path(f"{_ONE}/preview", previews.page, name="preview"),
    path(f"{_ONE}/preview/pdf", previews.pdf, name="preview_pdf"),
    path(f"{_ONE}/publication", pages.publication, name="publication"),
    path(f"{_ONE}/learning", pages.learning, name="learning"),
    *(
        path(
            f"{_ONE}/{act.row}/<int:pk>/{act.slug}" if act.row else f"{_ONE}/{act.slug}",
            view_of(act),
            name=name_of(act.slug),
        )
        for act in ACTS
    ),
]
