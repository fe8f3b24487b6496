"""Addresses of serious incidents."""

from __future__ import annotations

from django.urls import path

from concordat.web.reviews import incidents
from concordat.web.reviews.incidents_acts import ACTS, view_of

_ONE = "incidents/<slug:reference>"
urlpatterns = [
    path("incidents", incidents.incidents, name="incidents"),
    path("incidents/tell", incidents.tell, name="incidents_tell"),
    path("incidents/await", incidents.awaited, name="incidents_await"),
    path(_ONE, incidents.incident, name="incident"),
    path(f"{_ONE}/tell", incidents.tell_it, name="incident_tell"),
    path(f"{_ONE}/criteria", incidents.criteria, name="incident_criteria"),
    path(f"{_ONE}/papers/<slug:name>", incidents.paper, name="incident_paper"),
    path(f"{_ONE}/papers/<slug:name>.<slug:form>", incidents.file, name="incident_file"),
    *(path(f"{_ONE}/{act.slug}", view_of(act), name=f"incident_{act.slug}") for act in ACTS),
]
