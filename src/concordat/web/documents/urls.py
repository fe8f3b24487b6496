"""Addresses of documents, of those on a record, and of what the public is served."""

from __future__ import annotations

from django.urls import path

from concordat.web.documents import commenting, consulting, matrix, serving, signing, views

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
    path("documents/<slug:reference>/comments", matrix.comments, name="comments"),
    path("documents/<slug:reference>/comments/as/<slug:way>", matrix.download, name="matrix"),
    path("documents/<slug:reference>/comments/<int:comment>", matrix.answer, name="answer"),
    path("documents/<slug:reference>/comments/add", commenting.comment, name="comment"),
    path("documents/<slug:reference>/comments/none", commenting.nothing, name="nothing"),
    path("documents/<slug:reference>/comments/open", consulting.open_round, name="open_round"),
    path("documents/<slug:reference>/comments/ask", consulting.ask_also, name="ask_also"),
    path("documents/<slug:reference>/comments/guest", consulting.invite, name="invite"),
    path("documents/<slug:reference>/comments/record", consulting.record, name="record_comment"),
    path("documents/<slug:reference>/comments/extend", consulting.extend, name="extend"),
    path("documents/<slug:reference>/comments/remind", consulting.remind, name="remind"),
    path("documents/<slug:reference>/comments/close", consulting.close, name="close_round"),
    path("documents/<slug:reference>/versions/<int:number>", serving.file, name="file"),
    path("published/<slug:reference>", serving.published, name="published"),
]
