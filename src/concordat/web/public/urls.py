"""Addresses that anybody opens without signing in."""

from __future__ import annotations

from django.urls import path

from concordat.web.public import arrangements, reviews, views

app_name = "public"
urlpatterns = [
    path("public/<slug:slug>", views.home, name="home"),
    path("public/<slug:slug>/worried-about-a-child", views.worried, name="worried"),
    path("public/<slug:slug>/who-we-are", arrangements.who_we_are, name="who_we_are"),
    path("public/<slug:slug>/arrangements", arrangements.arrangements, name="arrangements"),
    path("public/<slug:slug>/arrangements/<slug:reference>", arrangements.version, name="version"),
    path("public/<slug:slug>/arrangements/<slug:reference>/word", arrangements.word, name="word"),
    path(
        "public/<slug:slug>/arrangements/<slug:reference>/since/<slug:earlier>",
        arrangements.changes,
        name="changes",
    ),
    path("public/<slug:slug>/policies", views.policies, name="policies"),
    path("public/<slug:slug>/documents", views.documents, name="documents"),
    path("public/<slug:slug>/documents/<slug:reference>", views.document, name="document"),
    path("public/<slug:slug>/reviews", reviews.reviews, name="reviews"),
    path("public/<slug:slug>/reviews/about", reviews.about, name="about_reviews"),
    path("public/<slug:slug>/reviews/<slug:reference>", reviews.review, name="review"),
    path("public/<slug:slug>/reviews/<slug:reference>/pdf", reviews.pdf, name="review_pdf"),
    path("public/<slug:slug>/accessibility", views.accessibility, name="accessibility"),
    path("public/<slug:slug>/search", views.search, name="search"),
]
