"""Addresses of actions, of those on a record, and of each agency's round."""

from __future__ import annotations

from django.urls import path

from concordat.web.actions import acts, adding, contacts, judging, rounds, together, views

app_name = "actions"
urlpatterns = [
    path("actions", views.actions, name="actions"),
    path("actions.xlsx", views.workbook, name="workbook"),
    path("actions/add", adding.add, name="add"),
    path("actions/agencies", views.agencies, name="agencies"),
    path("actions/together", together.together, name="together"),
    path("actions/contacts", contacts.contacts, name="contacts"),
    path("actions/contacts/<slug:reference>", contacts.name_contact, name="name_contact"),
    path("actions/rounds/<slug:reference>", rounds.round_of, name="round"),
    path("actions/rounds/<slug:reference>/workbook", rounds.workbook, name="round_workbook"),
    path("actions/rounds/<slug:reference>/take", rounds.take_in, name="take_in"),
    path("records/<slug:reference>/actions", views.on, name="on"),
    path("actions/<slug:reference>", views.action, name="action"),
    path("actions/<slug:reference>/update", acts.update, name="update"),
    path("actions/<slug:reference>/extend", acts.extend, name="extend"),
    path("actions/<slug:reference>/close", acts.close, name="close"),
    path("actions/<slug:reference>/evidence", acts.add_evidence, name="evidence"),
    path("actions/<slug:reference>/reassign", acts.reassign, name="reassign"),
    path("actions/<slug:reference>/ask", acts.ask, name="ask"),
    path("actions/<slug:reference>/link", acts.send_link, name="link"),
    path("actions/<slug:reference>/read", acts.acknowledge, name="read"),
    path("actions/<slug:reference>/accept", judging.accept, name="accept"),
    path("actions/<slug:reference>/inadequate", judging.find_inadequate, name="inadequate"),
    path("actions/<slug:reference>/withdraw", judging.withdraw, name="withdraw"),
    path("actions/<slug:reference>/supersede", judging.supersede, name="supersede"),
]
