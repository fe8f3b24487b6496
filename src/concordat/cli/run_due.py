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


Step = Callable[[date, Now], int]


def _once(who: str, act: Callable[[Actor], int]) -> Step:
    """A step that one operation does at one go, in the name of a watcher."""
    return lambda on, _now: act(process(who, on))


def _every(who: str, act: Callable[[Actor], int]) -> Step:
    """A step whose operation does so many at a time, and is called until it finds nothing."""
    return lambda on, _now: _until_nothing(lambda: act(process(who, on)))


def _record_breaches(on: date, now: Now) -> int:
    return _until_nothing(lambda: clocks.record_breaches(process("clock watcher", on), now=now))


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


def _by_links(who: str, act: Callable[..., int]) -> Step:
    """A step that sends links, called until it finds nothing. By the machine's own time, in which
    links are kept, whatever day is pinned."""

    def step(on: date, _now: Now) -> int:
        from django.utils import timezone

        from concordat.domain.base.mail.rules import TOKEN

        door, watcher = _page("mail:door", TOKEN), process(who, on)
        return _until_nothing(lambda: act(watcher, door=door, now=timezone.now()))

    return step


def _drop_drafts(on: date, _now: Now) -> int:
    """By the machine's own time, in which drafts are kept, whatever day is pinned."""
    from django.utils import timezone

    return people.drop_old_drafts(process("draft keeper", on), now=timezone.now())


def _sweep_files(_on: date, _now: Now) -> int:
    """What was looked at a day ago and not kept, by the machine's own time."""
    from django.conf import settings

    return files.sweep(Path(settings.MEDIA_ROOT))


def _remind_of_dates(on: date, now: Now) -> int:
    return diaries.remind(process("poll clerk", on), now=_moment(on, now))


def _close_polls(on: date, now: Now) -> int:
    return diaries.close_due(process("poll clerk", on), now=_moment(on, now))


def _moment(on: date, now: Now) -> datetime:
    """The time of day on that day: a day that is pinned has the machine's time."""
    from django.utils import timezone

    here = timezone.localtime()
    return now if isinstance(now, datetime) else here.replace(on.year, on.month, on.day)


def _seal(on: date, _now: Now) -> int:
    sealer: Actor = process("sealer", on)
    return _until_nothing(lambda: 1 if records.seal(sealer) else 0)


STEPS: tuple[tuple[str, Step], ...] = (
    ("due dates moved", _once("clock watcher", clocks.recompute)),
    ("missed dates recorded", _record_breaches),
    ("promises asked for", _once("promise watcher", arrangements.ask_for_promises)),
    ("actions marked as overdue", _every("action watcher", actions.mark_overdue)),
    ("updates of actions asked for", _every("action watcher", actions.ask_for_updates)),
    (
        "recommendations marked as overdue",
        _every("recommendation watcher", recommendations.mark_overdue),
    ),
    (
        "recommendations asked about",
        _every("recommendation watcher", recommendations.ask_for_updates),
    ),
    ("late answers told of", _every("request watcher", requests.escalate)),
    ("reminders of requests", _by_links("request watcher", requests.chase)),
    (
        "incidents taken over from an old board",
        _once("review watcher", reviews.take_over_from_old_boards),
    ),
    ("incidents opened to who came later", _once("review watcher", reviews.let_in_who_came_later)),
    ("signatures of rapid reviews chased", _every("review watcher", reviews.chase_signatures)),
    ("review desks asked for what is next", _once("review watcher", reviews.ask_desks)),
    ("late rows of chronologies", _by_links("chronology watcher", chronologies.chase_late)),
    (
        "late stages of disagreements told of",
        _every("escalation watcher", escalations.tell_of_late),
    ),
    ("clocks of a transition moved", _keep_transitions),
    ("letters about statutory clocks", _tell_of_clocks),
    ("weekly letters", _write_weekly_letters),
    ("policies asked to be reviewed", _once("policy watcher", policies.ask_for_reviews)),
    ("drafts thrown away", _drop_drafts),
    ("files that were only looked at thrown away", _sweep_files),
    ("advice taken as not given", _once("paper clerk", meetings.take_as_not_given)),
    ("acceptances of risks that ran out", _every("risk watcher", risks.let_acceptances_lapse)),
    ("risks asked to be reviewed", _every("risk watcher", risks.ask_for_reviews)),
    ("overdue risks suggested for agendas", _every("risk watcher", risks.suggest_overdue)),
    ("people reminded of dates", _remind_of_dates),
    ("polls closed", _close_polls),
    ("dates that became meetings", _once("meeting clerk", meetings.follow_dates)),
    ("owners of policies let in or out", _once("policy watcher", policies.let_owners_work)),
    ("updates of plans asked for", _once("programme watcher", programme.ask_for_updates)),
    (
        "ends of contracts and returns asked about",
        _once("programme watcher", programme.ask_in_good_time),
    ),
    (
        "next steps of learning cycles asked for",
        _once("programme watcher", programme.ask_for_steps),
    ),
    ("money held as closely as its budget", _every("money watcher", finance.hold_as_closely)),
    ("seals made", _seal),
    ("partners who have the newest seal", _once("sealer", mail.send_seal_heads)),
    ("messages handed to the mail server", _once("postman", mail.send_due)),
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
