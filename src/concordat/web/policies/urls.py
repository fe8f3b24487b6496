"""Addresses of policies."""

from __future__ import annotations

from django.urls import path

from concordat.web.policies import deciding, drafting, having, views

app_name = "policies"
urlpatterns = [
    path("partnership/<slug:slug>/policies", views.policies, name="policies"),
    path("partnership/<slug:slug>/policies/new", drafting.draft, name="draft"),
    path("policies/<slug:reference>", views.policy, name="policy"),
    path("policies/<slug:reference>/change", drafting.describe, name="describe"),
    path("policies/<slug:reference>/text", drafting.text, name="text"),
    path("policies/<slug:reference>/consult", deciding.consult, name="consult"),
    path("policies/<slug:reference>/put-forward", deciding.put_forward, name="put_forward"),
    path("policies/<slug:reference>/send-back", deciding.send_back, name="send_back"),
    path("policies/<slug:reference>/approve", deciding.approve, name="approve"),
    path("policies/<slug:reference>/begin", deciding.begin, name="begin"),
    path("policies/<slug:reference>/publish", deciding.publish, name="publish"),
    path("policies/<slug:reference>/review", deciding.review, name="review"),
    path("policies/<slug:reference>/adopt", deciding.adopt, name="adopt"),
    path("policies/<slug:reference>/supersede", deciding.supersede, name="supersede"),
    path("policies/<slug:reference>/withdraw", deciding.withdraw, name="withdraw"),
    path("policies/<slug:reference>/agencies", having.ask, name="ask"),
    path("policies/<slug:reference>/acknowledge", having.acknowledge, name="acknowledge"),
]
