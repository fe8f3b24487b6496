from datetime import date
from uuid import UUID, uuid4

import pytest

from concordat.kernel.actor import Actor, Kind, Office, SeatHeld, process, public
from concordat.kernel.sensitivity import Sensitivity

TODAY = date(2019, 3, 29)
HERE, THERE, AGENCY, PERSON = uuid4(), uuid4(), uuid4(), uuid4()


def seat(office: Office, partnership: UUID, agency: UUID | None = None) -> SeatHeld:
    return SeatHeld(uuid4(), uuid4(), partnership, office, office.value, agency=agency)


CHAIR, DELEGATE = seat(Office.CHAIR, HERE), seat(Office.DELEGATE, THERE, AGENCY)
ACTOR = Actor(Kind.PERSON, "Strategy manager", TODAY, PERSON, seats=(CHAIR, DELEGATE))


def test_an_actor_is_where_their_seats_are() -> None:
    assert ACTOR.partnerships == {HERE, THERE}
    assert ACTOR.bodies == {CHAIR.body, DELEGATE.body}
    assert ACTOR.agencies == {AGENCY}


def test_rights_may_be_granted_to_the_person_the_seat_and_the_body() -> None:
    seats = {CHAIR.seat, DELEGATE.seat}
    assert ACTOR.identities >= {PERSON, *seats, CHAIR.body, DELEGATE.body}
    assert public(TODAY).identities == frozenset()


def test_an_office_is_held_where_its_seat_is() -> None:
    assert ACTOR.holds(Office.CHAIR)
    assert ACTOR.holds(Office.REVIEWER, Office.DELEGATE)
    assert ACTOR.holds(Office.CHAIR, partnership=HERE)
    assert not ACTOR.holds(Office.CHAIR, partnership=THERE)
    assert not ACTOR.holds(Office.REVIEWER)
    assert not ACTOR.holds()


def test_both_names_are_signed_when_acting_for_somebody() -> None:
    acting = Actor(Kind.ACTING_FOR, "Director", TODAY, PERSON, hand="Assistant to the director")
    assert acting.signature == "Assistant to the director for Director"
    assert ACTOR.signature == "Strategy manager"


@pytest.mark.parametrize(
    ("actor", "kind", "name"),
    [
        (public(TODAY), Kind.PUBLIC, "A member of the public"),
        (process("sealer", TODAY), Kind.PROCESS, "sealer"),
    ],
)
def test_the_public_and_a_process_hold_nothing(actor: Actor, kind: Kind, name: str) -> None:
    assert (actor.kind, actor.signature) == (kind, name)
    assert actor.seats == ()
    assert not any(actor.holds(office) for office in Office)


def test_the_whole_is_held_as_closely_as_its_closest_part() -> None:
    assert max(Sensitivity.PARTNERSHIP, Sensitivity.SEALED, Sensitivity.PUBLIC) is (
        Sensitivity.SEALED
    )
    assert list(Sensitivity) == sorted(Sensitivity)


def test_every_level_says_who_may_open_it() -> None:
    audiences = {level.label: level.audience for level in Sensitivity}
    assert list(audiences) == ["Public", "Partnership", "Restricted", "Sealed"]
    assert len(set(audiences.values())) == len(audiences)
    assert audiences["Public"] == "Anyone"
