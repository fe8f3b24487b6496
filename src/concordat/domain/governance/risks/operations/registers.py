"""Opening a register, and saying what it is called, who keeps it and by which scheme."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import change, happened, operation, remember
from concordat.domain.base.records.operations.record import retitle
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.risks.models import Register, Risk, Scored
from concordat.domain.governance.risks.operations.taking import taken_register
from concordat.domain.governance.risks.rules import life, schemes
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count


@operation
def open_register(
    actor: Actor,
    *,
    partnership: Record,
    title: str,
    keeper: Body | None = None,
    likelihoods: Sequence[str],
    impacts: Sequence[str],
    bands: Sequence[str] = (),
) -> Register:
    """Open a register with its own scheme, kept by a body of the partnership."""
    can(actor, Verb.CHANGE, partnership).require()
    scheme = _scheme(likelihoods, impacts, bands)
    keys = set(Register.objects.filter(partnership=partnership).values_list("key", flat=True))
    name = life.a_title(title)
    return change(
        actor,
        model=Register,
        partnership=partnership,
        key=free_key(name, keys),
        values={
            "title": name,
            "likelihoods": list(scheme.likelihoods),
            "impacts": list(scheme.impacts),
            "bands": [str(band) for band in scheme.bands],
            "owner": _keeper(partnership, keeper),
            "state": "under way",
        },
        noun="register",
        kind=RecordKind.RISK_REGISTER,
        title=name,
    )


def _scheme(
    likelihoods: Sequence[str], impacts: Sequence[str], bands: Sequence[str]
) -> schemes.Scheme:
    scheme = schemes.scheme(likelihoods, impacts, bands)
    if not scheme.is_stated:
        raise Invalid(
            "A register needs words for likelihood and impact.",
            field="likelihoods",
            mend="Write one on each line, the lowest first.",
        )
    return scheme


def _keeper(partnership: Record, keeper: Body | None) -> str:
    if keeper is not None and keeper.partnership_id != partnership.pk:
        raise Invalid(
            "This body is of another partnership.", field="keeper", mend="Choose another."
        )
    return f"bodies:{keeper.key}" if keeper else ""


@operation
def describe(
    actor: Actor,
    *,
    register: Register,
    title: str,
    keeper: Body | None,
    likelihoods: Sequence[str],
    impacts: Sequence[str],
    bands: Sequence[str] = (),
    seen_version: int | None = None,
) -> Register:
    """Change what a register says of itself. A scheme by which risks are scored stays: scores
    are never converted, so a register with another scheme is opened beside it."""
    mine = {
        "title": title.strip(),
        "likelihoods": ", ".join(likelihoods),
        "impacts": ", ".join(impacts),
        "bands": ", ".join(bands),
    }
    held = taken_register(actor, register, seen_version=seen_version, mine=mine)
    scheme = _scheme(likelihoods, impacts, bands)
    if scheme != held.scheme and (many := _scored(held)):
        raise Invalid(
            f"This scheme scores, or scored, {count(many, 'risk')}; scores are never converted.",
            field="likelihoods",
            mend="Open another register with the new scheme, and score each risk anew in it.",
        )
    before = {"title": held.title, "owner": held.owner, "scheme": held.scheme.name}
    held.title = life.a_title(title)
    held.owner = _keeper(held.partnership, keeper)
    held.likelihoods, held.impacts = list(scheme.likelihoods), list(scheme.impacts)
    held.bands = [str(band) for band in scheme.bands]
    remember(actor, row=held)
    held.save()
    retitle(held.record, held.title)
    after = {"title": held.title, "owner": held.owner, "scheme": held.scheme.name}
    happened(actor, "register described", held.record, before=before, after=after)
    return held


def _scored(register: Register) -> int:
    """How many risks bear or bore a score of a register, those that were taken elsewhere too."""
    stated = Risk.objects.filter(register=register)
    stated = stated.exclude(likelihood="", inherent_likelihood="", target_likelihood="")
    given = Scored.objects.filter(register=register).values("risk")
    return Risk.objects.filter(Q(pk__in=stated.values("pk")) | Q(pk__in=given)).count()
