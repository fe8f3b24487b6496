"""Addresses of a partnership's structure, authority and findings."""

from __future__ import annotations

from django.urls import path

from concordat.web.arrangements import (
    agreed,
    authority,
    lists,
    redrawing,
    rows,
    set_up,
    transition,
    views,
)

app_name = "arrangements"
urlpatterns = [
    path("partnership/new", set_up.found, name="found"),
    path("partnership/<slug:slug>/set-up", set_up.set_up, name="set_up"),
    path("partnership/<slug:slug>/set-up/<slug:name>", set_up.step, name="step"),
    path("partnership/<slug:slug>/agencies/redraw", redrawing.redraw, name="redraw"),
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
    path("partnership/<slug:slug>/findings", agreed.findings, name="findings"),
    path("partnership/<slug:slug>/questions/new", agreed.ask, name="ask"),
    path("partnership/<slug:slug>/question/<slug:key>", agreed.answer, name="answer"),
    path("partnership/<slug:slug>/promises", agreed.promises, name="promises"),
    path("partnership/<slug:slug>/promises/new", agreed.new_promise, name="new_promise"),
    path("partnership/<slug:slug>/relevant-agencies", agreed.relevant, name="relevant"),
    path("partnership/<slug:slug>/decisions", lists.decisions, name="decisions"),
    path("partnership/<slug:slug>/matters", lists.matters, name="matters"),
    path("partnership/<slug:slug>/agreements", lists.agreements, name="agreements"),
    path("partnership/<slug:slug>/statements", lists.statements, name="statements"),
    path("partnership/<slug:slug>/rows/<slug:kind>/new", rows.new_row, name="new_row"),
    path("partnership/<slug:slug>/rows/<slug:kind>/<slug:key>", rows.amend_row, name="amend_row"),
    path("partnership/<slug:slug>/footprints", agreed.footprints, name="footprints"),
    path("partnership/<slug:slug>/boards", agreed.links, name="links"),
    path("partnership/<slug:slug>/transition", transition.transition, name="transition"),
    path("partnership/<slug:slug>/transition/<slug:area>/look", transition.look, name="look"),
    path(
        "partnership/<slug:slug>/transition/<slug:area>/waive/<slug:point>",
        transition.waive,
        name="waive",
    ),
    path(
        "partnership/<slug:slug>/transition/<slug:area>/go-live",
        transition.go_live,
        name="go_live",
    ),
    path("partnership/<slug:slug>/handover/<slug:item>", transition.handover, name="handover"),
    path(
        "partnership/<slug:slug>/handover/<slug:item>/<slug:verb>",
        transition.hand_over,
        name="hand_over",
    ),
]
