"""Addresses of a partnership's structure, authority and findings."""

from __future__ import annotations

from django.urls import URLPattern, path

from concordat.web.arrangements import (
    agreed,
    authority,
    delegations,
    lists,
    promising,
    redrawing,
    rows,
    set_up,
    text,
    text_consulting,
    text_moves,
    transition,
    views,
)


def _of_text() -> list[URLPattern]:
    """Addresses of one version of the arrangements, all under its own."""
    one = "arrangements/<slug:reference>"
    return [
        path(one, text.text, name="text"),
        path(f"{one}/begin", text.begin, name="text_begin"),
        path(f"{one}/write/<slug:section>", text.write, name="text_write"),
        path(f"{one}/wordings/<slug:section>", text.wordings, name="text_wordings"),
        path(f"{one}/text.<slug:form>", text.live_file, name="text_file"),
        path(f"{one}/checklist", text.checklist, name="text_checklist"),
        path(f"{one}/checklist/<str:item>/place", text.place, name="text_place"),
        path(f"{one}/placement/<int:placement>", text.take_away, name="text_take_away"),
        path(f"{one}/editions", text_moves.editions, name="text_editions"),
        path(f"{one}/editions/new", text_moves.freeze, name="text_freeze"),
        path(f"{one}/editions/<int:number>", text_moves.edition, name="edition"),
        path(f"{one}/editions/<int:number>.<slug:form>", text.edition_file, name="edition_file"),
        path(f"{one}/comments", text_consulting.comments, name="text_comments"),
        path(f"{one}/comments/open", text_consulting.open_round, name="text_consult"),
        path(f"{one}/comments/close", text_consulting.close, name="text_close"),
        path(f"{one}/sign-off", text_moves.agreement, name="text_agreement"),
        path(f"{one}/sign-off/ask", text_moves.ask, name="text_ask"),
        path(f"{one}/sign-off/agree", text_moves.agree, name="text_agree"),
        path(f"{one}/publish", text_moves.publish, name="text_publish"),
        path(f"{one}/in-force", text_moves.in_force, name="text_in_force"),
        path(f"{one}/next", text_moves.follow, name="text_follow"),
        path(f"{one}/sent", text_moves.sent, name="text_sent"),
        path(f"{one}/sent/new", text_moves.send_out, name="text_send"),
        path(f"{one}/sent/<int:sending>", text_moves.receipt, name="text_receipt"),
    ]


app_name = "arrangements"
urlpatterns = [
    path("partnership/new", set_up.found, name="found"),
    path("partnership/<slug:slug>/set-up", set_up.set_up, name="set_up"),
    path("partnership/<slug:slug>/set-up/<slug:name>", set_up.step, name="step"),
    path("partnership/<slug:slug>/agencies/redraw", redrawing.redraw, name="redraw"),
    path("partnership/<slug:slug>/structure", views.structure, name="structure"),
    path("partnership/<slug:slug>/structure.svg", views.chart, name="chart"),
    path("partnership/<slug:slug>/authority", authority.authority, name="authority"),
    path("partnership/<slug:slug>/delegations", delegations.delegations, name="delegations"),
    path("partnership/<slug:slug>/delegations/new", delegations.delegate, name="delegate"),
    path("delegation/<slug:reference>", delegations.delegation, name="delegation"),
    path("delegation/<slug:reference>/end", delegations.end_delegation, name="end_delegation"),
    path("partnership/<slug:slug>/findings", agreed.findings, name="findings"),
    path("partnership/<slug:slug>/questions/new", agreed.ask, name="ask"),
    path("partnership/<slug:slug>/question/<slug:key>", agreed.answer, name="answer"),
    path("partnership/<slug:slug>/promises", agreed.promises, name="promises"),
    path("partnership/<slug:slug>/promises/new", agreed.new_promise, name="new_promise"),
    path("partnership/<slug:slug>/relevant-agencies", agreed.relevant, name="relevant"),
    path("partnership/<slug:slug>/decisions", lists.decisions, name="decisions"),
    path("partnership/<slug:slug>/matters", lists.matters, name="matters"),
    path("partnership/<slug:slug>/agreements", lists.agreements, name="agreements"),
    path("partnership/<slug:slug>/statements", lists.statements, name="statements"),
    path("partnership/<slug:slug>/rows/<slug:kind>/new", rows.new_row, name="new_row"),
    path("partnership/<slug:slug>/rows/<slug:kind>/<slug:key>", rows.amend_row, name="amend_row"),
    path("partnership/<slug:slug>/footprints", agreed.footprints, name="footprints"),
    path("partnership/<slug:slug>/boards", agreed.links, name="links"),
    path("partnership/<slug:slug>/transition", transition.transition, name="transition"),
    path("partnership/<slug:slug>/transition/<slug:area>/look", transition.look, name="look"),
    path(
        "partnership/<slug:slug>/transition/<slug:area>/waive/<slug:point>",
        transition.waive,
        name="waive",
    ),
    path(
        "partnership/<slug:slug>/transition/<slug:area>/go-live",
        transition.go_live,
        name="go_live",
    ),
    path("partnership/<slug:slug>/handover/<slug:item>", transition.handover, name="handover"),
    path(
        "partnership/<slug:slug>/handover/<slug:item>/<slug:verb>",
        transition.hand_over,
        name="hand_over",
    ),
    path("partnership/<slug:slug>/arrangements", text.versions, name="versions"),
    path("promise/<slug:reference>", promising.promise, name="promise"),
    path("promise/<slug:reference>/keep", promising.keep, name="keep_promise"),
    path("promise/<slug:reference>/renew", promising.renew, name="renew_promise"),
    path("promise/<slug:reference>/release", promising.release, name="release_promise"),
    *_of_text(),
]
