"""Addresses of partnership files."""

from __future__ import annotations

from django.urls import path

from concordat.web.exchange import views

app_name = "exchange"
urlpatterns = [
    path("partnership/<slug:slug>/files", views.files, name="files"),
    path("partnership/<slug:slug>/files/bring", views.bring, name="bring"),
    path("partnership/<slug:slug>/files/load", views.load, name="load"),
    path("partnership/<slug:slug>/files/export/<slug:way>", views.export, name="export"),
]
