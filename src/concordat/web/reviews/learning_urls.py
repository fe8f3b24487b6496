"""Addresses of referrals, of how reviews are begun, and of disagreements."""

from __future__ import annotations

from django.urls import path

from concordat.web.reviews import escalations, joint, referrals, routes
from concordat.web.reviews.escalations_acts import ACTS as OF_ESCALATIONS
from concordat.web.reviews.escalations_acts import OF as ESCALATION
from concordat.web.reviews.joint_acts import ACTS as OF_EVENTS
from concordat.web.reviews.joint_acts import OF as EVENT
from concordat.web.reviews.learning_acts import view_of
from concordat.web.reviews.referrals_acts import ACTS as OF_REFERRALS
from concordat.web.reviews.referrals_acts import OF as REFERRAL

_REFERRAL = "learning/<slug:reference>"
_EVENT = "learning/events/<slug:reference>"
_ESCALATION = "escalations/<slug:reference>"
urlpatterns = [
    path("learning", referrals.referrals, name="referrals"),
    path("learning/refer", referrals.refer, name="refer"),
    path("learning/ask", referrals.invite, name="referral_invite"),
    path("learning/group", referrals.group, name="referral_group"),
    path("learning/routes", routes.routes, name="routes"),
    path("learning/routes/say", routes.say, name="route_say"),
    path("learning/caseloads/<slug:reference>", joint.caseload, name="caseload"),
    path("learning/caseloads/<slug:reference>/plan", joint.plan, name="event_plan"),
    path("learning/caseloads/<slug:reference>/cases/<int:pk>/off", joint.off, name="case_off"),
    path(_EVENT, joint.event, name="event"),
    *(
        path(f"{_EVENT}/{act.slug}", view_of(act, EVENT), name=f"event_{act.slug}")
        for act in OF_EVENTS
    ),
    path(_REFERRAL, referrals.referral, name="referral"),
    *(
        path(f"{_REFERRAL}/{act.slug}", view_of(act, REFERRAL), name=f"referral_{act.slug}")
        for act in OF_REFERRALS
    ),
    path("escalations", escalations.escalations, name="escalations"),
    path("escalations/raise", escalations.raise_it, name="escalation_raise"),
    path("escalations/policy", escalations.policy, name="escalation_policy"),
    path("escalations/figures", escalations.figures, name="escalation_figures"),
    path(_ESCALATION, escalations.escalation, name="escalation"),
    *(
        path(f"{_ESCALATION}/{act.slug}", view_of(act, ESCALATION), name=f"escalation_{act.slug}")
        for act in OF_ESCALATIONS
    ),
]
