"""Addresses of grounds, of children by label, and of the key."""

from __future__ import annotations

from django.urls import path

from concordat.web.children import grounds, key, views

app_name = "children"
_ONE = "children/<slug:reference>"
urlpatterns = [
    path("children", views.children, name="children"),
    path("children/keep", views.keep, name="keep"),
    path("children/areas", grounds.areas, name="areas"),
    path("children/areas/<int:pk>", grounds.grounds, name="grounds"),
    path("children/areas/<int:pk>/state", grounds.state, name="state"),
    path("children/grounds/<int:pk>/end", grounds.end, name="end"),
    path(_ONE, views.child, name="child"),
    path(f"{_ONE}/family/add", views.add_relative, name="add_relative"),
    path(f"{_ONE}/family/<int:pk>", views.relabel, name="relabel"),
    path(f"{_ONE}/key", key.key, name="key"),
    path(f"{_ONE}/key/tell", key.tell, name="tell"),
]
