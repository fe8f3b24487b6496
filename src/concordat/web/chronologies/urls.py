"""Addresses of chronologies."""

from __future__ import annotations

from django.urls import path

from concordat.web.chronologies import giving, inviting, reading, saying, views

app_name = "chronologies"
_ONE = "chronologies/<slug:reference>"
_OF = f"{_ONE}/agencies/<int:pk>"
_ROW = f"{_ONE}/rows/<int:pk>"
urlpatterns = [
    path("chronologies", views.chronologies, name="chronologies"),
    path("chronologies/open", views.open_, name="open"),
    path("records/<slug:reference>/chronologies", views.on, name="on"),
    path(_ONE, views.chronology, name="chronology"),
    path(f"{_ONE}/terms", views.amend, name="amend"),
    path(f"{_ONE}/look-for", views.expect, name="expect"),
    path(f"{_ONE}/children/add", views.add_child, name="add_child"),
    path(f"{_ONE}/agencies/ask", views.ask, name="ask"),
    path(f"{_ONE}/team/add", views.name_member, name="name_member"),
    path(f"{_ONE}/team/<int:pk>/end", views.end_member, name="end_member"),
    path(f"{_ONE}/lock", views.lock, name="lock"),
    path(f"{_ONE}/unlock", views.unlock, name="unlock"),
    path(_OF, giving.agency, name="agency"),
    path(f"{_OF}/guests/invite", inviting.invite, name="invite"),
    path(f"{_OF}/guests/<int:guest>/again", inviting.again, name="again"),
    path(f"{_OF}/guests/<int:guest>/end", inviting.end, name="end_guest"),
    path(f"{_OF}/extend", giving.extend, name="extend"),
    path(f"{_OF}/chase", giving.chase, name="chase"),
    path(f"{_OF}/send", giving.send_file, name="send_file"),
    path(f"{_OF}/rows/add", giving.enter, name="enter"),
    path(f"{_OF}/sign", giving.sign, name="sign"),
    path(f"{_OF}/versions/<int:number>", giving.version, name="version"),
    path(f"{_OF}/versions/<int:number>/file", giving.sent, name="sent"),
    path(f"{_OF}/versions/<int:number>/not-taken", giving.not_taken, name="not_taken"),
    path(_ROW, reading.row, name="row"),
    path(f"{_ROW}/change", giving.change, name="change"),
    path(f"{_ROW}/withdraw", giving.withdraw, name="withdraw"),
    path(f"{_ROW}/mark", saying.mark, name="mark"),
    path(f"{_ROW}/dispute", saying.dispute, name="dispute"),
    path(f"{_ROW}/pair", saying.pair, name="pair"),
    path(f"{_ONE}/marks/<int:pk>/end", saying.unmark, name="unmark"),
    path(f"{_ONE}/pairs/<int:pk>/undo", saying.split, name="split"),
    path(f"{_ONE}/disputes/<int:pk>/settle", saying.settle, name="settle"),
    path(f"{_ONE}/merged", reading.merged, name="merged"),
    path(f"{_ONE}/found", reading.found, name="found"),
    path(f"{_ONE}/export", reading.export, name="export"),
]
