"""Addresses of programmes, their plans, capacity, contracts and lessons."""

from __future__ import annotations

from django.urls import path

from concordat.web.programme import (
    changing,
    engaging,
    learning,
    making,
    planning,
    recruiting,
    reporting,
    rows,
    views,
)

app_name = "programme"
urlpatterns = [
    path("partnership/<slug:slug>/programme", views.overview, name="overview"),
    path("partnership/<slug:slug>/programme/add/<slug:kind>", rows.new_row, name="new_row"),
    path(
        "partnership/<slug:slug>/programme/rows/<slug:kind>/<slug:key>",
        rows.amend_row,
        name="amend_row",
    ),
    path("partnership/<slug:slug>/capacity", engaging.capacity, name="capacity"),
    path("partnership/<slug:slug>/capacity/<slug:key>", engaging.set_aside, name="set_aside"),
    path(
        "partnership/<slug:slug>/appointments/<slug:key>/<slug:verb>",
        recruiting.recruit,
        name="recruit",
    ),
    path("partnership/<slug:slug>/contracts", engaging.contracts, name="contracts"),
    path("programmes/<slug:reference>", views.programme, name="programme"),
    path("programmes/<slug:reference>/print", reporting.printed, name="printed"),
    path("programmes/<slug:reference>/workbook", reporting.workbook, name="workbook"),
    path("programmes/<slug:reference>/workbook/round", reporting.round_of, name="round"),
    path("programmes/<slug:reference>/workbook/take-in", reporting.bring_back, name="bring_back"),
    path("programmes/<slug:reference>/highlights", reporting.highlights, name="highlights"),
    path("programmes/<slug:reference>/lessons", learning.lessons, name="lessons"),
    path("programmes/<slug:reference>/lessons/<slug:key>", learning.link, name="link"),
    path("programmes/<slug:reference>/money", learning.money, name="money"),
    path("programmes/<slug:reference>/money/<slug:key>", learning.fulfil, name="fulfil"),
    path("programmes/<slug:reference>/re-plan", planning.replan_programme, name="replan_whole"),
    path("programmes/<slug:reference>/close", changing.close, name="close"),
    path("milestones/<slug:reference>", views.milestone, name="milestone"),
    path("milestones/<slug:reference>/re-plan", planning.replan, name="replan"),
    path("milestones/<slug:reference>/reach", planning.reach, name="reach"),
    path("priorities/<slug:reference>", views.priority, name="priority"),
    path("priorities/<slug:reference>/choose", changing.choose, name="choose"),
    path("priorities/<slug:reference>/end", changing.end, name="end"),
    path("priorities/<slug:reference>/gates/<slug:key>", changing.decide, name="decide"),
    path("products/<slug:reference>", views.product, name="product"),
    path("products/<slug:reference>/hand-over", making.hand_over, name="hand_over"),
    path("products/<slug:reference>/accept", making.accept, name="accept"),
    path("products/<slug:reference>/send-back", making.send_back, name="send_back"),
    path("plans/<slug:reference>/update", changing.tell, name="tell"),
    path("plans/<slug:reference>/move/<slug:verb>", changing.move, name="move"),
    path("contracts/<slug:reference>", engaging.contract, name="contract"),
    path("contracts/<slug:reference>/order", engaging.order, name="order"),
    path("contracts/<slug:reference>/claim", engaging.claim, name="claim"),
    path("contracts/<slug:reference>/claims/<int:pk>", engaging.approve, name="approve"),
    path("contracts/<slug:reference>/renew", engaging.renew, name="renew"),
    path("contracts/<slug:reference>/end", engaging.end, name="end_contract"),
]
