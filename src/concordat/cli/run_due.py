"""`run-due`: what is due, done by a timer. Safe to run twice, or in two places at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urljoin

import click

from concordat.craft import files
from concordat.domain.base.actions import operations as actions
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.asks import operations as asks
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.mail import operations as mail
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.queries import world
from concordat.domain.base.recommendations import operations as recommendations
from concordat.domain.base.records import operations as records
from concordat.domain.base.requests import operations as requests
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.queries import transition as transitions
from concordat.domain.governance.diaries import operations as diaries
from concordat.domain.governance.finance import operations as finance
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.policies import operations as policies
from concordat.domain.governance.programme import operations as programme
from concordat.domain.governance.risks import operations as risks
from concordat.domain.practice.chronologies import operations as chronologies
from concordat.domain.practice.reviews import operations as reviews
from concordat.domain.practice.reviews.operations import escalations
from concordat.kernel.actor import Actor, process

Now = date | datetime
AT_MOST = 1000
PLACE = "00000000-0000-0000-0000-000000000000"
"""Stands in an address until the id of a clock does."""


def _move_dates(on: date, _now: Now) -> int:
    return clocks.recompute(process("clock watcher", on))


def _record_breaches(on: date, now: Now) -> int:
    return _until_nothing(lambda: clocks.record_breaches(process("clock watcher", on), now=now))


def _ask_for_promises(on: date, _now: Now) -> int:
    return arrangements.ask_for_promises(process("promise watcher", on))


def _keep_transitions(on: date, _now: Now) -> int:
    """Clocks and check lists of every area on its way from an old board."""
    actor = process("transition watcher", on)
    return sum(_kept(actor, home) for home in agencies.partnerships(actor))


def _kept(actor: Actor, home: agencies.Partnership) -> int:
    kept = arrangements.keep_transition(actor, partnership=home)
    for area in transitions.waiting(actor, home):
        policies.look_at_go_live(actor, partnership=home, area=area)
    return kept


def _tell_of_clocks(on: date, now: Now) -> int:
    place = _page("clocks:clock", PLACE).replace(PLACE, clocks.CLOCK)
    return clocks.send_clock_letters(process("clock watcher", on), now=now, place=place)


def _write_weekly_letters(on: date, _now: Now) -> int:
    place = _page("records:record", "X-1").replace("X-1", asks.REFERENCE)
    settings = _page("people:letter")
    return asks.send_weekly_letters(process("letter writer", on), place=place, settings=settings)


def _page(route: str, *place: str) -> str:
    """The whole address of a page, for letters."""
    from django.conf import settings
    from django.urls import reverse

    return urljoin(settings.ADDRESS, reverse(route, args=place))


def _ask_for_updates(on: date, _now: Now) -> int:
    watcher = process("action watcher", on)
    return _until_nothing(lambda: actions.ask_for_updates(watcher))


def _mark_overdue(on: date, _now: Now) -> int:
    watcher = process("action watcher", on)
    return _until_nothing(lambda: actions.mark_overdue(watcher))


def _ask_for_recommendations(on: date, _now: Now) -> int:
    watcher = process("recommendation watcher", on)
    return _until_nothing(lambda: recommendations.ask_for_updates(watcher))


def _mark_recommendations(on: date, _now: Now) -> int:
    watcher = process("recommendation watcher", on)
    return _until_nothing(lambda: recommendations.mark_overdue(watcher))


def _chase(on: date, _now: Now) -> int:
    """By the machine's own time, in which links are kept, whatever day is pinned."""
    from django.utils import timezone

    from concordat.domain.base.mail.rules import TOKEN

    door = _page("mail:door", TOKEN)
    watcher = process("request watcher", on)
    return _until_nothing(lambda: requests.chase(watcher, door=door, now=timezone.now()))


def _escalate(on: date, _now: Now) -> int:
    watcher = process("request watcher", on)
    return _until_nothing(lambda: requests.escalate(watcher))


def _chase_signatures(on: date, _now: Now) -> int:
    watcher = process("review watcher", on)
    return _until_nothing(lambda: reviews.chase_signatures(watcher))


def _take_over(on: date, _now: Now) -> int:
    return reviews.take_over_from_old_boards(process("review watcher", on))


def _let_in(on: date, _now: Now) -> int:
    return reviews.let_in_who_came_later(process("review watcher", on))


def _ask_desks(on: date, _now: Now) -> int:
    return reviews.ask_desks(process("review watcher", on))


def _chase_chronologies(on: date, _now: Now) -> int:
    """By the machine's own time, in which links are kept, whatever day is pinned."""
    from django.utils import timezone

    from concordat.domain.base.mail.rules import TOKEN

    door, watcher = _page("mail:door", TOKEN), process("chronology watcher", on)
    return _until_nothing(lambda: chronologies.chase_late(watcher, door=door, now=timezone.now()))


def _tell_of_late_stages(on: date, _now: Now) -> int:
    watcher = process("escalation watcher", on)
    return _until_nothing(lambda: escalations.tell_of_late(watcher))


def _drop_drafts(on: date, _now: Now) -> int:
    """By the machine's own time, in which drafts are kept, whatever day is pinned."""
    from django.utils import timezone

    return people.drop_old_drafts(process("draft keeper", on), now=timezone.now())


def _sweep_files(_on: date, _now: Now) -> int:
    """What was looked at a day ago and not kept, by the machine's own time."""
    from django.conf import settings

    return files.sweep(Path(settings.MEDIA_ROOT))


def _ask_for_reviews(on: date, _now: Now) -> int:
    return policies.ask_for_reviews(process("policy watcher", on))


def _close_advice(on: date, _now: Now) -> int:
    return meetings.take_as_not_given(process("paper clerk", on))


