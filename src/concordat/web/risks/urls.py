"""Addresses of registers and risks."""

from __future__ import annotations

from django.urls import path

from concordat.web.risks import acts, judging, keeping, moving, rounds, views

app_name = "risks"
urlpatterns = [
    path("partnership/<slug:slug>/risks", views.registers, name="registers"),
    path("partnership/<slug:slug>/risks/new", keeping.new_register, name="new_register"),
    path("risk-registers/<slug:reference>", views.register, name="register"),
    path("risk-registers/<slug:reference>/map", views.heat_map, name="map"),
    path("risk-registers/<slug:reference>/movement", views.movement_of, name="movement"),
    path("risk-registers/<slug:reference>/change", keeping.describe, name="describe"),
    path("risk-registers/<slug:reference>/round", rounds.round_of, name="round"),
    path("risk-registers/<slug:reference>/round/file", rounds.workbook, name="workbook"),
    path("risk-registers/<slug:reference>/round/take-in", rounds.bring_back, name="bring_back"),
    path("risk-registers/<slug:reference>/add", keeping.add, name="add"),
    path("risks/<slug:reference>", views.risk, name="risk"),
    path("risks/<slug:reference>/score", acts.score, name="score"),
    path("risks/<slug:reference>/review", acts.review, name="review"),
    path("risks/<slug:reference>/change", acts.amend, name="amend"),
    path("risks/<slug:reference>/owner", acts.own, name="own"),
    path("risks/<slug:reference>/controls/add", acts.add_control, name="add_control"),
    path("risks/<slug:reference>/controls/<int:pk>", acts.judge_control, name="judge_control"),
    path("risks/<slug:reference>/controls/<int:pk>/end", acts.end_control, name="end_control"),
    path("risks/<slug:reference>/accept", judging.accept, name="accept"),
    path("risks/<slug:reference>/accept/end", judging.end_acceptance, name="end_acceptance"),
    path("risks/<slug:reference>/propose-to-close", judging.propose, name="propose_to_close"),
    path("risks/<slug:reference>/close", judging.close, name="close"),
    path("risks/<slug:reference>/keep-open", judging.keep_open, name="keep_open"),
    path("risks/<slug:reference>/reopen", judging.reopen, name="reopen"),
    path("risks/<slug:reference>/move", moving.choose, name="choose"),
    path("risks/<slug:reference>/move/<slug:to>", moving.move, name="move"),
    path("risks/<slug:reference>/agenda", moving.put_before, name="put_before"),
    path("risks/<slug:reference>/share", moving.share, name="share"),
    path("risks/<slug:reference>/take-in/<slug:to>", moving.take_in, name="take_in"),
    path("risks/<slug:reference>/ties/add", moving.tie, name="tie"),
    path("risks/<slug:reference>/ties/<int:pk>", moving.untie, name="untie"),
    path("risks/<slug:reference>/read", moving.read, name="read"),
]
