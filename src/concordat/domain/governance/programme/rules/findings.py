"""What a plan does not say: gaps that somebody has to fill, never filled by guessing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from concordat.domain.governance.programme.rules import path
from concordat.domain.governance.programme.rules.cycle import together
from concordat.domain.governance.programme.rules.path import Node, Plan
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import count, join_words


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed to say what a plan lacks. `unowned` and `unaccepted` are titles; `begins`
    and `ends` are those of the programme."""

    plan: Plan
    unowned: Sequence[str] = ()
    leads: Sequence[str] = ()
    unaccepted: Sequence[str] = ()
    unagreed: int = 0
    without_reason: int = 0
    unknown_rules: Sequence[str] = ()
    begins: UncertainDate | None = None
    ends: UncertainDate | None = None


def findings(known: Known) -> list[str]:
    return list(_found(known))


def _found(known: Known) -> Iterator[str]:
    if told := together(known.leads):
        yield told
    undated = [n.title for n in known.plan.values() if n.due is None and not n.is_over]
    if undated:
        yield f"No date is stated for {_few(undated, 'milestone')}."
    if known.unowned:
        yield f"Nobody is named for {_few(known.unowned, 'milestone')}."
    if known.unaccepted:
        yield f"Nobody is named who accepts {_few(known.unaccepted, 'product')}."
    if known.unagreed:
        plans = count(known.unagreed, "change of plan", "changes of plan")
        yield f"{plans} {'does' if known.unagreed == 1 else 'do'} not say who agreed."
    if known.without_reason:
        plans = count(known.without_reason, "change of plan", "changes of plan")
        yield f"{plans} {'gives' if known.without_reason == 1 else 'give'} no reason."
    yield from _of_the_order(known)


def _of_the_order(known: Known) -> Iterator[str]:
    for node in known.plan.values():
        if node.is_over:
            continue
        for each in (known.plan[key] for key in node.after if key in known.plan):
            if each.is_abandoned:
                yield f"“{node.title}” waits for “{each.title}”, which is abandoned."
        if not (told := path.too_early(known.plan, node.key)):
            yield f"“{node.title}” is due {node.due}, but {str(told)[:1].lower()}{str(told)[1:]}"
        yield from _of_the_time(node, known)
        if path.crosses(node.due, node.wall):
            yield (
                f"“{node.title}” is due {node.due}, which reaches past the last day that the law "
                "allows."
            )
    for rule in known.unknown_rules:
        yield f"The rule {rule} is not on file, so that no last day is shown for it."


def _of_the_time(node: Node, known: Known) -> Iterator[str]:
    """A milestone outside the time of its programme, however the dates are read."""
    if node.due is None or node.due.doubtful:
        return
    if known.begins and known.begins.earliest and node.due.certainly_before(known.begins.earliest):
        yield f"“{node.title}” is due {node.due}, before the programme begins: {known.begins}."
    if known.ends and known.ends.latest and node.due.certainly_after(known.ends.latest):
        yield f"“{node.title}” is due {node.due}, after the programme ends: {known.ends}."


FEW = 3


def _few(titles: Sequence[str], noun: str) -> str:
    if len(titles) <= FEW:
        return join_words(f"“{each}”" for each in titles)
    return f"{count(len(titles), noun)}, among them “{titles[0]}”"
