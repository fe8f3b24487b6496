"""Addresses of pages that gather."""

from __future__ import annotations

from django.urls import path

from concordat.web.home import views

urlpatterns = [
    path("", views.my_work, name="home"),
    path("cases", views.cases, name="cases"),
    path("search", views.search, name="search"),
    path("help", views.help_page, name="help"),
    path("accessibility", views.accessibility, name="accessibility"),
]
