"""Where uploads lie and whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.uploads import folder_of, owner_of

LIBRARY = Path("/srv/library")


@given(st.text(max_size=64).filter(lambda name: max(name, default="") < "\ud800" or not name))
def test_every_name_has_a_folder_of_its_own_inside_the_uploads(name):
    folder = folder_of(LIBRARY, name)
    assert folder.parent == LIBRARY / "uploads"
    assert owner_of(LIBRARY, str(folder / "report.pdf")) == name


@pytest.mark.parametrize(
    "source",
    ["", "made in Python", "/srv/documents/a.txt", "/srv/library/catalogue.sqlite3", "/srv"],
)
def test_what_lies_elsewhere_is_nobodys(source):
    assert owner_of(LIBRARY, source) is None


def test_library_may_be_named_from_the_working_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert owner_of(Path("library"), str(folder_of(Path("library"), "omar") / "a.txt")) == "omar"
