"""The house: which module may import which, how large its parts are, what it says in public."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import assistant
from assistant import Assistant, errors

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assistant"
FILES = sorted(PACKAGE.rglob("*.py"))

FLOORS = {
    "errors": 0,
    "settings": 1,
    "strings": 1,
    "prompts": 1,
    "language": 1,
    "schema": 2,
    "lexicon": 2,
    "sentences": 3,
    "documents": 3,
    "models": 3,
    "library": 4,
    "ingestion": 5,
    "retrieval": 5,
    "citations": 5,
    "answering": 6,
    "conversation": 6,
    "assistant": 7,
    "langchain": 7,
    "evaluation": 8,
    "doctor": 8,
    "web": 9,
    "cli": 10,
}
# Packages that one module alone may import.
OWNERS = {
    "chromadb": "library",
    "tantivy": "library",
    "sqlite3": "library",
    "gradio": "web",
    "langchain": "models",
    "langchain_openai": "models",
    "langchain_ollama": "models",
    "langchain_anthropic": "models",
    "langchain_community": "models",
    "langchain_huggingface": "models",
    "openai": "models",
    "ollama": "models",
    "sentence_transformers": "models",
    "onnxruntime": "models",
    "tokenizers": "models",
}
# Long because they hold tables, not code.
TABLES = {"strings.py", "language/stopwords.py", "language/dates.py"}
MOST_LINES = 320
MOST_FUNCTION_LINES = 50
MOST_PARAMETERS = 6
# What people read and what is compared with their texts may be vowelled.
VOWELLED = {"strings.py", "sentences/abbreviations.py"}


def named(file: Path) -> str:
    """Return a file's path inside the package."""
    return file.relative_to(PACKAGE).as_posix()


# The files that stand for whole modules.
DOORS = [file for file in FILES if file.name == "__init__.py" and file.parent != PACKAGE]


def module_of(file: Path) -> str:
    """Return the dotted name of a file."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(dotted: str) -> str:
    """Return the module of the floor table that a dotted name lies in; empty for the package."""
    return [*dotted.split("."), ""][1]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


@cache
def public_homes() -> dict[str, str]:
    """Return where the names that `assistant/__init__.py` gives away come from."""
    homes = {}
    for node in ast.walk(tree(PACKAGE / "__init__.py")):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assistant."):
            homes |= {alias.name: str(node.module) for alias in node.names}
    return homes


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Yield the dotted names that a file imports anywhere, and the lines."""
    known = {module_of(other) for other in FILES}
    package = module_of(file) if file.name == "__init__.py" else module_of(file).rpartition(".")[0]
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                if base == "assistant" and full not in known:
                    yield public_homes().get(alias.name, base), node.lineno
                else:
                    yield (full if full in known else base), node.lineno


def own_imports(file: Path) -> Iterator[tuple[str, int]]:
    return ((name, line) for name, line in imports(file) if name.split(".")[0] == "assistant")


# Imports


def test_table_holds_every_module() -> None:
    rooms = {room(module_of(file)) for file in FILES} - {""}

    assert rooms - FLOORS.keys() == set()


def test_imports_run_down_the_floors() -> None:
    wrong = []
    for file in FILES:
        here = room(module_of(file))
        if here:  # the package's own __init__ gives names of all floors away, and uses none
            wrong += [
                f"{named(file)}:{line} imports {name}"
                for name, line in own_imports(file)
                if room(name) != here and FLOORS[room(name) or "assistant"] >= FLOORS[here]
            ]

    assert wrong == []


def test_imports_between_files_make_no_cycle() -> None:
    edges = {
        module_of(file): {name for name, _ in own_imports(file)} - {module_of(file)}
        for file in FILES
        if module_of(file) != "assistant"
    }
    while True:
        leaves = {name for name, targets in edges.items() if not targets & edges.keys()}
        if not leaves:
            break
        edges = {name: targets for name, targets in edges.items() if name not in leaves}

    assert edges == {}


def test_packages_are_imported_by_their_owner_only() -> None:
    wrong = [
        f"{named(file)}:{line} imports {name}"
        for file in FILES
        for name, line in imports(file)
        if OWNERS.get(name.split(".")[0], room(module_of(file))) != room(module_of(file))
    ]

    assert wrong == []


def test_print_is_called_in_the_command_line_only() -> None:
    calls = [
        f"{named(file)}:{node.lineno}"
        for file in FILES
        if room(module_of(file)) != "cli"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]

    assert calls == []


@pytest.mark.parametrize(
    "code",
    [
        "import assistant",
        "import assistant; dir(assistant)",
        "from assistant import Settings; Settings.load()",
        "from assistant import Answer, Scope, LibraryLocked",
    ],
)
def test_import_loads_nothing_heavy(code: str) -> None:
    heavy = ("gradio", "chromadb", "langchain_core", "langchain", "numpy", "tantivy", "sqlite3")
    check = f"{code}\nimport sys\nprint([name for name in {heavy!r} if name in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.strip() == "[]"


