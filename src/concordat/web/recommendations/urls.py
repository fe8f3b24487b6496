"""Addresses of recommendations, of those from a record, and of bodies and agencies with theirs."""

from __future__ import annotations

from django.urls import path

from concordat.web.recommendations import drafting, sheets, views
from concordat.web.recommendations.acts import ACTS, view_of

app_name = "recommendations"
_ONE = "recommendations/<slug:reference>"
urlpatterns = [
    path("recommendations", views.recommendations, name="recommendations"),
    path("recommendations.xlsx", sheets.workbook, name="workbook"),
    path("recommendations/bring", sheets.bring, name="bring"),
    path("recommendations/bring/sheet", sheets.empty_sheet, name="empty_sheet"),
    path("recommendations/draft", drafting.draft, name="draft"),
    path("recommendations/take-over", drafting.take_over, name="take_over"),
    path("recommendations/before", views.before, name="before"),
    path("recommendations/bodies", views.bodies, name="bodies"),
    path("recommendations/bodies/<slug:reference>", views.body, name="body"),
    path("recommendations/bodies/<slug:reference>/caseload", drafting.caseload, name="caseload"),
    path("recommendations/agencies/<slug:reference>", views.agency, name="agency"),
    path("records/<slug:reference>/recommendations", views.on, name="on"),
    path(_ONE, views.recommendation, name="recommendation"),
    path(f"{_ONE}/told-before", views.told_before, name="told_before"),
    path(f"{_ONE}/check/<slug:point>", drafting.check, name="check"),
    path(f"{_ONE}/same/<slug:other>", drafting.same, name="same"),
    path(f"{_ONE}/apart/<slug:other>", drafting.apart, name="apart"),
    *(path(f"{_ONE}/{act.slug}", view_of(act), name=act.slug) for act in ACTS),
]
