"""Addresses of bodies, seats, people and what is done with them."""

from __future__ import annotations

from django.urls import path

from concordat.web.seats import bodies, named, people, sheets, views

app_name = "seats"
urlpatterns = [
    path("body/<slug:reference>", bodies.body, name="body"),
    path("body/<slug:reference>/change", bodies.change, name="change_body"),
    path("body/<slug:reference>/state", bodies.move, name="move_body"),
    path("body/<slug:reference>/rename", bodies.rename, name="rename_body"),
    path("body/<slug:reference>/terms", bodies.terms, name="terms"),
    path("body/<slug:reference>/seat", bodies.new_seat, name="new_seat"),
    path("seat/<slug:reference>", views.seat, name="seat"),
    path("seat/<slug:reference>/change", views.change, name="change_seat"),
    path("seat/<slug:reference>/appoint", views.appoint, name="appoint"),
    path("seat/<slug:reference>/vacancy", views.vacate, name="vacate"),
    path("seat/<slug:reference>/holder/<int:holder>/end", views.end_holding, name="end_holding"),
    path("person/<slug:reference>", people.person, name="person"),
    path("person/<slug:reference>/joining", people.joining, name="joining"),
    path("person/<slug:reference>/post", people.take_post, name="take_post"),
    path("person/<slug:reference>/moving", people.moving, name="moving"),
    path("person/<slug:reference>/leaving", people.leaving, name="leaving"),
    path("person/<slug:reference>/named", named.as_named, name="as_named"),
    path("partnership/<slug:slug>/people", people.people, name="people"),
    path("partnership/<slug:slug>/named", named.named, name="named"),
    path("partnership/<slug:slug>/named/new", named.new, name="new_named"),
    path("partnership/<slug:slug>/named/<slug:key>", named.identify, name="identify"),
    path("partnership/<slug:slug>/named/<slug:key>/separate", named.separate, name="separate"),
    path("partnership/<slug:slug>/people/joiner", people.join, name="join"),
    path("partnership/<slug:slug>/posts/new", people.new_post, name="new_post"),
    path("partnership/<slug:slug>/bodies/new", bodies.new_body, name="new_body"),
    path("partnership/<slug:slug>/seats/sheet", sheets.bring, name="bring"),
    path("partnership/<slug:slug>/seats/empty-sheet", sheets.empty_sheet, name="empty_sheet"),
    path("partnership/<slug:slug>/roles", people.roles, name="roles"),
]
