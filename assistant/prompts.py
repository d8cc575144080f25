"""Prompts: files ``prompts/<name>.<ar|en>.md`` whose ``$variables`` are checked both ways.

Its first line gives its version (``version: 2``), which a folder of one's own keeps: a file made
for another version is refused, since the program reads what a model makes of it. A line ``---``
parts the rules from the task. Values are put in once and never read again as a template, so that
document text with ``$``, braces or dashes in it stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from assistant.errors import PromptError

LANGUAGES = ("ar", "en")

# What each prompt is given; a file must use all of it and nothing else.
VARIABLES: Mapping[str, frozenset[str]] = {
    "answer": frozenset(("question", "sources", "conversation")),
    "verify": frozenset(("claims",)),
    "standalone": frozenset(("history", "question")),
}
# To be raised when a file of the version before would be read wrongly.
VERSIONS: Mapping[str, int] = {"answer": 2, "verify": 1, "standalone": 1}
_VERSION = re.compile(r"version: *(\d+) *\n+")
_PART = "\n---\n"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt in one language.

    Attributes:
        name: Its name, such as ``answer``.
        language: ``ar`` or ``en``.
        template: Its text with ``$variables``.
    """

    name: str
    language: str
    template: str

    def render(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Return the prompt's rules and its task with the variables filled in.

        Args:
            values: A value for each variable, any text.

        Returns:
            Both; the rules are empty for a prompt that is all task.

        Raises:
            PromptError: A value is missing, or one is given that the prompt does not know.
        """
        wanted = VARIABLES[self.name]
        if values.keys() != wanted:
            raise PromptError(
                f"The prompt {self.name}.{self.language} takes {_listed(wanted)} and was given "
                f"{_listed(values)}.",
                self.name,
            )
        rules, is_parted, task = self.template.partition(_PART)
        if not is_parted:
            rules, task = "", rules
        return Template(rules).substitute(values).strip(), Template(task).substitute(values).strip()


def load_prompt(name: str, language: str, folder: Path) -> Prompt:
    """Load a prompt and check its variables.

    Args:
        name: The prompt's name.
        language: ``ar`` or ``en``.
        folder: Where the prompts lie.

    Returns:
        The prompt.

    Raises:
        PromptError: The file is missing or unreadable, or its variables are not the expected ones.
    """
    if name not in VARIABLES:
        raise PromptError(f"There is no prompt {name!r}. Known are: {_listed(VARIABLES)}.", name)
    path = folder / f"{name}.{language}.md"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(
            f"The prompt {path} can't be read: {error}. Put the file there as UTF-8, or leave "
            "SANAD_PROMPTS out.",
            name,
        ) from error
    text = _of_version(text, name, path)
    template = Template(text)
    if not template.is_valid():
        raise PromptError(
            f"The prompt {path} has a lone $ in it. Write $$ for a dollar sign.", name
        )
    found = frozenset(template.get_identifiers())
    if found != VARIABLES[name]:
        raise PromptError(
            f"The prompt {path} uses {_listed(found)}; it must use {_listed(VARIABLES[name])}.",
            name,
        )
    return Prompt(name, language, text)


def _of_version(text: str, name: str, path: Path) -> str:
    """Return a prompt's text without its first line."""
    found = _VERSION.match(text)
    if found is None or int(found[1]) != VERSIONS[name]:
        seen = f"version {found[1]}" if found else "no version"
        raise PromptError(
            f"The prompt {path} has {seen} in its first line; this program reads version "
            f"{VERSIONS[name]}. Compare it with the one that came with the program, and write "
            f"'version: {VERSIONS[name]}' there.",
            name,
        )
    return text[found.end() :]


def check_prompts(folder: Path) -> None:
    """Load every prompt in both languages, so that a wrong one is known before it is needed.

    Args:
        folder: Where the prompts lie.

    Raises:
        PromptError: A prompt is missing, unreadable or wrong.
    """
    for name in VARIABLES:
        for language in LANGUAGES:
            load_prompt(name, language, folder)


def _listed(names: Mapping[str, object] | frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
