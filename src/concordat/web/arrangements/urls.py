"""Addresses of a partnership's structure, authority and findings."""

from __future__ import annotations

from django.urls import path

from concordat.web.arrangements import authority, views

app_name = "arrangements"
urlpatterns = [
    path("partnership/<slug:slug>/structure", views.structure, name="structure"),
    path("partnership/<slug:slug>/structure.svg", views.chart, name="chart"),
    path("partnership/<slug:slug>/authority", authority.authority, name="authority"),
    path("partnership/<slug:slug>/delegations", authority.delegations, name="delegations"),
    path("partnership/<slug:slug>/delegations/new", authority.delegate, name="delegate"),
    path("partnership/<slug:slug>/delegation/<slug:key>", authority.delegation, name="delegation"),
    path(
        "partnership/<slug:slug>/delegation/<slug:key>/end",
        authority.end_delegation,
        name="end_delegation",
    ),
]
