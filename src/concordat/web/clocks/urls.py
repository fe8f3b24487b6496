"""Addresses of clocks, and of the law as it stands for a partnership."""

from __future__ import annotations

from django.urls import path

from concordat.web.clocks import acts, law, terms, views

app_name = "clocks"
urlpatterns = [
    path("clocks", views.board, name="board"),
    path("clocks/start/<str:reference>", acts.start, name="start"),
    path("clocks/<uuid:pk>", views.clock, name="clock"),
    path("clocks/<uuid:pk>/start-date", acts.restart, name="restart"),
    path("clocks/<uuid:pk>/proof", acts.meet, name="meet"),
    path("clocks/<uuid:pk>/delay", acts.explain, name="explain"),
    path("clocks/<uuid:pk>/pause", acts.pause, name="pause"),
    path("clocks/<uuid:pk>/resume", acts.resume, name="resume"),
    path("clocks/<uuid:pk>/not-applicable", acts.rule_out, name="rule_out"),
    path("clocks/<uuid:pk>/reopen", acts.reopen, name="reopen"),
    path("clocks/<uuid:pk>/holder", acts.give, name="give"),
    path("partnership/<slug:slug>/law", law.law, name="law"),
    path("partnership/<slug:slug>/law/<slug:rule>/<int:version>", law.rule, name="rule"),
    path("partnership/<slug:slug>/law/<slug:rule>/<int:version>/check", law.verify, name="verify"),
    path("partnership/<slug:slug>/local-rules", terms.local_rules, name="local_rules"),
    path("partnership/<slug:slug>/local-rules/new", terms.set_local_rule, name="set_local_rule"),
    path("partnership/<slug:slug>/go-live", terms.go_lives, name="go_lives"),
    path(
        "partnership/<slug:slug>/go-live/<str:area>/<slug:arrangements>",
        terms.set_area_live,
        name="set_area_live",
    ),
    path("partnership/<slug:slug>/closed-days", terms.closed_days, name="closed_days"),
    path("partnership/<slug:slug>/closed-days/new", terms.close_day, name="close_day"),
    path("partnership/<slug:slug>/closed-days/<int:pk>/open", terms.open_day, name="open_day"),
]
