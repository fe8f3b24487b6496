"""Addresses of partnerships and agencies."""

from __future__ import annotations

from django.urls import path

from concordat.web.agencies import looks, public, views

app_name = "agencies"
urlpatterns = [
    path("partnership", views.partnerships, name="partnerships"),
    path("partnership/<slug:slug>", views.partnership, name="partnership"),
    path("partnership/<slug:slug>/agencies", views.agencies, name="agencies"),
    path("partnership/<slug:slug>/looks", looks.looks, name="looks"),
    path("brand/<slug:slug>/<slug:digest>.png", looks.logo, name="logo"),
    path("partnership/<slug:slug>/public-page", public.page, name="public"),
    path("partnership/<slug:slug>/public-page/numbers/new", public.new_door, name="new_door"),
    path("partnership/<slug:slug>/public-page/numbers/<slug:key>", public.door, name="door"),
    path(
        "partnership/<slug:slug>/public-page/numbers/<slug:key>/end",
        public.end_door,
        name="end_door",
    ),
    path("partnership/<slug:slug>/public-page/notes/<slug:topic>", public.note, name="note"),
    path("agency/<slug:reference>", views.agency, name="agency"),
    path("agency/<slug:reference>/change", views.change, name="change_agency"),
]
