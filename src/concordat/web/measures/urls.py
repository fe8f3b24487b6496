"""Addresses of measures."""

from __future__ import annotations

from django.urls import path

from concordat.web.measures import views

app_name = "measures"
urlpatterns = [
    path("partnership/<slug:slug>/measures", views.measures, name="measures"),
    path("partnership/<slug:slug>/measures/new", views.define, name="define"),
    path("measures/<slug:reference>", views.measure, name="measure"),
    path("measures/<slug:reference>/change", views.redefine, name="redefine"),
    path("measures/<slug:reference>/value", views.put_value, name="put_value"),
]
