"""Whole conversations: a follow-up finds the sentence that it would not find by itself.

`golden/followups.*.jsonl` holds conversations over the documents in `golden/followups/`. Each line
has the questions so far with the sentences that are cited for them, the follow-up (``ask``), a
question written by hand that says the same and stands alone (``alone``), words of the sentence
that answers it (``finds``), and what is hard about it. The lines after the tenth were written when
the rules were done.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Citation, Message, Settings
from assistant.conversation import stand_alone
from assistant.language import question_language

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "ar")
SHARE = 0.8
EACH = 20
FIRST_HALF = 10


def lines(name: str, language: str) -> list[dict]:
    text = (GOLDEN / f"{name}.{language}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def every(name: str) -> list:
    return [
        pytest.param(language, line, id=f"{language}-{line['id']}")
        for language in LANGUAGES
        for line in lines(name, language)
    ]


def history(line: dict) -> list[Message]:
    said = []
    for turn in line["turns"]:
        cited = turn["cites"]
        citation = Citation("d", "v", "", "", "", cited, 0, len(cited), 1.0)
        said += [Message("user", turn["ask"]), Message("assistant", cited, (citation,))]
    return said


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Assistant]]:
    """An assistant for each language, over its documents only."""
    opened = {}
    for language in LANGUAGES:
        folder = tmp_path_factory.mktemp(language)
        opened[language] = Assistant(folder / "library", Settings())
        assert not opened[language].add(GOLDEN / "followups" / language).failed
    yield opened
    for assistant in opened.values():
        assistant.close()


def is_found(assistant: Assistant, question: str, line: dict) -> bool:
    hits = assistant.search(question, k=1, unit="sentence")
    return bool(hits) and line["finds"] in hits[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_golden_conversations_are_all_there(language: str, libraries: dict[str, Assistant]) -> None:
    texts = [
        libraries[language].document(document.id).text
        for document in libraries[language].documents()
    ]
    conversations, changes = lines("followups", language), lines("newtopics", language)

    assert len({line["id"] for line in conversations}) == len(conversations) >= EACH
    assert len({line["id"] for line in changes}) == len(changes) >= 6
    for line in conversations + changes:
        for quoted in [turn["cites"] for turn in line["turns"]] + [line.get("finds", "")]:
            assert not quoted or sum(text.count(quoted) for text in texts) == 1, line["id"]


@pytest.mark.parametrize(("language", "line"), every("followups"))
def test_follow_up_alone_does_not_find_the_sentence(
    language: str, line: dict, libraries: dict[str, Assistant]
) -> None:
    assert not is_found(libraries[language], line["ask"], line)
    assert is_found(libraries[language], line["alone"], line)


@pytest.mark.parametrize("half", [slice(FIRST_HALF), slice(FIRST_HALF, None)], ids=["1st", "2nd"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_completed_follow_up_finds_the_sentence(
    language: str, half: slice, libraries: dict[str, Assistant]
) -> None:
    conversations = lines("followups", language)[half]
    missed = {
        line["id"]: stand_alone(line["ask"], history(line))
        for line in conversations
        if not is_found(libraries[language], stand_alone(line["ask"], history(line)), line)
    }

    assert 1 - len(missed) / len(conversations) >= SHARE, missed


@pytest.mark.parametrize(("language", "line"), every("followups"))
def test_completed_follow_up_is_one_readable_line(language: str, line: dict) -> None:
    completed = stand_alone(line["ask"], history(line))

    assert completed == " ".join(completed.split())
    assert completed.endswith(("?", "\u061f", ")"))
    assert question_language(completed) == question_language(line["ask"])


@pytest.mark.parametrize(("language", "line"), every("newtopics"))
def test_new_topic_carries_nothing(language: str, line: dict) -> None:
    assert stand_alone(line["ask"], history(line)) == line["ask"]
