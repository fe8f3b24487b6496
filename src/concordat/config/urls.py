"""Every address that is answered."""

from __future__ import annotations

from django.urls import include, path

from concordat.api import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("concordat.web.home.urls")),
    path("records/", include("concordat.web.records.urls")),
    path("", include("concordat.web.arrangements.urls")),
    path("", include("concordat.web.agencies.urls")),
    path("", include("concordat.web.exchange.urls")),
    path("", include("concordat.web.seats.urls")),
    path("", include("concordat.web.mail.urls")),
    path("", include("concordat.web.public.urls")),
    path("", include("concordat.web.documents.urls")),
    path("", include("concordat.web.finance.urls")),
    path("", include("concordat.web.policies.urls")),
    path("", include("concordat.web.clocks.urls")),
    path("", include("concordat.web.actions.urls")),
    path("", include("concordat.web.recommendations.urls")),
    path("", include("concordat.web.requests.urls")),
    path("", include("concordat.web.reviews.urls")),
    path("", include("concordat.web.reviews.desk.urls")),
    path("", include("concordat.web.children.urls")),
    path("", include("concordat.web.chronologies.urls")),
    path("", include("concordat.web.diaries.urls")),
    path("", include("concordat.web.meetings.urls")),
    path("", include("concordat.web.risks.urls")),
    path("", include("concordat.web.measures.urls")),
    path("", include("concordat.web.programme.urls")),
    path("", include("concordat.web.reports.urls")),
    path("", include("concordat.web.ui.urls")),
    path("", include("concordat.web.people.urls")),
]

handler400 = "concordat.web.ui.errors.bad_request"
