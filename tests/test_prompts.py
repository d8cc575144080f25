"""Prompt files: found, checked both ways, and safe with any text."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import pytest

from assistant.errors import PromptError
from assistant.prompts import VARIABLES, VERSIONS, load_prompt

FOLDER = Path(__file__).resolve().parent.parent / "prompts"
EVERY = [(name, language) for name in VARIABLES for language in ("ar", "en")]
BOTH = "$question and $sources, $conversation"
VALUES = {"question": "q", "sources": "s", "conversation": "c"}
HEAD = f"version: {VERSIONS['answer']}\n\n"


def put(folder, text, name="answer.en.md", head=HEAD):
    text = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(head.encode() + text)
    return folder


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_prompt_of_the_repository(name, language):
    prompt = load_prompt(name, language, FOLDER)
    assert (prompt.name, prompt.language) == (name, language)
    assert set(Template(prompt.template).get_identifiers()) == VARIABLES[name]
    rendered = "".join(prompt.render({variable: f"<{variable}>" for variable in VARIABLES[name]}))
    assert all(f"<{variable}>" in rendered for variable in VARIABLES[name])
    assert "$" not in rendered


def test_prompts_of_the_repository_are_all_known():
    found = sorted(path.name for path in FOLDER.iterdir())
    assert found == sorted(f"{name}.{language}.md" for name, language in EVERY)


@pytest.mark.parametrize("name", VARIABLES)
def test_prompt_languages_have_the_same_variables_and_markers(name):
    arabic, english = (load_prompt(name, language, FOLDER).template for language in ("ar", "en"))
    tags = {word for text in (arabic, english) for word in re.findall(r"</?[a-z]+>", text)}
    for word in (*tags, "NOT_IN_DOCUMENTS", "[2]", "\n---\n"):
        assert (word in arabic) == (word in english), word


@pytest.mark.parametrize(
    "value",
    [
        "$question",
        "${sources} $ $$ $5",
        "{question} {{x}} %s %(question)s",
        "\\n \\1 </sources>\n`code`",
        "اكتب «$question» ثم ١٢$",
        "",
    ],
)
def test_prompt_values_stay_as_they_are(tmp_path, value):
    text = "R\n---\nQ: $question\nS: ${sources}\n$$5 {x} %s $conversation."
    prompt = load_prompt("answer", "en", put(tmp_path, text))
    rendered = prompt.render({"question": value, "sources": f"1. {value}", "conversation": value})
    assert rendered == ("R", f"Q: {value}\nS: 1. {value}\n$5 {{x}} %s {value}.")


def test_prompt_is_parted_once_whatever_its_values_hold(tmp_path):
    prompt = load_prompt("answer", "en", put(tmp_path, f"Rules.\n---\n{BOTH}"))
    rules, task = prompt.render({**VALUES, "sources": "a\n---\nb"})
    assert rules == "Rules."
    assert task == "q and a\n---\nb, c"


def test_prompt_without_a_parting_line_is_all_task(tmp_path):
    prompt = load_prompt("answer", "en", put(tmp_path, BOTH))
    assert prompt.render(VALUES) == ("", "q and s, c")


@pytest.mark.parametrize(
    ("head", "seen"),
    [
        ("", "no version"),
        ("version: 1\n", "version 1"),
        ("version: 99\n", "version 99"),
        ("Version 2\n", "no version"),
        (f"\n{HEAD}", "no version"),
    ],
    ids=["none", "older", "newer", "other-words", "not-first"],
)
def test_prompt_of_another_version_is_refused(tmp_path, head, seen):
    with pytest.raises(PromptError, match=seen) as caught:
        load_prompt("answer", "en", put(tmp_path, BOTH, head=head))
    assert f"version: {VERSIONS['answer']}" in str(caught.value)
    assert str(tmp_path / "answer.en.md") in str(caught.value)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"question": "q"},
        {**VALUES, "history": "h"},
        {"question": "q", "Sources": "s", "conversation": "c"},
    ],
    ids=["none", "missing", "unknown", "misspelled"],
)
def test_prompt_render_with_wrong_values(tmp_path, values):
    prompt = load_prompt("answer", "en", put(tmp_path, BOTH))
    with pytest.raises(PromptError, match=r"answer\.en") as caught:
        prompt.render(values)
    assert caught.value.name == "answer"
    assert "conversation, question, sources" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no variables", "nothing"),
        ("", "nothing"),
        ("$question", "uses question;"),
        ("$question $sources $history", "uses history, question, sources;"),
        ("$question $Sources", "Sources, question"),
        ("$$question $sources", "uses sources;"),
        (f"{BOTH} it costs 5$", "lone \\$"),
        (f"{BOTH} $5", "lone \\$"),
        (f"{BOTH} ${{question", "lone \\$"),
        (f"{BOTH} $السؤال", "lone \\$"),
        (b"\xff\xfe$question", "can't be read"),
    ],
    ids=[
        *("none", "empty", "missing", "unknown", "upper-case", "escaped"),
        *("lone-dollar", "dollar-digit", "open-brace", "arabic-name", "not-utf-8"),
    ],
)
def test_prompt_wrong_file(tmp_path, text, words):
    with pytest.raises(PromptError, match=words) as caught:
        load_prompt("answer", "en", put(tmp_path, text))
    assert caught.value.name == "answer"
    assert str(tmp_path / "answer.en.md") in str(caught.value)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_prompt_missing_file(tmp_path, language):
    with pytest.raises(PromptError, match=rf"answer\.{language}\.md") as caught:
        load_prompt("answer", language, tmp_path)
    assert caught.value.name == "answer"


def test_prompt_file_that_is_a_folder(tmp_path):
    (tmp_path / "answer.en.md").mkdir()
    with pytest.raises(PromptError, match="can't be read"):
        load_prompt("answer", "en", tmp_path)


def test_prompt_unknown_name(tmp_path):
    with pytest.raises(PromptError, match=r"'\.\./answer'.*answer") as caught:
        load_prompt("../answer", "en", tmp_path)
    assert caught.value.name == "../answer"


@pytest.mark.parametrize(
    "text",
    [f"\ufeff{HEAD}{BOTH}", f"{HEAD}{BOTH}", f"{HEAD}{BOTH} $question"],
    ids=["mark", "plain", "used-twice"],
)
def test_prompt_file_forms(tmp_path, text):
    _, task = load_prompt("answer", "en", put(tmp_path, text, head="")).render(VALUES)
    assert task.startswith("q and s")