def _ask_for_risks(on: date, _now: Now) -> int:
    watcher = process("risk watcher", on)
    return _until_nothing(lambda: risks.ask_for_reviews(watcher))


def _let_acceptances_lapse(on: date, _now: Now) -> int:
    watcher = process("risk watcher", on)
    return _until_nothing(lambda: risks.let_acceptances_lapse(watcher))


def _suggest_risks(on: date, _now: Now) -> int:
    watcher = process("risk watcher", on)
    return _until_nothing(lambda: risks.suggest_overdue(watcher))


def _remind_of_dates(on: date, now: Now) -> int:
    return diaries.remind(process("poll clerk", on), now=_moment(on, now))


def _close_polls(on: date, now: Now) -> int:
    return diaries.close_due(process("poll clerk", on), now=_moment(on, now))


def _follow_dates(on: date, _now: Now) -> int:
    return meetings.follow_dates(process("meeting clerk", on))


def _moment(on: date, now: Now) -> datetime:
    """The time of day on that day: a day that is pinned has the machine's time."""
    from django.utils import timezone

    here = timezone.localtime()
    return now if isinstance(now, datetime) else here.replace(on.year, on.month, on.day)


def _let_owners_work(on: date, _now: Now) -> int:
    return policies.let_owners_work(process("policy watcher", on))


def _ask_how_plans_go(on: date, _now: Now) -> int:
    return programme.ask_for_updates(process("programme watcher", on))


def _ask_in_good_time(on: date, _now: Now) -> int:
    return programme.ask_in_good_time(process("programme watcher", on))


def _ask_what_is_learnt(on: date, _now: Now) -> int:
    return programme.ask_for_steps(process("programme watcher", on))


def _hold_money(on: date, _now: Now) -> int:
    watcher = process("money watcher", on)
    return _until_nothing(lambda: finance.hold_as_closely(watcher))


def _seal(on: date, _now: Now) -> int:
    sealer: Actor = process("sealer", on)
    return _until_nothing(lambda: 1 if records.seal(sealer) else 0)


def _send_heads(on: date, _now: Now) -> int:
    return mail.send_seal_heads(process("sealer", on))


def _send_mail(on: date, _now: Now) -> int:
    return mail.send_due(process("postman", on))


STEPS: tuple[tuple[str, Callable[[date, Now], int]], ...] = (
    ("due dates moved", _move_dates),
    ("missed dates recorded", _record_breaches),
    ("promises asked for", _ask_for_promises),
    ("actions marked as overdue", _mark_overdue),
    ("updates of actions asked for", _ask_for_updates),
    ("recommendations marked as overdue", _mark_recommendations),
    ("recommendations asked about", _ask_for_recommendations),
    ("late answers told of", _escalate),
    ("reminders of requests", _chase),
    ("incidents taken over from an old board", _take_over),
    ("incidents opened to who came later", _let_in),
    ("signatures of rapid reviews chased", _chase_signatures),
    ("review desks asked for what is next", _ask_desks),
    ("late rows of chronologies", _chase_chronologies),
    ("late stages of disagreements told of", _tell_of_late_stages),
    ("clocks of a transition moved", _keep_transitions),
    ("letters about statutory clocks", _tell_of_clocks),
    ("weekly letters", _write_weekly_letters),
    ("policies asked to be reviewed", _ask_for_reviews),
    ("drafts thrown away", _drop_drafts),
    ("files that were only looked at thrown away", _sweep_files),
    ("advice taken as not given", _close_advice),
    ("acceptances of risks that ran out", _let_acceptances_lapse),
    ("risks asked to be reviewed", _ask_for_risks),
    ("overdue risks suggested for agendas", _suggest_risks),
    ("people reminded of dates", _remind_of_dates),
    ("polls closed", _close_polls),
    ("dates that became meetings", _follow_dates),
    ("owners of policies let in or out", _let_owners_work),
    ("updates of plans asked for", _ask_how_plans_go),
    ("ends of contracts and returns asked about", _ask_in_good_time),
    ("next steps of learning cycles asked for", _ask_what_is_learnt),
    ("money held as closely as its budget", _hold_money),
    ("seals made", _seal),
    ("partners who have the newest seal", _send_heads),
    ("messages handed to the mail server", _send_mail),
)
"""What is done, in this order. One that fails is told, and does not keep the others from theirs."""


def _until_nothing(step: Callable[[], int]) -> int:
    done = 0
    for _ in range(AT_MOST):
        found = step()
        if not found:
            break
        done += found
    return done


@click.command("run-due")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def run_due(as_json: bool) -> int:
    """Do what is due: moved and missed dates, letters, seals, mail. Run it every few minutes.

    Exit code 1 if a part failed; the other parts were done all the same.
    """
    on, now = _today()
    done: dict[str, int] = {}
    failed: dict[str, str] = {}
    for name, step in STEPS:
        try:
            done[name] = step(on, now)
        except Exception as problem:
            failed[name] = f"{type(problem).__name__}: {problem}"
    if as_json:
        click.echo(json.dumps({"on": on.isoformat(), "done": done, "failed": failed}, indent=2))
    else:
        click.echo("\n".join(f"{name}: {number}" for name, number in done.items()))
    for name, problem in failed.items():
        click.echo(f"{name} could not be done: {problem}", file=sys.stderr)
    return 1 if failed else 0


def _today() -> tuple[date, Now]:
    """The day and the moment; an example world is pinned to its day, which has no hour."""
    from django.utils import timezone

    here = world()
    if here and here.practice_date:
        return here.practice_date, here.practice_date
    now = timezone.localtime()
    return now.date(), now
