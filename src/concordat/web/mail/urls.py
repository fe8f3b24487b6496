"""Addresses of the outbox, of a record's guests, and of the door that guests come in by."""

from __future__ import annotations

from django.urls import path

from concordat.web.mail import guests, views

app_name = "mail"
urlpatterns = [
    path("outbox", views.outbox, name="outbox"),
    path("outbox/<uuid:message>/again", views.again, name="again"),
    path("records/<slug:reference>/guests", views.links, name="links"),
    path("records/<slug:reference>/guests/invite", views.invite, name="invite"),
    path("records/<slug:reference>/guests/<uuid:link>/renew", views.renew, name="renew"),
    path("records/<slug:reference>/guests/<uuid:link>/revoke", views.revoke, name="revoke"),
    path("guest", guests.inside, name="inside"),
    path("guest/leave", guests.leave, name="leave"),
    path("guest/<str:token>", guests.door, name="door"),
    path("guest/<str:token>/code", guests.code, name="code"),
]
