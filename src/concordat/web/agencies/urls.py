"""Addresses of partnerships and agencies."""

from __future__ import annotations

from django.urls import path

from concordat.web.agencies import views

app_name = "agencies"
urlpatterns = [
    path("partnership", views.partnerships, name="partnerships"),
    path("partnership/<slug:slug>", views.partnership, name="partnership"),
    path("partnership/<slug:slug>/agencies", views.agencies, name="agencies"),
    path("agency/<slug:reference>", views.agency, name="agency"),
    path("agency/<slug:reference>/change", views.change, name="change_agency"),
]
