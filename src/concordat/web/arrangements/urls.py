"""Addresses of a partnership's structure, authority and findings."""

from __future__ import annotations

from django.urls import path

from concordat.web.arrangements import views

app_name = "arrangements"
urlpatterns = [
    path("partnership/<slug:slug>/structure", views.structure, name="structure"),
    path("partnership/<slug:slug>/structure.svg", views.chart, name="chart"),
]
