"""The wheel carries all it needs and works far from the checkout."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent

ASK = """
import assistant, sys
from pathlib import Path
from assistant import Assistant, Settings
settings = Settings.load(env_file=None)
assert Path(assistant.__file__).is_relative_to(sys.prefix), assistant.__file__
assert settings.documents.is_relative_to(sys.prefix), settings.documents
assert (settings.prompts / "answer.ar.md").is_file(), settings.prompts
with Assistant("library", settings) as a:
    a.sync(settings.documents)
    answer = a.ask("من ترأس الدورة الأولى من المشاورات؟")
    print(answer.citations[0].cited_text)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(CHECKOUT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.install
def test_wheel_holds_prompts_seeds_and_tables(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "assistant/_data/prompts/answer.ar.md",
        "assistant/_data/prompts/answer.en.md",
        "assistant/_data/seeds/algeria-russia-consultations.txt",
        "assistant/lexicon/data/NOTICE",
        "assistant/lexicon/data/stem_keys.npy",
        "assistant/py.typed",
        "assistant/web/static/fonts/OFL.txt",
        "assistant/web/static/fonts/noto-naskh-arabic-bold.woff2",
        "assistant/web/static/fonts/noto-naskh-arabic.woff2",
    } <= names
    assert not [name for name in names if "axe" in name]
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "training/"))]


@pytest.mark.install
def test_wheel_answers_outside_the_checkout(wheel, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", "clean"], cwd=tmp_path, check=True
    )
    python = tmp_path / "clean" / "bin" / "python"
    install = [sys.executable, "-m", "uv", "pip", "install", "--python", str(python)]
    subprocess.run(
        [*install, "--no-deps", "--offline", str(wheel)], check=True, capture_output=True
    )
    # The packages it needs come from here; a path set this way reads no link to the checkout.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SANAD_", "PYTHON"))}
    environment |= {"PYTHONPATH": sysconfig.get_path("purelib"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [python, "-c", ASK],
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "لوناس مقرمان" in done.stdout
