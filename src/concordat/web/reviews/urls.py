"""Addresses of reviews: incidents, and what is learnt without one."""

from __future__ import annotations

from concordat.web.reviews import incidents_urls, learning_urls

app_name = "reviews"
urlpatterns = [*incidents_urls.urlpatterns, *learning_urls.urlpatterns]
