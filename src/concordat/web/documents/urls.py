"""Addresses of documents, of those on a record, and of what the public is served."""

from __future__ import annotations

from django.urls import path

from concordat.web.documents import serving, signing, views

app_name = "documents"
urlpatterns = [
    path("documents", views.documents, name="documents"),
    path("records/<slug:reference>/documents", views.on, name="on"),
    path("records/<slug:reference>/documents/add", views.add, name="add"),
    path("documents/<slug:reference>", views.document, name="document"),
    path("documents/<slug:reference>/replace", views.replace, name="replace"),
    path("documents/<slug:reference>/sign-off/ask", signing.ask, name="ask"),
    path("documents/<slug:reference>/sign-off/<slug:seat>", signing.sign, name="sign"),
    path("documents/<slug:reference>/void/<int:sign_off>", signing.void, name="void"),
    path("documents/<slug:reference>/publish", signing.publish, name="publish"),
    path("documents/<slug:reference>/withdraw", signing.withdraw, name="withdraw"),
    path("documents/<slug:reference>/versions/<int:number>", serving.file, name="file"),
    path("published/<slug:reference>", serving.published, name="published"),
]
