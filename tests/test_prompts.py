"""Prompt files: found, checked both ways, and safe with any text."""

from __future__ import annotations

from pathlib import Path
from string import Template

import pytest

from assistant.errors import PromptError
from assistant.prompts import VARIABLES, load_prompt

FOLDER = Path(__file__).resolve().parent.parent / "prompts"
EVERY = [(name, language) for name in VARIABLES for language in ("ar", "en")]
BOTH = "$question and $sources"


def put(folder, text, name="answer.en.md"):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_prompt_of_the_repository(name, language):
    prompt = load_prompt(name, language, FOLDER)
    assert (prompt.name, prompt.language) == (name, language)
    assert set(Template(prompt.template).get_identifiers()) == VARIABLES[name]
    rendered = prompt.render({variable: f"<{variable}>" for variable in VARIABLES[name]})
    assert all(f"<{variable}>" in rendered for variable in VARIABLES[name])
    assert "$" not in rendered


def test_prompts_of_the_repository_are_all_known():
    found = sorted(path.name for path in FOLDER.iterdir())
    assert found == sorted(f"{name}.{language}.md" for name, language in EVERY)


@pytest.mark.parametrize("name", VARIABLES)
def test_prompt_languages_have_the_same_variables_and_markers(name):
    arabic, english = (load_prompt(name, language, FOLDER).template for language in ("ar", "en"))
    for word in ("$question", "$sources", "<sources>", "</sources>", "NOT_IN_DOCUMENTS", "[2]"):
        assert (word in arabic) == (word in english)


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
    prompt = load_prompt("answer", "en", put(tmp_path, "Q: $question\nS: ${sources}\n$$5 {x} %s"))
    rendered = prompt.render({"question": value, "sources": f"1. {value}"})
    assert rendered == f"Q: {value}\nS: 1. {value}\n$5 {{x}} %s"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"question": "q"},
        {"question": "q", "sources": "s", "history": "h"},
        {"question": "q", "Sources": "s"},
    ],
    ids=["none", "missing", "unknown", "misspelled"],
)
def test_prompt_render_with_wrong_values(tmp_path, values):
    prompt = load_prompt("answer", "en", put(tmp_path, BOTH))
    with pytest.raises(PromptError, match=r"answer\.en") as caught:
        prompt.render(values)
    assert caught.value.name == "answer"
    assert "question, sources" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no variables", "nothing"),
        ("", "nothing"),
        ("$question", "uses question;"),
        ("$question $sources $history", "history, question, sources"),
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
    [b"\xef\xbb\xbf" + BOTH.encode(), BOTH.encode(), f"{BOTH} $question".encode()],
    ids=["mark", "plain", "used-twice"],
)
def test_prompt_file_forms(tmp_path, text):
    rendered = load_prompt("answer", "en", put(tmp_path, text)).render(
        {"question": "q", "sources": "s"}
    )
    assert rendered.startswith("q and s")
