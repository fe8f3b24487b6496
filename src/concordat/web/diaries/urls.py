"""Addresses of diaries: dates, polls, busy times, years and feeds."""

from __future__ import annotations

from django.urls import path

from concordat.web.diaries import answering, feeds, polling, searching, times, views, years

app_name = "diaries"
urlpatterns = [
    path("diaries", views.diaries, name="diaries"),
    path("diaries/times", times.mine, name="times"),
    path("diaries/times/<slug:person>/pattern", times.add_pattern, name="add_pattern"),
    path("diaries/times/<slug:person>/calendar", times.bring, name="bring"),
    path("diaries/times/<slug:person>/calendar/forget", times.forget, name="forget"),
    path("diaries/patterns/<int:pattern>/end", times.end_pattern, name="end_pattern"),
    path("diaries/feeds", feeds.feeds, name="feeds"),
    path("diaries/feeds/new", feeds.make, name="make_feed"),
    path("diaries/feeds/<uuid:feed>/revoke", feeds.revoke, name="revoke_feed"),
    path("calendar/<str:token>.ics", feeds.calendar, name="calendar"),
    path("body/<slug:reference>/dates", searching.begin, name="begin"),
    path("diary/<slug:reference>", views.diary, name="diary"),
    path("diary/<slug:reference>/change", searching.change, name="change"),
    path("diary/<slug:reference>/ask", polling.ask, name="ask"),
    path("diary/<slug:reference>/answer", answering.answer, name="answer"),
    path("diary/<slug:reference>/date/<int:start>", views.slot, name="slot"),
    path("diary/<slug:reference>/date/<int:start>/fix", polling.fix, name="fix"),
    path("diary/<slug:reference>/date/<int:start>/offer", polling.offer, name="offer"),
    path(
        "diary/<slug:reference>/date/<int:start>/withdraw",
        polling.withdraw_date,
        name="withdraw_date",
    ),
    path("diary/<slug:reference>/close", polling.close, name="close"),
    path("diary/<slug:reference>/reopen", polling.reopen, name="reopen"),
    path("diary/<slug:reference>/withdraw", polling.withdraw, name="withdraw"),
    path("partnership/<slug:slug>/patterns", times.posts, name="posts"),
    path("partnership/<slug:slug>/patterns/new", times.add_for_post, name="add_for_post"),
    path("partnership/<slug:slug>/school-holidays", times.school, name="school"),
    path("partnership/<slug:slug>/school-holidays/new", times.add_holiday, name="add_holiday"),
    path("partnership/<slug:slug>/school-holidays/file", times.bring_holidays, name="holidays"),
    path(
        "partnership/<slug:slug>/school-holidays/<int:holiday>/remove",
        times.remove_holiday,
        name="remove_holiday",
    ),
    path("partnership/<slug:slug>/year", years.begin, name="begin_year"),
    path("partnership/<slug:slug>/same-people", years.rivals, name="rivals"),
    path("plan/<slug:reference>", years.plan, name="plan"),
    path("plan/<slug:reference>/adopt", years.adopt, name="adopt"),
    path("plan/<slug:reference>/withdraw", years.withdraw, name="withdraw_plan"),
]
