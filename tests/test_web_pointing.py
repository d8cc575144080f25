"""Addresses of a range of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.markup.markers import Pointer
from assistant.web.markup.pointing import link, linked, path_of

IDS = st.text(alphabet="0123456789abcdef", min_size=1, max_size=64)
NUMBERS = st.integers(0, 10**9)


@given(IDS, IDS, NUMBERS, NUMBERS)
def test_link_leads_back_to_its_range(document_id, version, start, end):
    pointer = Pointer(document_id, version, start, end)
    assert linked(link(pointer).removeprefix("/?s=")) == pointer


@pytest.mark.parametrize(
    "name",
    ["", "a.b", "a.b.1", "a.b.1-x", "a/b.c.1-2", "a.b.1-2.3", "a.b.-1-2", "a.b.1-99999999999"],
)
def test_what_is_no_link_of_ours_leads_nowhere(name):
    assert linked(name) is None


def test_path_escapes_what_stands_in_an_id():
    assert path_of(Pointer("a/b?", "v#", 1, 2)) == "a%2Fb%3F/v%23/1-2"
