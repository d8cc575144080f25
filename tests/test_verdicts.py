"""What a second reader changes, and what it can't."""

from __future__ import annotations

import pytest

from assistant.citations import Reason, Verdict, lift

UNCONFIRMED = Verdict("unconfirmed", (Reason("wording", ("closed",)),), 0.7)
CONTRADICTED = Verdict("unsupported", (Reason("year", ("1990",)),), 0.9)
IDLE = Verdict("unsupported", (Reason("coverage"),), 0.05)

LIFTED = [
    ("yes-lifts-unconfirmed", UNCONFIRMED, True, "supported"),
    ("no-lowers-unconfirmed", UNCONFIRMED, False, "unsupported"),
    ("yes-keeps-supported", Verdict("supported", (), 0.9), True, "supported"),
    ("no-lowers-supported", Verdict("supported", (), 0.9), False, "unsupported"),
    ("yes-overrules-no-fact", CONTRADICTED, True, "unsupported"),
    ("no-keeps-contradicted", CONTRADICTED, False, "unsupported"),
    ("yes-lifts-nothing-without-sources", IDLE, True, "unsupported"),
    ("no-keeps-verbatim", Verdict("verbatim", (), 1.0), False, "verbatim"),
    ("yes-keeps-verbatim", Verdict("verbatim", (), 1.0), True, "verbatim"),
]


@pytest.mark.parametrize(
    ("verdict", "entails", "mark"), [row[1:] for row in LIFTED], ids=[row[0] for row in LIFTED]
)
def test_lift_changes_the_mark(verdict, entails, mark):
    lifted = lift(verdict, entails)

    assert lifted.support == mark
    assert lifted.is_read
    assert lifted.score == verdict.score
    assert bool(lifted.reasons) == (mark == "unsupported")


def test_lift_says_that_the_reader_said_no():
    assert [r.kind for r in lift(UNCONFIRMED, entails=False).reasons] == ["wording", "reader"]
    assert lift(CONTRADICTED, entails=False).reasons == CONTRADICTED.reasons
