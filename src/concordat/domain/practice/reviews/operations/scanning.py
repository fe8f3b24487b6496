"""Looking through files for what gives somebody of a review away.

The names are unlocked here and nowhere shown: what is told is the place, the kind and the label.
So the scan may be asked for by somebody who is not named on the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from concordat.craft import leaks
from concordat.craft.leaks import Kind, Leak, Sought
from concordat.domain.base.documents.operations import Upload
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.children.rules import What, gives_away
from concordat.domain.practice.reviews.models import Review, Subject
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes

_KINDS = {
    What.NAME: Kind.NAME,
    What.OTHER_NAME: Kind.NAME,
    What.NICKNAME: Kind.NICKNAME,
    What.BIRTH: Kind.BIRTH,
    What.NHS: Kind.NHS,
    What.POSTCODE: Kind.POSTCODE,
}
_NAMES = (What.NAME, What.OTHER_NAME, What.NICKNAME)


def sought_of(actor: Actor, review: Review) -> list[Sought]:
    """What must not stand in any file of a review, former names too."""
    post = process("leak scan", actor.on)
    rows = Subject.objects.filter(review=review).select_related("child__record", "child__key")
    return [
        Sought(_KINDS[known.what], known.text, known.label)
        for row in rows
        for known in children.names(post, row.child, ended=True)
    ]


def can_look(actor: Actor, review: Review) -> Verdict:
    """Whether there is a name to look for, of everybody whom the review is about. Only a review
    that no law asks for may be about no child."""
    post = process("leak scan", actor.on)
    rows = list(Subject.objects.filter(review=review).select_related("child__key"))
    if not rows and review.statutory:
        return no("No child is set down, so no name can be looked for. Set down the child first.")
    bare = [
        row.child.label
        for row in rows
        if not any(
            known.what in _NAMES and known.label == row.child.label
            for known in children.names(post, row.child, ended=True)
        )
    ]
    if bare:
        return no(f"The key holds no name of {join_words(bare)}, so none can be looked for.")
    return yes()


def refuse_leaks_in_words(actor: Actor, review: Review, told: Mapping[str, str]) -> None:
    """Raises `Invalid` with the field of each text that the public reads and that gives somebody
    away for certain."""
    faults = [
        Fault(str(leak), field=field)
        for field, words in told.items()
        for _, leak in found_in(actor, review, [(field, f"{field}.txt", words.encode())])
        if leak.whole
    ]
    if faults:
        raise Invalid(faults)


def refuse_name(actor: Actor, about: Iterable[Child], label: str) -> None:
    """Raises `Invalid` where a review's label holds a word of a name of somebody it is about. The
    answer tells only that it cannot be used."""
    post = process("leak scan", actor.on)
    told = [known.text for each in about for known in children.names(post, each, ended=True)
            if known.what in _NAMES]  # fmt: skip
    if gives_away([label], told):
        raise Invalid(
            "This label cannot be used here.", field="title", mend="Use one that tells nothing."
        )


def found_in(
    actor: Actor, review: Review, files: Iterable[tuple[str, str, bytes]]
) -> list[tuple[str, Leak]]:
    """What gives somebody away in each of some files: (what it is called here, name, bytes)."""
    sought = sought_of(actor, review)
    return [
        (called, leak) for called, name, data in files for leak in leaks.scan(name, data, sought)
    ]


def refuse_leaks(actor: Actor, review: Review, file: Upload) -> None:
    """Raises `Invalid` with every place where somebody is given away for certain."""
    found = found_in(actor, review, [("The file", file.name, file.data)])
    certain = [leak for _, leak in found if leak.whole]
    if certain:
        raise Invalid([Fault(str(leak), field="file") for leak in certain])
