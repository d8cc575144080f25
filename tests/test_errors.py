"""The tree of errors: as it is drawn, and what each error carries."""

from __future__ import annotations

import copy
import inspect
import pickle
import re

import pytest

import assistant
from assistant import errors
from assistant.errors import (
    AssistantError,
    DocumentError,
    MissingDependency,
    ModelError,
    PromptError,
    SettingsError,
    UnreadableDocument,
)

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if inspect.isclass(value) and issubclass(value, BaseException)
}
ROW = re.compile(r"^ {4}(?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)(?P<rest> .*)?$")


def drawing():
    """Return the drawn tree: for each name its parent and the attributes in brackets."""
    tree, above = {}, []
    for line in errors.__doc__.splitlines():
        row = ROW.match(line)
        if row and (row["branch"] or not tree):
            depth = len(row["branch"]) // 4
            del above[depth:]
            attributes = re.findall(r"\.(\w+)[,)]", row["rest"] or "")
            tree[row["name"]] = (above[-1] if above else "Exception", attributes)
            above.append(row["name"])
    return tree


def an_error(name):
    arguments = ("numpy", "fast") if name == "MissingDependency" else ("It failed.",)
    return CLASSES[name](*arguments)


def test_the_drawn_tree_is_that_of_the_classes():
    drawn = {name: parent for name, (parent, _) in drawing().items()}
    assert drawn == {name: value.__bases__[0].__name__ for name, value in CLASSES.items()}


@pytest.mark.parametrize("name", CLASSES)
def test_an_error_has_the_attributes_that_are_drawn(name):
    inherited = set()
    for ancestor in CLASSES[name].__mro__:
        inherited |= set(drawing().get(ancestor.__name__, ("", []))[1])
    assert set(vars(an_error(name))) == inherited


@pytest.mark.parametrize("name", CLASSES)
def test_an_error_can_be_imported_from_the_package(name):
    assert getattr(assistant, name) is CLASSES[name]
    assert name in assistant.__all__


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize(
    "again",
    [pytest.param(lambda e: pickle.loads(pickle.dumps(e)), id="pickle"),  # noqa: S301  # our own
     pytest.param(copy.copy, id="copy")],
)  # fmt: skip
def test_an_error_survives(name, again):
    error = an_error(name)
    assert type(again(error)) is type(error)
    assert str(again(error)) == str(error)
    assert vars(again(error)) == vars(error)


def test_arguments_are_kept():
    assert UnreadableDocument("It is binary.", "a.txt").path == "a.txt"
    assert DocumentError("It failed.").path == ""
    assert ModelError("It failed.", retryable=True).retryable is True
    assert ModelError("It failed.").retryable is False
    assert PromptError("It failed.", "answer").name == "answer"
    assert str(UnreadableDocument("It is binary.", "a.txt")) == "It is binary."


def test_missing_dependency_says_what_to_install():
    error = MissingDependency("langchain_openai", "openai")
    assert (error.package, error.extra) == ("langchain_openai", "openai")
    assert "langchain_openai" in str(error)
    assert "pip install 'sanad[openai]'" in str(error)


@pytest.mark.parametrize("kind", [ImportError, SettingsError, AssistantError])
def test_missing_dependency_is_caught_as(kind):
    with pytest.raises(kind):
        raise MissingDependency("langchain_openai", "openai")


def test_missing_dependency_that_no_extra_brings():
    error = MissingDependency("langchain-cohere")
    assert (error.package, error.extra) == ("langchain-cohere", "")
    assert str(error).endswith("pip install langchain-cohere")
