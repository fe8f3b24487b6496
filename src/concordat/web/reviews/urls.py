"""Addresses of reviews, beginning with the incidents that they follow from."""

from __future__ import annotations

from concordat.web.reviews import incidents_urls

app_name = "reviews"
urlpatterns = [*incidents_urls.urlpatterns]