# Public names


def test_public_names_are_sorted_and_each_once() -> None:
    assert list(assistant.__all__) == sorted(set(assistant.__all__))


@pytest.mark.parametrize("name", assistant.__all__)
def test_public_name_can_be_imported(name: str) -> None:
    assert getattr(assistant, name).__name__ == name


def test_public_names_are_complete() -> None:
    own = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    contract = set(
        "Assistant Settings Scope Document Block Answer Segment Citation Hit SyncReport".split()
    )

    assert set(assistant.__all__) == set(public_homes())
    assert own | contract <= set(assistant.__all__)
    assert dir(assistant) == list(assistant.__all__)


def test_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Asistant"):
        assistant.Asistant  # noqa: B018  # reading it is the test


@pytest.mark.parametrize("file", DOORS, ids=lambda file: file.parent.name)
def test_module_gives_away_what_it_imports_from_its_files(file: Path) -> None:
    body, here = tree(file).body, module_of(file)
    given = [
        name
        for node in body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for name in ast.literal_eval(node.value)
    ]
    imported = {
        alias.name
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(here)
        for alias in node.names
    }
    own = {
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    }
    assigned = {ast.unparse(t) for n in body if isinstance(n, ast.Assign) for t in n.targets} | {
        ast.unparse(n.target) for n in body if isinstance(n, ast.AnnAssign)
    }

    assert len(given) == len(set(given))
    assert set(given) <= imported | own | assigned
    if given:
        assert own | (imported - _inner(file)) <= set(given)


def _inner(file: Path) -> set[str]:
    """Return the imported names that a package's own functions use."""
    return {
        node.id
        for statement in tree(file).body
        if not isinstance(statement, ast.ImportFrom)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name)
    }


@pytest.mark.parametrize("name", ["add", "search", "ask", "stream"])
def test_async_method_has_the_signature_of_its_twin(name: str) -> None:
    twin = getattr(Assistant, f"a{name}")

    assert inspect.iscoroutinefunction(twin)
    assert (
        inspect.signature(twin).parameters == inspect.signature(getattr(Assistant, name)).parameters
    )
    if name != "stream":
        assert inspect.signature(twin).return_annotation == (
            inspect.signature(getattr(Assistant, name)).return_annotation
        )


# Looks


def test_code_holds_no_invisible_characters() -> None:
    unseen = {"Cf", "Cc", "Co", "Cn", "Zl", "Zp", "Zs", "Mn", "Me", "Mc"}
    wrong = [
        f"{named(file)}:{number} U+{ord(character):04X}"
        for file in FILES
        for number, line in enumerate(file.read_text("utf-8").split("\n"), start=1)
        for character in line
        if character != " "
        and unicodedata.category(character) in unseen
        and not (unicodedata.category(character) == "Mn" and named(file) in VOWELLED)
    ]

    assert wrong == []


def test_modules_are_short() -> None:
    lines = {named(file): len(file.read_text("utf-8").splitlines()) for file in FILES}

    assert {n: c for n, c in lines.items() if c >= MOST_LINES and n not in TABLES} == {}


def test_functions_are_short_and_take_few_parameters() -> None:
    wrong = []
    for file in FILES:
        for node in ast.walk(tree(file)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            count = len([a for a in given if a.arg not in ("self", "cls")])
            if lines >= MOST_FUNCTION_LINES or count > MOST_PARAMETERS:
                wrong.append(f"{named(file)}: {node.name} ({lines} lines, {count} parameters)")

    assert wrong == []


# The tests above find what they look for


def test_imports_are_found_wherever_they_stand(tmp_path: Path, monkeypatch) -> None:
    source = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from assistant.library import Library\n"
        "def f():\n    import sqlite3\n    from assistant import Assistant, strings\n"
        "    from . import terms\n    from ..schema.answers import Answer\n"
    )
    file = tmp_path / "assistant" / "library" / "found.py"
    file.parent.mkdir(parents=True)
    file.write_text(source)
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    known = [*(tmp_path / path.relative_to(PACKAGE.parent) for path in FILES), file]
    homes = public_homes()
    monkeypatch.setattr(sys.modules[__name__], "FILES", known)
    monkeypatch.setattr(sys.modules[__name__], "public_homes", lambda: homes)

    assert {name for name, _ in imports(file)} == {
        "typing",
        "assistant.library",
        "sqlite3",
        "assistant.assistant",
        "assistant.strings",
        "assistant.library.terms",
        "assistant.schema.answers",
    }
