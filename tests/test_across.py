"""What a word is in the other script, where there is little doubt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant, Document, Settings

ARABIC = (
    "زار فلاديمير بوتين وهران في فبراير. وعاد القطار من قطر. قرأت سلمى حداد كتابا عن الماء. "
    "واشترى المتحف خريطة ليوهان."
)
ENGLISH = (
    "Vladimir Putin saw Bhutan. Oran, or Wahran, is a port. A train is no Qatar. Herran met Salma "
    "Haddad in February, by the water of the museum."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant(tmp_path_factory.mktemp("across") / "library", Settings()) as assistant:
        assistant.add(Document(title="ar", text=ARABIC), Document(title="en", text=ENGLISH))
        yield assistant


@pytest.mark.parametrize(
    ("asked", "others"),
    [
        ("وهران", {"Oran", "Wahran"}),  # and not Herran, which is left without its first letter
        ("بوتين", {"Putin"}),  # and not Bhutan, whose stem is the same in Arabic
        ("قطار", {"train"}),  # and not Qatar, which only sounds like it
        ("قطر", {"Qatar"}),
        ("سلمى", {"Salma"}),
        ("ماء", {"water"}),
        ("Wahran", {"وهران"}),
        ("Oran", {"وهران"}),
        ("train", {"القطار"}),
        ("museum", {"المتحف"}),
        ("February", {"فبراير"}),
        ("Haddad", {"حداد"}),
        ("Salma Haddad", {"سلمى حداد"}),
        ("port", set()),
        ("of", set()),
        ("zzz", set()),
    ],
)
def test_other_script_is_found_where_it_is_sure(
    library: Assistant, asked: str, others: set[str]
) -> None:
    found = library.mentions(asked)

    assert {f.written for f in found.forms if f.relation in ("translation", "name")} == others


def test_quotation_has_no_other_script(library: Assistant) -> None:
    assert [form.written for form in library.mentions('"train"').forms] == ["train"]
