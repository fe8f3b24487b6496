"""Addresses of money."""

from __future__ import annotations

from django.urls import path

from concordat.web.finance import budgeting, disputing, giving, rounds, sharing, views

app_name = "finance"
urlpatterns = [
    path("partnership/<slug:slug>/money", views.money, name="money"),
    path("partnership/<slug:slug>/money/open", budgeting.open_budget, name="open"),
    path("partnership/<slug:slug>/money/elsewhere", budgeting.add_comparator, name="elsewhere"),
    path("budgets/<slug:reference>", views.budget, name="budget"),
    path("budgets/<slug:reference>/change", budgeting.describe, name="describe"),
    path("budgets/<slug:reference>/agree", budgeting.agree, name="agree_budget"),
    path("budgets/<slug:reference>/move/<slug:verb>", budgeting.move, name="move"),
    path(
        "budgets/<slug:reference>/put-in/<slug:kind>/<slug:key>", budgeting.put_in, name="put_in"
    ),
    path("budgets/<slug:reference>/costs/new", budgeting.add_cost, name="add_cost"),
    path("budgets/<slug:reference>/costs/<slug:key>", budgeting.change_cost, name="cost"),
    path("budgets/<slug:reference>/total", budgeting.state_total, name="total"),
    path("budgets/<slug:reference>/contributions/new", giving.add, name="add_contribution"),
    path("budgets/<slug:reference>/formulas", sharing.formulas, name="formulas"),
    path(
        "budgets/<slug:reference>/formulas/new/<slug:method>", sharing.set_formula, name="formula"
    ),
    path("budgets/<slug:reference>/formulas/<slug:key>/change", sharing.change_formula,
         name="change_formula"),
    path("budgets/<slug:reference>/formulas/<slug:key>/choose", sharing.choose, name="choose"),
    path("budgets/<slug:reference>/reviews", sharing.reviews, name="reviews"),
    path("budgets/<slug:reference>/reviews/figures", sharing.set_demand, name="demand"),
    path("budgets/<slug:reference>/reviews/put-in", sharing.budget_for, name="budget_for"),
    path("budgets/<slug:reference>/disagreements/new", disputing.new, name="new_dispute"),
    path("budgets/<slug:reference>/workbook", rounds.round_of, name="round"),
    path("budgets/<slug:reference>/workbook/file", rounds.workbook, name="workbook"),
    path("budgets/<slug:reference>/workbook/take-in", rounds.take_in, name="take_in"),
    path("contributions/<slug:reference>", giving.contribution, name="contribution"),
    path("contributions/<slug:reference>/change", giving.describe, name="describe_contribution"),
    path("contributions/<slug:reference>/pledge", giving.pledge, name="pledge"),
    path("contributions/<slug:reference>/decline", giving.decline, name="decline"),
    path("contributions/<slug:reference>/withdraw", giving.withdraw, name="withdraw_ask"),
    path("contributions/<slug:reference>/ask-again", giving.ask_again, name="ask_again"),
    path("contributions/<slug:reference>/agree", giving.agree, name="agree"),
    path("contributions/<slug:reference>/decision", giving.rest_on, name="rest_on"),
    path("contributions/<slug:reference>/money/<slug:verb>", giving.moved, name="moved"),
    path("funding-disputes/<slug:reference>", disputing.dispute, name="dispute"),
    path("funding-disputes/<slug:reference>/agree/<int:claim>", disputing.agree,
         name="agree_claim"),
    path("funding-disputes/<slug:reference>/propose", disputing.propose, name="propose"),
    path("funding-disputes/<slug:reference>/settle", disputing.settle, name="settle"),
    path("funding-disputes/<slug:reference>/withdraw", disputing.withdraw, name="withdraw"),
    path("funding-disputes/<slug:reference>/carry-up", disputing.carry, name="carry"),
    path("funding-disputes/<slug:reference>/carry-up/<slug:body>", disputing.carry_up,
         name="carry_up"),
]  # fmt: skip
