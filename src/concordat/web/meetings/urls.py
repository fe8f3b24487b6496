"""Addresses of meetings, their agendas, decisions, disagreements and letters."""

from __future__ import annotations

from django.urls import path

from concordat.web.meetings import (
    agendas,
    attending,
    calling,
    deciding,
    disputing,
    letters,
    minuting,
    packing,
    papers,
    views,
)

app_name = "meetings"
urlpatterns = [
    path("meetings", views.listed, name="list"),
    path("bodies/<slug:reference>/meetings/new", calling.call, name="call"),
    path("bodies/<slug:reference>/ways", calling.ways, name="ways"),
    path("meetings/<slug:reference>", views.meeting, name="meeting"),
    path("meetings/<slug:reference>/rearrange", calling.rearrange, name="rearrange"),
    path("meetings/<slug:reference>/cancel", calling.cancel, name="cancel"),
    path("meetings/<slug:reference>/move/<slug:verb>", calling.move, name="move"),
    path("meetings/<slug:reference>/members", calling.members, name="members"),
    path("meetings/<slug:reference>/answer/<int:place>", attending.answer, name="answer"),
    path("meetings/<slug:reference>/attendance", attending.attendance, name="attendance"),
    path("meetings/<slug:reference>/attendance/<int:place>", attending.mark, name="mark"),
    path("meetings/<slug:reference>/guests/new", attending.invite, name="invite"),
    path("meetings/<slug:reference>/interests/new", attending.declare, name="declare"),
    path("meetings/<slug:reference>/agenda", agendas.agenda, name="agenda"),
    path("meetings/<slug:reference>/agenda/propose", agendas.propose, name="propose"),
    path("meetings/<slug:reference>/items/<slug:item>", agendas.item, name="item"),
    path("meetings/<slug:reference>/items/<slug:item>/settle", agendas.settle, name="settle"),
    path("meetings/<slug:reference>/items/<slug:item>/minute", agendas.minute, name="minute"),
    path("meetings/<slug:reference>/items/<slug:item>/do/<slug:verb>", agendas.put, name="put"),
    path("meetings/<slug:reference>/pack", packing.pack, name="pack"),
    path("meetings/<slug:reference>/pack/send", packing.send_it, name="send"),
    path("meetings/<slug:reference>/pack/supplement", packing.supplement, name="supplement"),
    path("meetings/<slug:reference>/pack/read", packing.mark_read, name="mark_read"),
    path("meetings/<slug:reference>/packs/<int:pack>", packing.file, name="pack_file"),
    path("meetings/<slug:reference>/packs/<int:pack>/again", packing.again, name="bind_again"),
    path("meetings/<slug:reference>/items/<slug:item>/note", packing.note, name="note"),
    path(
        "meetings/<slug:reference>/items/<slug:item>/brief/<slug:seat>", packing.brief, name="brief"
    ),
    path("meetings/<slug:reference>/items/<slug:item>/papers/new", papers.want, name="want"),
    path(
        "meetings/<slug:reference>/items/<slug:item>/papers/<int:paper>", papers.paper, name="paper"
    ),
    path(
        "meetings/<slug:reference>/items/<slug:item>/papers/<int:paper>/write",
        papers.write,
        name="write",
    ),
    path(
        "meetings/<slug:reference>/items/<slug:item>/papers/<int:paper>/text",
        papers.text,
        name="text",
    ),
    path(
        "meetings/<slug:reference>/items/<slug:item>/papers/<int:paper>/clearance",
        papers.ask,
        name="ask_clearance",
    ),
    path(
        "meetings/<slug:reference>/items/<slug:item>/papers/<int:paper>/clearance/<int:clearance>",
        papers.give,
        name="give",
    ),
    path(
        "meetings/<slug:reference>/items/<slug:item>/papers/<int:paper>/move/<slug:verb>",
        papers.move,
        name="move_paper",
    ),
    path("meetings/<slug:reference>/minutes", minuting.minutes, name="minutes"),
    path("meetings/<slug:reference>/minutes/agree", minuting.agree, name="agree_minutes"),
    path("meetings/<slug:reference>/minutes/<slug:way>", minuting.file, name="minutes_file"),
    path("meetings/<slug:reference>/items/<slug:item>/act", minuting.act, name="act"),
    path("meetings/<slug:reference>/bring/<slug:item>", agendas.bring, name="bring"),
    path("meetings/<slug:reference>/decisions", deciding.decided, name="decided"),
    path("meetings/<slug:reference>/items/<slug:item>/decide", deciding.draft, name="decide"),
    path("bodies/<slug:reference>/decide", deciding.urgent, name="urgent"),
    path("decisions", deciding.listed, name="decisions"),
    path("decisions/<slug:reference>", deciding.decision, name="decision"),
    path("decisions/<slug:reference>/amend", deciding.amend, name="amend"),
    path("decisions/<slug:reference>/voices/<int:voice>", deciding.say, name="say"),
    path("decisions/<slug:reference>/voices/<int:voice>/confirm", deciding.confirm, name="confirm"),
    path("decisions/<slug:reference>/seal", deciding.seal, name="seal"),
    path("decisions/<slug:reference>/ratify", deciding.ratify, name="ratify"),
    path("decisions/<slug:reference>/correct", deciding.correct, name="correct"),
    path("agencies/<slug:reference>/account", deciding.account, name="account"),
    path("disagreements", disputing.listed, name="disputes"),
    path("bodies/<slug:reference>/disagreements/new", disputing.new, name="new_dispute"),
    path("disagreements/<slug:reference>", disputing.dispute, name="dispute"),
    path("disagreements/<slug:reference>/tell", disputing.tell, name="tell"),
    path("disagreements/<slug:reference>/climb", disputing.climb, name="climb"),
    path("disagreements/<slug:reference>/settle", disputing.settle, name="settle_dispute"),
    path("disagreements/<slug:reference>/withdraw", disputing.withdraw, name="withdraw_dispute"),
    path("disagreements/<slug:reference>/agree/<int:position>", disputing.agree, name="agree"),
    path("letters", letters.listed, name="letters"),
    path("records/<slug:reference>/letters/new", letters.new, name="new_letter"),
    path("letters/<int:letter>/answer", letters.answer, name="answer_letter"),
    path("letters/<int:letter>/no-answer", letters.no_answer, name="no_answer"),
]
