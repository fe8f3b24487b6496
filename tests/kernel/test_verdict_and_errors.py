import pytest

from concordat.kernel.errors import Fault, Invalid, Refused, Restricted, Stale
from concordat.kernel.verdict import Verdict, every, no, yes


def test_a_verdict_is_a_truth_a_message_and_a_gate() -> None:
    refusal = no("The executive is not quorate.", source="terms of reference 4.2")
    assert not refusal
    assert str(refusal) == "The executive is not quorate."
    with pytest.raises(Refused, match="not quorate") as raised:
        refusal.require()
    assert raised.value.source == "terms of reference 4.2"
    assert yes()
    yes().require()


def test_a_refusal_needs_its_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        no("")


@pytest.mark.parametrize("left", [yes("one"), no("one")])
@pytest.mark.parametrize("right", [yes("two"), no("two")])
def test_both_must_hold_and_the_first_refusal_is_told(left: Verdict, right: Verdict) -> None:
    both = left & right
    assert bool(both) == (bool(left) and bool(right))
    if not both:
        assert both.reason == ("one" if not left else "two")


def test_every_tells_the_first_refusal() -> None:
    assert every()
    assert every(yes(), yes())
    assert every(yes(), no("first"), no("second")) == no("first")


def test_a_fault_tells_where_what_and_how_to_mend_it() -> None:
    fault = Fault("There is no such seat.", "holder", "seats.yaml, line 7", "Did you mean chair?")
    assert str(fault) == ("seats.yaml, line 7, holder: There is no such seat. Did you mean chair?")
    assert str(Fault("Too long.")) == "Too long."


def test_all_faults_are_told() -> None:
    refusal = Invalid([Fault("One."), Fault("Two.", field="name")])
    assert str(refusal) == "One.\nname: Two."
    assert len(refusal.faults) == 2


def test_one_fault_may_be_given_as_text() -> None:
    (fault,) = Invalid("Too long.", field="title", mend="Use fewer words.").faults
    assert fault == Fault("Too long.", field="title", mend="Use fewer words.")


def test_a_conflict_keeps_both_texts() -> None:
    mine = {"Title": "Chair"}
    conflict = Stale(mine, {"Title": "Independent chair"}, by="Strategy manager")
    mine["Title"] = "changed afterwards"
    assert conflict.mine == {"Title": "Chair"}
    assert conflict.theirs == {"Title": "Independent chair"}
    assert conflict.by == "Strategy manager"


def test_a_restricted_record_names_whom_to_ask() -> None:
    refusal = Restricted("THSCP-R-0042", owner="the co-ordinator")
    assert isinstance(refusal, Refused)
    assert "THSCP-R-0042" in refusal.reason
    assert "the co-ordinator" in refusal.reason
