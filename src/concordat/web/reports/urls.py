"""Addresses of a partnership's reports."""

from __future__ import annotations

from django.urls import path

from concordat.web.reports import publishing, templating, views, writing

app_name = "reports"
_ALL = "partnership/<slug:slug>/reports"
_ONE = f"{_ALL}/<slug:name>"
urlpatterns = [
    path(_ALL, views.reports, name="reports"),
    path(_ONE, views.report, name="report"),
    path(f"{_ONE}/file.<slug:form>", views.file, name="file"),
    path(f"{_ONE}/rows/<path:of>", views.rows, name="rows"),
    path(f"{_ONE}/differences", views.differences, name="differences"),
    path(f"{_ONE}/paper", writing.put_into, name="put_into"),
    path(f"{_ONE}/publish", publishing.publish, name="publish"),
    path(f"{_ONE}/template", templating.template, name="template"),
    path(f"{_ONE}/template/start.docx", templating.starter, name="starter"),
    path(f"{_ONE}/template/leave", templating.leave, name="leave_template"),
    path(f"{_ONE}/own.docx", templating.own, name="own"),
    path(f"{_ONE}/write/<slug:section>", writing.write, name="write"),
    path(f"{_ONE}/wordings/<slug:section>", writing.wordings, name="wordings"),
]
