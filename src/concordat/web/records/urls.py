"""Addresses of any record: what it is, what was done to it, and who may open it."""

from __future__ import annotations

from django.urls import path

from concordat.web.records import access, views

app_name = "records"
urlpatterns = [
    path("<slug:reference>", views.record, name="record"),
    path("<slug:reference>/history", views.history, name="history"),
    path("<slug:reference>/access", access.access, name="access"),
    path("<slug:reference>/access/ask", access.ask, name="ask"),
    path("<slug:reference>/access/give", access.give, name="give"),
    path("<slug:reference>/access/<int:request_id>", access.answer, name="answer"),
    path("<slug:reference>/access/end/<int:grant_id>", access.end, name="end"),
    path("<slug:reference>/holds/place", views.place_hold, name="place_hold"),
    path("<slug:reference>/holds/<int:hold_id>/release", views.release_hold, name="release_hold"),
]
