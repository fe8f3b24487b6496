"""State tables: what may follow what, and a drawing of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from concordat.kernel.actor import Office
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import join_words, near, slug
from concordat.kernel.verdict import Verdict, no, yes

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Move:
    """One verb that leads from one state to another.

    `who` are the offices that may do it; None where the table does not narrow it.
    """

    verb: str
    from_: str
    to: str
    who: frozenset[Office] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class States:
    """A table of moves and the state that everything begins in; states are plain text or enums.

    Raises `Invalid` at construction for a table that cannot be right: two moves with the same
    verb from one state, a move that nobody may make, a state that no move reaches, a state
    that can never come to an end although others do, or a member of the enum left out.
    """

    moves: Sequence[Move]
    initial: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "moves", tuple(self.moves))
        faults = [Fault(message) for message in self._faults()]
        if faults:
            raise Invalid(faults)

    @property
    def names(self) -> tuple[str, ...]:
        """Every state, the first one first, then in the order of the moves."""
        ends = [end for move in self.moves for end in (move.from_, move.to)]
        return tuple(dict.fromkeys([self.initial, *ends]))

    @property
    def ends(self) -> tuple[str, ...]:
        """The states that nothing follows."""
        left = {move.from_ for move in self.moves}
        return tuple(state for state in self.names if state not in left)

    def allowed(self, state: str) -> tuple[Move, ...]:
        """The moves out of `state`, none at an end. Raises `Invalid` for an unknown state."""
        if state not in self.names:
            like = " or ".join(near(state, map(_text, self.names)) or map(_text, self.names))
            raise Invalid(f'There is no state "{state}".', mend=f"Give {like}.")
        return tuple(move for move in self.moves if move.from_ == state)

    def verdict(self, state: str, verb: str) -> Verdict:
        """Whether `verb` may be done in `state`, and if not, what may be done instead."""
        possible = [move.verb for move in self.allowed(state)]
        if verb in possible:
            return yes()
        instead = f"You can {' or '.join(possible)}." if possible else "Nothing follows from there."
        return no(f'You cannot {verb} what is "{_text(state)}". {instead}')

    def after(self, state: str, verb: str) -> str:
        """The state that `verb` leads to. Raises `Refused` where the table has no such move."""
        self.verdict(state, verb).require()
        return next(move.to for move in self.allowed(state) if move.verb == verb)

    def draw(self) -> str:
        """The table as a Mermaid state diagram, always the same text for the same table."""
        lines = [f'state "{_text(state)}" as {_id(state)}' for state in self.names]
        lines.append(f"[*] --> {_id(self.initial)}")
        lines += [f"{_id(move.from_)} --> {_id(move.to)}: {move.verb}" for move in self.moves]
        lines += [f"{_id(state)} --> [*]" for state in self.ends]
        return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in lines)]) + "\n"

    def to_markdown(self, title: str) -> str:
        """A page of documentation: the moves as a table, then the diagram."""
        rows = [
            f"| {_text(move.from_)} | {move.verb} | {_text(move.to)} | {_who(move)} | {move.note} |"
            for move in self.moves
        ]
        head = ["| From | Move | To | Who | Note |", "|---|---|---|---|---|"]
        drawing = ["```mermaid", self.draw().rstrip(), "```"]
        told = f"Begins as {_text(self.initial)}. Drawn from the rules: change them, not this page."
        return "\n".join([f"# {title}", "", told, "", *head, *rows, "", *drawing]) + "\n"

    def _faults(self) -> Iterator[str]:
        for state, verb in _repeated((move.from_, move.verb) for move in self.moves):
            yield f'"{verb}" from "{_text(state)}" is given more than once.'
        for drawn in _repeated(map(_id, self.names)):
            yield f'More than one state would be drawn as "{drawn}".'
        for move in (move for move in self.moves if move.who is not None and not move.who):
            yield f'Nobody may {move.verb} from "{_text(move.from_)}".'
        for state in _missing(self._known(), _reached([self.initial], self._steps())):
            yield f'No move leads to "{_text(state)}".'
        back = [(to, from_) for from_, to in self._steps()]
        for state in _missing(self.names if self.ends else (), _reached(self.ends, back)):
            yield f'"{_text(state)}" can never come to an end.'

    def _known(self) -> list[str]:
        """The states of the table and every member of the enum that they are from."""
        kinds = dict.fromkeys(type(state) for state in self.names if isinstance(state, Enum))
        return list(dict.fromkeys([*self.names, *(member for kind in kinds for member in kind)]))

    def _steps(self) -> list[tuple[str, str]]:
        return [(move.from_, move.to) for move in self.moves]


def _reached(starts: Iterable[str], steps: Sequence[tuple[str, str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            waiting += [to for from_, to in steps if from_ == state]
    return found


def _repeated(things: Iterable[_T]) -> list[_T]:
    return [thing for thing, times in Counter(things).items() if times > 1]


def _missing(wanted: Iterable[str], found: Iterable[str]) -> list[str]:
    have = set(found)
    return [state for state in wanted if state not in have]


def _text(state: str) -> str:
    return str(state.value) if isinstance(state, Enum) else state


def _id(state: str) -> str:
    return f"s_{slug(_text(state)).replace('-', '_')}"


def _who(move: Move) -> str:
    return "any office" if move.who is None else join_words(sorted(move.who))
