"""What README shows is what the program does, in both languages alike."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
READMES = ["README.md", "README.ar.md"]
GUIDES = {"GUIDE.md": "en", "GUIDE.ar.md": "ar"}


def blocks(name, kind):
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_python_block_prints_what_the_text_block_says(name, tmp_path):
    (code,), (expected,) = blocks(name, "python"), blocks(name, "text")
    (tmp_path / "seeds").symlink_to(CHECKOUT / "seeds")
    (tmp_path / "readme.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "readme.py"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == expected


def test_both_readmes_show_the_same_code():
    for kind in ("sh", "python", "text"):
        commands = [
            [re.sub(r"\s*#.*", "", block) for block in blocks(name, kind)] for name in READMES
        ]
        assert commands[0] == commands[1]
        assert commands[0]


@pytest.mark.parametrize("name", [*READMES, *GUIDES])
def test_every_link_to_a_file_leads_somewhere(name):
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert links
    assert [link for link in links if not (CHECKOUT / link).exists()] == []


@pytest.mark.parametrize("name", GUIDES)
def test_what_a_guide_prints_bold_are_words_of_the_page(name):
    from assistant.strings import names, say, variables

    def shown(string):
        """Return a string without the values that the page fills in, and what leads to them."""
        values = dict.fromkeys(variables(string, GUIDES[name]), "\0")
        return re.sub(r"[ :(]*\0.*", "", say(string, GUIDES[name], values), flags=re.DOTALL)

    page = {shown(string) for string in names()}
    bold = re.findall(r"\*\*(.+?)\*\*", (CHECKOUT / name).read_text(encoding="utf-8"), re.DOTALL)
    assert bold
    assert [words for words in bold if words not in page] == []


def test_every_setting_in_readme_is_known():
    from assistant.settings import Settings

    named = set(re.findall(r"SANAD_[A-Z_]+", "".join((CHECKOUT / n).read_text() for n in READMES)))
    assert {f"SANAD_{name.upper()}" for name in Settings.__dataclass_fields__} >= named


def test_changelog_names_the_version():
    from importlib.metadata import version

    changes = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(\d[^]]*)\]", changes, re.MULTILINE)[0] == version("sanad")
