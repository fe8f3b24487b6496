"""Addresses that anybody opens without signing in."""

from __future__ import annotations

from django.urls import path

from concordat.web.public import views

app_name = "public"
urlpatterns = [
    path("public/<slug:slug>", views.home, name="home"),
    path("public/<slug:slug>/worried-about-a-child", views.worried, name="worried"),
    path("public/<slug:slug>/documents", views.documents, name="documents"),
    path("public/<slug:slug>/documents/<slug:reference>", views.document, name="document"),
    path("public/<slug:slug>/accessibility", views.accessibility, name="accessibility"),
    path("public/<slug:slug>/search", views.search, name="search"),
]
