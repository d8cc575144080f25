"""Words for people neither steer a terminal nor turn what stands beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.language.steering import harmless
from assistant.schema import Document

CASES = [
    ("escape", "a\x1b[31mb", "a\u241b[31mb"),
    ("null", "a\x00b", "a\u2400b"),
    ("delete", "a\x7fb", "a\u2421b"),
    ("second set", "a\x9b31mb", "a\ufffd31mb"),
    ("tab and lines", "a\tb\r\nc\x85d", "a\tb\r\nc\x85d"),
    ("open override", "a\u202eb", "a\u202eb\u202c"),
    ("open isolate", "a\u2067b", "a\u2067b\u2069"),
    ("both, inner first", "\u2067a\u202bb", "\u2067a\u202bb\u202c\u2069"),
    ("closed", "a\u202bb\u202cc", "a\u202bb\u202cc"),
    ("end of nothing", "a\u202cb\u2069c", "abc"),
    ("isolate ends what is in it", "\u2067a\u202bb\u2069c", "\u2067a\u202bb\u2069c"),
    ("end of the outer one", "\u202ba\u2067b\u202cc", "\u202ba\u2067bc\u2069\u202c"),
    ("each line", "\u202ea\nb", "\u202ea\u202c\nb"),
    ("marks and joiners", *["\u0645\u06cc\u200c\u062e\u200f\u061c"] * 2),
]  # fmt: skip
SIGNS = st.text("ab\u0628 \n\x1b\x7f\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(("text", "shown"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_harmless_text(text, shown):
    assert harmless(text) == shown


@given(SIGNS)
def test_harmless_text_stays_as_it_is(text):
    shown = harmless(text)
    assert harmless(shown) == shown
    for line in shown.split("\n"):
        assert sum(map(line.count, "\u2066\u2067\u2068")) == line.count("\u2069")
        assert not set(line) & set("\x1b\x7f\x9b")


QUOTE = "The \x1b[31mlighthouse\u202e of Oran was rebuilt in 1974."


def test_exports_hold_no_steering_and_data_is_exact(tmp_path):
    with Assistant(tmp_path / "library") as assistant:
        assistant.add(Document(title="Harbour", text=QUOTE))
        talk = assistant.conversation()
        answer = talk.ask("When was the lighthouse of Oran rebuilt?")
        assert answer.answered
        assert answer.citations[0].cited_text == QUOTE
        assert talk.export("json").count("\\u001b") >= 1
        forms = [answer.to_markdown(), answer.to_html(), answer.cite("footnote")]
        for text in (*forms, talk.export("markdown"), talk.export("html")):
            assert "\x1b" not in text
            assert text.count("\u202e") == text.count("\u202c")
