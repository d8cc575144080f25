"""Questions in disguised letters: unseen signs change nothing, other letters prove nothing."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.schema import Document

ENGLISH = "The zarquil of Oran was rebuilt in 1974. The tower of Oran was rebuilt in 1981."
ARABIC = "رُممت منارة الزرقيل في وهران سنة 1974. رُممت منارة السهيل في وهران سنة 1981."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    with Assistant(tmp_path_factory.mktemp("disguised") / "library") as assistant:
        assistant.add(
            Document(title="Harbour", text=ENGLISH), Document(title="الميناء", text=ARABIC)
        )
        yield assistant


def exact(assistant, answer):
    for cited in answer.citations:
        text = assistant.document(cited.document_id, version=cited.version).text
        assert text[cited.start_char_index : cited.end_char_index] == cited.cited_text
    for segment in answer.segments:
        if segment.support == "verbatim":
            assert segment.text.strip() in ENGLISH + ARABIC


@pytest.mark.parametrize(
    "question",
    [
        "When was the zar\u200bquil rebuilt?",
        "When was the zar\u00adquil rebuilt?",
        "When was the \u202ezarquil\u202c rebuilt?",
        "When was the \u2067zarquil\u2069 rebuilt?",
        "When was the z\u2060a\ufeffrquil rebuilt?",
        "When was the zarqui\u0301l rebuilt?",
        "متى رممت منارة الزر\u0640\u0640قيل؟",
        "متى رممت منارة الز\u200dرقيل؟",
        "متى رممت منارة \u202bالزرقيل\u202c؟",
        "متى رممت منارة الزَّرْقيل؟",
        "متى رممت منارة الزرق\u06ccل؟",
    ],
    ids=(
        "zero-width soft-hyphen override isolate joiners accent tatweel joiner embedding vowels yeh"
    ).split(),
)
def test_unseen_signs_in_a_question_change_nothing(assistant, question):
    answer = assistant.ask(question)
    assert "1974" in answer.text
    assert "1981" not in answer.citations[0].cited_text
    exact(assistant, answer)


@pytest.mark.parametrize(
    "question",
    [
        "When was the z\u0430rquil rebuilt?",
        "When was the \uff5a\uff41rquil rebuilt?",
        "\u06a9م ارتفاع منارة الزرقيل؟",
        "When was the zar\x00quil rebuilt?",
    ],
    ids=["cyrillic", "full-width", "keheh", "null"],
)
def test_other_letters_in_a_question_give_no_wrong_quote(assistant, question):
    exact(assistant, assistant.ask(question))
    for hit in assistant.search(question):
        text = assistant.document(hit.document_id, version=hit.version).text
        assert text[hit.start_char_index : hit.end_char_index] == hit.text
