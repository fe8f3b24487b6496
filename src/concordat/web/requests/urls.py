"""Addresses of requests for information."""

from __future__ import annotations

from django.urls import path

from concordat.web.requests import views
from concordat.web.requests.acts import ACTS, view_of

app_name = "requests"
_ONE = "requests/<slug:reference>"
urlpatterns = [
    path("requests", views.asked, name="asked"),
    path("requests/received", views.received, name="received"),
    path("requests/chasing", views.chaser, name="chaser"),
    path("requests/questions", views.library, name="library"),
    path("requests/draft", views.draft, name="draft"),
    path("records/<slug:reference>/requests", views.on, name="on"),
    path(_ONE, views.request, name="request"),
    *(path(f"{_ONE}/{act.slug}", view_of(act), name=act.slug) for act in ACTS),
]
